"""What a guide page is made of: steps, questions, parts, fields, sections and named holes, as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tui.fast_dataclass import dataclass
from tui.text.french_names import contracted
from tui.text.separators import semicolon

LANGUAGES = ("fr", "en")

Scope = Literal["project", "partner", "pair", "partner_or_pair"]
TEXT_KINDS = frozenset({"line", "prose", "effort"})


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
    """A field of the entry (or of its partner) that must hold one of some values for the entry to be public."""

    field: str
    values: tuple[object, ...]
    of: Literal["entry", "partner"] = "entry"


@dataclass(frozen=True, slots=True)
class ConditionalDefault:
    """What a field of a new row holds where its condition holds, instead of its plain default."""

    condition: Condition
    value: object


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a part. `private` is True (never public) or False; a part's conditions come on top.
    `private_when` names a flag of the same entry that keeps it private.

    `by_language` says whether the text has one version a language; `more` fields are folded away until asked for;
    `hidden` ones are kept by the program and never typed. `addresses` says that the text is read as e-mail addresses.
    `terms` names a list of words in use that are explained beside the field; any other words may be written.
    """

    id: str
    kind: str
    label: Words
    hint: Words = NO_WORDS
    choices: str = ""
    default: object = None
    default_when: tuple[ConditionalDefault, ...] = ()
    terms: str = ""
    private: bool = False
    without_leave: bool = False
    private_when: str = ""
    always_public: bool = False
    by_language: bool = True
    main: bool = False
    more: bool = False
    hidden: bool = False
    addresses: bool = False
    proper: bool = False  # a name, an address, a number: one text serves both languages until there is a second

    @property
    def translatable(self) -> bool:
        """Whether its value is kept by language."""
        return self.kind in TEXT_KINDS and self.by_language

    def cell(self, lang: str) -> str:
        """Return the name of the cell that the value in `lang` is kept in."""
        return f"{self.id}@{lang}" if self.translatable else self.id


@dataclass(frozen=True, slots=True)
class Part:
    """A set of fields of one question: the answer itself (id "") or a list of rows.

    `store` names another question's rows ("open.contributions/rows") that this part is a view of, and `defaults`
    what a row added through the view starts with.
    """

    id: str
    fields: tuple[Field, ...]
    list: bool = False
    title: Words = NO_WORDS
    add: Words = NO_WORDS
    feeds: str = ""
    public_when: tuple[Condition, ...] = ()
    store: str = ""
    defaults: Mapping[str, object] | None = None
    more: bool = False

    def field(self, name: str) -> Field | None:
        """Return the field of that id, or None."""
        return next((field for field in self.fields if field.id == name), None)

    def home(self, question: str) -> tuple[str, str]:
        """Return the question and part that the rows are kept under: those of `question` itself, or of the view's."""
        source, _slash, name = self.store.partition("/")
        return (source, name) if source else (question, self.id)

    @property
    def main(self) -> Field | None:
        """The field a bare text answers: the one marked so, else the first."""
        return next((field for field in self.fields if field.main), self.fields[0] if self.fields else None)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the guide; `complete` lists alternatives, each a set of (part, field) to be filled."""

    id: str
    step: str
    scope: Scope
    text: Words
    short: Words
    help: Words
    example: Words
    parts: tuple[Part, ...]
    complete: tuple[tuple[tuple[str, str], ...], ...]
    feeds: str = ""
    form: str = ""
    appears: Words = NO_WORDS  # where it appears when that is no numbered section
    milestone: str = ""
    private: bool = False
    column: Words = NO_WORDS  # the head of its column in a table of partners, at most 10 cells
    words: Words = NO_WORDS  # everyday words by which it is also found; never shown

    @property
    def column_head(self) -> Words:
        """What stands above its column: the words of its own, else its short name."""
        return self.column if self.column.fr else self.short

    def part(self, name: str) -> Part | None:
        """Return the part of that id, or None."""
        return next((part for part in self.parts if part.id == name), None)

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
    """One sub-step of the page; `statement` is the paragraph that stands before the question `statement_before`.

    `statement_sections` are the ids of the agreement's sections that say what the statement names, in its order.
    """

    id: str
    title: Words
    short: Words
    questions: tuple[Question, ...]
    statement: Words = NO_WORDS
    statement_before: str = ""
    aside: bool = False  # reached by a key of its own, not walked through
    statement_sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionHead:
    """A section of the agreement; one that `stands` is printed even when nothing fills it."""

    id: str
    number: int
    heading: Words
    stands: bool = False


@dataclass(frozen=True, slots=True)
class HoleRule:
    """A named hole: open while the named field (or any row of the part) is empty and the question is not void."""

    id: str
    section: str
    question: str
    label: Words
    part: str = ""
    field: str = ""
    each_partner: bool = False


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
    words: Mapping[str, Words | tuple[Words, ...]]
    by_id: Mapping[str, Question]
    asking: Words = NO_WORDS  # the page's own line above each list of questions

    def question(self, name: str) -> Question:
        """Return the question of that id. Raises KeyError if there is none."""
        return self.by_id[name]

    @property
    def main_steps(self) -> tuple[Step, ...]:
        """The sub-steps of the page itself, without the optional complements."""
        return tuple(step for step in self.walked if step.id != "extra")

    @property
    def walked(self) -> tuple[Step, ...]:
        """The steps one walks through: the page's own and the complements."""
        return tuple(step for step in self.steps if not step.aside)

    def appears(self, question: Question, lang: str, numbers: Mapping[str, str]) -> str:
        """Return where a question appears in the document: « Structure, 4 ; Reddition de comptes, 8 »; "" for nowhere.

        `numbers` are the present numbers of the sections that are printed, by id; of another the title alone is said.
        """
        if question.appears.get(lang):
            return question.appears.get(lang)
        names = question.sections if not question.private else ()
        heads = [head for name in names if (head := self.section(name)) is not None]
        return semicolon(lang).join(
            ", ".join(filter(None, (head.heading.get(lang), numbers.get(head.id, ""))))
            for head in heads
            if head is not None
        )

    def choice(self, name: str, code: object, lang: str) -> str:
        """Return the words of a choice's code; the code itself when a newer program wrote one we do not know."""
        words = self.choices.get(name, {}).get(str(code))
        return words.get(lang) if words else str(code)

    def words_of(self, name: str, code: str) -> tuple[str, ...]:
        """Return all the words by which a choice is meant, in both languages, those of earlier versions included."""
        words = self.choices[name][code]
        return (words.fr, words.en, *self.earlier_words.get(name, {}).get(code, ()))

    def definition(self, name: str, code: object, lang: str) -> str:
        """Return what a choice means, in one line; "" where it is not explained."""
        return self.definitions.get(name, {}).get(str(code), NO_WORDS).get(lang)

    def word(self, key: str, lang: str, /, **values: object) -> str:
        """Return a set phrase of the agreement, filled in.

        `n` chooses between singular and plural where there are both.
        """
        words = self.words[key]
        if isinstance(words, tuple):
            count = values.get("n", 0)
            many = isinstance(count, int) and (count > 1 or (count == 0 and lang == "en"))
            words = words[1] if many else words[0]
        text = words.get(lang)
        if "name" in values and lang == "fr":
            text = contracted(text, values)
        return text.format(**values) if values else text

    def section(self, name: str) -> SectionHead | None:
        """Return the head of a section, or None."""
        return next((head for head in self.sections if head.id == name), None)
