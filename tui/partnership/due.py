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
from tui.text.date_reading import is_whole_day
from tui.text.dates import earliest_day, is_date, last_day, parse_date
from tui.text.frequencies import add_months, next_occurrence

# Kinds of items, besides those of `Awaited` (tui.partnership.milestones).
SIGNATURE, PAPERS, CONDITION, WATCHED = "signature", "papers", "condition", "watched"
COMMITMENT, OBJECTIVE, MONEY, POINT, TASK, DEADLINE = "commitment", "objective", "money", "point", "task", "deadline"
AFTER_CALL, _MEETING, _REPORT, _ROLE, _LEAVING = "call", "meeting", "report", "role", "leaving"
_PERIOD_END = "period_end"  # of a period that is not the last one
# Groups of items by time.
LATE, MONTH, LATER, UNDATED = GROUPS = "late", "month", "later", "undated"
DEADLINES = "follow.deadlines"
_REVIEW, _DATES, _LEAD, _GOVERNANCE = "extra.review", "extra.dates", "gather.lead", "gather.governance"
_COMMITMENTS, _OBJECTIVES, _FUNDING = "open.contributions", "gather.objectives", "commit.funding"
_LONGEST_NOTICE_DAYS = 3659  # ten years; a longer notice is a slip of typing

# By question, the fields that make something due; an empty set means that any cell of an entry does. Until a draft is
# sent, the list of partnerships (tui.store.glance) reads only entries with such a field.
DATED: Mapping[str, frozenset[str]] = {
    _COMMITMENTS: frozenset({"due"}), _OBJECTIVES: frozenset({"due"}), _FUNDING: frozenset({"due"}),
    POINTS: frozenset({"due"}), HELD: frozenset({"due", "on"}), DEADLINES: frozenset({"due"}),
    _LEAD: frozenset({"until"}), _DATES: frozenset({"period"}), _REVIEW: frozenset(), OUTCOMES: frozenset(),
    CONDITIONS: frozenset(), _GOVERNANCE: frozenset({"frequency"}),
    CALLS: frozenset({"next", "next_on"}),
}  # fmt: skip
# Rows with a date of their own: (kind of item, question, part, field with the date).
_DATED_ROWS = (
    (COMMITMENT, _COMMITMENTS, "rows", "due"),
    (OBJECTIVE, _OBJECTIVES, "rows", "due"),
    (MONEY, _FUNDING, "rows", "due"),
    (POINT, POINTS, "rows", "due"),
    (TASK, HELD, TASKS, "due"),
    (DEADLINE, DEADLINES, "rows", "due"),
)
# By kind the field of the item's entry whose text is in its line.
_TEXT_FIELDS = {
    COMMITMENT: "text",
    OBJECTIVE: "text",
    MONEY: "source",
    POINT: "text",
    TASK: "text",
    DEADLINE: "what",
    CONDITION: "text",
    WATCHED: "text",
    AFTER_CALL: "next",
    _REPORT: "what",
    _PERIOD_END: "label",
}


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due."""

    id: str  # the same when its date changes, so that a calendar moves it
    kind: str
    date: str = ""  # an ISO date as precise as it is known, "" for none
    partner: str = ""  # the id of the partner that it concerns, "" for none in particular
    about: str = ""  # the id of the entry that it comes from
    question: str = ""  # with `field`: where its date is written, or would be
    field: str = ""
    number: int = 0  # of the draft to be answered, 0 for none
    since: str = ""  # the ISO date on which that draft was sent, or a signature asked for; "" for none
    private: bool = False  # whether its words may not leave the program
    returns: bool = False  # whether it may come back at another date: closing it closes this date only


def due(
    partnership: Partnership, view: Partnership, answers: PositionStatuses, day: str, adoption: str,
    versions: Sequence[Version] = (),
) -> tuple[DueItem, ...]:  # fmt: skip
    """Return all that is due and not closed, the earliest date first, items without a date last.

    `view` is the public view of `partnership`, `answers` what each position is worth on the words of that view, and
    `day` (ISO) counts as today. `adoption` is "adopted" if the text is the adopted one, "changed" if it differs,
    "" if none was adopted. `versions` are the kept versions, which are public: a sending that one shows is not private.
    """
    outcomes_by_id = outcomes(partnership)  # by entry id, the rows that note what became of it
    items: list[DueItem] = [*_answers(partnership, view, answers, adoption, versions, day)]
    for kind, question, part, field in _DATED_ROWS:
        items += _dated_rows(partnership, kind, question, part, field)
    items += [*_meetings(partnership, day), *_reports(partnership, outcomes_by_id, _adopted_on(partnership))]
    items += [*_signatures(partnership), *_conditions(partnership), *_after_calls(partnership)]
    items += [*_roles(partnership), *_review(partnership), *_term(partnership, day), *_leaving(partnership, day)]
    not_closed = (
        due_item
        for due_item in items
        if not is_closed(outcomes_by_id.get(due_item.about, ()), due_item.date if due_item.returns else "")
    )
    marked = (replace(due_item, private=not _is_public(partnership, view, due_item)) for due_item in not_closed)
    return tuple(sorted(marked, key=_sort_key))


def _is_public(partnership: Partnership, view: Partnership, due_item: DueItem) -> bool:
    """Return whether an item is not private, and the public view has the same value in the field that dates it.

    For awaited answers and ratifications `private` decides alone, since `_answers` has set it.
    """
    if due_item.private or due_item.kind in (AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION):
        return not due_item.private
    entry, public_entry = partnership.entry(due_item.about), view.entry(due_item.about)
    if entry is None or public_entry is None:
        return False
    keys = (key for key in entry.cells if key.partition("@")[0] == due_item.field)
    return all(public_entry.get(key) == entry.get(key) for key in keys)


def _sort_key(due_item: DueItem) -> tuple[bool, date, str]:
    """Return a key that sorts by date (a month or a year by its last day), then by id; items without a date last."""
    return not due_item.date, last_day(due_item.date) if due_item.date else date.max, due_item.id


def counts(items: Iterable[DueItem], day: str) -> tuple[int, int]:
    """Return how many items are late on a day (ISO), and how many more are due in its month."""
    groups = [group_of(item.date, day) for item in items]
    return groups.count(LATE), groups.count(MONTH)


def count_words(late: int, month: int) -> str:
    """Return the two numbers in the interface's language, « 2 en retard, 1 ce mois-ci »; "" if both are 0."""
    words = [ngettext("{n} late", "{n} late", late).format(n=late)] if late else []
    words += [ngettext("{n} due this month", "{n} due this month", month).format(n=month)] if month else []
    return ", ".join(words)


