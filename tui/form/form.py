"""Forms: one question asked of one partner, with its fields, choices and rows, as one value.

Screens, line mode and the JSON of commands all show the same `Form`. It holds no widths, colours or widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from tui.fast_dataclass import dataclass
from tui.form.name_guess import ARTICLE, guessed_choice, guessed_forms, option_words
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.i18n import _
from tui.partnership.completion import has_field, single_entry
from tui.partnership.field_kinds import ParseContext, format_value, parse_error, unparsed_text
from tui.partnership.partners import WHO, givers, partners, rows_of
from tui.partnership.positions import RESERVATION, levels_to_choose
from tui.partnership.privacy import Published, published
from tui.partnership.translation import other_wording
from tui.partnership.values import Entry, Partnership, Value, second_wording
from tui.text.french_names import label_in_sentence

REFERENCES = frozenset({"partner", "partners", "someone", "someones"})  # kinds that name partners or people
# Kinds of fields into which a text is typed.
TYPED = REFERENCES | {"line", "prose", "effort", "number", "date", "period", "amount"}
# Kinds of places that are no field of the guide: one that adds a row, one that shows the folded fields, and one that
# chooses the second partner of a pair.
ADD, MORE, PAIR = "add", "more", "pair"


class FormContext:
    """What forms are made from: the guide, the partnership as it is now, and the language of labels, "fr" or "en".

    `public` gives the public view if the caller has it already; else it is computed when needed. `typed_lang` is the
    language of the texts that are typed, "" for the same.
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
        """The public view, with the sentences that positions are given on and what each position is worth on them."""
        return self._public() if self._public is not None else published(self.guide, self.partnership)

    def shows(self, field: Field) -> bool:
        """Return whether a form may show a field. A subclass for forms shown to others also leaves out private ones."""
        return not field.hidden

    def shows_part(self, question: Question, part: Part) -> bool:
        """Return whether a form may show a part: here all. The subclass leaves out the rows of private questions."""
        return True

    def field_text(self, entry: Entry, field: Field) -> str:
        """Return the value of a field as a person would type it; "" for none."""
        if field.translatable:
            return entry.text(field.id, self.typed_lang)
        return format_value(self.reading, field, entry.get(field.id))

    def parse_error(self, entry: Entry, field: Field) -> str:
        """Return why the text typed in a field is not understood, in words for the user; "" if it is."""
        value = entry.get(field.id)
        # Addresses are stored as they were typed; other fields keep the typed text only if it is not understood.
        typed = str(value or "") if field.addresses else unparsed_text(value)
        return parse_error(self.reading, field, typed)

    def other_wording(self, entry: Entry, field: Field) -> str:
        """Return a note with the same text in the other language, and which of both was negotiated.

        "" if the field has a text in one language only.
        """
        return other_wording(entry, field, self.typed_lang)

    def language_note(self, entry: Entry, field: Field) -> str:
        """Return the note for a text that is shown in the other language because it has none in this one.

        It says what happens to words typed there. "" for all other fields.
        """
        cell, lang = field.cell(self.typed_lang), self.typed_lang
        if not field.translatable or entry.get(cell) or not entry.text(field.id, lang).strip():
            return ""
        if lang == "en":
            return _("In French so far: what you type here is the English text, and the French one stays.")
        return _("In English so far: what you type here is the French text, and the English one stays.")


