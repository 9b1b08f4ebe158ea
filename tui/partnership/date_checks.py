"""The checks of a review on dates: outside of the term, two periods of one name, a notice without a renewal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.clause_checks import Where, where
from tui.partnership.partners import find_partner
from tui.partnership.values import Entry, Partnership
from tui.text.dates import earliest_day, format_date, is_date, last_day

# The term is the time from the start of the first period of the agreement to the end of the last one. The fields whose
# dates must lie within it, as (question, part, field).
_DUE = (
    ("gather.objectives", "rows", "due"),
    ("open.contributions", "rows", "due"),
    ("gather.lead", "rows", "until"),
    ("commit.funding", "rows", "due"),
    ("extra.review", "", "date"),
)
_EARLY = frozenset({"open.contributions", "commit.funding", "extra.legal"})  # questions whose dates may precede it
_PERIODS = (("commit.time", "rows", "period"),)  # the fields whose periods must lie within the term


def term_end(partnership: Partnership) -> date | None:
    """Return the last day of the term; None if no period has both a start and an end."""
    return max((last for _first, last in _spans(partnership)), default=None)


def lead_end(partnership: Partnership, row: Entry) -> str:
    """Return the ISO date on which a lead ends: with its mandate, or earlier when its partner leaves; "" if neither."""
    partner = find_partner(partnership, str(row.get("partner") or ""))
    ends = (row.get("until"), partner.entry.get("until") if partner is not None and partner.active else None)
    return min((day for day in ends if isinstance(day, str) and is_date(day)), key=last_day, default="")


def dates_beyond_term(guide: Guide, partnership: Partnership, lang: str) -> Iterator[tuple[str, Where]]:
    """Yield (what is wrong, where) for dates outside of the term, for renewal and notice, and for differing periods."""
    yield from _renewal(partnership)
    term = _spans(partnership)
    yield from _differing_periods(partnership, lang)
    if not term:
        return
    begin, end = min(first for first, _last in term), max(last for _first, last in term)
    for question, part, field in (*_DUE, ("extra.legal", "", "effect_on")):
        for row in partnership.rows(question, part):
            is_unused = field == "effect_on" and row.get("effect") != "on_date"  # the text does not print that date
            value = None if is_unused else row.get(field)
            if isinstance(value, str) and is_date(value):
                problem = _outside(value, begin, end, lang, early=question in _EARLY)
                if problem:
                    yield _with_name(guide, row, problem, lang), where(row, field)
    for question, part, field in _PERIODS:
        for row in partnership.rows(question, part):
            if _is_beyond(row.get(field), begin, end):
                problem = _("this period goes beyond the term of the agreement: which is right?")
                yield _with_name(guide, row, problem, lang), where(row, field)


def _renewal(partnership: Partnership) -> Iterator[tuple[str, Where]]:
    """Yield a notice without a renewal (the text does not print it), and « ends with its term » without a term."""
    rule = partnership.entry("extra.review")
    if rule is None or not rule.is_in_use:
        return
    renewal, notice = rule.get("renewal"), rule.get("notice")
    if renewal not in ("tacit", "agreed") and isinstance(notice, int) and notice > 0:
        yield (
            _("The notice before the term ends stands nowhere in the text: is there a renewal?"),
            where(rule, "notice"),
        )
    periods = [row.get("period") for row in partnership.rows("extra.dates", "rows")]
    if renewal == "none" and not any(isinstance(period, Mapping) and period.get("end") for period in periods):
        yield _("The agreement ends with its term, and no term is given: when does it end?"), where(rule, "renewal")


def _outside(value: str, begin: date, end: date, lang: str, *, early: bool) -> str:
    """Return in words that a date is outside of the term; "" if it is not, or is before it and `early` may be so."""
    shown = format_date(value, lang)
    if last_day(value) < begin and not early:
        return _("{date} comes before the term begins: which is right?").format(date=shown)
    if earliest_day(value) > end:
        return _("{date} comes after the term ends: which is right?").format(date=shown)
    return ""


def _with_name(guide: Guide, row: Entry, problem: str, lang: str) -> str:
    """Return a problem after the words of its row, or the short name of its question if the row has none."""
    text = row.text("text", lang) or row.text("for", lang) or guide.question(row.question).short.get(lang)
    return _("“{text}”: {found}").format(text=text, found=problem)


def _differing_periods(partnership: Partnership, lang: str) -> Iterator[tuple[str, Where]]:
    """Yield each period whose name another, different period has as well."""
    period_by_label: dict[str, object] = {}
    for row in partnership.rows("extra.dates", "rows"):
        label = row.text("label", lang)
        value = row.get("period")
        if label and period_by_label.setdefault(label, value) != value:
            yield _("“{label}” has two different periods: which is right?").format(label=label), where(row, "period")


def _is_beyond(value: object, begin: date, end: date) -> bool:
    """Return whether a period certainly begins before the term or ends after it; « mars 2027 » may be any day of it."""
    if not isinstance(value, Mapping):
        return False
    start, stop = value.get("start"), value.get("end")
    begins_early = isinstance(start, str) and is_date(start) and last_day(start) < begin
    return begins_early or (isinstance(stop, str) and is_date(stop) and earliest_day(stop) > end)


def _spans(partnership: Partnership) -> list[tuple[date, date]]:
    """Return (first day, last day) of each period that has both a start and an end."""
    return [span for row in partnership.rows("extra.dates", "rows") if (span := _span(row.get("period")))]


def _span(value: object) -> tuple[date, date] | None:
    """Return the first and the last day of a stored period {"start": …, "end": …}; None if either is missing."""
    if not isinstance(value, Mapping):
        return None
    start, end = value.get("start"), value.get("end")
    if not (isinstance(start, str) and is_date(start) and isinstance(end, str) and is_date(end)):
        return None
    return earliest_day(start), last_day(end)
