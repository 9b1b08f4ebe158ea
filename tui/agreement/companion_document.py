"""Makes documents that accompany the agreement: annexes, registers, agendas, minutes, sheets to fill in."""

from __future__ import annotations

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Section
from tui.agreement.compose import REGIONS, title
from tui.guide.guide_types import Guide
from tui.partnership.values import Partnership
from tui.text.dates import format_date


def region_of(partnership: Partnership, lang: str) -> str:
    """Return the region of the typography that the partnership chose for `lang`: "fr-CA", "fr-FR" or "en-CA"."""
    return str(partnership.setting(f"region_{lang}", REGIONS[lang]))


def companion_document(
    guide: Guide,
    view: Partnership,
    kind: str,
    sections: tuple[Section, ...],
    *,
    lang: str,
    region: str,
    day: str = "",
    dated: bool = False,
    opening: tuple[Block, ...] = (),
) -> Agreement:
    """Return a document of that `kind` (« Ordre du jour ») with the partnership's title, in `lang` ("fr" or "en").

    `view` is the public view. `day` is an ISO date, "" for none; it is printed below the title if `dated`. `opening` is
    printed before the sections. `sections` have the typography of `region` already; `kind` and `opening` get it here.
    """
    return Agreement(
        lang=lang,
        region=region,
        kind=polished(kind, region),
        title=polished(title(guide, view, lang), region),
        version="",
        date=format_date(day, lang) if dated else "",
        iso_date=day,
        partners=(),
        draft=False,
        sections=sections,
        preamble=polished(opening, region),
        page_label=(guide.word("page", lang), guide.word("of_pages", lang)),
    )