@dataclass(frozen=True, slots=True)
class FormField:
    """One place of a form: a field of an entry, or one that is no field of the guide (ADD, MORE, PAIR)."""

    context: FormContext
    key: str  # "<entry id>/<field id>"; of ADD "+<part id>", of MORE "<entry id>/more", of PAIR "pair"
    kind: str  # the kind of the field, or ADD, MORE or PAIR
    part: Part  # of the question
    entry: Entry  # that holds the value; of ADD the row being written, or one that is not there yet
    field: Field | None = None  # None for MORE and PAIR
    folded: bool = False  # not shown: it is seldom needed, empty, and was not asked for
    others: tuple[tuple[str, str], ...] = ()  # of PAIR: (id, name) of the partners that can be chosen
    other: str = ""  # of PAIR: the id of the partner that is chosen, "" for none
    names: tuple[str, ...] = ()  # of MORE: the labels of the folded fields

    @property
    def cell(self) -> str:
        """The key of the cell that holds the value; "" for MORE and PAIR."""
        return self.field.cell(self.context.typed_lang) if self.field is not None else ""

    @property
    def label(self) -> str:
        """The name of the field, with a note if two wordings of it are kept."""
        if self.field is None:
            return _("With") if self.kind == PAIR else ""
        label = self.field.label.get(self.context.lang)
        return _("{label} (two wordings)").format(label=label) if second_wording(self.entry, self.cell) else label

    @property
    def hint(self) -> str:
        """The words shown in an empty field, from the guide; of ADD the words that ask for a row; "" for none."""
        if self.kind == ADD:
            return _add_words(self.part, self.context.lang)
        return self.field.hint.get(self.context.lang) if self.field is not None else ""

    @property
    def value(self) -> Value:
        """The stored value; None if nothing was answered."""
        return self.entry.get(self.cell)

    @property
    def text(self) -> str:
        """The text as a person would type it; "" for choices, boxes, MORE and PAIR."""
        if self.field is None or self.kind in ("choice", "flag"):
            return ""
        return self.context.field_text(self.entry, self.field)

    @property
    def answer(self) -> str:
        """The value in words, for choices and boxes too; that of a choice may be its default; "" for none."""
        if self.field is None:
            return ""
        # A default has no stored value to word; articles are worded by what they make of the partner's name.
        if self.kind == "choice" and (self.value is None or self.field.choices == ARTICLE):
            return dict(self.options).get(self.chosen, "")
        return self.context.field_text(self.entry, self.field)

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The (code, words) of what can be chosen, in their order; () if nothing is chosen here."""
        if self.field is None or self.field.kind != "choice":
            return self.others
        words_by_code = self.context.guide.choices[self.field.choices]
        codes = tuple(words_by_code)
        if self.field.choices == "position":
            codes = levels_to_choose(self.context.guide, self.context.partnership, str(self.value))
        words = {code: words_by_code[code].get(self.context.lang) for code in codes}
        return tuple((code, option_words(self.field, self.entry, code, plain)) for code, plain in words.items())

    @property
    def meanings(self) -> Mapping[str, str]:
        """What each choice means, in one line, by code; {} if the guide does not explain them."""
        if self.field is None or self.kind != "choice":
            return {}
        definitions = self.context.guide.definitions[self.field.choices]
        return {code: words.get(self.context.lang) for code, words in definitions.items()}

    @property
    def chosen(self) -> str:
        """The chosen code, also if it is a default or a guess; "yes" for a ticked box; "" for none."""
        if self.kind == "flag":
            return "yes" if self.value else ""
        if self.field is None or self.kind != "choice":
            return self.other
        if self.value is not None:
            return str(self.value)
        guessed = guessed_choice(self.field, self.entry)
        first_status = "prospective" if self.field.id == "status" else ""  # of a partner of whom no status was noted
        return str(self.field.default or guessed or first_status)

    @property
    def guessed(self) -> bool:
        """Whether the chosen code is a guess of the program, which the user should confirm."""
        is_open = self.field is not None and self.field.choices == ARTICLE and self.value is None
        return is_open and bool(self.chosen)

    @property
    def guess(self) -> str:
        """The guessed forms of a partner's name, shown beside it to be confirmed; "" for other fields."""
        return guessed_forms(self.entry) if self.field is not None and self.field.main else ""

    @property
    def private(self) -> bool:
        """Whether the value never reaches the document."""
        return self.field is not None and self.field.private

    @property
    def parse_error(self) -> str:
        """Why the typed text is not understood, and so in no document, in words for the user; "" if it is."""
        return self.context.parse_error(self.entry, self.field) if self.field is not None else ""

    @property
    def other_wording(self) -> str:
        """As `FormContext.other_wording`; "" for MORE and PAIR."""
        return self.context.other_wording(self.entry, self.field) if self.field is not None else ""

    @property
    def language_note(self) -> str:
        """As `FormContext.language_note`; "" for MORE and PAIR."""
        return self.context.language_note(self.entry, self.field) if self.field is not None else ""

    @property
    def typed(self) -> bool:
        """Whether a text is typed here."""
        return self.kind in TYPED or self.kind == ADD

    @property
    def empty(self) -> bool:
        """Whether no answer was given yet. If "" is an option, as « alone » of a pair, that is an answer too."""
        chosen = self.chosen or any(not code for code, _words in self.options)
        return not self.text and not chosen and self.kind != MORE

    @property
    def single_line(self) -> bool:
        """Whether the text has one line: then Enter goes to the next field."""
        return self.kind != "prose"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one answer or of one row, folded ones included."""

    context: FormContext
    part: Part
    entry: Entry
    fields: tuple[FormField, ...]

    @property
    def more(self) -> FormField | None:
        """The place that unfolds the folded fields; None if there are none."""
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
        """The main field of the row, by which people know it: a name, for instance."""
        return form_field(self.context, self.part, self.entry, main_field(self.part))

    @property
    def details(self) -> tuple[str, ...]:
        """The other fields in words: a ticked box by its label, the partners who share the row by their number."""
        main = main_field(self.part)
        fields = [
            form_field(self.context, self.part, self.entry, field)
            for field in self.part.fields
            if field is not main and self.context.shows(field) and field.kind != "partners"
        ]
        words = [_detail_words(field) for field in fields]
        if len(givers(self.entry)) > 1:
            words.append(_("shared by {n}").format(n=len(givers(self.entry))))
        return tuple(filter(None, words))

    @property
    def words(self) -> tuple[str, ...]:
        """The row in a list: the words of its main field, "" for none, then its details."""
        return (self.main.answer, *self.details)

    @property
    def parse_errors(self) -> tuple[str, ...]:
        """Why typed texts in the row are not understood, in words for the user."""
        return tuple(filter(None, (self.context.parse_error(self.entry, field) for field in self.part.fields)))


def _detail_words(field: FormField) -> str:
    """Return the words of a field in the details of a row; "" if there is nothing to say."""
    if field.kind == "flag":
        return label_in_sentence(field.label) if field.chosen else ""
    if field.field is None or (field.value is None and not field.field.translatable):
        return ""
    if field.field.choices == ARTICLE:  # without the example that `answer` adds
        return field.context.field_text(field.entry, field.field)
    return field.answer


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list, and the place that adds one."""

    context: FormContext
    part: Part
    rows: tuple[Row, ...]
    new: FormField  # of the kind ADD
    folded: bool = False  # not shown: the list is seldom needed, empty, and was not asked for

    @property
    def title(self) -> str:
        """The title of the list."""
        return self.part.title.get(self.context.lang)


