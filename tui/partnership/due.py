"""What is due in a partnership on a day: answers, ratifications, review, term, commitments, reports, roles, tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import ngettext
from tui.partnership.board_sittings import next_sitting
from tui.partnership.bodies import RATIFIES, body_name
from tui.partnership.calls import CALLS, next_steps
from tui.partnership.conditions import CONDITIONS, open_conditions, watched_conditions
from tui.partnership.meetings import HELD, MEETINGS, POINTS, TASKS
from tui.partnership.milestones import AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION, awaited
from tui.partnership.outcomes import OUTCOMES, is_closed, last_closed_date, outcomes
from tui.partnership.partners import WHO, active_ids, find_partner
from tui.partnership.positions import CONSENSUS, PositionStatuses
from tui.partnership.signatures import SIGNATURES
from tui.partnership.values import SETTINGS, Entry, Partnership, answer_id
from tui.partnership.versions import ADOPTED_MARK, Version, last_sent_to, shows_sending
from tui.text.body_names import body_in_sentence
from tui.text.dates import earliest_day, is_date, last_day, parse_date
from tui.text.frequencies import add_months, next_after

SIGNATURE, PAPERS, CONDITION, WATCHED = "signature", "papers", "condition", "watched"
LATE, MONTH, LATER, UNDATED = GROUPS = "late", "month", "later", "undated"
DEADLINES = "follow.deadlines"
_REVIEW, _DATES, _LEAD, _REPORTS = "extra.review", "extra.dates", "gather.lead", "gather.governance"
_COMMITMENTS, _OBJECTIVES, _MONEY = "open.contributions", "gather.objectives", "commit.funding"

# What dates something, by question: one of these fields, or any where none is named. The list reads no other entry.
DATED: Mapping[str, frozenset[str]] = {
    _COMMITMENTS: frozenset({"due"}), _OBJECTIVES: frozenset({"due"}), _MONEY: frozenset({"due"}),
    POINTS: frozenset({"due"}), HELD: frozenset({"due", "on"}), DEADLINES: frozenset({"due"}),
    _LEAD: frozenset({"until"}), _DATES: frozenset({"period"}), _REVIEW: frozenset(), OUTCOMES: frozenset(),
    CONDITIONS: frozenset(), _REPORTS: frozenset({"frequency"}),
    CALLS: frozenset({"next", "next_on"}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due. `id` stays the same when its date changes, so that a calendar moves it.

    `date` is an ISO date as precise as it is known, "" for none; `about` the entry it comes from, and `question` and
    `field` where its date is written. `partner` is whose it is ("" for all), `number` the draft, `since` when that was
    sent. `private`: it comes from an answer that may not leave; its words are never said outside.
    """

    id: str
    kind: str
    date: str = ""
    partner: str = ""
    about: str = ""
    question: str = ""
    field: str = ""
    number: int = 0
    since: str = ""
    private: bool = False
    returns: bool = False  # whether it comes back at another date: what closes it closes this date alone


def due(
    partnership: Partnership, view: Partnership, answers: PositionStatuses, day: str, adoption: str,
    versions: Sequence[Version] = (),
) -> tuple[DueItem, ...]:  # fmt: skip
    """Return all that is due and not closed, the earliest date first and what has none last.

    `view` is the public view of `partnership`, `answers` what the positions are worth on its words, and `day` the ISO
    date from which it is told. `adoption` says how the text stands to the adopted one ("" when nothing was adopted).
    What `versions` tell of a sending is not private.
    """
    noted = outcomes(partnership)
    found: list[DueItem] = [*_answers(partnership, view, answers, adoption, versions, day)]
    for kind, question, part, field in _ROWS:
        found += _of_rows(partnership, kind, question, part, field)
    found += [*_meetings(partnership, day), *_reports(partnership, noted, _adopted_on(partnership))]
    found += [*_signatures(partnership), *_conditions(partnership), *_after_calls(partnership)]
    found += [*_roles(partnership), *_review(partnership), *_term(partnership, day), *_leaving(partnership, day)]
    standing = (
        due_item
        for due_item in found
        if not is_closed(noted.get(due_item.about, ()), due_item.date if due_item.returns else "")
    )
    told = (
        due_item if due_item.private or _may_be_told(partnership, view, due_item) else replace(due_item, private=True)
        for due_item in standing
    )
    return tuple(sorted(told, key=_place))


