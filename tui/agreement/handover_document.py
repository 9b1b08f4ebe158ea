"""Makes the page that hands over a partner's seat, or the facilitating, to a successor, as a document."""

from __future__ import annotations

from collections.abc import Sequence

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Origin, Section
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.phrasing import bullets
from tui.agreement.phrasing import line as paragraph
from tui.guide.guide_types import Guide
from tui.partnership.handover import HandoverLine
from tui.partnership.values import Partnership


def handover_document(
    guide: Guide,
    view: Partnership,
    lines: Sequence[HandoverLine],
    sections: Sequence[str],
    whose: str,
    day: str,
    lang: str,
) -> Agreement:
    """Return the page in `lang` ("fr" or "en"), dated with an ISO day: `lines` under the headings of `sections`.

    `lines` are those that the user chose to keep (partnership.handover); a section without lines is left out. `view` is
    the public view, which gives the title. `whose` is the name of the partner whose seat is handed over, "" for the
    facilitating.
    """
    region = region_of(view, lang)
    kind_key = "handover_seat" if whose else "handover_facilitating"
    filled_sections: list[Section] = []
    for section_id in sections:
        own_lines = (line for line in lines if line.section == section_id)
        items = [(line.text, Origin(line.entry, line.field, line.question)) for line in own_lines]
        if items:
            head = polished(guide.word(f"handover_head_{section_id}", lang), region)
            filled_sections.append(
                Section(section_id, len(filled_sections) + 1, head, polished(bullets(items), region))
            )
    kind = polished(guide.word(kind_key, lang, name=whose), region)
    empty = Section("none", 1, kind, (paragraph(guide.word("handover_none", lang)),))
    return companion_document(
        guide, view, kind, tuple(filled_sections) or (empty,), lang=lang, region=region, day=day, dated=True
    )
