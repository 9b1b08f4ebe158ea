"""Enter on a heading of the document opens a field of the section or part that it heads, in every worked example."""

from __future__ import annotations

import pytest

from tests.partnership.test_cost_shares import cost, with_costs
from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.agreement.blocks import NOWHERE
from tui.screens.heading_origin import is_heading, origin_at
from tui.ui.agreement_painter import AgreementPainter
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace


def painted(number: int, lang: str) -> tuple[Workspace, AgreementPainter]:
    workspace = Workspace(GUIDE, samples()[number - 1].partnership, Memory())
    workspace.lang = workspace.doc_lang = lang
    return workspace, AgreementPainter()


@pytest.mark.parametrize("number", range(1, len(samples()) + 1))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_heading_of_a_section_leads_to_what_feeds_the_section(number: int, lang: str) -> None:
    workspace, painter = painted(number, lang)
    sheet = painter.paint(workspace.agreement, 90)
    for name, start in sheet.starts.items():
        feeding = {one.id for one in GUIDE.by_id.values() if name in one.sections}
        found = origin_at(GUIDE, sheet, start)
        assert (found.question in feeding) == bool(feeding), name
        assert origin_at(GUIDE, sheet, start + 1) == found, "the rule below it is the heading too"


@pytest.mark.parametrize(
    ("heading", "question", "field"),
    [
        ("But commun", "gather.vision", "goal"),
        ("Propriété de ce qui est créé", "extra.communication", "ownership"),
        ("Contributions en nature", "open.contributions", ""),
        ("Déplacements", "extra.articles", "title"),
        ("Arrivées et départs", "extra.disputes", "joining"),
    ],
)
def test_a_heading_within_a_section_leads_to_its_own_part(heading: str, question: str, field: str) -> None:
    workspace, painter = painted(4, "fr")
    sheet = painter.paint(workspace.agreement, 90)
    texts = ["".join(piece.text for piece in line).strip() for line in sheet.lines]
    found = origin_at(GUIDE, sheet, texts.index(heading))
    assert (found.question, found.field) == (question, field)


def test_the_heading_of_the_budget_leads_to_its_first_line() -> None:
    workspace, painter = painted(4, "fr")
    workspace = Workspace(GUIDE, with_costs(cost("Salle", "100"), cost("Thé", "20")), Memory())
    workspace.lang = workspace.doc_lang = "fr"
    sheet = painter.paint(workspace.agreement, 90)
    texts = ["".join(piece.text for piece in line).strip() for line in sheet.lines]
    found = origin_at(GUIDE, sheet, texts.index("Partage des coûts"))
    assert (found.entry, found.field) == ("cost0", "item")


def test_no_heading_within_a_section_leads_past_the_next_heading() -> None:
    for number in range(1, len(samples()) + 1):
        workspace, painter = painted(number, "fr")
        sheet = painter.paint(workspace.agreement, 90)
        rows = [row for start in sheet.starts.values() for row in (start, start + 1)]
        heads = [row for row, line in enumerate(sheet.lines) if is_heading(line) and row not in rows]
        for row in heads:
            found = origin_at(GUIDE, sheet, row)
            if found == NOWHERE or found == sheet.origins[row]:
                continue
            lines = [below for below in range(row + 1, len(sheet.lines)) if sheet.origins[below] == found]
            assert not [head for head in heads if row < head < lines[0]], (number, row)
