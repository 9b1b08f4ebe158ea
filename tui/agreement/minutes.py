"""Composes the minutes of one meeting as a document: who was there, decisions, tasks, changes of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tui.agreement.agenda_document import item_words
from tui.agreement.block_typography import polished
from tui.agreement.blocks import NOWHERE, Agreement, Block, Origin, Row, Run, Section, Table
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.entered_lines import decision_facts, facts_of, sections_of
from tui.agreement.kept_minutes import kept_minutes, with_standing
from tui.agreement.phrasing import DASH, Phrasing, bullets, line, origin
from tui.agreement.signature_section import FEW
from tui.guide.guide_types import Field, Guide, Part, Question, Words
from tui.partnership.agendas import agenda_items
from tui.partnership.conditions import OF, TEXT, minority_texts
from tui.partnership.decisions import noted_lines
from tui.partnership.meetings import (
    ABSENT,
    DECISIONS,
    EXCUSED,
    HELD,
    POINTS,
    PRESENT,
    TASKS,
    Seat,
    came_late,
    points_of,
    present_ids,
    rows_of_meeting,
    seats,
    source_of,
)
from tui.partnership.partners import WHO, find_partner
from tui.partnership.positions import CONSENSUS, POSITIONS, UNSAID, count_words
from tui.partnership.privacy import public_view
from tui.partnership.rounds import ABOUT, answers_to, count_of, has_leave, rounds_of
from tui.partnership.translation import negotiated_language
from tui.partnership.values import ORDER, REMOVED, Cell, Entry, HistoryEntry, Partnership, Value, is_second_wording_cell
from tui.text.dates import format_date, format_time_of_day
from tui.text.separators import colon, semicolon

# Questions whose changes are not listed: other parts of the minutes print them, positions only as counts.
_NOT_LISTED = frozenset({HELD, POINTS, *POSITIONS, CONSENSUS})
_HEADINGS_BY_MARK = (
    (PRESENT, "people_present"),
    (EXCUSED, "people_excused"),
    (ABSENT, "people_absent"),
)  # (mark, set phrase)
_COUNTED_QUESTIONS = (
    ("gather.procedures", "round_procedures"),
    (CONSENSUS, "round_consensus"),
)  # (question, set phrase)


@dataclass(slots=True)
class _CellChange:
    """The change of one cell from before the meeting to its end."""

    before: Value
    after: Value
    private: bool  # whether `after` was private when it was entered


def changes_in_meeting(phrasing: Phrasing, past: Iterable[HistoryEntry], meeting: Entry) -> tuple[Block, ...]:
    """Return a list with one line for each answer in the document that the meeting added, changed or took out.

    `past` is the partnership's history, oldest entry first.
    """
    changes: dict[str, dict[str, _CellChange]] = {}  # by entry id and cell
    meeting_source = source_of(meeting)
    for history_entry in past:
        if (
            history_entry.source != meeting_source
            or history_entry.question in _NOT_LISTED
            or is_second_wording_cell(history_entry.cell)
        ):
            continue
        cells = changes.setdefault(history_entry.entry, {})
        change = cells.get(history_entry.cell)
        if change is None:
            cells[history_entry.cell] = _CellChange(history_entry.value, history_entry.new, history_entry.private)
        else:
            change.after, change.private = history_entry.new, history_entry.private
    return bullets(
        (_change_line(phrasing, entry_id, cells), origin(phrasing.view.entry(entry_id)))
        for entry_id, cells in changes.items()
    )


def _change_line(phrasing: Phrasing, entry_id: str, cells: dict[str, _CellChange]) -> str:
    """Return « Objectifs principaux, ajouté : « offrir du counseling » … »; "" for what is not public."""
    entry = phrasing.view.entry(entry_id)
    question = phrasing.guide.by_id.get(entry.question) if entry is not None else None
    part = question.part(entry.part) if question is not None and entry is not None else None
    # The guide may lack a question that a newer program asked.
    if entry is None or question is None or part is None:
        return ""
    if not _is_printed(phrasing, question, part, entry):
        return ""
    changed = {key: change for key, change in cells.items() if change.before != change.after}
    removed = changed.get(REMOVED)
    if removed is not None and removed.after:
        text = _value(phrasing, entry, part.main, None)
        # An entry whose order changed too was both added and removed at the meeting.
        if not text or ORDER in changed:
            return ""
        return _change_words(phrasing, question, entry, "change_removed", [text], part.title)
    printed_fields = [field for field in part.fields if _is_shown(phrasing, entry, field, changed)]
    if not printed_fields:
        return ""
    word = "change_added" if all(change.before is None for change in changed.values()) else "change_changed"
    # A single field of no list is named by its own label.
    if not part.list and len(printed_fields) == 1:
        only_field = printed_fields[0]
        text = _value(phrasing, entry, only_field, changed)
        return _change_words(phrasing, question, entry, word, [text], only_field.label)
    # Any other change begins with the main field (of a row even if it did not change), without its label.
    main = part.main
    texts = [_value(phrasing, entry, field, changed) for field in printed_fields if field is main]
    if main not in printed_fields and part.list:
        texts.append(_value(phrasing, entry, main, None))
    texts += [
        _labelled(phrasing, field, _value(phrasing, entry, field, changed))
        for field in printed_fields
        if field is not main
    ]
    return _change_words(phrasing, question, entry, word, [text for text in texts if text], part.title)


def _is_printed(phrasing: Phrasing, question: Question, part: Part, entry: Entry) -> bool:
    """Return whether the document prints this entry: a partner once it may be named, its people never."""
    if question.id == WHO:
        return not entry.part and bool(entry.text("name", phrasing.lang))
    return bool(question.feeds or part.feeds) and not question.private


def _is_shown(phrasing: Phrasing, entry: Entry, field: Field, changed: dict[str, _CellChange]) -> bool:
    """Return whether `field` has a changed cell that may be printed in the language of the document."""
    if field.hidden or field.private:
        return False
    change_in_other = _change_in_other_only(phrasing, entry, field, changed)
    for key in (field.id, f"{field.id}@{phrasing.lang}", f"{field.id}@{_other_language(phrasing)}"):
        change = changed.get(key)
        if change is None or key not in entry.cells:
            continue
        emptied_in_other = change is change_in_other and not change.after
        if not emptied_in_other:
            # What was private at the meeting may be printed if it is public now, as the view shows.
            return not change.private or change.after == entry.cells[key].value
    return False


def _other_language(phrasing: Phrasing) -> str:
    """Return the language that the document is not written in."""
    return "en" if phrasing.lang == "fr" else "fr"


def _change_in_other_only(
    phrasing: Phrasing, entry: Entry, field: Field, changed: dict[str, _CellChange]
) -> _CellChange | None:
    """Return the change of the other language's text if the meeting left this language's text alone; else None."""
    own = f"{field.id}@{phrasing.lang}"
    is_own_unchanged = own in entry.cells and own not in changed
    return changed.get(f"{field.id}@{_other_language(phrasing)}") if is_own_unchanged else None


def _value(phrasing: Phrasing, entry: Entry, field: Field | None, changed: dict[str, _CellChange] | None) -> str:
    """Return a field in words, quoted if it is a text; "" if it is empty or `field` is None.

    `changed` holds the changes of the meeting by cell, and the value is that at its end. With None it is the value of
    today.
    """
    if field is None:
        return ""
    negotiated = negotiated_language(entry, field) if changed is not None else ""
    other = _change_in_other_only(phrasing, entry, field, changed) if changed is not None else None
    if other is not None:
        quoted = phrasing.word("quoted", text=" ".join(str(other.after).split()))
        return f"{quoted} [{phrasing.word('in_other_language')}]"
    if changed is not None:
        # The key of a cell is "field" or "field@language".
        cells = {key: Cell(change.after, 0) for key, change in changed.items() if key.partition("@")[0] == field.id}
        entry = replace(entry, cells={**entry.cells, **cells})
    text = " ".join(phrasing.in_words(entry, field.id).split())
    if not text or field.kind not in ("line", "prose"):
        return text
    quoted = phrasing.word("quoted", text=text)
    return f"{quoted} ({phrasing.word(f'negotiated_{negotiated}')})" if negotiated else quoted


def _labelled(phrasing: Phrasing, field: Field, text: str) -> str:
    """Return « échéance : mars 2027 » from a field and its value in words; "" without words."""
    return f"{field.label.get(phrasing.lang).lower()}{colon(phrasing.lang)}{text}" if text else ""


def _change_words(
    phrasing: Phrasing, question: Question, entry: Entry, word: str, texts: list[str], label: Words
) -> str:
    """Return a change in one line: section or question, partners, what was done, the texts.

    `word` is the set phrase for what was done: change_added, change_changed or change_removed. `label` replaces the
    heading of the section if it is not empty.
    """
    section_head = phrasing.guide.section(question.feeds)
    if not label.fr:
        label = section_head.heading if section_head is not None else question.short
    whose = phrasing.given_by(entry) if question.scope != "project" and question.id != WHO else ""
    prefix = ", ".join(filter(None, (label.get(phrasing.lang), whose, phrasing.word(word))))
    return f"{prefix}{colon(phrasing.lang)}{', '.join(texts)}" if texts else prefix


@dataclass(frozen=True)
class _MinutesWriter:
    """Puts into words what was noted of one meeting; the names of those who were there may be used."""

    phrasing: Phrasing  # words the public view
    partnership: Partnership  # the whole one, read only for what those who were there know anyway
    meeting: Entry
    room: frozenset[str]  # the ids of the partners and people who were there
    sections: Mapping[str, str]  # by entry id the number of the section that prints it

    def noted_text(self, row: Entry) -> str:
        """Return the text of a noted line, with the section it was entered in and whether it is still in force."""
        text = self.phrasing.text(row, "text")
        facts = (
            *facts_of(self.phrasing, self.partnership, row, self.sections),
            *decision_facts(self.phrasing, self.partnership, row),
        )
        return f"{text} ({', '.join(facts)})" if text and facts else text

    def someone(self, value: Value) -> str:
        """Return a person or a partner by name if they may be named, else « un organisme à confirmer »."""
        if isinstance(value, Mapping):
            # The value is {"person": id}, {"partner": id} or {"name": text}.
            named_id = str(next(iter(value.values()), ""))
            entry = self.partnership.entry(named_id)
            if named_id in self.room and entry is not None:
                return entry.text("name", self.phrasing.lang)
        return self.phrasing.someone(value)

    def replaced_name(self, seat: Seat) -> str:
        """Return the person that `seat` stands in for, by name if of the same organisation or if it may be named."""
        entry = self.partnership.entry(str(seat.stands_in.get("person", "")))
        if entry is not None and seat.partner in entry.subject:
            return entry.text("name", self.phrasing.lang)
        return self.someone(dict(seat.stands_in))

    def partner(self, partner_id: str) -> str:
        """Return a partner's name if it was there or may be named, else « un organisme à confirmer »."""
        partner = find_partner(self.partnership, partner_id)
        if partner is not None and partner_id in self.room:
            return partner.name(self.phrasing.lang) or self.phrasing.word("an_organisation")
        return self.phrasing.name(partner_id)


