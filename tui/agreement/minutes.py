"""The minutes of one meeting as a document: people, decisions, tasks, and what the meeting changed in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tui.agreement.agenda_document import item_said
from tui.agreement.block_typography import polished
from tui.agreement.blocks import NOWHERE, Agreement, Block, Origin, Row, Run, Section, Table
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.entered_lines import beside_decision, facts_of, sections_of
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
    belonging,
    came_late,
    in_the_room,
    points_of,
    seats,
    source_of,
)
from tui.partnership.partners import WHO, find_partner
from tui.partnership.positions import CONSENSUS, POSITIONS, UNSAID, count_words
from tui.partnership.privacy import public_view
from tui.partnership.rounds import ABOUT, answers_to, count_of, may_be_told, rounds_of
from tui.partnership.translation import negotiated_language
from tui.partnership.values import ORDER, REMOVED, Cell, Entry, HistoryEntry, Partnership, Value, is_second_wording_cell
from tui.text.dates import format_date, format_moment
from tui.text.separators import colon, semicolon

_APART = frozenset({HELD, POINTS, *POSITIONS, CONSENSUS})  # told elsewhere in the minutes, or by their count alone
# (mark of a seat, set phrase of its heading) and (question of a round, set phrase before its count).
_HEADS = ((PRESENT, "people_present"), (EXCUSED, "people_excused"), (ABSENT, "people_absent"))
_ROUNDS = (("gather.procedures", "round_procedures"), (CONSENSUS, "round_consensus"))


@dataclass(slots=True)
class _CellChange:
    """One cell from what it held before the meeting to what the meeting left in it."""

    before: Value
    after: Value
    private: bool  # whether what the meeting left there was private


def changes_in_meeting(phrasing: Phrasing, past: Iterable[HistoryEntry], meeting: Entry) -> tuple[Block, ...]:
    """Return one line for each sentence or fact of the document that the meeting added, changed or took out."""
    turns: dict[str, dict[str, _CellChange]] = {}
    wanted = source_of(meeting)
    for history_entry in past:
        if (
            history_entry.source != wanted
            or history_entry.question in _APART
            or is_second_wording_cell(history_entry.cell)
        ):
            continue
        cells = turns.setdefault(history_entry.entry, {})
        known = cells.get(history_entry.cell)
        if known is None:
            cells[history_entry.cell] = _CellChange(history_entry.value, history_entry.new, history_entry.private)
        else:
            known.after, known.private = history_entry.new, history_entry.private
    told = (_change_line(phrasing, entry, cells) for entry, cells in turns.items())
    return bullets((text, origin(phrasing.view.entry(entry))) for entry, text in zip(turns, told, strict=True) if text)


def _change_line(phrasing: Phrasing, name: str, cells: dict[str, _CellChange]) -> str:
    """Return « Objectifs principaux, ajouté : « offrir du counseling » … »; "" for what is not public."""
    entry = phrasing.view.entry(name)
    question = phrasing.guide.by_id.get(entry.question) if entry is not None else None
    part = question.part(entry.part) if question is not None and entry is not None else None
    if entry is None or question is None or part is None or not _is_told(phrasing, question, part, entry):
        return ""
    changed = {key: turn for key, turn in cells.items() if turn.before != turn.after}
    removed = changed.get(REMOVED)
    if removed is not None and removed.after:
        text = _value(phrasing, entry, part.main, None)
        return (
            _change_words(phrasing, question, entry, "change_removed", [text], part.title)
            if text and ORDER not in changed
            else ""
        )
    shown = [field for field in part.fields if _is_shown(phrasing, entry, field, changed)]
    if not shown:
        return ""
    word = "change_added" if all(turn.before is None for turn in changed.values()) else "change_changed"
    if not part.list and len(shown) == 1:
        return _change_words(
            phrasing, question, entry, word, [_value(phrasing, entry, shown[0], changed)], shown[0].label
        )
    main = part.main
    texts = [_value(phrasing, entry, field, changed) for field in shown if field is main]
    if main not in shown and part.list:
        texts.append(_value(phrasing, entry, main, None))
    texts += [
        _labelled(phrasing, field, _value(phrasing, entry, field, changed)) for field in shown if field is not main
    ]
    return _change_words(phrasing, question, entry, word, [text for text in texts if text], part.title)


def _is_told(phrasing: Phrasing, question: Question, part: Part, entry: Entry) -> bool:
    """Return whether the document tells of this entry: of a partner once it may be named, of its people nothing."""
    if question.id == WHO:
        return not entry.part and bool(entry.text("name", phrasing.lang))
    return bool(question.feeds or part.feeds) and not question.private


def _is_shown(phrasing: Phrasing, entry: Entry, field: Field, changed: dict[str, _CellChange]) -> bool:
    """Return whether a changed cell of `field` may be told in the language of the document."""
    if field.hidden or field.private:
        return False
    other = _changed_in_other(phrasing, entry, field, changed)
    for key in (field.id, f"{field.id}@{phrasing.lang}", f"{field.id}@{_other(phrasing)}"):
        turn = changed.get(key)
        if turn is not None and key in entry.cells and not (other is turn and not turn.after):
            return not turn.private or turn.after == entry.cells[key].value
    return False


def _other(phrasing: Phrasing) -> str:
    return "en" if phrasing.lang == "fr" else "fr"


def _changed_in_other(
    phrasing: Phrasing, entry: Entry, field: Field, changed: dict[str, _CellChange]
) -> _CellChange | None:
    """Return what became of the other language's text where the meeting left the one of these minutes as it was."""
    own = f"{field.id}@{phrasing.lang}"
    return changed.get(f"{field.id}@{_other(phrasing)}") if own in entry.cells and own not in changed else None