def _may_be_told(partnership: Partnership, view: Partnership, due_item: DueItem) -> bool:
    """Return whether the public view holds the field that dates an item, with the same value."""
    if due_item.kind in (AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION):
        return not due_item.private
    entry, told = partnership.entry(due_item.about), view.entry(due_item.about)
    if entry is None or told is None:
        return False
    cells = (name for name in entry.cells if name.partition("@")[0] == due_item.field)
    return all(told.get(name) == entry.get(name) for name in cells)


def _place(due_item: DueItem) -> tuple[bool, date, str]:
    return not due_item.date, last_day(due_item.date) if due_item.date else date.max, due_item.id


def counts(items: Iterable[DueItem], day: str) -> tuple[int, int]:
    """Return how many items are late on a day (ISO), and how many more are due in its month."""
    groups = [group_of(item.date, day) for item in items]
    return groups.count(LATE), groups.count(MONTH)


def count_words(late: int, month: int) -> str:
    """« 2 en retard, 1 ce mois-ci » in the interface's language; "" where there is neither."""
    said = [ngettext("{n} late", "{n} late", late).format(n=late)] if late else []
    said += [ngettext("{n} due this month", "{n} due this month", month).format(n=month)] if month else []
    return ", ".join(said)


def group_of(iso: str, day: str) -> str:
    """Return LATE, MONTH or LATER for a date as seen on a day (both ISO), UNDATED for "".

    A month is late once it is over; what begins in the month of the day is due in it.
    """
    if not iso:
        return UNDATED
    if last_day(iso).isoformat() < day:
        return LATE
    return MONTH if earliest_day(iso) <= last_day(day[:7]) else LATER


def grouped_by_time(items: tuple[DueItem, ...], day: str) -> dict[str, tuple[DueItem, ...]]:
    """Return the items by LATE, MONTH, LATER and UNDATED, in this order, without the empty ones."""
    found = {group: tuple(item for item in items if group_of(item.date, day) == group) for group in GROUPS}
    return {group: listed for group, listed in found.items() if listed}


def _adopted_on(partnership: Partnership) -> str:
    """Return the ISO day of the adoption; "" before it."""
    mark = partnership.setting("adopted")
    on = str(mark.get("on", "")) if isinstance(mark, Mapping) else ""
    return on if is_date(on) and len(on) == len("2026-11-22") else ""


# -- answers -----------------------------------------------------------------------------------------------------------


def _answers(
    partnership: Partnership,
    view: Partnership,
    answers: PositionStatuses,
    state: str,
    versions: Sequence[Version],
    day: str,
) -> Iterator[DueItem]:
    """Yield the answers and ratifications awaited; of an adopted text, which is answered, the ratifications alone.

    An adoption settles what was asked before it: of a text that changed since, an answer is awaited once it is sent.
    """
    for answer in awaited(partnership, answers, "fr"):
        position = answer_id(CONSENSUS, (answer.partner,))
        iso = answer.by if is_date(answer.by) else ""
        if answer.kind == AWAITED_RATIFICATION:
            told = view.entry(position)
            private = told is None or not (told.get("ratify_by") or told.get("ratify_on"))
            item_id = f"{AWAITED_RATIFICATION}-{answer.partner}"
            yield DueItem(item_id, AWAITED_RATIFICATION, iso, answer.partner, position, CONSENSUS, "ratify_on",
                          private=private)  # fmt: skip
            yield from _papers(partnership, answer.partner, day)
            continue
        row = last_sent_to(partnership, answer.partner)
        if row is None or state == "adopted" or _before_adoption(partnership, row):
            continue
        since = str(row.get("on", ""))
        private = not any(shows_sending(version, answer.partner, answer.number, answer.by) for version in versions)
        yield DueItem(f"{answer.kind}-{answer.partner}", answer.kind, iso, answer.partner, position, CONSENSUS, "level",
                      _number(row), since if is_date(since) else "", private)  # fmt: skip


