"""A statement of two partners, made from end to end: nobody who makes one meets a word of what a table of many needs.

Walked in the app at 80 by 24 (every question, the document, F2, the plan), line by line and in the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.hand import seated
from tests.line_mode.person import Person
from tui.export.plain_text import to_text
from tui.i18n import Language
from tui.text.name_matching import fold

# The words of meetings prepared and recorded, mandates, conditions, rounds, annexes, shared costs, sheets to print.
OF_A_TABLE = {
    "fr": ("ordre du jour", "compte rendu", "observe", "registre des decisions", "dossier de rencontre",
           "seance", "quorum", "tour de table", "oui si", "non tant que", "texte minoritaire", "proces-verbal",
           "invitation", "presences", "suppleant", "a chacun, tour a tour", "grands caracteres"),
    "en": ("agenda", "minutes", "reports back", "observes", "register of decisions", "meeting dossier", "quorum",
           "round of positions", "yes if", "no until", "minority text", "invitation", "attendance", "alternate",
           "in turn", "large print"),
}  # fmt: skip
VISION = {"fr": "que chacun trouve de l'aide le soir", "en": "that everybody finds help in the evening"}


def met(text: str, lang: str) -> Iterator[str]:
    """The words of a table that a text says."""
    said = fold(text.replace("’", "'"))
    for word in OF_A_TABLE[lang]:
        if re.search(rf"\b{re.escape(fold(word))}\b", said):
            yield word


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_the_app_says_none_of_it(tmp_path: Path, lang: str) -> None:
    async with seated(tmp_path, "Université", "Clinique", lang=lang) as hand:
        seen = [hand.seen]
        questions = [one.id for step in hand.workspace.guide.main_steps for one in step.questions]
        walked = {hand.workspace.place.question}
        while len(walked) <= len(questions):  # and the first of the complements behind them
            await hand.press("f4")
            walked.add(hand.workspace.place.question)
            seen.append(hand.seen)
        assert walked > set(questions)
        await hand.press("escape", "f2")
        seen.append(hand.seen)
        await hand.press("escape", "f5")
        seen.append(hand.seen)
        await hand.press("f2")
        seen.append(hand.seen)
        await hand.press("escape", "escape", "f7")
        seen.append(hand.seen)
        await hand.press("f2")
        seen.append(hand.seen)
        found = {
            word: [line for line in text.split("\n") if list(met(line, lang))]
            for text in seen
            for word in met(text, lang)
        }
        assert found == {}
        assert list(met(to_text(hand.workspace.agreement, None), lang)) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_line_mode_says_none_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language) -> None:
    person = Person(tmp_path, monkeypatch)
    said = person.types("Université", "Clinique", "", *["/passer" if lang == "fr" else "/skip"] * 40, lang=lang)
    said += person.types(
        "/plan", "/vision", VISION[lang], "/document", "/manque" if lang == "fr" else "/missing", lang=lang
    )
    found = {word: line for line in said.split("\n") for word in met(line, lang)}
    assert found == {}