def _value(phrasing: Phrasing, entry: Entry, field: Field | None, changed: dict[str, _CellChange] | None) -> str:
    """Return a field in words, quoted where it is a text: as the meeting left it, or as it stands."""
    if field is None:
        return ""
    negotiated = negotiated_language(entry, field) if changed is not None else ""
    other = _changed_in_other(phrasing, entry, field, changed) if changed is not None else None
    if other is not None:
        quoted = phrasing.word("quoted", text=" ".join(str(other.after).split()))
        return f"{quoted} [{phrasing.word('in_other_language')}]"
    if changed is not None:
        cells = {key: Cell(turn.after, 0) for key, turn in changed.items() if key.partition("@")[0] == field.id}
        entry = replace(entry, cells={**entry.cells, **cells})
    text = " ".join(phrasing.shown(entry, field.id).split())
    if not text or field.kind not in ("line", "prose"):
        return text
    quoted = phrasing.word("quoted", text=text)
    return f"{quoted} ({phrasing.word(f'negotiated_{negotiated}')})" if negotiated else quoted


def _labelled(phrasing: Phrasing, field: Field, text: str) -> str:
    """Return « échéance : mars 2027 » of a field and its words; "" without words."""
    return f"{field.label.get(phrasing.lang).lower()}{colon(phrasing.lang)}{text}" if text else ""


def _change_words(
    phrasing: Phrasing, question: Question, entry: Entry, word: str, texts: list[str], label: Words
) -> str:
    """Return a change in one line: section or question, whose it is, `word` (added, changed, removed), the texts."""
    head = phrasing.guide.section(question.feeds)
    label = label if label.fr else head.heading if head is not None else question.short
    whose = phrasing.given_by(entry) if question.scope != "project" and question.id != WHO else ""
    said = ", ".join(filter(None, (label.get(phrasing.lang), whose, phrasing.word(word))))
    return f"{said}{colon(phrasing.lang)}{', '.join(texts)}" if texts else said


