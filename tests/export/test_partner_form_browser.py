"""The form's page in Chromium: it says nothing on its console and asks for nothing, opened, answered and sent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.agreement.forms import SAMPLES, sample_forms
from tests.export.chromium import Chromium
from tui.export.partner_form_page import form_page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed"),
]
FORMS = [(number, lang) for number in SAMPLES for lang in ("fr", "en")]
# What the browser itself says whenever it hands an address to a mail program; no page can keep it from that.
_HANDED_OVER = "Launched external handler for 'mailto:", "Failed to launch 'mailto:"
_ANSWER = "payer le café, pas plus"


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Chromium]:
    """A browser, with and without script."""
    opened = Chromium(tmp_path / "profile", script=request.param)
    yield opened
    opened.close()


def address(folder: Path, number: int, lang: str) -> str:
    """Where a form's page lies, as it is sent."""
    file = folder / f"{number}-{lang}.html"
    file.write_bytes(form_page(sample_forms(number, lang)[0]).data)
    return file.as_uri()


def answer(browser: Chromium) -> None:
    """Mark the first box and write in the first field for words, by keyboard."""
    browser.run("document.querySelector('fieldset input').focus()")
    browser.press(" ")
    browser.run("document.querySelector('fieldset textarea').focus()")
    browser.type(_ANSWER)


def said_by_the_page(browser: Chromium) -> list[str]:
    """What stands on the console but for the browser's own word that a mail program was called."""
    return [text for text in browser.console() if not text.startswith(_HANDED_OVER)]


def test_each_form_opens_without_a_message_and_asks_for_nothing(browser: Chromium, tmp_path: Path) -> None:
    for number, lang in FORMS:
        where = address(tmp_path, number, lang)
        browser.open(where)
        browser.settle()
        assert browser.console() == [], (number, lang)
        assert browser.asked() == [where]
        assert browser.run("document.getElementById('text').value.length") > 500


def test_the_script_that_the_policy_names_runs_and_no_other(browser: Chromium, tmp_path: Path) -> None:
    browser.open(address(tmp_path, 4, "fr"))
    runs = not browser.run("document.getElementById('gather').hidden")
    assert runs == browser.script
    browser.run(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'document.title=1'}))"
    )
    assert browser.run("document.title") != "1"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_button_hands_the_answers_to_a_mail_program_and_to_nobody_else(
    browser: Chromium, lang: str, tmp_path: Path
) -> None:
    where = address(tmp_path, 4, lang)
    browser.open(where)
    answer(browser)
    browser.run("document.querySelector('#form button').focus()")
    browser.press("Enter")
    browser.until(lambda: len(browser.asked()) > 1)
    browser.settle()
    assert said_by_the_page(browser) == []
    asked = [one for one in browser.asked() if one != where]
    assert len(asked) == 1 and asked[0].startswith("mailto:")
    mail = unquote(asked[0])
    if not browser.script:  # Chromium hands a posted form over as UTF-8 that it takes for Latin-1
        mail = mail.encode("cp1252", "ignore").decode("utf-8", "ignore")
    assert "payer le caf" in mail and "ENT-" in mail and "[x]" in mail
    assert browser.run("location.href") == where


def test_answers_too_long_for_an_address_wait_in_the_text_to_be_copied(tmp_path: Path) -> None:
    browser = Chromium(tmp_path / "profile")
    try:
        where = address(tmp_path, 4, "fr")
        browser.open(where)
        answer(browser)
        browser.type(" encore" * 400)
        for button in ("#form button", "#gather"):
            browser.run(f"document.querySelector('{button}').focus()")
            browser.press("Enter")
            browser.settle()
            assert browser.console() == [] and browser.asked() == [where]
            assert _ANSWER in browser.run("getSelection().toString() || document.getElementById('text').value")
    finally:
        browser.close()


def test_at_phone_width_nothing_scrolls_sideways(browser: Chromium, tmp_path: Path) -> None:
    browser.narrow(360)
    browser.open(address(tmp_path, 4, "fr"))
    assert browser.run("document.documentElement.scrollWidth") <= 360


def test_a_page_that_says_or_asks_something_is_noticed(browser: Chromium, tmp_path: Path) -> None:
    page = (tmp_path / "page.html").absolute()
    page.write_text(
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><p style="color:red">'
        '<img src="http://127.0.0.1:9/a"><script>1</script>', "utf-8",
    )  # fmt: skip
    browser.open(page.as_uri())
    browser.settle()
    assert browser.console()
    page.write_text('<img src="http://127.0.0.1:9/a">', "utf-8")
    browser.open(page.as_uri())
    browser.settle()
    assert "http://127.0.0.1:9/a" in browser.asked()
