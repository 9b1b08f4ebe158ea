"""What a question asks of whom: its fields, choices and rows as one value, for every way of asking.

Nothing here knows of a width, a colour or an open partnership: painters, prompts and schemas are made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from tui.fast_dataclass import dataclass
from tui.form.name_guess import ARTICLE, guessed_choice, guessed_forms, option_words
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.i18n import _
from tui.partnership.completion import has, single_entry
from tui.partnership.field_kinds import ParseContext, format_value, parse_error, typed_as_it_is
from tui.partnership.partners import WHO, givers, partners, rows_of
from tui.partnership.positions import RESERVATION, levels_to_choose
from tui.partnership.privacy import Published, published
from tui.partnership.translation import other_wording
from tui.partnership.values import Entry, Partnership, Value, second_wording

REFERENCES = frozenset({"partner", "partners", "someone", "someones"})  # kinds that name partners or people
TYPED = REFERENCES | {"line", "prose", "effort", "number", "date", "period", "amount"}
ADD, MORE, PAIR = "add", "more", "pair"  # kinds of what is no field of the guide: a new row, the rest, the other one


class FormContext:
    """What forms are made from: the guide, one value of the partnership, the language ("fr" or "en") they speak.

    `public` gives the public view with what is known of it, where it is known already. `typed_lang` is the language of
    the texts that are typed, where it is another one.
    """

    def __init__(
        self,
        guide: Guide,
        partnership: Partnership,
        lang: str,
        public: Callable[[], Published] | None = None,
        typed_lang: str = "",
    ) -> None:
        self.guide = guide
        self.partnership = partnership
        self.lang = lang
        self.typed_lang = typed_lang or lang
        self.reading = ParseContext(guide, partnership, lang)
        self._public = public

    @property
    def nameless(self) -> str:
        """What a partner without a name is called."""
        return _("unnamed organization")

    @cached_property
    def public(self) -> Published:
        """The public view: its points, and what the partners' positions are worth on the present words."""
        return self._public() if self._public is not None else published(self.guide, self.partnership)

    def tells(self, field: Field) -> bool:
        """Return whether a form may show a field; a form shown to others leaves out what is private."""
        return not field.hidden

    def tells_part(self, question: Question, part: Part) -> bool:
        """Return whether a form may show a part; a form shown to others leaves out the rows of a private question."""
        return True

    def written(self, entry: Entry, field: Field) -> str:
        """Return the value of a field as a person would write it, "" for none."""
        if field.translatable:
            return entry.text(field.id, self.typed_lang)
        return format_value(self.reading, field, entry.get(field.id))

    def trouble(self, entry: Entry, field: Field) -> str:
        """Why what a field holds is not understood, in words; "" when it is."""
        value = entry.get(field.id)
        return parse_error(self.reading, field, str(value or "") if field.addresses else typed_as_it_is(value))

    def other_wording(self, entry: Entry, field: Field) -> str:
        """Return what a text of both languages says in the other one, and which was negotiated; "" while it has one."""
        return other_wording(entry, field, self.typed_lang)

    def language_note(self, entry: Entry, field: Field) -> str:
        """Return what becomes of words typed into a text that is shown in its other language; "" elsewhere."""
        cell, lang = field.cell(self.typed_lang), self.typed_lang
        if not field.translatable or entry.get(cell) or not entry.text(field.id, lang).strip():
            return ""
        if lang == "en":
            return _("In French so far: what you type here is the English text, and the French one stays.")
        return _("In English so far: what you type here is the French text, and the English one stays.")