@dataclass(frozen=True)
class _MinutesWriter:
    """What one meeting's minutes are written from: the whole partnership of who was there, else the public view."""

    phrasing: Phrasing
    partnership: Partnership
    meeting: Entry
    room: frozenset[str]  # the ids of the partners and people who were there
    sections: Mapping[str, str]  # the number of the section that tells of an entry, by the entry's id

    def said(self, row: Entry) -> str:
        """Return a line that was noted, with the section it was entered in, and whether it is still in force."""
        text = self.phrasing.text(row, "text")
        facts = (
            *facts_of(self.phrasing, self.partnership, row, self.sections),
            *beside_decision(self.phrasing, self.partnership, row),
        )
        behind = ", ".join(facts) if text else ""
        return f"{text} ({behind})" if behind else text

    def someone(self, value: Value) -> str:
        """Return a person or a partner by name where they may be named, else « un organisme à confirmer »."""
        if isinstance(value, Mapping):
            name = str(next(iter(value.values()), ""))
            entry = self.partnership.entry(name)
            if name in self.room and entry is not None:
                return entry.text("name", self.phrasing.lang)
        return self.phrasing.someone(value)

    def replaced(self, seat: Seat) -> str:
        """Return whom somebody stands in for: by name where it is of their own organization, or may be named."""
        entry = self.partnership.entry(str(seat.stands_in.get("person", "")))
        if entry is not None and seat.partner in entry.subject:
            return entry.text("name", self.phrasing.lang)
        return self.someone(dict(seat.stands_in))

    def partner(self, name: str) -> str:
        """Return a partner's name where it may be named here."""
        known = find_partner(self.partnership, name)
        if known is not None and name in self.room:
            return known.name(self.phrasing.lang) or self.phrasing.word("an_organisation")
        return self.phrasing.name(name)


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

    `past` is the partnership's history, `view` its public view and `text` its document, where they are kept.

    Nothing private is in them: no field that is private, no position without leave, no name that may not appear yet,
    except those of the people who were there. Once approved they are what was approved, with the notes that came later.
    """
    region = region or region_of(partnership, lang)
    view = view or public_view(guide, partnership)
    noted = [row for part in (DECISIONS, TASKS) for row in belonging(partnership, meeting.id, part)]
    # Of lines noted in two languages, each says which; where all are in the other one, the whole text is.
    mixed = any(row.get(f"text@{lang}") for row in (*noted, *points_of(partnership, meeting.id)))
    phrasing = Phrasing(guide, view, lang, marked=mixed)
    found = kept_minutes(meeting, lang)
    if found is None:
        sections = sections_of(guide, partnership, noted_lines(partnership, meeting.id), text)
        writer = _MinutesWriter(phrasing, partnership, meeting, in_the_room(partnership, meeting.id), sections)
        found = _from_notes(writer, past, region)
    return with_standing(phrasing, partnership, meeting, found)


def _from_notes(writer: _MinutesWriter, past: Sequence[HistoryEntry], region: str) -> Agreement:
    """Return the minutes as they follow from what was noted, without what they are worth."""
    partnership, meeting, phrasing = writer.partnership, writer.meeting, writer.phrasing
    lang = phrasing.lang
    on = str(meeting.get("on") or str(meeting.get("opened") or "")[:10])
    word = writer.phrasing.word
    parts = (
        ("attendance", (*_place(writer), *_attendance(writer))),
        ("agenda", _agenda(writer)),
        ("decisions", _decisions(writer)),
        ("asked", _asked(writer)),
        ("minority", _minority(writer)),
        ("round", _round(writer)),
        ("text_changes", changes_in_meeting(replace(writer.phrasing, marked=False), past, meeting)),
        ("set_aside", _table(writer, "open_point", points_of(partnership, meeting.id))),
        ("tasks", _table(writer, "task", belonging(partnership, meeting.id, TASKS))),
    )
    filled = [(name, blocks) for name, blocks in parts if blocks]
    kind = word("minutes_of", date=format_date(on, lang)) if on else word("minutes")
    sections = tuple(
        Section(name, number, word(name), polished(blocks, region)) for number, (name, blocks) in enumerate(filled, 1)
    )
    return companion_document(phrasing.guide, phrasing.view, kind, sections, lang=lang, region=region, day=on)


def _place(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return where the meeting was held; () where that was not noted."""
    place = writer.meeting.text("place", writer.phrasing.lang)
    return (line(writer.phrasing.word("held_at", place=place), origin(writer.meeting, "place")),) if place else ()


