"""What each section is composed from, and whether it differs from what the section was composed from last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import is_

from tui.agreement.partner_blocks import Cast, cast_of, texts_of
from tui.agreement.phrasing import Phrasing
from tui.partnership.newest import Newest
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.section_order import ARTICLES, section_of
from tui.partnership.values import Entry

GROUPS = "extra.groups"  # the question that holds the names of groups of partners, and their members
ByQuestion = Mapping[str, Sequence[Sequence[Entry]]]  # the entries of each question, part by part
SectionRows = tuple[Sequence[Entry], ...]  # the rows of each part that a section reads

# By section the (question, field) pairs that it never prints, though it reads their rows: typing there changes nothing.
_UNPRINTED: Mapping[str, frozenset[tuple[str, str]]] = {
    section: frozenset((question, name) for name in names)
    for section, question, names in (
        ("commitments", "open.contributions", ("type", "value", "recipients")),
        ("responsibilities", "open.contributions", ("text", "type", "ceiling", "value", "recipients", "effort", "due")),
        ("resources", "open.contributions", ("effort", "owner")),
    )
}


# The sections that may name any group: the list of partners, money (whom a sentence pays, by name), and those that
# quote sentences of all questions. The others name only the groups that an answer they read refers to.
_NAME_ANY_GROUP = frozenset({"partners", "resources", "open_points", "signatures"})
# The sections that may name people to whom no answer they read refers: the one accountable, or a quoted one.
_NAME_ANYONE = frozenset({"partners", "lead", "responsibilities", "open_points", "signatures"})
_PRINT_TITLES = frozenset({"lead", "responsibilities"})  # they print titles and accountable people, but read no WHO


class AnswerTexts:
    """Keeps the single words in the answers to each question; ids of people and groups they refer to are among them."""

    def __init__(self) -> None:
        self._words = Newest[frozenset[str]]()  # by question id
        # By entry id the entry and its words: while one row of many is typed in, no other row is read again.
        self._words_of_entries: dict[str, tuple[Entry, frozenset[str]]] = {}

    def named(self, by_question: ByQuestion, questions: Iterable[str], ids: frozenset[str]) -> set[str]:
        """Return those of `ids` to which the answers to `questions` (ids) refer."""
        return {found for question in questions for found in ids & self._of(question, by_question.get(question, ()))}

    def _of(self, question: str, parts: Sequence[Sequence[Entry]]) -> frozenset[str]:
        entries = chain.from_iterable(parts)
        return self._words.of(question, tuple(parts), lambda: frozenset().union(*map(self._of_entry, entries)))

    def _of_entry(self, entry: Entry) -> frozenset[str]:
        kept = self._words_of_entries.get(entry.id)
        if kept is None or kept[0] is not entry:
            words = frozenset(text for text in texts_of((entry,)) if " " not in text)
            kept = self._words_of_entries[entry.id] = entry, words
        return kept[1]


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
        self._people = frozenset(entry.id for entry in everyone if entry.part == PEOPLE)
        self.cast, self._titles = cast_of(everyone)

    def rows(self, section: str, questions: frozenset[str]) -> SectionRows:
        """Return the entries that a section prints, which reads the answers to `questions` (ids; "*": all)."""
        asked = self._by_question if "*" in questions else sorted(questions)
        answers = chain.from_iterable(self._by_question.get(question, ()) for question in asked)
        groups = self._groups
        if groups and section not in _NAME_ANY_GROUP:
            named = self._texts.named(self._by_question, questions, frozenset(group.id for group in groups))
            groups = tuple(group for group in groups if group.id in named)
        return (*answers, tuple(self._articles.get(section, ())), groups)

    def people(self, section: str, questions: frozenset[str]) -> tuple[Cast, Cast | None]:
        """Return the cells of partners and people that a section may print, and those of titles, if any."""
        if section in _NAME_ANYONE:
            return self.cast, self._titles if section in _PRINT_TITLES else None
        unnamed = self._people - self._texts.named(self._by_question, questions, self._people)
        return {name: cells for name, cells in self.cast.items() if name not in unnamed}, None


def same_rows(section: str, section_rows: SectionRows, other: SectionRows) -> bool:
    """Return whether the section with that id prints the same for both.

    Then the entries are the same objects, or differ only in fields that the section never prints.
    """
    unprinted = _UNPRINTED.get(section, frozenset())
    return len(section_rows) == len(other) and all(
        _prints_same(rows, other_rows, unprinted) for rows, other_rows in zip(section_rows, other, strict=True)
    )


def _prints_same(rows: Sequence[Entry], other: Sequence[Entry], unprinted: frozenset[tuple[str, str]]) -> bool:
    """Return whether two lists of rows are alike but for `unprinted` fields; the fast comparison comes first."""
    if rows is other or (len(rows) == len(other) and all(map(is_, rows, other))):
        return True
    if not unprinted or len(rows) != len(other):
        return False
    return all(a is b or _printed(a, unprinted) == _printed(b, unprinted) for a, b in zip(rows, other, strict=True))


def _printed(entry: Entry, unprinted: frozenset[tuple[str, str]]) -> tuple[object, ...]:
    """Return what an entry holds besides the `unprinted` fields, to be compared."""
    cells = {
        key: cell.value for key, cell in entry.cells.items() if (entry.question, key.partition("@")[0]) not in unprinted
    }
    return entry.id, entry.question, entry.part, entry.subject, entry.is_in_use, entry.order, cells