def group_of(iso: str, day: str) -> str:
    """Return LATE, MONTH or LATER for a date as seen on a day (both ISO), UNDATED for "".

    A month or a year is late once it is over. MONTH is for dates that are not late and begin before the end of the
    day's month, so a year (« 2027 ») is due in each of its months.
    """
    if not iso:
        return UNDATED
    if last_day(iso).isoformat() < day:
        return LATE
    return MONTH if earliest_day(iso) <= last_day(day[:7]) else LATER


def grouped_by_time(items: tuple[DueItem, ...], day: str) -> dict[str, tuple[DueItem, ...]]:
    """Return the items by LATE, MONTH, LATER and UNDATED, in this order, without the empty ones."""
    by_group = {group: tuple(item for item in items if group_of(item.date, day) == group) for group in GROUPS}
    return {group: items_of_group for group, items_of_group in by_group.items() if items_of_group}


def _adopted_on(partnership: Partnership) -> str:
    """Return the ISO day of the adoption; "" before it, or if the day is unknown."""
    mark = partnership.setting(ADOPTED_MARK)
    on = str(mark.get("on", "")) if isinstance(mark, Mapping) else ""
    return on if is_whole_day(on) else ""


# -- answers -----------------------------------------------------------------------------------------------------------


def _answers(
    partnership: Partnership,
    view: Partnership,
    answers: PositionStatuses,
    adoption: str,
    versions: Sequence[Version],
    day: str,
) -> Iterator[DueItem]:
    """Yield the awaited ratifications, with the days for their papers, and the awaited answers and confirmations.

    An answer is awaited only after a draft was sent. An adoption settles earlier requests: on an adopted text only
    ratifications are awaited, and answers again once a changed text is sent.
    """
    # The language is that of names of bodies, which are not read here.
    for item in awaited(partnership, answers, "fr"):
        position_id = answer_id(CONSENSUS, (item.partner,))
        iso = item.by if is_date(item.by) else ""
        if item.kind == AWAITED_RATIFICATION:
            public_position = view.entry(position_id)
            private = public_position is None or not (
                public_position.get("ratify_by") or public_position.get("ratify_on")
            )
            yield DueItem(f"{item.kind}-{item.partner}", item.kind, iso, item.partner, position_id, CONSENSUS,
                          "ratify_on", private=private)  # fmt: skip
            yield from _papers(partnership, item.partner, day)
            continue
        sending = last_sent_to(partnership, item.partner)
        if sending is None or adoption == "adopted" or _before_adoption(partnership, sending):
            continue
        since = str(sending.get("on", ""))
        private = not any(shows_sending(version, item.partner, item.number, item.by) for version in versions)
        yield DueItem(f"{item.kind}-{item.partner}", item.kind, iso, item.partner, position_id, CONSENSUS, "level",
                      _draft_number(sending), since if is_date(since) else "", private)  # fmt: skip


