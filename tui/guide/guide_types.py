"""The types of the guide: steps, questions, parts, fields, sections and named holes (`guide_loading` makes them).

The data files have a key of the same name for each field of `Step`, `Question`, `Part` and `Field`, but `[[question]]`
for the questions, `[[question.part]]` for their parts, and `[[question.part.field]]` for the fields of these. `= ""`,
`= False` and `= NO_WORDS` mean that the key may be left out. A `Words` is two keys: `text.fr` and `text.en`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tui.fast_dataclass import dataclass
from tui.text.french_names import contract_names
from tui.text.separators import semicolon

LANGUAGES = ("fr", "en")

# Whose answer a question asks for: one of the whole partnership, of each partner, of each pair of partners, or of
# either a partner or a pair.
Scope = Literal["project", "partner", "pair", "partner_or_pair"]
TEXT_KINDS = frozenset({"line", "prose", "effort"})  # the kinds of field that hold text; the kinds: field_kinds.py


class GuideError(ValueError):
    """The guide data is wrong; the message names the file, the place and what was expected."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    fr: str
    en: str

    def get(self, lang: str) -> str:
        """Return the text in `lang` ("fr" or "en")."""
        return self.en if lang == "en" else self.fr


NO_WORDS = Words("", "")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that is met while a field holds one of some values."""

    field: str
    values: tuple[object, ...]
    of: Literal["entry", "partner"] = "entry"  # whether it is a field of the entry or of the partner it belongs to


@dataclass(frozen=True, slots=True)
class ConditionalDefault:
    """The value that a field of a new row starts with if `condition` holds, instead of its plain default."""

    condition: Condition
    value: object


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a part of a question."""

    id: str
    kind: str  # one of KINDS in guide_loading; what a person may type for each is in partnership/field_kinds
    label: Words
    hint: Words = NO_WORDS  # an example of what to type, in the empty field
    choices: str = ""  # for the kind "choice": the list of choices.toml it is chosen from
    default: object = None
    default_when: tuple[ConditionalDefault, ...] = ()
    terms: str = ""  # a list of choices.toml whose words are explained beside the field; other words may be written too
    # Who may see its value. Without any of these four, `Part.public_when` of its part decides alone.
    private: bool = False  # never public
    # Private without leave: public only if the field `leave` of the same entry is "yes" (`private = "without_leave"`).
    without_leave: bool = False
    private_when: str = ""  # a flag of the same entry that keeps it private
    always_public: bool = False  # public whatever `Part.public_when` says
    by_language: bool = True  # whether a text has one version a language
    main: bool = False  # the field that an answer of bare text fills (`Part.main`)
    more: bool = False  # folded away until asked for
    hidden: bool = False  # kept by the program, never typed
    addresses: bool = False  # the text is read as e-mail addresses
    proper: bool = False  # a name, an address, a number: one text serves both languages until there is a second

    @property
    def translatable(self) -> bool:
        """Whether each language has a value of its own."""
        return self.kind in TEXT_KINDS and self.by_language

    def cell(self, lang: str) -> str:
        """Return the name of the cell that holds the value in `lang`: « text@fr », or « due » for one value in all."""
        return f"{self.id}@{lang}" if self.translatable else self.id


@dataclass(frozen=True, slots=True)
class Part:
    """A set of fields of one question: the answer itself (id "") or, with another id, a list of rows."""

    id: str
    fields: tuple[Field, ...]
    list: bool = False  # whether it holds rows; then it needs `title` and `add`
    title: Words = NO_WORDS  # the heading of the list, on the screen and in the document
    add: Words = NO_WORDS  # the label of the line that adds a row
    feeds: str = ""  # the section of the agreement that prints it, "" where `Question.feeds` says it
    public_when: tuple[Condition, ...] = ()  # an entry is public if one of these is met; () for always
    store: str = ""  # « open.contributions/rows »: the rows of another question that this part is a view of
    defaults: Mapping[str, object] | None = None  # what a row added through such a view starts with, by field
    more: bool = False  # folded away until asked for, while it has no row

    def field(self, field_id: str) -> Field | None:
        """Return the field of that id, or None."""
        return next((field for field in self.fields if field.id == field_id), None)

    def home(self, question: str) -> tuple[str, str]:
        """Return the (question, part) that store the rows: those of `store` for a view, else `question` and this."""
        source, _slash, name = self.store.partition("/")
        return (source, name) if source else (question, self.id)

    @property
    def main(self) -> Field | None:
        """The field that an answer of bare text fills: the one marked `main`, else the first; None without fields."""
        return next((field for field in self.fields if field.main), self.fields[0] if self.fields else None)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the guide."""

    id: str  # begins with that of its step: « extra.rooms »
    step: str  # the id of its step
    scope: Scope
    text: Words  # the question itself
    short: Words  # its name in the plan, some two words; in the document the heading above what no list's title heads
    help: Words  # what to think of, in short sentences
    example: Words  # a worked answer
    parts: tuple[Part, ...]
    # Alternatives: it is answered once all (part, field) of one are. In the data « name » is a field of the part "",
    # « rows:text » one of the list `rows`, and « why+rows:text » asks for both.
    complete: tuple[tuple[tuple[str, str], ...], ...]
    feeds: str = ""  # the id of the section of the agreement that prints it, "" for none
    form: str = ""  # "position" where the answer is a position (agrees, objects …): a kind in `questions --json`
    appears: Words = NO_WORDS  # where its answer is printed, if that is no numbered section
    milestone: str = ""  # "meeting" or "adoption" if it must be answered before, else ""
    private: bool = False  # whether all its answers are private
    column: Words = NO_WORDS  # the head of its column in a table of partners, at most 10 cells
    words: Words = NO_WORDS  # everyday words by which it is also found; never shown

    @property
    def column_head(self) -> Words:
        """The head of its column in a table of partners: `column`, else its short name."""
        return self.column if self.column.fr else self.short

    def part(self, part_id: str) -> Part | None:
        """Return the part of that id, or None."""
        return next((part for part in self.parts if part.id == part_id), None)

    @property
    def single(self) -> Part | None:
        """The part that is the answer itself, if the question has one."""
        return self.part("")

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of the sections it feeds, as a whole or by its parts; () when it feeds none."""
        return tuple(dict.fromkeys(name for name in (self.feeds, *(part.feeds for part in self.parts)) if name))

    @property
    def lists(self) -> tuple[Part, ...]:
        """The parts that hold rows."""
        return tuple(part for part in self.parts if part.list)