@dataclass(frozen=True, slots=True)
class Form:
    """One question asked of the partnership, of one partner, or of two."""

    context: FormContext
    question: Question
    subject: tuple[str, ...]  # ids: () for the partnership, one partner, or two in sorted order
    groups: tuple[Fields | Rows, ...]  # in the order in which they are shown
    other: FormField | None = None  # PAIR, in a question that can be about two partners


def subject_of(question: Question, partner: str, other: str = "") -> tuple[str, ...]:
    """Return the ids of the partners a question is asked of: (), one, or two in sorted order."""
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
    """Return the form of a question asked of the partner with the id `partner`, or of it and `other`.

    With `unfolded`, seldom needed fields are shown too; `at` is the key of a place that is shown in any case. `adding`
    is the id of a row that is still being written in the place that adds one.
    """
    subject = subject_of(question, partner, other)
    groups: list[Fields | Rows] = []
    parts = question.parts if question.scope == "project" or partner else ()
    for part in (part for part in parts if context.shows_part(question, part)):
        if part.list:
            groups.append(_rows_of_part(context, question, part, subject, unfolded or at == f"+{part.id}", adding))
        elif question.scope != "pair" or other:
            entry = single_entry(context.partnership, question.id, subject)
            groups.append(fields_of(context, part, entry, unfolded=unfolded, at=at))
    if question.id == WHO:
        groups.append(_organisations(context, question.parts[0], adding))
    return Form(context, question, subject, tuple(groups), _pair_field(context, question, partner, other))


def fields_of(context: FormContext, part: Part, entry: Entry, *, unfolded: bool = False, at: str = "") -> Fields:
    """Return the fields of an answer or a row; `unfolded` and `at` as in `form_of`."""
    fields = tuple(
        form_field(context, part, entry, field, folded=_is_folded(entry, field, unfolded, at))
        for field in part.fields
        if context.shows(field)
    )
    return Fields(context, part, entry, fields)