@dataclass(frozen=True, slots=True)
class FormField:
    """One place of a form: a field of an entry, or (`field` is None) MORE or PAIR.

    `key` is the entry's id and the field's joined by "/"; that of a new row is "+" and the part's id. `kind` is the
    field's kind, ADD, MORE or PAIR. `folded` says that the field is seldom needed, holds nothing and was not asked for.
    """

    context: FormContext
    key: str
    kind: str
    part: Part
    entry: Entry
    field: Field | None = None
    folded: bool = False
    others: tuple[tuple[str, str], ...] = ()  # of PAIR: the second partners one may choose, as options
    other: str = ""  # of PAIR: the one that is chosen
    names: tuple[str, ...] = ()  # of MORE: the labels of the fields that are folded away

    @property
    def cell(self) -> str:
        """The cell that the value is kept in; "" for what is no field."""
        return self.field.cell(self.context.typed_lang) if self.field is not None else ""

    @property
    def label(self) -> str:
        """What the field is called, and whether two wordings of it are kept."""
        if self.field is None:
            return _("With") if self.kind == PAIR else ""
        label = self.field.label.get(self.context.lang)
        return _("{label} (two wordings)").format(label=label) if second_wording(self.entry, self.cell) else label

    @property
    def hint(self) -> str:
        """How the guide's page asks for it, where it says more than the label; of ADD the words that ask for a row."""
        if self.kind == ADD:
            return _adding(self.part, self.context.lang)
        return self.field.hint.get(self.context.lang) if self.field is not None else ""

    @property
    def value(self) -> Value:
        """The stored value; None where nothing was answered."""
        return self.entry.get(self.cell)

    @property
    def text(self) -> str:
        """What is written there; "" for choices, boxes and what is no field."""
        if self.field is None or self.kind in ("choice", "flag"):
            return ""
        return self.context.written(self.entry, self.field)

    @property
    def answer(self) -> str:
        """The value in words, those of a choice (by default too) or a box as well; "" for none."""
        if self.field is None:
            return ""
        if self.kind == "choice" and (self.value is None or self.field.choices == ARTICLE):
            return dict(self.options).get(self.chosen, "")
        return self.context.written(self.entry, self.field)

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The codes that may be chosen, in their order, each with its words; () where nothing is chosen."""
        if self.field is None or self.field.kind != "choice":
            return self.others
        known = self.context.guide.choices[self.field.choices]
        codes = tuple(known)
        if self.field.choices == "position":
            codes = levels_to_choose(self.context.guide, self.context.partnership, str(self.value))
        words = {code: known[code].get(self.context.lang) for code in codes}
        return tuple((code, option_words(self.field, self.entry, code, said)) for code, said in words.items())

    @property
    def meanings(self) -> Mapping[str, str]:
        """Return what each choice means, by its code, in one line; {} where the guide explains none."""
        if self.field is None or self.kind != "choice":
            return {}
        known = self.context.guide.definitions[self.field.choices]
        return {code: words.get(self.context.lang) for code, words in known.items()}

    @property
    def chosen(self) -> str:
        """The code that is chosen, by default too; "yes" for a box that is ticked; "" for none."""
        if self.kind == "flag":
            return "yes" if self.value else ""
        if self.field is None or self.kind != "choice":
            return self.other
        if self.value is not None:
            return str(self.value)
        guessed = guessed_choice(self.field, self.entry)
        return str(self.field.default or guessed or ("prospective" if self.field.id == "status" else ""))

    @property
    def guessed(self) -> bool:
        """Whether what stands there is a guess that is shown to be confirmed."""
        asked = self.field is not None and self.field.choices == ARTICLE and self.value is None
        return asked and bool(self.chosen)

    @property
    def guess(self) -> str:
        """The forms of a partner's name that are guessed and shown beside it, to be confirmed; "" for none."""
        return guessed_forms(self.entry) if self.field is not None and self.field.main else ""

    @property
    def private(self) -> bool:
        """Whether it never reaches the document."""
        return self.field is not None and self.field.private

    @property
    def trouble(self) -> str:
        """Why what stands there is not understood and in no document, in words; "" when it is understood."""
        return self.context.trouble(self.entry, self.field) if self.field is not None else ""

    @property
    def other_wording(self) -> str:
        """What a text of both languages says in the other one, and which was negotiated; "" while it has one alone."""
        return self.context.other_wording(self.entry, self.field) if self.field is not None else ""

    @property
    def language_note(self) -> str:
        """What becomes of words typed here, where the text is shown in its other language; "" elsewhere."""
        return self.context.language_note(self.entry, self.field) if self.field is not None else ""

    @property
    def typed(self) -> bool:
        """Whether letters are written here."""
        return self.kind in TYPED or self.kind == ADD

    @property
    def empty(self) -> bool:
        """Whether something is still to be said here; « alone » is an answer too."""
        chosen = self.chosen or any(not code for code, _words in self.options)
        return not self.text and not chosen and self.kind != MORE

    @property
    def single_line(self) -> bool:
        """Whether Enter goes on instead of starting a new line."""
        return self.kind != "prose"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one answer or of one row, those folded away included."""

    context: FormContext
    part: Part
    entry: Entry
    fields: tuple[FormField, ...]

    @property
    def more(self) -> FormField | None:
        """The place that shows the fields folded away; None where there are none."""
        names = tuple(field.label for field in self.fields if field.folded)
        if not names:
            return None
        return FormField(self.context, f"{self.entry.id}/{MORE}", MORE, self.part, self.entry, names=names)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list."""

    context: FormContext
    part: Part
    entry: Entry

    @property
    def main(self) -> FormField:
        """The field that the row is known by."""
        return form_field(self.context, self.part, self.entry, main_field(self.part))

    @property
    def details(self) -> tuple[str, ...]:
        """What else the row says, in words: a ticked box by its label, those who share it by their number."""
        main = main_field(self.part)
        fields = [
            form_field(self.context, self.part, self.entry, field)
            for field in self.part.fields
            if field is not main and self.context.tells(field) and field.kind != "partners"
        ]
        said = [_detail(field) for field in fields]
        if len(givers(self.entry)) > 1:
            said.append(_("shared by {n}").format(n=len(givers(self.entry))))
        return tuple(filter(None, said))

    @property
    def words(self) -> tuple[str, ...]:
        """The row as it is told in a list: the words it is known by, "" for none, then its details."""
        return (self.main.answer, *self.details)

    @property
    def troubles(self) -> tuple[str, ...]:
        """Why fields of the row are not understood, in words."""
        return tuple(filter(None, (self.context.trouble(self.entry, field) for field in self.part.fields)))


