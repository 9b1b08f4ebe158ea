"""The form's page in Chromium, which `make roundtrip` asks for: nothing on its console, nothing wider than a phone."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.agreement.forms import SAMPLES, sample_forms
from tui.export.partner_form_page import form_page

_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr")
_MEASURE = "<script>document.title = document.documentElement.scrollWidth;</script>"

if os.environ.get("ROUND_TRIPS"):

    @pytest.mark.parametrize("number", SAMPLES)
    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_chromium_opens_it_without_a_message_and_runs_the_script_that_the_policy_names(
        number: int, lang: str, tmp_path: Path
    ) -> None:
        page = form_page(sample_forms(number, lang)[0]).data
        shown = _opened(page, tmp_path)
        assert b"CONSOLE" not in shown.stderr
        assert b'id="gather"' in shown.stdout
        assert b'id="gather" hidden' not in shown.stdout

    def test_at_phone_width_nothing_scrolls_sideways(tmp_path: Path) -> None:
        """Measured by a script of the test's own, in a copy without the policy."""
        page = re.sub(
            r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", form_page(sample_forms(4, "fr")[0]).data.decode()
        )
        shown = _opened(page.replace("</body>", f"{_MEASURE}</body>").encode(), tmp_path, "--window-size=500,800")
        found = re.search(rb"<title>(\d+)</title>", shown.stdout)
        assert found is not None and int(found[1]) <= 500


def _opened(page: bytes, folder: Path, *more: str) -> subprocess.CompletedProcess[bytes]:
    file = folder / "form.html"
    file.write_bytes(page)
    profile = f"--user-data-dir={folder / 'profile'}"
    command = ["chromium", *_OPTIONS, *more, profile, "--dump-dom", file.as_uri()]
    return subprocess.run(command, capture_output=True, timeout=120, check=True)
