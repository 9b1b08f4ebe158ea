"""What each section is composed from, and whether it differs from what the section was composed from last.

A section reads the answers to some questions. It may also print names: the *cast* is what a sentence may need to know
of partners and people to name them. A section of which nothing has changed is not composed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import is_

from tui.agreement.partner_blocks import GRAMMAR, Cast, cast_of, texts_of
from tui.agreement.phrasing import Phrasing
from tui.agreement.signature_section import printable_positions
from tui.partnership.field_kinds import unparsed_text
from tui.partnership.newest import Newest
from tui.partnership.partners import ALL, PEOPLE, WHO
from tui.partnership.section_order import ARTICLES, section_of
from tui.partnership.values import Entry

GROUPS = "extra.groups"  # the question that holds the names of groups of partners, and their members
_READ_BY_ALL = frozenset({GROUPS, ARTICLES})  # any section may print an article, or name a group
ByQuestion = Mapping[str, Sequence[Sequence[Entry]]]  # by question id its entries, part by part
SectionRows = tuple[Sequence[Entry], ...]  # the rows of each part that a section reads

# The (section, question, fields) of which the section never prints the fields, though it reads their rows.
_UNPRINTED_FIELDS = (
    ("partners", WHO, ("auth_body", "auth_number", "auth_date", "auth_bylaw", "legal_form", "legal_text")),
    ("partners", WHO, ("signs", "listed", "language")),  # of people: the list names who is accountable
    ("signatures", WHO, ("role", "address", "address_withheld", "from", "until", "legal_text")),
    ("signatures", WHO, ("accountable", "listed", "language")),  # of people: here those sign who may
    ("signatures", "extra.legal", ("no_company", "effect", "effect_on", "prevails")),
    ("commitments", "open.contributions", ("type", "value", "recipients")),
    ("commitments", "extra.legal", ("no_company", "effect", "effect_on", "prevails", "counterparts")),
    ("term", "extra.legal", ("text", "nature", "no_company", "prevails", "counterparts")),
    ("nature", "extra.legal", ("effect", "effect_on", "counterparts")),
    ("responsibilities", "open.contributions", ("text", "type", "ceiling", "value", "recipients", "effort", "due")),
    ("responsibilities", "gather.objectives", ("indicator", "due")),
    ("responsibilities", "gather.lead", ("mandate", "until")),
    ("resources", "open.contributions", ("effort", "owner")),
)
_FRENCH = frozenset((WHO, name) for name in GRAMMAR)  # of these cells no English sentence depends
# By section the (question, field) pairs that it never prints: typing there changes nothing.
_UNPRINTED: Mapping[str, frozenset[tuple[str, str]]] = {
    section: frozenset(
        (question, field) for other, question, fields in _UNPRINTED_FIELDS if other == section for field in fields
    )
    for section, _question, _fields in _UNPRINTED_FIELDS
}


# The sections that may name any group: the list of partners, money (whom a sentence pays, by name), and those that
# quote sentences of all questions. The others name only the groups that an answer they read refers to.
_NAME_ANY_GROUP = frozenset({"partners", "resources", "open_points", "signatures"})
# The sections that may name people to whom no answer they read refers: the accountable person, or a quoted one.
_NAME_ANYONE = frozenset({"partners", "lead", "responsibilities", "open_points", "signatures"})
# The sections that name each partner, or any that a sentence names; the others name those to whom an answer refers.
_NAME_ANY_PARTNER = frozenset({"commitments", "resources"})
_PRINT_TITLES = frozenset({"lead", "responsibilities"})  # they print titles and accountable people, but read no WHO


class AnswerTexts:
    """Keeps the single words in the answers to each question; ids of people and groups they refer to are among them."""

    def __init__(self) -> None:
        self._words = Newest[frozenset[str]]()  # by question id
        self._casts = Newest[tuple[Cast, Cast]]()  # by language: `cast_of`, the same objects while nobody changes
        self._casts_of_sections = Newest[Cast]()  # by section id and language: those whom the section may name
        # By entry id the entry and its words: while one row of many is typed in, no other row is read again.
        self._words_of_entries: dict[str, tuple[Entry, frozenset[str]]] = {}

    def named(self, by_question: ByQuestion, questions: Iterable[str], ids: frozenset[str]) -> set[str]:
        """Return those of `ids` to which the answers to `questions` (ids) refer."""
        return {id_ for question in questions for id_ in ids & self.words(question, by_question.get(question, ()))}

    def casts(self, everyone: Sequence[Entry], lang: str) -> tuple[Cast, Cast]:
        """Return `cast_of` the entries of partners and people."""
        return self._casts.of(lang, tuple(everyone), lambda: cast_of(everyone, lang))

    def cast_among(self, section: str, lang: str, cast: Cast, named: frozenset[str]) -> Cast:
        """Return those of a cast whose ids are in `named`, for a section."""

        def members() -> Cast:
            return {member_id: cells for member_id, cells in cast.items() if member_id in named}

        return self._casts_of_sections.of(f"{section} {lang}", (cast, named), members)

    def words(self, question: str, parts: Sequence[Sequence[Entry]]) -> frozenset[str]:
        """Return the single words in the answers to a question (id), given part by part."""
        entries = chain.from_iterable(parts)
        return self._words.of(question, tuple(parts), lambda: frozenset().union(*map(self._words_of_entry, entries)))

    def _words_of_entry(self, entry: Entry) -> frozenset[str]:
        """Return the single words in the cells of an entry."""
        earlier = self._words_of_entries.get(entry.id)
        if earlier is None or earlier[0] is not entry:
            words = frozenset(text for text in texts_of((entry,)) if " " not in text)
            earlier = self._words_of_entries[entry.id] = entry, words
        return earlier[1]


class SectionSources:
    """The entries and names of one public view from which each section is composed."""

    def __init__(self, phrasing: Phrasing, texts: AnswerTexts) -> None:
        """`texts` is kept from one view to the next, so that only changed questions are read again."""
        view, self._texts = phrasing.view, texts
        self._by_question: dict[str, list[Sequence[Entry]]] = {}
        for (question, _part), entries in view.by_part.items():
            self._by_question.setdefault(question, []).append(entries)
        self._articles: dict[str, list[Entry]] = {}  # by the id of the section in which they are printed
        for row in phrasing.rows(ARTICLES):
            self._articles.setdefault(section_of(row), []).append(row)
        self._groups = tuple(chain.from_iterable(self._by_question.get(GROUPS, ())))
        everyone = [entry for entry in view.entries.values() if entry.question == WHO]
        self._people = {entry.id: entry.subject for entry in everyone if entry.part == PEOPLE}
        self._lang, self._hidden = phrasing.lang, view.hidden_people
        self.cast, self._titles = texts.casts(everyone, phrasing.lang)
        # What the name of any partner may change in each section: the line that counts those without a name, and which
        # words keep their small letter at the head of a sentence.
        self._any_name = phrasing.nameless_ids, phrasing.small_names
        # What any section may print besides the answers that it reads, and the cast.
        self._common = (
            *(phrasing.kind, phrasing.partners_counted, phrasing.settled, self._any_name, self._hidden),
            *(view.tallies, printable_positions(phrasing)),
        )
        # The last argument of `changed_since`, and what it returned.
        self._compared: tuple[SectionSources, frozenset[str] | None] | None = None

    def changed_since(self, before: SectionSources) -> frozenset[str] | None:
        """Return the ids of the questions whose answers differ from `before`; None if any section may differ."""
        if self._compared is None or self._compared[0] is not before:
            self._compared = before, self._changed_since(before)
        return self._compared[1]

    def _changed_since(self, before: SectionSources) -> frozenset[str] | None:
        """Return what `changed_since` does, which keeps it."""
        question_ids = before._by_question.keys() | self._by_question.keys()
        changed = frozenset(id_ for id_ in question_ids if before._by_question.get(id_) != self._by_question.get(id_))
        has_same_cast = self.cast is before.cast and self._titles is before._titles
        has_same_common = has_same_cast and self._common == before._common
        return changed if has_same_common and changed.isdisjoint(_READ_BY_ALL) else None

    def rows(self, section: str, questions: frozenset[str]) -> SectionRows:
        """Return the entries that a section prints, which reads the answers to `questions` (ids)."""
        answers = chain.from_iterable(self._by_question.get(question, ()) for question in sorted(questions))
        return (*answers, tuple(self._articles.get(section, ())), self._groups_in(section, questions))

    def _groups_in(self, section: str, questions: frozenset[str]) -> tuple[Entry, ...]:
        """Return the groups of partners that a section may name."""
        groups = self._groups
        if groups and section not in _NAME_ANY_GROUP:
            named = self._texts.named(self._by_question, questions, frozenset(group.id for group in groups))
            groups = tuple(group for group in groups if group.id in named)
        return groups

    def people(self, section: str, questions: frozenset[str]) -> tuple[object, ...]:
        """Return what a section may print of partners and people: their cells, titles if any, and `_any_name`."""
        if section in _NAME_ANYONE:
            return self.cast, self._titles if section in _PRINT_TITLES else None
        ids = frozenset({*self.cast, ALL})
        named = self._texts.named(self._by_question, questions, ids)
        for group in self._groups:
            if group.id in named or section in _NAME_ANY_GROUP:
                named |= ids & self._texts.words(group.id, ((group,),))
        if ALL in named or section in _NAME_ANY_PARTNER:
            named |= self.cast.keys() - self._people.keys()
        # A person is named only together with its partner: a partner that may not be named hides it.
        for person in named & (self._people.keys() | self._hidden.keys()):
            named |= {*self._people.get(person, ()), self._hidden.get(person, "")}
        return self._texts.cast_among(section, self._lang, self.cast, frozenset(named)), self._any_name


def same_rows(section: str, lang: str, section_rows: SectionRows, other: SectionRows) -> bool:
    """Return whether the section with the id `section` prints the same for both, in `lang`.

    Then the entries are the same objects, or differ only in fields that the section never prints.
    """
    unprinted = _UNPRINTED.get(section, frozenset()) | (frozenset[tuple[str, str]]() if lang == "fr" else _FRENCH)
    return len(section_rows) == len(other) and all(
        _prints_same(rows, other_rows, unprinted) for rows, other_rows in zip(section_rows, other, strict=True)
    )


def _prints_same(rows: Sequence[Entry], other: Sequence[Entry], unprinted: frozenset[tuple[str, str]]) -> bool:
    """Return whether two lists of rows are alike but for `unprinted` fields; the fast comparison comes first."""
    if rows is other or (len(rows) == len(other) and all(map(is_, rows, other))):
        return True
    if len(rows) != len(other):
        return False
    return all(a is b or _printed(a, unprinted) == _printed(b, unprinted) for a, b in zip(rows, other, strict=True))


def _printed(entry: Entry, unprinted: frozenset[tuple[str, str]]) -> tuple[object, ...]:
    """Return what an entry holds to be printed, besides the `unprinted` fields, to be compared."""
    cells = {
        # What was not understood prints the same, whatever it is.
        key: None if unparsed_text(cell.value) else cell.value
        for key, cell in entry.cells.items()
        if cell.value is not None and (entry.question, key.partition("@")[0]) not in unprinted
    }
    return entry.id, entry.question, entry.part, entry.subject, entry.is_in_use, entry.order, cells