def _detail(field: FormField) -> str:
    """Return what a row that is not open says of one of its fields."""
    if field.kind == "flag":
        return field.label.lower() if field.chosen else ""
    if field.field is None or (field.value is None and not field.field.translatable):
        return ""
    return field.answer if field.field.choices != ARTICLE else field.context.written(field.entry, field.field)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list, and the place that adds one. `folded` says that it is seldom needed and still empty."""

    context: FormContext
    part: Part
    rows: tuple[Row, ...]
    new: FormField
    folded: bool = False

    @property
    def title(self) -> str:
        """What the list is called."""
        return self.part.title.get(self.context.lang)


@dataclass(frozen=True, slots=True)
class Form:
    """One question asked of one subject: () for the partnership, a partner's id, or two in sorted order.

    `other` is the place where a second partner is chosen, in questions that may be about two.
    """

    context: FormContext
    question: Question
    subject: tuple[str, ...]
    groups: tuple[Fields | Rows, ...]
    other: FormField | None = None


def subject_of(question: Question, partner: str, other: str = "") -> tuple[str, ...]:
    """Return whom a question is asked of: nobody in particular, a partner, or two in sorted order."""
    if question.scope == "project" or not partner:
        return ()
    if question.scope in ("pair", "partner_or_pair") and other:
        return (partner, other) if partner < other else (other, partner)
    return (partner,)


def form_of(
    context: FormContext,
    question: Question,
    partner: str = "",
    other: str = "",
    *,
    unfolded: bool = False,
    at: str = "",
    adding: str = "",
) -> Form:
    """Return the form of a question asked of `partner`, or of it and `other`.

    `unfolded` shows what is seldom needed, `at` is the key of a place that is shown in any case, `adding` the id of a
    row that is still being written in the place that adds one.
    """
    subject = subject_of(question, partner, other)
    groups: list[Fields | Rows] = []
    asked = question.parts if question.scope == "project" or partner else ()
    for part in (part for part in asked if context.tells_part(question, part)):
        if part.list:
            groups.append(_rows(context, question, part, subject, unfolded or at == f"+{part.id}", adding))
        elif question.scope != "pair" or other:
            entry = single_entry(context.partnership, question.id, subject)
            groups.append(fields_of(context, part, entry, unfolded=unfolded, at=at))
    if question.id == WHO:
        groups.append(_organisations(context, question.parts[0], adding))
    return Form(context, question, subject, tuple(groups), _pair(context, question, partner, other))


def fields_of(context: FormContext, part: Part, entry: Entry, *, unfolded: bool = False, at: str = "") -> Fields:
    """Return the fields of an answer or a row; `unfolded` and `at` as in `form_of`."""
    fields = tuple(
        form_field(context, part, entry, field, folded=_is_folded(entry, field, unfolded, at))
        for field in part.fields
        if context.tells(field)
    )
    return Fields(context, part, entry, fields)


def form_field(context: FormContext, part: Part, entry: Entry, field: Field, *, folded: bool = False) -> FormField:
    """Return one field of an entry as a place of its form."""
    return FormField(context, f"{entry.id}/{field.id}", field.kind, part, entry, field, folded)


def main_field(part: Part) -> Field:
    """Return the field that a list's rows are known by; each list of the guide has one."""
    assert part.main is not None
    return part.main