def _before_adoption(partnership: Partnership, row: Entry) -> bool:
    """Whether a sending came before the text that is adopted; on the same day what was noted first came first."""
    adopted, sent = _adopted_on(partnership), str(row.get("on", ""))
    if not adopted or sent != adopted:
        return bool(adopted) and sent < adopted
    settings = partnership.entry(SETTINGS)
    mark = settings.cells.get(ADOPTED_MARK) if settings is not None else None
    noted = row.cells.get("on")
    return mark is not None and noted is not None and noted.rev < mark.rev


def _papers(partnership: Partnership, partner_id: str, day: str) -> Iterator[DueItem]:
    """Yield the day by which the body that ratifies wants its papers. It is private: it follows from what is."""
    position = partnership.entry(answer_id(CONSENSUS, (partner_id,)))
    _sitting, papers = next_sitting(position, day, day, "fr") if position is not None else ("", "")
    if papers:
        place = answer_id(CONSENSUS, (partner_id,))
        yield DueItem(f"{PAPERS}-{partner_id}", PAPERS, papers, partner_id, place, CONSENSUS, "ratify_papers",
                      private=True)  # fmt: skip


def _number(row: Entry) -> int:
    number = row.get("number", 0)
    return number if isinstance(number, int) else 0


def without_private(items: Iterable[DueItem]) -> tuple[DueItem, ...]:
    """Return the items as anyone may see them: of an answer or a ratification no private date, of the rest nothing."""
    kept = (
        item
        for item in items
        if not item.private or item.kind in (AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION)
    )
    bare = (replace(due_item, date="", number=0, since="") if due_item.private else due_item for due_item in kept)
    return tuple(sorted(bare, key=_place))


# -- what a row says ---------------------------------------------------------------------------------------------------

COMMITMENT, OBJECTIVE, MONEY, POINT, TASK, DEADLINE = "commitment", "objective", "money", "point", "task", "deadline"
AFTER_CALL = "call"
_ROWS = (
    (COMMITMENT, _COMMITMENTS, "rows", "due"),
    (OBJECTIVE, _OBJECTIVES, "rows", "due"),
    (MONEY, _MONEY, "rows", "due"),
    (POINT, POINTS, "rows", "due"),
    (TASK, HELD, TASKS, "due"),
    (DEADLINE, DEADLINES, "rows", "due"),
)
TEXTS = {
    COMMITMENT: "text",
    OBJECTIVE: "text",
    MONEY: "source",
    POINT: "text",
    TASK: "text",
    DEADLINE: "what",
    CONDITION: "text",
    WATCHED: "text",
    AFTER_CALL: "next",
}


def _of_rows(partnership: Partnership, kind: str, question: str, part: str, field: str) -> Iterator[DueItem]:
    present = set(active_ids(partnership))
    for row in partnership.rows(question, part):
        iso = row.get(field)
        if not isinstance(iso, str) or not is_date(iso) or (row.givers and not present.intersection(row.givers)):
            continue
        owner = next((giver for giver in row.givers if giver in present), "") if kind == COMMITMENT else ""
        yield DueItem(f"{kind}-{row.id}", kind, iso, owner, row.id, question, field)


def _after_calls(partnership: Partnership) -> Iterator[DueItem]:
    """Yield what is to be done after a call: the facilitator's own, with or without a date."""
    for row in next_steps(partnership):
        on = row.get("next_on")
        iso = on if isinstance(on, str) and is_date(on) else ""
        field = "next_on" if iso else "next"
        yield DueItem(f"call-{row.id}", AFTER_CALL, iso, row.subject[0], row.id, CALLS, field, private=True)