def minutes(
    guide: Guide,
    partnership: Partnership,
    past: Sequence[HistoryEntry],
    meeting: Entry,
    lang: str,
    region: str = "",
    *,
    view: Partnership | None = None,
    text: Agreement | None = None,
) -> Agreement:
    """Return the minutes of `meeting` (a row of meetings) in `lang` ("fr" or "en").

    `past` is the partnership's history, oldest first; `view` is its public view and `text` its document, if the
    caller has them already. Minutes that were approved are returned as they were approved, with the notes added later.

    Nothing private is in them: no private field, no position that its partner did not allow to be printed, and no name
    that may not appear yet except those of people who were there.
    """
    region = region or region_of(partnership, lang)
    view = view or public_view(guide, partnership)
    noted_rows = [row for part in (DECISIONS, TASKS) for row in rows_of_meeting(partnership, meeting.id, part)]
    # Texts in the other language are marked only if some are in `lang`; else each line would have the same mark.
    has_own_language = any(row.get(f"text@{lang}") for row in (*noted_rows, *points_of(partnership, meeting.id)))
    phrasing = Phrasing(guide, view, lang, marked=has_own_language)
    document = kept_minutes(meeting, lang)
    if document is None:
        sections = sections_of(guide, partnership, noted_lines(partnership, meeting.id), text)
        writer = _MinutesWriter(phrasing, partnership, meeting, present_ids(partnership, meeting.id), sections)
        document = _from_notes(writer, past, region)
    return with_standing(phrasing, partnership, meeting, document)