def _attendance(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return those present by organisation; the excused and the absent as far as their organisation may be named."""
    everyone = seats(writer.partnership, writer.meeting.id, writer.phrasing.lang)
    blocks: list[Block] = []
    for mark, head in _HEADS:
        found = [seat for seat in everyone if seat.mark == mark]
        blocks += writer.phrasing.titled(writer.phrasing.word(head), bullets(_listed(writer, found)))
    return tuple(blocks) or (line(writer.phrasing.word("nobody_noted")),)


def _listed(writer: _MinutesWriter, found: Sequence[Seat]) -> Iterator[tuple[str, Origin]]:
    """Yield one (text, origin) an organisation: its name, then the people of it; those not to be named are counted."""
    by_partner: dict[str, list[Seat]] = {}
    hidden = 0
    for seat in found:
        # Those who were in the room know each other's organisations, which the public view may not name yet.
        known_here = seat.partner in writer.room
        if not seat.partner or known_here or _may_appear(writer, seat.partner):
            by_partner.setdefault(seat.partner, []).append(seat)
        else:
            hidden += 1
    for name, group in by_partner.items():
        people = [
            ", ".join(filter(None, (seat.name, seat.title, *_mandate(writer, seat), *_times(writer, seat))))
            for seat in group
            if seat.name
        ]
        whose = writer.partner(name) if name else writer.phrasing.word("guests")
        if not people:
            whose = ", ".join((whose, *_mandate(writer, group[0]), *_times(writer, group[0])))
        lang = writer.phrasing.lang
        yield colon(lang).join(filter(None, (whose, semicolon(lang).join(people)))), NOWHERE
    if hidden:
        yield writer.phrasing.word("of_an_organisation", n=hidden), NOWHERE


def _mandate(writer: _MinutesWriter, seat: Seat) -> Iterator[str]:
    """Yield « décide », « remplace Marie Tremblay », of who was there."""
    if seat.mark == PRESENT and seat.mandate:
        yield writer.phrasing.guide.choice("mandate", seat.mandate, writer.phrasing.lang)
    if seat.mark == PRESENT and seat.stands_in:
        yield writer.phrasing.word("stands_in_for", name=writer.replaced(seat))


def _times(writer: _MinutesWriter, seat: Seat) -> Iterator[str]:
    """Yield « à partir de 18 h 20 », « jusqu'à 19 h 05 », of who was there for a part of the meeting."""
    if seat.mark == PRESENT and came_late(writer.meeting, seat):
        yield writer.phrasing.word("came_at", time=format_moment(seat.came, writer.phrasing.lang))
    if seat.mark == PRESENT and seat.left:
        yield writer.phrasing.word("left_at", time=format_moment(seat.left, writer.phrasing.lang))


def _may_appear(writer: _MinutesWriter, name: str) -> bool:
    """Return whether the partner of the id `name` may be named in public."""
    known = find_partner(writer.partnership, name)
    return known is not None and known.may_appear


def _agenda(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the agenda as a numbered list; () where there was none."""
    rows = agenda_items(writer.phrasing.view, writer.meeting.id)
    return bullets(((item_said(writer.phrasing, row), origin(row, "text")) for row in rows), ordered=True)


def _decisions(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the decisions as a numbered list, or one line that says there was none."""
    rows = belonging(writer.partnership, writer.meeting.id, DECISIONS)
    listed = bullets(((writer.said(row), origin(row, "text")) for row in rows), ordered=True)
    return listed or (line(writer.phrasing.word("no_decision")),)


def _asked(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the questions put to each in turn, with what may be said of the answers."""
    told = []
    for row in rounds_of(writer.partnership, writer.meeting.id):
        text = writer.phrasing.text(row, TEXT)
        said = writer.phrasing.word("quoted", text=text) if row.get(ABOUT) else text
        facts = semicolon(writer.phrasing.lang).join(_answers(writer, row))
        told.append((" — ".join(filter(None, (said, facts))), origin(row, TEXT)))
    return bullets(told)


def _answers(writer: _MinutesWriter, row: Entry) -> Iterator[str]:
    """Yield the count from three answers on, then the answers that their partners let be told with their name."""
    phrasing, answers = writer.phrasing, answers_to(writer.partnership, row)
    count = count_of(writer.partnership, row, phrasing.lang)
    if len(answers) >= FEW and count:
        yield ", ".join(f"{choice}{colon(phrasing.lang)}{n}" for choice, n in count.items())
    elif len(answers) >= FEW:
        yield phrasing.word("asked_answers", n=len(answers))
    for name, answer in answers.items():
        if may_be_told(answer):
            yield f"{writer.partner(name)}{colon(phrasing.lang)}{phrasing.text(answer, TEXT)}"


def _minority(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the minority texts that their partners want here."""
    said = (
        (writer.phrasing.word("minority_of", name=writer.partner(str(row.get(OF, ""))), text=text), origin(row, TEXT))
        for row in minority_texts(writer.phrasing.view, writer.meeting.id)
        if (text := writer.phrasing.text(row, TEXT))
    )
    return bullets(said)


def _round(writer: _MinutesWriter) -> tuple[Block, ...]:
    """Return the counts of the round held at the meeting, below three answers none (they would tell who said what)."""
    counts = writer.meeting.get("counts")
    if not isinstance(counts, Mapping):
        return ()
    said = ((writer.phrasing.word(word), counted(writer.phrasing, counts.get(question))) for question, word in _ROUNDS)
    return bullets((f"{name}{colon(writer.phrasing.lang)}{count}", NOWHERE) for name, count in said if count)


def counted(phrasing: Phrasing, tally: Value) -> str:
    """Return « 5 accords, 1 réserve, 1 à discuter »; "" for fewer than three answers."""
    if not isinstance(tally, Mapping):
        return ""
    numbers = {str(code): n for code, n in tally.items() if isinstance(n, int) and n > 0}
    if sum(n for code, n in numbers.items() if code not in UNSAID) < FEW:
        return ""
    return count_words(phrasing.guide, numbers, phrasing.lang)


def _table(writer: _MinutesWriter, head: str, rows: Iterable[Entry]) -> tuple[Block, ...]:
    """Return a table of what, who and by when; columns that nothing fills are left out, and one column is a list."""
    phrasing = writer.phrasing
    names = (head, "responsible", "by")
    fields = ("text", "who", "due")
    told = [(row, (writer.said(row), writer.someone(row.get("who")), phrasing.shown(row, "due"))) for row in rows]
    told = [(row, texts) for row, texts in told if texts[0]]
    if not told:
        return ()
    kept = [at for at in range(3) if at == 0 or any(texts[at] for _row, texts in told)]
    if kept == [0]:
        return bullets((texts[0], origin(row, "text")) for row, texts in told)
    listed = tuple(
        Row(tuple((Run(texts[at] or DASH),) for at in kept), origin(row, "text"), tuple(fields[at] for at in kept))
        for row, texts in told
    )
    return (Table(tuple((Run(phrasing.word(names[at])),) for at in kept), listed, phrasing.word(head)),)
