"""A plain text that comes back: decoded, put together again by our lines however it was wrapped, quoted or doubled."""

from __future__ import annotations

import textwrap

import pytest

from tests.comparison.returned_cases import PARTNERSHIPS, accepted_whole, changed_cells
from tests.partnership.told import GUIDE
from tui.agreement.compose import Composer
from tui.comparison.returned_text import decode, without_mark
from tui.export.plain_text import to_text

PARTNERSHIP = PARTNERSHIPS["04-une-porte-ouverte-le-soir.json"]
TEXT = to_text(Composer(GUIDE).agreement(PARTNERSHIP, "fr"))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_are_decoded(code: str) -> None:
    assert decode("« Été – à l’œuvre »".encode(code)) == "« Été – à l’œuvre »"


def test_what_a_program_mixed_up_is_mended() -> None:
    broken = "été à l’œuvre, où l’on écoute : « oui »".encode().decode("cp1252", "replace")
    assert "�" in broken or decode(broken.encode()) == "été à l’œuvre, où l’on écoute : « oui »"
    assert decode("L'été, déjà\nÀ côté\n".encode().decode("cp1252").encode()) == "L'été, déjà\nÀ côté\n"
    assert decode(b"l'=C3=A9t=C3=A9, d=C3=A9j=C3=A0, o=C3=B9") == "l'été, déjà, où"
    assert decode("Ã la carte".encode()) == "Ã la carte"  # once may be meant


@pytest.mark.parametrize("mark", ["a) ", "b. ", "o  ", "• ", "– ", "3. ", "ii) ", "(c) ", "§ "])
def test_marks_of_lists_say_nothing(mark: str) -> None:
    assert without_mark(f"{mark}prêter un salon", "prêter un salon") == "prêter un salon"
    assert without_mark(f"{mark}prêter un salon", f"{mark}prêter un salon") == f"{mark}prêter un salon"


def rewrapped(width: int) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, width)) or "" for line in TEXT.split("\n"))


@pytest.mark.slow
@pytest.mark.parametrize(("width", "sign"), [(38, ""), (50, "> "), (60, ">"), (66, ">> "), (45, "| ")])
def test_wrapped_and_quoted_text_changes_no_field(width: int, sign: str) -> None:
    came = "\n".join(f"{sign}{line}" for line in rewrapped(width).split("\n"))
    outcome = accepted_whole(came.encode(), "retour.txt", PARTNERSHIP)
    assert outcome.after is not None, outcome.refused
    assert changed_cells(PARTNERSHIP, outcome.after) == {}
    assert len(outcome.open) < 6


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["Oui, mais pas le vendredi.", "- d'accord", "NON : voir notre lettre du 3 mars"])
def test_an_answer_between_quoted_lines_enters_no_field(answer: str) -> None:
    lines = [f"> {line}" for line in TEXT.split("\n")]
    for at in range(20, len(lines), 60):
        came = "\n".join([*lines[:at], "", answer, "", *lines[at:]])
        outcome = accepted_whole(came.encode(), "retour.txt", PARTNERSHIP)
        assert outcome.after is not None and changed_cells(PARTNERSHIP, outcome.after) == {}, at
        assert any(answer.removeprefix("- ") in one.after for one in outcome.open), at


@pytest.mark.slow
def test_a_part_of_the_text_takes_nothing_else_out() -> None:
    part = TEXT.split("\n")[60:100]
    outcome = accepted_whole("\n".join(part).encode(), "retour.txt", PARTNERSHIP)
    assert outcome.after is not None and changed_cells(PARTNERSHIP, outcome.after) == {}
