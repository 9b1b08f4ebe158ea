"""Tables of the document pane: a key paints the row it changed, and what is kept is what is painted anew."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tui.agreement.block_typography import reused
from tui.agreement.blocks import Agreement, Origin, Row, Run, Section, Table
from tui.agreement.compose import Composer
from tui.guide.guide_loading import load_guide
from tui.partnership.values import Partnership
from tui.text import widths
from tui.ui import agreement_painter
from tui.ui.agreement_painter import AgreementPainter

EMPTY = Composer(load_guide()).agreement(Partnership("aaaaaaaaaa"), "fr")
WORDS = ["prêter", "une", "salle", "chaque", "semaine", "à", "qui", "veut", "parler", "avec", "ses", "voisines"]


def line(chance: random.Random, words: int) -> Row:
    texts = [" ".join(chance.choices(WORDS, k=1 + chance.randrange(words))) for _cell in range(3)]
    return Row(tuple((Run(text),) for text in texts), Origin(texts[0], "text", "open.contributions"))


def of(*tables: Table) -> Agreement:
    return replace(EMPTY, sections=(Section("commitments", 7, "Engagements", tables),))


def changed(agreement: Agreement, *tables: Table) -> Agreement:
    """The agreement with these tables, made of the objects of the one before wherever they are equal."""
    section = reused(agreement.sections[0], of(*tables).sections[0])
    assert section is not None
    return replace(agreement, sections=(section,))


def table(rows: list[Row]) -> Table:
    return Table(((Run("Qui"),), (Run("Quoi"),), (Run("Quand"),)), tuple(rows))


def test_a_key_in_a_long_table_wraps_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    rows = [line(chance, 40) for _row in range(400)]
    painter, agreement = AgreementPainter(), of(table(rows))
    painter.paint(agreement, 100)
    asked: list[str] = []

    def counted(text: str, *more: object) -> list[str]:
        asked.append(text)
        return widths.wrap(text, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(agreement_painter, "wrap", counted)
    letters = rows[200].cells[1][0].text
    rows[200] = replace(rows[200], cells=(rows[200].cells[0], (Run(letters[:-1]),), rows[200].cells[2]))
    painter.paint(changed(agreement, table(rows)), 100)
    assert letters[:-1] in asked and sum(len(text) for text in asked) < 2000, "letters, of some 100,000"


@pytest.mark.parametrize("seed", range(12))
def test_a_table_that_is_kept_is_as_one_painted_anew(seed: int) -> None:
    chance = random.Random(seed)
    rows = [line(chance, chance.choice([2, 30])) for _row in range(chance.randrange(1, 12))]
    painter, agreement = AgreementPainter(), of(table(rows))
    for _step in range(12):
        what = chance.choice(["change", "add", "take", "twice"])
        at = chance.randrange(len(rows))
        if what == "take" and len(rows) > 1:
            del rows[at]
        elif what == "add":
            rows.insert(at, line(chance, 30))
        else:
            rows[at] = line(chance, 30) if what == "change" else rows[0]
        agreement = changed(agreement, table(rows), table(rows[:1]))
        width = chance.choice([30, 60, 100, 100, 160])
        assert painter.paint(agreement, width) == AgreementPainter().paint(agreement, width)
