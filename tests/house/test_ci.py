"""The run of all checks fails where one fails, and where a test was skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

REPORT = '<testsuites><testsuite name="pytest" errors="0" failures="0" skipped="{skipped}" tests="9"></testsuite>'
# In place of make: fails for the target $FAILING, and "runs" the tests by laying down their report.
MAKE = """#!/bin/sh
if [ "$1" = test ] && [ -n "$SKIPPED" ]; then mkdir -p build; cp report.xml build/tests.xml; fi
[ "$1" != "$FAILING" ]
"""


@pytest.mark.parametrize(
    ("failing", "skipped", "code"),
    [("", "0", 0), ("", "1", 1), ("", "12", 1), ("", "", 1), ("lint", "0", 1), ("types", "0", 1), ("test", "0", 1)],
    ids=["all pass", "one skipped", "twelve skipped", "no report", "lint fails", "types fail", "a test fails"],
)
def test_run_of_all_checks(tmp_path: Path, failing: str, skipped: str, code: int) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in (("make", MAKE), ("apt-get", "#!/bin/sh\n")):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    (tmp_path / "report.xml").write_text(REPORT.format(skipped=skipped or 0), encoding="utf-8")
    environ = {"PATH": f"{programs}:{os.environ['PATH']}", "FAILING": failing, "SKIPPED": skipped}
    done = subprocess.run(["bash", ".ci/run"], cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    assert ("skipped" in done.stderr) == (skipped != "0")