def _from_notes(writer: _MinutesWriter, past: Sequence[HistoryEntry], region: str) -> Agreement:
    """Return the minutes composed from what was noted, without the line on their approval (`with_standing`)."""
    partnership, meeting, phrasing = writer.partnership, writer.meeting, writer.phrasing
    lang = phrasing.lang
    opened_on = str(meeting.get("opened") or "")[:10]  # the date of an ISO date and time
    on = str(meeting.get("on") or opened_on)
    word = phrasing.word
    parts = (  # (section id, blocks)
        ("attendance", (*_place(writer), *_attendance(writer))),
        ("agenda", _agenda(writer)),
        ("decisions", _decisions(writer)),
        ("asked", _questions_in_turn(writer)),
        ("minority", _minority(writer)),
        ("round", _position_counts(writer)),
        ("text_changes", changes_in_meeting(replace(phrasing, marked=False), past, meeting)),
        ("set_aside", _table(writer, "open_point", points_of(partnership, meeting.id))),
        ("tasks", _table(writer, "task", rows_of_meeting(partnership, meeting.id, TASKS))),
    )
    filled = [(section_id, blocks) for section_id, blocks in parts if blocks]
    kind = word("minutes_of", date=format_date(on, lang)) if on else word("minutes")
    sections = tuple(
        Section(section_id, number, word(section_id), polished(blocks, region))
        for number, (section_id, blocks) in enumerate(filled, 1)
    )
    return companion_document(phrasing.guide, phrasing.view, kind, sections, lang=lang, region=region, day=on)


