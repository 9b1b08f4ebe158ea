"""The sheets of paper of a partnership: one partner's questions, the facilitator's own, the agenda; as Word and PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.agreement.blocks import Agreement
from tui.agreement.phrasing import Phrasing
from tui.agreement.printed_sheet import (
    SheetField,
    SheetHead,
    SheetQuestion,
    SheetTable,
    agenda_sheet,
    printed_sheet,
)
from tui.form.form import Fields, FormContext, FormField, Rows
from tui.form.question_sheet import OWN, SheetWalk
from tui.form.question_walk import PAIRS, Spot
from tui.guide.guide_types import Field, Question
from tui.i18n import _
from tui.partnership.agendas import agenda_items, held_meetings
from tui.partnership.field_kinds import BadValue
from tui.partnership.follow_up import language_of
from tui.partnership.partners import active, find_partner
from tui.partnership.values import Entry
from tui.workspace.agenda_edits import meeting_ahead
from tui.workspace.output_files import OutputFile, document_files
from tui.workspace.workspace import Workspace, current_moment

AGENDA = "agenda"  # names the sheet of a meeting; a partner's sheet is named by its id, the facilitator's by OWN
_PROSE_LINES = 3  # blank lines for an answer in prose
_BLANK_ROWS, _ROWS_BELOW = 4, 2  # blank rows of a table: of an empty one, below rows that are printed already
_BLANK_NAME = "_" * 24  # where the name of a partner is written by hand
_NO_ANSWERS = {"position": ("absent", "none"), "leave": ("ask",)}  # by list of choices: codes nobody says of itself
_MOST_PAIR_ROWS = 8  # the most rows for pairs of partners; for more pairs another sheet is printed


def sheet_meeting(workspace: Workspace) -> Entry | None:
    """Return the meeting whose agenda is printed or typed in: the next one, else the last one held, else None."""
    held = held_meetings(workspace.partnership, current_moment()[:10])
    candidates = (meeting_ahead(workspace), *reversed(held))
    return next((row for row in candidates if agenda_items(workspace.partnership, row.id)), None)


def sheet_document(workspace: Workspace, whose: str) -> Agreement:
    """Return the sheet of a partner (its id), the facilitator's own (OWN) or that of the meeting (AGENDA).

    A partner's is in its language and made from the public view alone. Raises BadValue where there is no agenda.
    """
    if whose == AGENDA:
        meeting = sheet_meeting(workspace)
        if meeting is None:
            raise BadValue(_("Put something on the agenda first."))
        return agenda_sheet(workspace.guide, workspace.view, meeting, workspace.doc_lang)
    lang = language_of(workspace.partnership, whose, workspace.doc_lang) if whose else workspace.doc_lang
    return _Printing(workspace, whose, lang).document()


def sheet_files(workspace: Workspace, names: Sequence[str]) -> tuple[OutputFile, ...]:
    """Return the named sheets (AGENDA, OWN, ids of partners) as Word and PDF, each file called after whose it is."""
    all_files: list[OutputFile] = []
    for number, whose in enumerate(names, 1):
        document = sheet_document(workspace, whose)
        is_partners = whose not in (OWN, AGENDA)
        partner = find_partner(workspace.view, whose) if is_partners else None
        short = partner.short(document.lang) if partner is not None else ""
        if is_partners and not short:
            short = f"{'organisme' if document.lang == 'fr' else 'organization'}-{number}"
        # The kind of an agenda holds its date; the file name is made without it.
        dateless = (
            replace(document, kind=workspace.guide.word("agenda", document.lang)) if whose == AGENDA else document
        )
        files = document_files(document, short) if dateless is document else document_files(dateless)
        label = sheet_label(workspace, whose)
        all_files += [replace(file, label=f"{file.label} · {label}") for file in files]
    return tuple(all_files)


def sheet_label(workspace: Workspace, whose: str) -> str:
    """Return what pages call a sheet: a partner's name, « À l'animation » (the facilitator's) or « Ordre du jour »."""
    if whose == AGENDA:
        return _("Agenda")
    if whose == OWN:
        return _("The facilitator's own")
    partner = find_partner(workspace.partnership, whose)
    return (partner.short(workspace.lang) if partner is not None else "") or _("unnamed organization")


def sheet_choices(place: FormField, lang: str) -> tuple[tuple[str, str], ...]:
    """Return (code, words) of the boxes printed for a field; () where the answer is written in words.

    Codes that a partner does not say of itself, as « absent », have no box.
    """
    if place.kind == "flag":
        return tuple((code, words.get(lang)) for code, words in place.context.guide.choices["yes_no"].items())
    left_out = _NO_ANSWERS.get(place.field.choices, ()) if place.field is not None else ()
    return tuple((code, words) for code, words in place.options if code not in left_out)


class _Printing:
    """Makes the printed sheet of a partner, or the facilitator's own, from the prompts of its questions."""

    def __init__(self, workspace: Workspace, whose: str, lang: str) -> None:
        self._workspace, self._whose, self._lang, self._guide = workspace, whose, lang, workspace.guide
        # A partner's sheet sees the public view alone; the facilitator's own prints nothing that is noted.
        partnership = workspace.view if whose else workspace.partnership
        self._context = FormContext(self._guide, partnership, lang)
        self._walk = SheetWalk(self._context, whose)
        self._phrasing = Phrasing(self._guide, workspace.view, lang)

    def document(self) -> Agreement:
        """Return the sheet as a document."""
        questions = [self._question(self._guide.question(name)) for name in self._walk.questions]
        shown = [question for question in questions if question.blanks]
        return printed_sheet(self._guide, self._workspace.view, self._lang, self._head(), shown)

    def _head(self) -> SheetHead:
        word = self._phrasing.word
        if not self._whose:
            return SheetHead(word("sheet_own"), "", (word("sheet_how_own"),), word("sheet_own_mark"))
        partner = find_partner(self._workspace.view, self._whose)
        name = partner.name(self._lang) if partner is not None else ""
        return SheetHead(word("sheet_partner"), word("health_form_for", name=name or _BLANK_NAME), (word("sheet_how"),))

    def _question(self, question: Question) -> SheetQuestion:
        blanks = tuple(self._each_partner(question) if self._has_row_each(question) else self._one(question))
        return SheetQuestion(question.short.get(self._lang), question.text.get(self._lang), blanks)

    def _has_row_each(self, question: Question) -> bool:
        """Return whether the sheet is the facilitator's own and the question is asked of each partner."""
        return not self._whose and question.scope != "project"

    def _one(self, question: Question) -> Iterator[SheetField | SheetTable]:
        """Yield what a question asks of one partner: its fields, and its rows with room for more, in printed order.

        A stop of the walk is whom a question is asked of: the id of a partner, two joined by "+", or PAIRS.
        """
        stop = next(iter(self._walk.stops(question.id)), "")
        for group in self._walk.form(Spot(question.id, stop)).groups:
            if isinstance(group, Fields):
                yield from (self._field(place) for place in group.fields)
            else:
                yield self._table(question, group)

    def _field(self, place: FormField) -> SheetField:
        field = place.field
        assert field is not None  # a sheet asks fields of the guide alone
        answer = self._phrasing.in_words(place.entry, field.id) if self._whose else ""
        if not answer and self._whose and field.translatable:
            answer = self._phrasing.text(place.entry, field.id)
        lines = _PROSE_LINES if field.kind == "prose" else 1
        return SheetField(place.label, self._choices(place), lines, " ".join(answer.split()))

    def _choices(self, place: FormField) -> tuple[str, ...]:
        return tuple(words for _code, words in sheet_choices(place, self._lang))

    def _table(self, question: Question, group: Rows) -> SheetTable:
        fields = self._walk.row_fields(question, group.part)
        heads = tuple(field.label.get(self._lang) for field in fields)
        rows = (
            tuple(tuple(self._cell(row.entry, field) for field in fields) for row in group.rows) if self._whose else ()
        )
        return SheetTable(heads, rows, _ROWS_BELOW if rows else _BLANK_ROWS, self._title(question, group))

    def _title(self, question: Question, group: Rows) -> str:
        """Return what a list is called, where the heading of its question has not said it."""
        title = group.part.title.get(self._lang)
        return "" if len(question.lists) < 2 and len(question.parts) < 2 else title

    def _cell(self, row: Entry, field: Field) -> str:
        return "" if field.private else self._phrasing.in_words(row, field.id)

    def _each_partner(self, question: Question) -> Iterator[SheetTable]:
        """Yield a table with a row for each partner, then one with rows for pairs where the question asks of pairs."""
        stops = self._walk.stops(question.id)
        alone = [stop for stop in stops if stop != PAIRS and "+" not in stop]
        form = self._walk.form(Spot(question.id, stops[0] if stops else ""))
        groups = [group for group in form.groups if isinstance(group, Fields)] or self._of_two(question)
        fields = [field for group in groups for field in group.fields]
        heads = tuple(field.label for field in fields)
        choices = tuple(
            (field.label, words) for field in fields if field.kind == "choice" and (words := self._choices(field))
        )
        blank = ("",) * len(heads)
        if alone:
            label = self._phrasing.word("partner")
            rows = tuple((self._name(stop), *blank) for stop in alone)
            yield SheetTable((label, *heads), rows, choices=() if len(alone) < len(stops) else choices)
        if len(alone) < len(stops):
            between = (self._phrasing.word("sheet_pair"), self._phrasing.word("sheet_pair_and"))
            partners = len(active(self._workspace.partnership))
            count = min(_MOST_PAIR_ROWS, partners * (partners - 1) // 2)  # as many rows as there are pairs
            yield SheetTable((*between, *heads), (), count, choices=choices)

    def _of_two(self, question: Question) -> list[Fields]:
        """Return the fields of a question that is asked of two partners alone."""
        two = "+".join(sorted(partner.id for partner in active(self._workspace.partnership))[:2])
        return [group for group in self._walk.form(Spot(question.id, two)).groups if isinstance(group, Fields)]

    def _name(self, partner: str) -> str:
        named = find_partner(self._workspace.partnership, partner)
        return (named.short(self._lang) if named is not None else "") or _("unnamed organization")
