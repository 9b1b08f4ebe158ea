"""The words before the first section: kind of document, names of the partners, line of adoption, parties, preamble."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.agreement import topic_sections
from tui.agreement.blocks import Block
from tui.agreement.party_clauses import bare_number, is_number, party_clauses
from tui.agreement.phrasing import Phrasing, line
from tui.partnership.completion import answer_entry
from tui.partnership.values import TIME_ZONE, Value
from tui.partnership.versions import ADOPTED_MARK
from tui.text.dates import format_of, format_on, is_date
from tui.text.moments import day_of


def names_under_title(phrasing: Phrasing) -> Iterator[str]:
    """Yield the names of the partners under the title, then one line that counts those who may not be named yet."""
    names = [phrasing.name(partner.id) for partner in phrasing.partners() if partner.name(phrasing.lang)]
    yield from names
    if phrasing.nameless_ids:
        yield phrasing.counted_nameless(len(phrasing.nameless_ids), alone=not names)


def front_blocks(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return the blocks before the first section: line of adoption, parties of a contract, preamble."""
    preamble = topic_sections.preamble(phrasing)
    return (*_adoption_line(phrasing), *(party_clauses(phrasing, preamble) if phrasing.is_contract else preamble))


def _adoption_line(phrasing: Phrasing) -> Iterator[Block]:
    """Yield « Adopté le 3 mars 2027, résolution n° 4. Remplace la version 1 … », in the adopted text alone."""
    mark = phrasing.view.setting(ADOPTED_MARK)  # what was stored about the adoption, by key
    adopted_on = _day_of_mark(mark)
    if not phrasing.final or not adopted_on:
        return
    resolution = str(mark.get("resolution") or "").strip()
    if resolution and is_number(resolution):
        sign = "n°" if phrasing.lang == "fr" else "no."
        resolution = phrasing.word("by_resolution", number=f"{sign} {bare_number(resolution)}")
    elif resolution:
        resolution = f", {resolution}"  # words instead of a number, such as the meeting that adopted it
    text = phrasing.word(
        "adopted_on",
        number=version_number(phrasing) or 1,
        date=format_on(adopted_on, phrasing.lang),
        resolution=resolution,
    )
    # What the adopted text replaces (stored as `mark` is), or the facts of the amendment that was put into it.
    replaced, amendment = mark.get("replaces"), mark.get("amendment")
    if isinstance(amendment, Mapping):
        text += " " + consolidated_words(phrasing, amendment)
    elif replaced_on := _day_of_mark(replaced):
        of_date = format_of(replaced_on, phrasing.lang)
        text += " " + phrasing.word("replaces", number=replaced.get("number", 1), of_date=of_date)
    yield line(text)


def consolidated_words(phrasing: Phrasing, amendment: Mapping[str, Value]) -> str:
    """Return which amendment or joinder a consolidated text is up to, and that it has no official value.

    `amendment` holds the facts of the last one, as its adoption was marked.
    """
    joined_id = str(amendment.get("joinder") or "")  # of the partner that joined by it, "" for none
    if joined_id:
        last = phrasing.word("consolidated_joined", name=phrasing.name(joined_id))
    else:
        last = phrasing.word("consolidated_to", number=amendment.get("number", 1))
    return f"{last} {phrasing.word('no_official_value')}"


def document_kind(phrasing: Phrasing) -> str:
    """Return the kind of document in words: as typed, else of the chosen kind, else « Énoncé de partenariat »."""
    answer = answer_entry(phrasing.view, "extra.title", ())
    default = phrasing.guide.choice("document_kind", "statement", phrasing.lang)
    return phrasing.text(answer, "own") or phrasing.in_words(answer, "kind") or default


def version_number(phrasing: Phrasing) -> int:
    """Return the number of the version for an adopted text, else of the last draft sent; 0 before the first."""
    mark = phrasing.view.setting(ADOPTED_MARK)
    adopted = phrasing.final and isinstance(mark, Mapping)
    number = mark.get("number") if adopted else phrasing.view.setting("drafts")
    return number if isinstance(number, int) else 0


def text_day(phrasing: Phrasing, changed: str) -> str:
    """Return the ISO date of the text: the day of its adoption if adopted, else that of `changed` (an ISO moment)."""
    adopted_on = _day_of_mark(phrasing.view.setting(ADOPTED_MARK)) if phrasing.final else ""
    return adopted_on or day_of(changed, str(phrasing.view.setting(TIME_ZONE, "")))


def _day_of_mark(mark: Value) -> str:
    """Return the ISO date of an adoption as it was marked; "" if it was marked without a date."""
    day = mark.get("on") if isinstance(mark, Mapping) else None
    return day if isinstance(day, str) and is_date(day) else ""