def _place(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return where the meeting was held; () if that was not noted."""
    place = writer.meeting.text("place", writer.phrasing.lang)
    return (line(writer.phrasing.word("held_at", place=place), origin(writer.meeting, "place")),) if place else ()


def _attendance(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return who was present, excused and absent, a list for each; or one line that nobody was noted."""
    everyone = seats(writer.partnership, writer.meeting.id, writer.phrasing.lang)
    blocks: list[Block] = []
    for mark, head in _HEADINGS_BY_MARK:
        seats_so_marked = [seat for seat in everyone if seat.mark == mark]
        blocks += writer.phrasing.with_title(writer.phrasing.word(head), bullets(_listed(writer, seats_so_marked)))
    return tuple(blocks) or (line(writer.phrasing.word("nobody_noted")),)


def _listed(writer: _MinutesWriter, seats: Sequence[Seat]) -> Iterator[tuple[str, Origin]]:
    """Yield one (text, origin) for each organisation with its people; those who may not be named are counted."""
    by_partner: dict[str, list[Seat]] = {}
    hidden = 0
    for seat in seats:
        is_guest = not seat.partner
        # Those who were in the room know each other's organisations, which the public view may not name yet.
        known_here = seat.partner in writer.room
        if is_guest or known_here or _may_appear(writer, seat.partner):
            by_partner.setdefault(seat.partner, []).append(seat)
        else:
            hidden += 1
    for partner_id, group in by_partner.items():
        people = [
            ", ".join(filter(None, (seat.name, seat.title, *_mandate(writer, seat), *_times(writer, seat))))
            for seat in group
            if seat.name
        ]
        whose = writer.partner(partner_id) if partner_id else writer.phrasing.word("guests")
        if not people:
            whose = ", ".join((whose, *_mandate(writer, group[0]), *_times(writer, group[0])))
        lang = writer.phrasing.lang
        yield colon(lang).join(filter(None, (whose, semicolon(lang).join(people)))), NOWHERE
    if hidden:
        yield writer.phrasing.word("of_an_organisation", n=hidden), NOWHERE


def _mandate(writer: _MinutesWriter, seat: Seat) -> Iterator[str]:
    """Yield the mandate of a person present, « décide », and whom the person replaces, « remplace Marie Tremblay »."""
    if seat.mark == PRESENT and seat.mandate:
        yield writer.phrasing.guide.choice("mandate", seat.mandate, writer.phrasing.lang)
    if seat.mark == PRESENT and seat.stands_in:
        yield writer.phrasing.word("stands_in_for", name=writer.replaced_name(seat))


def _times(writer: _MinutesWriter, seat: Seat) -> Iterator[str]:
    """Yield « à partir de 18 h 20 », « jusqu'à 19 h 05 » for a person present during a part of the meeting."""
    if seat.mark == PRESENT and came_late(writer.meeting, seat):
        yield writer.phrasing.word("came_at", time=format_time_of_day(seat.came, writer.phrasing.lang))
    if seat.mark == PRESENT and seat.left:
        yield writer.phrasing.word("left_at", time=format_time_of_day(seat.left, writer.phrasing.lang))


def _may_appear(writer: _MinutesWriter, partner_id: str) -> bool:
    """Return whether a partner may be named in public."""
    partner = find_partner(writer.partnership, partner_id)
    return partner is not None and partner.may_appear


def _agenda(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the agenda as a numbered list; () if there was none."""
    rows = agenda_items(writer.phrasing.view, writer.meeting.id)
    return bullets(((item_words(writer.phrasing, row), origin(row, "text")) for row in rows), ordered=True)


def _decisions(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the decisions as a numbered list, or one line that says there was none."""
    rows = rows_of_meeting(writer.partnership, writer.meeting.id, DECISIONS)
    listed = bullets(((writer.noted_text(row), origin(row, "text")) for row in rows), ordered=True)
    return listed or (line(writer.phrasing.word("no_decision")),)


def _questions_in_turn(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the questions put to each partner in turn, with the answers as far as they may be printed."""
    items = []
    for row in rounds_of(writer.partnership, writer.meeting.id):
        text = writer.phrasing.text(row, TEXT)
        # A round about a sentence of the document quotes it; any other asks a question of its own.
        question = writer.phrasing.word("quoted", text=text) if row.get(ABOUT) else text
        facts = semicolon(writer.phrasing.lang).join(_answers(writer, row))
        items.append((" — ".join(filter(None, (question, facts))), origin(row, TEXT)))
    return bullets(items)


def _answers(writer: _MinutesWriter, row: Entry) -> Iterator[str]:
    """Yield the counts if there are FEW answers or more, then the answers that partners agreed to give by name.

    Counts of fewer than FEW answers would show who said what.
    """
    phrasing, answers = writer.phrasing, answers_to(writer.partnership, row)
    count = count_of(writer.partnership, row, phrasing.lang)
    if len(answers) >= FEW and count:
        yield ", ".join(f"{choice}{colon(phrasing.lang)}{n}" for choice, n in count.items())
    elif len(answers) >= FEW:
        yield phrasing.word("asked_answers", n=len(answers))
    for partner_id, answer in answers.items():
        if has_leave(answer):
            yield f"{writer.partner(partner_id)}{colon(phrasing.lang)}{phrasing.text(answer, TEXT)}"


def _minority(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the minority texts (a partner's own words against a decision) that are to be printed in the minutes."""
    texts = (
        (writer.phrasing.word("minority_of", name=writer.partner(str(row.get(OF, ""))), text=text), origin(row, TEXT))
        for row in minority_texts(writer.phrasing.view, writer.meeting.id)
        if (text := writer.phrasing.text(row, TEXT))
    )
    return bullets(texts)


def _position_counts(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the counts of positions taken in turn at the meeting, one line for each question."""
    counts = writer.meeting.get("counts")
    if not isinstance(counts, Mapping):
        return ()
    lines = (
        (writer.phrasing.word(word), count_text(writer.phrasing, counts.get(question)))
        for question, word in _COUNTED_QUESTIONS
    )
    return bullets((f"{name}{colon(writer.phrasing.lang)}{count}", NOWHERE) for name, count in lines if count)


def count_text(phrasing: Phrasing, tally: Value) -> str:
    """Return « 5 accords, 1 réserve, 1 à discuter »; "" for fewer than FEW answers, which would show who said what.

    `tally` counts the answers by level of position.
    """
    if not isinstance(tally, Mapping):
        return ""
    numbers = {str(code): n for code, n in tally.items() if isinstance(n, int) and n > 0}
    if sum(n for code, n in numbers.items() if code not in UNSAID) < FEW:
        return ""
    return count_words(phrasing.guide, numbers, phrasing.lang)


def _table(writer: _MinutesWriter, head: str, rows: Iterable[Entry]) -> tuple[Block, ...]:
    """Return a table of what, who and by when without the columns that are empty; a list if only the first is filled.

    `head` is the set phrase over the first column.
    """
    phrasing = writer.phrasing
    headings = (head, "responsible", "by")
    fields = ("text", "who", "due")
    lines = [  # (row, the texts of its columns)
        (row, (writer.noted_text(row), writer.someone(row.get("who")), phrasing.in_words(row, "due"))) for row in rows
    ]
    lines = [(row, texts) for row, texts in lines if texts[0]]
    if not lines:
        return ()
    columns = [at for at in range(len(headings)) if at == 0 or any(texts[at] for _row, texts in lines)]
    if columns == [0]:
        return bullets((texts[0], origin(row, "text")) for row, texts in lines)
    table_rows = tuple(
        Row(
            tuple((Run(texts[at] or DASH),) for at in columns), origin(row, "text"), tuple(fields[at] for at in columns)
        )
        for row, texts in lines
    )
    return (Table(tuple((Run(phrasing.word(headings[at])),) for at in columns), table_rows, phrasing.word(head)),)