def asked_first(part: Part) -> Field:
    """The field that a new row of a list begins with, in the order people say it: who, then what of it."""
    return part.fields[0]


def _is_folded(entry: Entry, field: Field, unfolded: bool, at: str) -> bool:
    """Seldom needed fields show only when filled, asked for or stood at."""
    filled = has(entry, field.id) or typed_as_it_is(entry.get(field.id))
    return field.more and not unfolded and at != f"{entry.id}/{field.id}" and not filled


def _rows(
    context: FormContext, question: Question, part: Part, subject: tuple[str, ...], unfolded: bool, adding: str
) -> Rows:
    home = part.home(question.id)
    entries = rows_of(context.partnership, *home, subject[0]) if subject else context.partnership.rows(*home)
    rows = tuple(Row(context, part, entry) for entry in entries if entry.id != adding)
    new = _new(context, part, Entry("", *home, subject), adding)
    return Rows(context, part, rows, new, folded=part.more and not unfolded and not rows)


def _organisations(context: FormContext, part: Part, adding: str) -> Rows:
    """Return the partners themselves, as rows."""
    entries = (partner.entry for partner in partners(context.partnership))
    rows = tuple(Row(context, part, entry) for entry in entries if entry.id != adding)
    return Rows(context, part, rows, _new(context, part, Entry("", WHO), adding))


def _new(context: FormContext, part: Part, home: Entry, adding: str) -> FormField:
    begun = context.partnership.entry(adding)
    if begun is not None and (begun.question, begun.part) == (home.question, home.part):
        home = begun
    return FormField(context, f"+{part.id}", ADD, part, home, asked_first(part))


def _adding(part: Part, lang: str) -> str:
    return part.add.get(lang) if part.list else _("add organizations, one a line")


def _pair(context: FormContext, question: Question, partner: str, other: str) -> FormField | None:
    if question.scope not in ("pair", "partner_or_pair"):
        return None
    known = [other for other in partners(context.partnership) if other.id != partner]
    if not known:
        return None
    options = [("", _("alone"))] if question.scope == "partner_or_pair" else []
    options += [(other.id, other.short(context.lang) or context.nameless) for other in known]
    return FormField(context, PAIR, PAIR, question.parts[0], Entry("", question.id), others=tuple(options), other=other)


def same_place(here: FormField, question: Question, mine: str, partner: str, other: str = "") -> str:
    """Return the key of the place `here`, where `mine` is asked, in the form of `partner` (and `other`).

    A row that the other partner shares is the same row; else it is the one of the same number, else the place that
    adds one. Of a partner without an answer, the answer is asked before its reservation.
    """
    if question.scope == "project" or here.kind in (ADD, PAIR):
        return here.key
    partnership = here.context.partnership
    name = here.field.id if here.field is not None else MORE
    if not here.part.list:
        entry = single_entry(partnership, question.id, subject_of(question, partner, other))
        return f"{entry.id}/{'level' if name == RESERVATION and not entry.get('level') else name}"
    home = here.entry.question, here.entry.part
    ours, theirs = ([row.id for row in rows_of(partnership, *home, owner)] for owner in (mine, partner))
    at = ours.index(here.entry.id) if here.entry.id in ours else len(theirs)
    row = here.entry.id if here.entry.id in theirs else theirs[at] if at < len(theirs) else ""
    return f"{row}/{name}" if row else f"+{here.part.id}"