def _meetings(partnership: Partnership, day: str) -> Iterator[DueItem]:
    """Yield the meetings that are still to come."""
    for row in partnership.rows(HELD, MEETINGS):
        on = row.get("on")
        if isinstance(on, str) and is_date(on) and last_day(on).isoformat() >= day and not row.get("opened"):
            yield DueItem(f"meeting-{row.id}", "meeting", on, about=row.id, question=HELD, field="on")


def _reports(partnership: Partnership, noted: Mapping[str, tuple[Entry, ...]], start: str) -> Iterator[DueItem]:
    """The reports to give: at the date the text names, else each time their frequency comes back after the adoption."""
    for row in partnership.rows(_REPORTS, "reports"):
        often = row.text("frequency", "fr")
        once = parse_date(often, "fr") or parse_date(often, "en")
        given = last_closed_date(noted.get(row.id, ()))
        anchor = last_day(given).isoformat() if is_date(given) else start
        iso = once or (next_after(often, anchor) if anchor else "")
        if iso:
            yield DueItem(f"report-{row.id}", "report", iso, about=row.id, question=_REPORTS, field="frequency",
                          returns=True)  # fmt: skip


def _signatures(partnership: Partnership) -> Iterator[DueItem]:
    """Yield the signatures of the adopted version that were asked for and have not come; `since` is when it was."""
    mark = partnership.setting("adopted")
    version = mark.get("version") if isinstance(mark, Mapping) else None
    for row in partnership.rows(SIGNATURES, "rows"):
        asked = row.get("asked")
        if version and row.get("version") == version and isinstance(asked, str) and not row.get("on"):
            yield DueItem(f"{SIGNATURE}-{row.id}", SIGNATURE, "", row.subject[0], row.id, SIGNATURES, "asked",
                          since=asked if is_date(asked) else "")  # fmt: skip


def _conditions(partnership: Partnership) -> Iterator[DueItem]:
    """Yield the conditions of a yes by their day; those to watch are asked about at the review. Both stay private."""
    for row in open_conditions(partnership):
        iso = row.get("due")
        if isinstance(iso, str) and is_date(iso):
            yield DueItem(f"{CONDITION}-{row.id}", CONDITION, iso, row.subject[0], row.id, CONDITIONS, "due",
                          private=True)  # fmt: skip
    for review in _review(partnership):
        for row in watched_conditions(partnership):
            yield DueItem(f"{CONDITION}-{row.id}", WATCHED, review.date, row.subject[0], row.id, CONDITIONS, "state",
                          private=True)  # fmt: skip


def _roles(partnership: Partnership) -> Iterator[DueItem]:
    for row in partnership.rows(_LEAD, "rows"):
        until = row.get("until")
        if isinstance(until, str) and is_date(until):
            name = str(row.get("partner", ""))
            yield DueItem(f"role-{row.id}", "role", until, name, row.id, _LEAD, "until", returns=True)


def _leaving(partnership: Partnership, day: str) -> Iterator[DueItem]:
    """Yield the departures that are announced: the day on which a partner leaves is still to come."""
    for entry in partnership.rows(WHO):
        until = entry.get("until")
        partner = find_partner(partnership, entry.id)
        if partner is None or not partner.active or not isinstance(until, str) or not is_date(until):
            continue
        if last_day(until).isoformat() >= day:
            yield DueItem(f"leaving-{entry.id}", "leaving", until, entry.id, entry.id, WHO, "until", returns=True)


# -- review and term ---------------------------------------------------------------------------------------------------


def _review(partnership: Partnership) -> Iterator[DueItem]:
    answer = partnership.entry(_REVIEW)
    on = answer.get("date") if answer is not None and answer.stands else None
    if isinstance(on, str) and is_date(on):
        yield DueItem("review", "review", on, about=_REVIEW, question=_REVIEW, field="date", returns=True)


def _ends(partnership: Partnership) -> Iterator[tuple[Entry, str]]:
    for row in partnership.rows(_DATES, "rows"):
        period: Any = row.get("period")
        end = period.get("end") if isinstance(period, Mapping) else None
        if isinstance(end, str) and is_date(end):
            yield row, end