def form_field(context: FormContext, part: Part, entry: Entry, field: Field, *, folded: bool = False) -> FormField:
    """Return the place of a form for one field of an entry."""
    return FormField(context, f"{entry.id}/{field.id}", field.kind, part, entry, field, folded)


def main_field(part: Part) -> Field:
    """Return the main field of a list, by which its rows are known; each list of the guide has one."""
    assert part.main is not None
    return part.main


def first_field(part: Part) -> Field:
    """Return the first field of a new row, as people say it: who, then what."""
    return part.fields[0]


def _is_folded(entry: Entry, field: Field, unfolded: bool, at: str) -> bool:
    """Return whether a field is hidden: it is seldom needed, empty, not unfolded, and not the place `at`."""
    is_filled = has_field(entry, field.id) or unparsed_text(entry.get(field.id))
    is_asked_for = unfolded or at == f"{entry.id}/{field.id}"
    return field.more and not is_asked_for and not is_filled


def _rows_of_part(
    context: FormContext, question: Question, part: Part, subject: tuple[str, ...], unfolded: bool, adding: str
) -> Rows:
    home = part.home(question.id)
    entries = rows_of(context.partnership, *home, subject[0]) if subject else context.partnership.rows(*home)
    rows = tuple(Row(context, part, entry) for entry in entries if entry.id != adding)
    new = _new_row_field(context, part, Entry("", *home, subject), adding)
    return Rows(context, part, rows, new, folded=part.more and not unfolded and not rows)


def _organisations(context: FormContext, part: Part, adding: str) -> Rows:
    """Return the list of the partners themselves."""
    entries = (partner.entry for partner in partners(context.partnership))
    rows = tuple(Row(context, part, entry) for entry in entries if entry.id != adding)
    return Rows(context, part, rows, _new_row_field(context, part, Entry("", WHO), adding))


def _new_row_field(context: FormContext, part: Part, home: Entry, adding: str) -> FormField:
    """Return the place that adds a row to the list of `home`; `adding` is as in `form_of`."""
    row_begun = context.partnership.entry(adding)
    if row_begun is not None and (row_begun.question, row_begun.part) == (home.question, home.part):
        home = row_begun
    return FormField(context, f"+{part.id}", ADD, part, home, first_field(part))


def _add_words(part: Part, lang: str) -> str:
    """Return the words that ask for a new row; the partners themselves are no list of the guide."""
    return part.add.get(lang) if part.list else _("add organizations, one a line")


def _pair_field(context: FormContext, question: Question, partner: str, other: str) -> FormField | None:
    """Return the place that chooses a second partner; None if the question is about one, or there is no other."""
    if question.scope not in ("pair", "partner_or_pair"):
        return None
    other_partners = [other for other in partners(context.partnership) if other.id != partner]
    if not other_partners:
        return None
    options = [("", _("alone"))] if question.scope == "partner_or_pair" else []
    options += [(other.id, other.short(context.lang) or context.nameless) for other in other_partners]
    return FormField(context, PAIR, PAIR, question.parts[0], Entry("", question.id), others=tuple(options), other=other)


def key_for_partner(here: FormField, question: Question, mine: str, partner: str, other: str = "") -> str:
    """Return the key of the place in the form of `partner` (and `other`) that corresponds to `here` in that of `mine`.

    For a row that both partners share this is the same row; else the row of the same number; else the place that adds
    a row. If `here` is the reservation of a position and `partner` gave none yet, it is the level of the position.
    """
    if question.scope == "project" or here.kind in (ADD, PAIR):
        return here.key
    partnership = here.context.partnership
    field_id = here.field.id if here.field is not None else MORE
    if not here.part.list:
        entry = single_entry(partnership, question.id, subject_of(question, partner, other))
        if field_id == RESERVATION and not entry.get("level"):
            field_id = "level"
        return f"{entry.id}/{field_id}"
    question_and_part = here.entry.question, here.entry.part
    our_ids, their_ids = (
        [row.id for row in rows_of(partnership, *question_and_part, owner)] for owner in (mine, partner)
    )
    if here.entry.id in their_ids:
        return f"{here.entry.id}/{field_id}"
    index = our_ids.index(here.entry.id) if here.entry.id in our_ids else len(their_ids)
    return f"{their_ids[index]}/{field_id}" if index < len(their_ids) else f"+{here.part.id}"