def _before_adoption(partnership: Partnership, sending: Entry) -> bool:
    """Return whether a sending came before the adoption; on the same day, whether it was noted first."""
    adopted, sent = _adopted_on(partnership), str(sending.get("on", ""))
    if not adopted or sent != adopted:
        return bool(adopted) and sent < adopted
    settings = partnership.entry(SETTINGS)
    mark = settings.cells.get(ADOPTED_MARK) if settings is not None else None
    noted = sending.cells.get("on")
    return mark is not None and noted is not None and noted.rev < mark.rev


def _papers(partnership: Partnership, partner_id: str, day: str) -> Iterator[DueItem]:
    """Yield the day by which the ratifying body wants its papers; private, as are the dates it is counted from."""
    position_id = answer_id(CONSENSUS, (partner_id,))
    position = partnership.entry(position_id)
    _sitting, papers = next_sitting(position, day, day, "fr") if position is not None else ("", "")
    if papers:
        yield DueItem(f"{PAPERS}-{partner_id}", PAPERS, papers, partner_id, position_id, CONSENSUS, "ratify_papers",
                      private=True)  # fmt: skip


def _draft_number(sending: Entry) -> int:
    """Return the number of the draft that was sent; 0 if none was noted."""
    number = sending.get("number", 0)
    return number if isinstance(number, int) else 0


def without_private(items: Iterable[DueItem]) -> tuple[DueItem, ...]:
    """Return the items as anyone may see them.

    Of a private answer, confirmation or ratification only date, number of the draft and day of sending are taken out;
    any other private item is left out.
    """
    listed = (
        item
        for item in items
        if not item.private or item.kind in (AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION)
    )
    public = (replace(due_item, date="", number=0, since="") if due_item.private else due_item for due_item in listed)
    return tuple(sorted(public, key=_sort_key))


# -- what a row says ---------------------------------------------------------------------------------------------------


def _dated_rows(partnership: Partnership, kind: str, question: str, part: str, field: str) -> Iterator[DueItem]:
    """Yield the rows of a part that have a date in `field`, except those whose partners have all left.

    The item of a commitment names the first of its partners that is active; other items name none.
    """
    present = set(active_ids(partnership))
    for row in partnership.rows(question, part):
        iso = row.get(field)
        if not isinstance(iso, str) or not is_date(iso) or (row.givers and not present.intersection(row.givers)):
            continue
        owner = next((giver for giver in row.givers if giver in present), "") if kind == COMMITMENT else ""
        yield DueItem(f"{kind}-{row.id}", kind, iso, owner, row.id, question, field)


