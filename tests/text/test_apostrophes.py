"""One apostrophe, that of print, in all that is read: screens, letters and documents, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.screens.opened import filled_store, opened
from tui import i18n
from tui.agreement.compose import Composer
from tui.export.formats import render
from tui.guide.guide_loading import load_guide
from tui.guide.guide_types import Guide
from tui.partnership.cover_letter import LetterFacts, letter
from tui.resources import locale_dir
from tui.screens.help_screen import HelpScreen
from tui.terminal.line_pane import Lines
from tui.text.typography import curl_apostrophes
from tui.workspace.samples import samples

STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=\w)")
CODE = re.compile(r"`[^`\n]*`|(?<!\S)\S*[/@\\]\S*")  # one copies it


def left(text: str) -> list[str]:
    """The words of `text` that have a straight apostrophe between letters, code and addresses left out."""
    return [word for word in CODE.sub(" ", text).split() if STRAIGHT.search(word)]


def texts_of(raw: object) -> list[str]:
    """All texts within a JSON value."""
    if isinstance(raw, str):
        return [raw]
    values = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list | tuple) else ()
    return [text for value in values for text in texts_of(value)]


@pytest.fixture
def guide() -> Guide:
    """The guide."""
    return load_guide()


def test_every_text_of_the_catalogue_and_of_the_guide_is_shown_with_the_apostrophe_of_print() -> None:
    with (locale_dir() / "fr" / "LC_MESSAGES" / "entente.po").open("rb") as file:
        catalogue = read_po(file, locale="fr")
    texts = [text for one in catalogue if one.id for text in texts_of([[one.id], [one.string]])]
    texts += texts_of(json.loads((Path(i18n.__file__).parent / "guide" / "data" / "parsed.json").read_text("utf-8")))
    assert len(texts) > 5000 and any(map(left, texts)), "typed by hand on a keyboard"
    assert [word for text in texts for word in left(curl_apostrophes(text))] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("aujourd'hui, l'organisme n'a", "aujourd’hui, l’organisme n’a"),
        ("the partner's part", "the partner’s part"),
        ("Refait ce qu'« annuler » a repris", "Refait ce qu’« annuler » a repris"),
        ("Bureau d'accueil : ~/Textes/l'entente.docx", "Bureau d’accueil : ~/Textes/l'entente.docx"),
        ("l'adresse o'neil@a.ca et `entente show 'une porte'`", "l’adresse o'neil@a.ca et `entente show 'une porte'`"),
        ("'zzz' ne convient pas, 5' d'arrêt", "'zzz' ne convient pas, 5' d’arrêt"),
    ],
)
def test_what_one_copies_stays_as_it_is(text: str, shown: str) -> None:
    assert curl_apostrophes(text) == shown
    assert curl_apostrophes(shown) == shown


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("number", range(4))
def test_documents_have_it(guide: Guide, number: int, lang: str) -> None:
    agreement = Composer(guide).agreement(samples()[number].partnership, lang)
    for form in ("text", "md", "html"):
        assert left(re.sub("<style.*?</style>", "", render(agreement, form).data.decode(), flags=re.S)) == [], form


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_letters_have_it(guide: Guide, lang: str) -> None:
    facts = LetterFacts("Protocole d'entente", "L'été d'abord", "ébauche 2", changed=())
    said = letter(guide, lang, facts)
    assert "’" in said.subject and left(said.subject + said.body) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_pages_have_it(tmp_path: Path, lang: i18n.Language) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(100, 30)) as (app, pilot):
        app.lang = lang
        i18n.use(lang)
        app.repaint()
        for keys in ((), ("f1",), ("escape", "escape", "2"), ("escape", "E"), ("escape", "i")):
            await pilot.press(*keys)
            await pilot.pause()
            for pane in app.screen.query(Lines):
                drawn = "\n".join(pane.render_line(row).text for row in range(pane.size.height))
                assert left(drawn) == [], keys
            if isinstance(app.screen, HelpScreen):
                await pilot.press("escape")
