"""Makes the check of a partnership's health as a page to fill in: statements in three lists, a box for each answer."""

from __future__ import annotations

from collections.abc import Sequence

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Row, Run, Section, Table
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.phrasing import line
from tui.guide.guide_types import Guide
from tui.guide.health_statements import Statement, health_lists
from tui.guide.health_statements import statements as all_statements
from tui.partnership.health import ANSWERS, FEW
from tui.partnership.values import Partnership

_BOX = "☐"


def health_form(
    guide: Guide, view: Partnership, statements: Sequence[Statement], day: str, lang: str, name: str = ""
) -> Agreement:
    """Return the page in `lang`, dated with an ISO day, for the partner called `name` ("" for a page without a name).

    `view` is the public view, which holds no answers. Each statement has the number under which its answer is typed in
    later: its place among all statements, so the numbers of a short form have gaps.
    """
    region = region_of(view, lang)
    head = tuple((Run(text),) for text in (guide.word("health_statement", lang), *_answers(guide, lang)))
    numbers = {statement.id: number for number, statement in enumerate(all_statements(), 1)}
    boxes = ((Run(_BOX),),) * len(ANSWERS)  # one cell for each answer
    sections = []
    for number, (list_id, heading) in enumerate(health_lists(), 1):
        rows = tuple(
            Row(((Run(f"{numbers[statement.id]}. {statement.words.get(lang)}"),), *boxes))
            for statement in statements
            if statement.list == list_id
        )
        if rows:
            title = polished(heading.get(lang), region)
            sections.append(Section(list_id, number, title, polished((Table(head, rows, title),), region)))
    opening = [guide.word("health_form_for", lang, name=name)] if name else []
    opening += [guide.word("health_form_how", lang), guide.word("health_form_private", lang, few=FEW)]
    return companion_document(
        guide,
        view,
        guide.word("health_form", lang),
        tuple(sections),
        lang=lang,
        region=region,
        day=day,
        dated=True,
        opening=tuple(line(text) for text in opening),
    )


def _answers(guide: Guide, lang: str) -> tuple[str, ...]:
    """Return the words of the possible answers."""
    return tuple(guide.choice("health_answer", code, lang) for code in ANSWERS)