@dataclass(frozen=True, slots=True)
class Step:
    """One sub-step of the page.

    `statement` is the paragraph that the page prints before the question `statement_before`. It names things to write
    down; `statement_sections` are the ids of the agreement's sections that say them, in the same order.
    """

    id: str
    title: Words
    short: Words
    questions: tuple[Question, ...]
    statement: Words = NO_WORDS
    statement_before: str = ""
    aside: bool = False  # opened by a key of its own; the walk through the questions leaves it out
    statement_sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionHead:
    """The head of a section of the agreement."""

    id: str
    number: int
    heading: Words
    is_always_printed: bool = False  # even when nothing fills it


@dataclass(frozen=True, slots=True)
class HoleRule:
    """A named hole, which is an answer that the agreement still needs.

    It is open while `field` is empty (or, without `field`, while `part` has no filled row), unless the question was
    marked as one that does not apply.
    """

    id: str
    section: str  # the section of the agreement that lacks the answer
    question: str
    label: Words
    part: str = ""
    field: str = ""
    each_partner: bool = False  # whether each partner's answer is a hole of its own


@dataclass(frozen=True, slots=True)
class Guide:
    """A whole guide page with the agreement it leads to."""

    id: str
    title: Words
    credit: Words
    steps: tuple[Step, ...]
    sections: tuple[SectionHead, ...]
    holes: tuple[HoleRule, ...]
    choices: Mapping[str, Mapping[str, Words]]
    definitions: Mapping[str, Mapping[str, Words]]  # by list of choices and code, where a choice is explained
    earlier_words: Mapping[str, Mapping[str, tuple[str, ...]]]  # likewise: words that still mean the choice
    private_notice: Words  # what those who write private words should know
    words: Mapping[str, Words | tuple[Words, ...]]  # the set phrases by key; a tuple is (singular, plural)
    by_id: Mapping[str, Question]
    asking: Words = NO_WORDS  # the page's own line above each list of questions

    def question(self, question_id: str) -> Question:
        """Return the question of that id. Raises KeyError if there is none."""
        return self.by_id[question_id]

    @property
    def main_steps(self) -> tuple[Step, ...]:
        """The sub-steps of the page itself, without the complements (the step "extra")."""
        return tuple(step for step in self.walked_steps if step.id != "extra")

    @property
    def walked_steps(self) -> tuple[Step, ...]:
        """The steps that the walk through the questions visits: the page's own and the complements."""
        return tuple(step for step in self.steps if not step.aside)

    def appears(self, question: Question, lang: str, numbers: Mapping[str, str]) -> str:
        """Return where a question appears in the document: « Structure, 4 ; Reddition de comptes, 8 »; "" for nowhere.

        `numbers` are the present numbers of the printed sections, by id; a section without one is named by its heading.
        """
        if question.appears.get(lang):
            return question.appears.get(lang)
        section_ids = question.sections if not question.private else ()
        heads = [head for section_id in section_ids if (head := self.section(section_id)) is not None]
        return semicolon(lang).join(
            ", ".join(filter(None, (head.heading.get(lang), numbers.get(head.id, "")))) for head in heads
        )

    def choice(self, list_id: str, code: object, lang: str) -> str:
        """Return the words of a code in a list of choices; the code itself if it is unknown (of a newer program)."""
        words = self.choices.get(list_id, {}).get(str(code))
        return words.get(lang) if words else str(code)

    def words_of(self, list_id: str, code: str) -> tuple[str, ...]:
        """Return all words that mean a choice: in both languages, and those of earlier versions of the program."""
        words = self.choices[list_id][code]
        return (words.fr, words.en, *self.earlier_words.get(list_id, {}).get(code, ()))

    def definition(self, list_id: str, code: object, lang: str) -> str:
        """Return what a choice means, in one line; "" if the data do not explain it."""
        return self.definitions.get(list_id, {}).get(str(code), NO_WORDS).get(lang)

    def word(self, key: str, lang: str, /, **values: object) -> str:
        """Return a set phrase of the agreement, its {places} filled from `values`.

        `n` chooses between singular and plural where there are both. In French, « de » and « à » contract with the
        article of `name`. Raises KeyError if there is no such phrase.
        """
        words = self.words[key]
        if isinstance(words, tuple):
            count = values.get("n", 0)
            is_plural = isinstance(count, int) and (count > 1 or (count == 0 and lang == "en"))
            words = words[1] if is_plural else words[0]
        text = words.get(lang)
        if "name" in values and lang == "fr":
            text = contract_names(text, values)
        return text.format(**values) if values else text

    def section(self, section_id: str) -> SectionHead | None:
        """Return the head of the section of that id, or None."""
        return next((head for head in self.sections if head.id == section_id), None)