def _term(partnership: Partnership, day: str) -> Iterator[DueItem]:
    """The end of the term (of several periods the last one), and the day by which notice has to be given before it."""
    ends = sorted(_ends(partnership), key=lambda item: last_day(item[1]))
    for row, end in ends[:-1]:
        yield DueItem(f"period-{row.id}", "period_end", end, about=row.id, question=_DATES, field="period")
    if not ends:
        return
    row, end = ends[-1]
    rule = partnership.entry(_REVIEW)
    renewal = str(rule.get("renewal", "")) if rule is not None and rule.stands else ""
    notice: Any = rule.get("notice", 0) if rule is not None and rule.stands else 0
    before = timedelta(days=notice if isinstance(notice, int) and 0 <= notice < 3660 else 0)
    last = renewed_until(end, day) if renewal == "tacit" else last_day(end)
    iso = end if last == last_day(end) else last.isoformat()
    kind = "renews" if renewal == "tacit" else "end"
    yield DueItem("term", kind, iso, about=row.id, question=_DATES, field="period", returns=True)
    if (
        before and renewal == "tacit" and (last - before).isoformat() >= day
    ):  # a passed one comes back with the next term
        yield DueItem("notice", "notice", (last - before).isoformat(), about=_REVIEW, question=_REVIEW, field="notice",
                      returns=True)  # fmt: skip
    elif renewal == "agreed":
        yield DueItem("renewal", "renew", (last - before).isoformat(), about=_REVIEW, question=_REVIEW,
                      field="renewal", returns=True)  # fmt: skip


def renewed_until(end: str, day: str) -> date:
    """Return the last day of a term that ends on `end` and is renewed from year to year, as it stands on an ISO day."""
    last = last_day(end)
    years = 0
    while add_months(last, 12 * years).isoformat() < day:
        years += 1
    return add_months(last, 12 * years)


# -- in words ----------------------------------------------------------------------------------------------------------


def due_words(guide: Guide, view: Partnership, due_item: DueItem, lang: str) -> str:
    """Return what is due in one line, in `lang`, from `view`: of the public view nothing private can be in it.

    A partner without a name there is « un organisme à confirmer ».
    """
    known = find_partner(view, due_item.partner) if due_item.partner else None
    bare = guide.word("an_organisation", lang)
    name = (known.short(lang) if known is not None else "") or bare
    entry = view.entry(due_item.about)
    word = f"due_{due_item.kind}"
    if due_item.kind == AWAITED_ANSWER and due_item.number:
        return guide.word("due_answer_to", lang, number=due_item.number, name=name)
    if due_item.kind == AWAITED_RATIFICATION and entry is not None and entry.text("ratify_by", lang):
        body = body_in_sentence(body_name(entry, RATIFIES, lang), lang)
        return guide.word("due_ratify_by", lang, body=body, name=name)
    if due_item.kind in (
        AWAITED_ANSWER,
        AWAITED_CONFIRMATION,
        AWAITED_RATIFICATION,
        PAPERS,
        SIGNATURE,
        "role",
        "leaving",
    ):
        return guide.word(word, lang, name=name)
    if due_item.kind == "meeting":
        place = entry.text("place", lang) if entry is not None else ""
        return guide.word("due_meeting_at" if place else word, lang, place=place)
    if due_item.kind in (*TEXTS, "report", "period_end"):
        return _with_text(guide, word, due_item, entry, (lang, name))
    return guide.word(word, lang)


def _with_text(guide: Guide, word: str, due_item: DueItem, entry: Entry | None, told: tuple[str, str]) -> str:
    lang, name = told
    field = "what" if due_item.kind == "report" else "label" if due_item.kind == "period_end" else TEXTS[due_item.kind]
    text = " ".join(entry.text(field, lang).split()) if entry is not None else ""
    if due_item.kind == "period_end" and not text:
        return guide.word("due_end", lang)
    bare = "" if text else "_bare"
    return guide.word(word + bare, lang, text=text, name=name)