def _after_calls(partnership: Partnership) -> Iterator[DueItem]:
    """Yield what the facilitator is to do after a call, with or without a date."""
    for row in next_steps(partnership):
        on = row.get("next_on")
        iso = on if isinstance(on, str) and is_date(on) else ""
        field = "next_on" if iso else "next"
        yield DueItem(f"{AFTER_CALL}-{row.id}", AFTER_CALL, iso, row.subject[0], row.id, CALLS, field, private=True)


def _meetings(partnership: Partnership, day: str) -> Iterator[DueItem]:
    """Yield the meetings of the day and of later dates that were not opened."""
    for row in partnership.rows(HELD, MEETINGS):
        on = row.get("on")
        if isinstance(on, str) and is_date(on) and last_day(on).isoformat() >= day and not row.get("opened"):
            yield DueItem(f"{_MEETING}-{row.id}", _MEETING, on, about=row.id, question=HELD, field="on")


def _reports(
    partnership: Partnership, outcomes_by_id: Mapping[str, tuple[Entry, ...]], start: str
) -> Iterator[DueItem]:
    """Yield the reports to give: on the date that the text names, else on the next date by their frequency.

    The frequency is counted from the last closed date, else from `start`, the ISO day of the adoption; without either
    ("") no report is due by its frequency. `outcomes_by_id` holds the outcomes by the id of the row.
    """
    for row in partnership.rows(_GOVERNANCE, "reports"):
        frequency = row.text("frequency", "fr")
        named_date = parse_date(frequency, "fr") or parse_date(frequency, "en")
        closed = last_closed_date(outcomes_by_id.get(row.id, ()))
        anchor = last_day(closed).isoformat() if is_date(closed) else start
        iso = named_date or (next_occurrence(frequency, anchor) if anchor else "")
        if iso:
            yield DueItem(f"{_REPORT}-{row.id}", _REPORT, iso, about=row.id, question=_GOVERNANCE, field="frequency",
                          returns=True)  # fmt: skip


def _signatures(partnership: Partnership) -> Iterator[DueItem]:
    """Yield the signatures of the adopted version that were asked for and have not come; `since` is when asked for."""
    mark = partnership.setting(ADOPTED_MARK)
    version = mark.get("version") if isinstance(mark, Mapping) else None
    for row in partnership.rows(SIGNATURES, "rows"):
        asked = row.get("asked")
        if version and row.get("version") == version and isinstance(asked, str) and not row.get("on"):
            yield DueItem(f"{SIGNATURE}-{row.id}", SIGNATURE, "", row.subject[0], row.id, SIGNATURES, "asked",
                          since=asked if is_date(asked) else "")  # fmt: skip


def _conditions(partnership: Partnership) -> Iterator[DueItem]:
    """Yield the open conditions that have a date, and those to watch on the date of the review. All are private."""
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
    """Yield the ends of the roles that are held until a date."""
    for row in partnership.rows(_LEAD, "rows"):
        until = row.get("until")
        if isinstance(until, str) and is_date(until):
            partner_id = str(row.get("partner", ""))
            yield DueItem(f"{_ROLE}-{row.id}", _ROLE, until, partner_id, row.id, _LEAD, "until", returns=True)


def _leaving(partnership: Partnership, day: str) -> Iterator[DueItem]:
    """Yield the departures that are announced for the day or for a later date."""
    for entry in partnership.rows(WHO):
        until = entry.get("until")
        partner = find_partner(partnership, entry.id)
        if partner is None or not partner.active or not isinstance(until, str) or not is_date(until):
            continue
        if last_day(until).isoformat() >= day:
            yield DueItem(f"{_LEAVING}-{entry.id}", _LEAVING, until, entry.id, entry.id, WHO, "until", returns=True)


# -- review and term ---------------------------------------------------------------------------------------------------


def _review(partnership: Partnership) -> Iterator[DueItem]:
    """Yield the review of the agreement, if it has a date."""
    answer = partnership.entry(_REVIEW)
    on = answer.get("date") if answer is not None and answer.is_in_use else None
    if isinstance(on, str) and is_date(on):
        yield DueItem("review", "review", on, about=_REVIEW, question=_REVIEW, field="date", returns=True)


