"""A page that hands over a seat, or the facilitating: the lines that were kept, under their headings, as a document."""

from __future__ import annotations

from collections.abc import Sequence

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Origin, Section
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.phrasing import bullets, line
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
    """Return the page of these lines in `lang` ("fr" or "en"), dated on an ISO day, a heading without lines left out.

    `view` is the public view, which gives the title; `whose` is the name of the partner whose seat is taken, "" for
    the facilitating. Nothing stands on it but the headings and the lines as they are given.
    """
    region = region_of(view, lang)
    word = "handover_seat" if whose else "handover_facilitating"
    found: list[Section] = []
    for name in sections:
        told = [(each.text, Origin(each.entry, each.field, each.question)) for each in lines if each.section == name]
        if told:
            head = polished(guide.word(f"handover_head_{name}", lang), region)
            found.append(Section(name, len(found) + 1, head, polished(bullets(told), region)))
    kind = polished(guide.word(word, lang, name=whose), region)
    empty = Section("none", 1, kind, (line(guide.word("handover_none", lang)),))
    shown = tuple(found) or (empty,)
    return companion_document(guide, view, kind, shown, lang=lang, region=region, day=day, dated=True)