def _period_ends(partnership: Partnership) -> Iterator[tuple[Entry, str]]:
    """Yield each row of the periods that has an end, and that end (ISO date)."""
    for row in partnership.rows(_DATES, "rows"):
        period: Any = row.get("period")
        end = period.get("end") if isinstance(period, Mapping) else None
        if isinstance(end, str) and is_date(end):
            yield row, end


def _term(partnership: Partnership, day: str) -> Iterator[DueItem]:
    """Yield the ends of the periods, the last of which is the term, and what is to be done before the term ends.

    If it renews itself, a notice may be given until some days before; once that day has passed, it comes back with the
    next term. If it is renewed by agreement, the partners are to agree as many days before.
    """
    ends = sorted(_period_ends(partnership), key=lambda row_and_end: last_day(row_and_end[1]))
    for row, end in ends[:-1]:
        yield DueItem(f"period-{row.id}", _PERIOD_END, end, about=row.id, question=_DATES, field="period")
    if not ends:
        return
    row, end = ends[-1]
    rules = partnership.entry(_REVIEW)
    renewal = str(rules.get("renewal", "")) if rules is not None and rules.is_in_use else ""
    notice: Any = rules.get("notice", 0) if rules is not None and rules.is_in_use else 0
    notice_days = timedelta(days=notice if isinstance(notice, int) and 0 <= notice <= _LONGEST_NOTICE_DAYS else 0)
    tacit = renewal == "tacit"
    last = renewed_until(end, day) if tacit else last_day(end)
    iso = end if last == last_day(end) else last.isoformat()  # `end` as typed, which may be a month
    yield DueItem("term", "renews" if tacit else "end", iso, about=row.id, question=_DATES, field="period",
                  returns=True)  # fmt: skip
    if renewal not in ("tacit", "agreed"):
        return
    notice_day = (last - notice_days).isoformat()
    if not tacit:
        yield DueItem("renewal", "renew", notice_day, about=_REVIEW, question=_REVIEW, field="renewal", returns=True)
    elif notice_days and notice_day >= day:
        yield DueItem("notice", "notice", notice_day, about=_REVIEW, question=_REVIEW, field="notice", returns=True)


def renewed_until(end: str, day: str) -> date:
    """Return the last day, on the ISO day `day`, of a term that ended on `end` (ISO date) and is renewed year by year.

    The result is never before `day`.
    """
    last = last_day(end)
    years = 0
    while add_months(last, 12 * years).isoformat() < day:
        years += 1
    return add_months(last, 12 * years)


# -- in words ----------------------------------------------------------------------------------------------------------


def due_words(guide: Guide, view: Partnership, due_item: DueItem, lang: str) -> str:
    """Return in one line what is due, in `lang` ("fr" or "en"), without its date.

    The words come from `view`: with the public view nothing private is in them, and a partner without a name there is
    « un organisme à confirmer ».
    """
    partner = find_partner(view, due_item.partner) if due_item.partner else None
    name = (partner.short(lang) if partner is not None else "") or guide.word("an_organisation", lang)
    entry = view.entry(due_item.about)
    word_id = f"due_{due_item.kind}"
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
        _ROLE,
        _LEAVING,
    ):
        return guide.word(word_id, lang, name=name)
    if due_item.kind == _MEETING:
        place = entry.text("place", lang) if entry is not None else ""
        return guide.word("due_meeting_at" if place else word_id, lang, place=place)
    if due_item.kind in _TEXT_FIELDS:
        return _line_with_text(guide, due_item, entry, lang, name)
    return guide.word(word_id, lang)


def _line_with_text(guide: Guide, due_item: DueItem, entry: Entry | None, lang: str, name: str) -> str:
    """Return the line of an item with the text of its entry; without a text, a line that needs none."""
    text = " ".join(entry.text(_TEXT_FIELDS[due_item.kind], lang).split()) if entry is not None else ""
    if text:
        return guide.word(f"due_{due_item.kind}", lang, text=text, name=name)
    if due_item.kind == _PERIOD_END:
        return guide.word("due_end", lang)
    return guide.word(f"due_{due_item.kind}_bare", lang, text=text, name=name)
