"""Tests the same as test_caches for each field and mark of the guide, changed one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.agreement.test_caches import anew
from tests.partnership.private_places import cells_of, plain
from tests.partnership.told import AT, GUIDE
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.changes import apply
from tui.partnership.completion import VOID, ProgressCache, is_void_for_all, progress
from tui.partnership.holes import OpenHoles, open_holes
from tui.partnership.meetings import HELD
from tui.partnership.partners import ALL, PEOPLE, WHO, WHOLE
from tui.partnership.positions import (
    CONSENSUS,
    EXCEPTIONS,
    NOT_APPLICABLE,
    UNPRINTED_QUESTIONS,
    points,
    position_statuses,
    with_counted_text,
)
from tui.partnership.privacy import POSITIONS, PublicView, public_view
from tui.partnership.values import (
    ORDER,
    REMOVED,
    SETTINGS,
    STATE,
    Change,
    Entry,
    Partnership,
    answer_id,
    is_second_wording_cell,
)

pytestmark = pytest.mark.sampled

PARTNERS = ("here000000", "beside0000", "third00000")
FIRST, SECOND, THIRD = PARTNERS
PERSON, GROUP, QUOTED = f"{WHO}/people/0", "extra.groups/rows/0", "gather.objectives/rows/0"
DECIDING = frozenset({"status", "named", "state", "type", "agreed", "leave", "level"})  # each of their values is tried
PARTS = [(one, part) for one in GUIDE.by_id.values() for part in one.parts if not part.store]
# Public fields whose change no document of this partnership tells, besides those of meetings, which minutes tell.
SILENT = {
    # Who is interested may be named anyway; a description of one's own and an article stand in the place of the rest.
    (WHO, ""): {"named", "elides", "kind", "legal_form"},
    (WHO, "people"): {"listed"},  # the annex of contacts alone tells it
    ("extra.legal", ""): {"nature", "effect_on"},  # a text of one's own stands in its place; no date was chosen
    ("open.contributions", "rows"): {"recipients"},  # who is paid is told of money alone
    ("commit.funding", "rows"): {"told"},  # acquired money is told anyway
    ("open.how_many", ""): {"min", "max", "people_min", "people_max"},
    ("gather.procedures", ""): {"reservation", "leave"},  # answers to it are counted, never quoted
    ("commit.clarity", ""): {"clear"},
    # What is ratified awaits nothing, no sitting and no day for papers either.
    ("commit.consensus", ""): {"ratify_by", "ratify_on", "ratify_asked", "ratify_sittings", "ratify_papers"},
    ("extra.title", ""): {"kind"},  # a title of one's own stands in its place
}
MARKS: dict[str, list[Any]] = {ORDER: ["zz"], STATE: ["to_discuss", NOT_APPLICABLE], REMOVED: [True]}


def value(field: Field, number: int = 0) -> Any:
    """A value of a field that may be printed: a text of its own, and a reference to those who are here."""
    values = {
        "flag": number != 1, "partner": PARTNERS[number % 2], "number": 3 + number,
        "partners": {"ids": [FIRST, SECOND], "group": GROUP} if number < 2 else {"ids": [SECOND, THIRD], "group": ""},
        "someone": [{"person": PERSON}, {"partner": SECOND}][number % 2],
        "someones": [{"person": PERSON}, {"partner": SECOND}][number % 2 :],
        "date": f"2027-0{1 + number % 8}", "period": {"start": f"2027-0{1 + number % 8}", "end": "2027-12"},
        "amount": {"amount": str(100 + number), "currency": "CAD"}, "record": {"n": number}, "reference": f"r{number}",
        "line": f"{field.id} {number}", "prose": f"{field.id} {number} ?", "effort": f"{number + 2} h par semaine",
    }  # fmt: skip
    if field.kind == "choice":
        known = list(GUIDE.choices[field.choices])
        return known[number % len(known)]
    return values.get(field.kind, plain(field))


def entries_of(question: Question, part: Part) -> Iterator[Entry]:
    """An answer for each it is asked of; two rows of a list, the second one shared where rows can be."""
    subjects: list[tuple[str, ...]] = [()]
    if question.scope != "project":
        subjects = [(FIRST, SECOND)] if question.scope == "pair" else [(one,) for one in PARTNERS]
    for number, subject in enumerate((subjects * 2)[:2] if part.list else subjects):
        shared = number and part.field("partners") is not None
        name = f"{question.id}/{part.id}/{number}" if part.list else answer_id(question.id, subject)
        if question.id == WHO and not part.list:
            name = subject[0]
        yield Entry(name, question.id, part.id, () if shared else subject)


def full(*, answered: bool) -> Partnership:
    """Three partners, with every field of every question filled so that it may be seen.

    Only where it is `answered` have the partners said what they think of the text, all on its present words.
    """
    changes: list[Change] = []
    for question, part in PARTS:
        shows = {one.field: one.values[0] for one in part.public_when[:1] if one.of == "entry"}
        for number, entry in enumerate(entries_of(question, part) if answered or question.id not in POSITIONS else ()):
            for field in part.fields:
                held = shows.get(field.id, value(field, number))
                if part.id == EXCEPTIONS and field.id == "point":
                    held = QUOTED  # a sentence that is not there is not quoted
                if field.kind == "partners" and not number and question.scope != "project":
                    held = None
                changes += [_change(entry, cell, held) for cell in cells_of(field) if not is_second_wording_cell(cell)]
            changes.append(_change(entry, ORDER, str(number)))
    partnership = apply(Partnership("aaaaaaaaaa"), changes, by="Marie", at=AT).partnership
    now = points(GUIDE, public_view(GUIDE, partnership))
    seen = [_change(entry, "seen", now) for name in POSITIONS for entry in partnership.rows(name)]
    return apply(partnership, seen, by="Marie", at=AT).partnership


def _change(entry: Entry, cell: str, held: Any) -> Change:
    return Change(entry.id, entry.question, cell, held, entry.part, entry.subject)


def others(part: Part, cell: str, held: Any) -> list[Any]:
    """What a cell is changed to: each other value where it decides what is seen, else another one; and none."""
    if cell in MARKS:
        return MARKS[cell]
    field = part.field(cell.partition("@")[0])
    assert field is not None
    if field.kind == "choice" and field.id in DECIDING:
        return [*(one for one in GUIDE.choices[field.choices] if one != held), None]
    if field.kind == "flag":
        return [not held, None]
    another = next(one for one in (value(field, 5), value(field, 6)) if one != held)
    not_understood = [{"typed": "un jour"}, {"typed": "une fois"}] if field.kind in ("date", "period", "amount") else []
    return [another, *not_understood, None] if field is part.main else [another, *not_understood]


def tried(part: Part, number: int, entry: Entry) -> list[str]:
    """The cells to be changed: of a second row, which is shared, only its words and who shares it."""
    english = [cell for cell in entry.cells if cell.endswith("@en")]
    if number:
        return [cell for cell in entry.cells if part.main and cell in (cells_of(part.main)[0], "partners")]
    return [*(cell for cell in entry.cells if cell not in english), *english[:1], STATE, REMOVED]


def said(agreement: Agreement, section: str) -> object:
    """The document, or one of its sections."""
    return next(one for one in agreement.sections if one.id == section) if section else agreement


class Kept:
    """All that is kept from one value to the next, told of the same partnership before each change."""

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self.composer, self.views, self.holes = Composer(GUIDE), PublicView(GUIDE), OpenHoles(GUIDE)
        self.progress = ProgressCache(GUIDE)
        self.view = public_view(GUIDE, self.partnership)
        self.before = {lang: self.composer.agreement(self.partnership, lang) for lang in ("fr", "en")}
        assert self.before == {lang: self.made(self.partnership, lang) for lang in ("fr", "en")}

    def made(self, partnership: Partnership, lang: str) -> Agreement:
        """The agreement as it is made of what is kept, once it and all it rests on equal what is made anew."""
        fresh, anew_composer = anew(partnership), Composer(GUIDE)
        agreement = anew_composer.agreement(fresh, lang)
        public = anew(anew_composer.public(fresh).view)
        found, now = self.views.of(partnership), points(GUIDE, public)
        view = found.view
        assert (partnership.by_part, partnership.by_giver) == (fresh.by_part, fresh.by_giver)
        assert (view.entries, view.tallies) == (public.entries, anew_composer.public(fresh).view.tallies)
        assert (view.by_part, view.by_giver) == (public.by_part, public.by_giver)
        assert (found.points, found.answers) == (now, position_statuses(fresh, now))
        assert found.holes == self.holes.of(view) == open_holes(GUIDE, public)
        for question in GUIDE.by_id.values():
            found_so_far = progress(fresh, question)
            assert self.progress.of(partnership, question) == found_so_far, question.id
            assert is_void_for_all(fresh, question) is (found_so_far.state == VOID), question.id
        assert self.composer.agreement(partnership, lang) == agreement
        return agreement

    def tells(self, entry: Entry, cell: str, values: Iterable[Any], *first: Change, section: str = "") -> bool:
        """Whether the document, or a section, says something else for one of these values, each after the one before.

        Taken back, it says what it said. `first` is changed before.
        """
        lang, told = "en" if cell.endswith("@en") else "fr", False
        partnership = apply(self.partnership, first, by="Marie", at=AT).partnership
        before = said(self.made(partnership, lang) if first else self.before[lang], section)
        for held in values:
            partnership = apply(partnership, [_change(entry, cell, held)], by="Marie", at=AT).partnership
            told = said(self.made(partnership, lang), section) != before or told
        assert self.composer.agreement(self.partnership, lang) == self.before[lang]
        assert self.views.of(self.partnership).view == self.view
        return told


@pytest.fixture(scope="module")
def unanswered() -> Kept:
    """No answer hangs on the words: a section is made anew for what it reads alone."""
    return Kept(full(answered=False))


@pytest.fixture(scope="module")
def answered() -> Kept:
    """Every changed word reopens the answers."""
    return Kept(full(answered=True))


@pytest.mark.parametrize(("question", "part"), PARTS, ids=lambda one: getattr(one, "id", one))
def test_each_field_changed_in_what_is_kept_is_what_is_made_anew(
    unanswered: Kept, answered: Kept, question: Question, part: Part
) -> None:
    kept = answered if question.id in POSITIONS else unanswered
    told = set()
    names = [one.id for one in entries_of(question, part)]
    for number, name in enumerate(names if part.list else names[1:2] or names):
        entry = kept.partnership.entries[name]
        for cell in tried(part, number, entry):
            if kept.tells(entry, cell, others(part, cell, entry.get(cell))):
                told.add(cell.partition("@")[0])
    public = {one.id for one in part.fields if not one.private and not one.hidden}
    followed = question.id.startswith("follow.") and not question.sections
    after = question.id == HELD or followed  # told in minutes and lists, never in the text
    silent = public if after else SILENT.get((question.id, part.id), set())
    assert public - told == silent, "so that what follows a change can be seen to follow it"
    assert not told & {one.id for one in part.fields if one.private}
    assert (REMOVED in told) is bool(public & told)


@pytest.mark.parametrize("question", GUIDE.by_id.values(), ids=lambda one: one.id)
def test_each_mark_of_an_answer_set_in_what_is_kept_is_what_is_made_anew(unanswered: Kept, question: Question) -> None:
    """Also of an answer that has rows alone, for all and for one partner."""
    alone = [(FIRST,)] if question.scope.startswith("partner") and question.id != WHO else []
    for subject in (*alone, ()):
        entry = Entry(answer_id(question.id, subject), question.id, WHOLE if question.id == WHO else "", subject)
        told = unanswered.tells(entry, STATE, MARKS[STATE])
        assert not told or (question.feeds and not question.private)


@pytest.mark.parametrize(("question", "part"), PARTS, ids=lambda one: getattr(one, "id", one))
def test_words_changed_under_the_answers_reopen_them_in_what_is_kept(
    answered: Kept, question: Question, part: Part
) -> None:
    """Of a sentence of the document that changes each answer tells at once, and of nothing else."""
    main = part.main
    assert main is not None
    entry, cell = answered.partnership.entries[next(entries_of(question, part)).id], cells_of(main)[0]
    told = answered.tells(entry, cell, others(part, cell, entry.get(cell)), section="signatures")
    sentence = bool(question.feeds or part.feeds) and question.id not in UNPRINTED_QUESTIONS and not main.private
    assert told is (sentence or question.id == CONSENSUS or question.id == WHO)


def test_a_partner_who_leaves_or_may_no_longer_be_named_reopens_the_answers_of_others(answered: Kept) -> None:
    entry = answered.partnership.entries[THIRD]
    unnamed = _change(entry, "named", None)
    for status in ("prospective", "declined", "withdrawn"):
        assert answered.tells(entry, "status", [status], unnamed, section="signatures"), status


def test_whom_a_commitment_pays_and_what_its_sentence_names_follow_in_what_is_kept(unanswered: Kept) -> None:
    row = next(one for one in unanswered.partnership.rows("open.contributions", "rows") if one.subject == (FIRST,))
    money, paid = _change(row, "type", "money"), {"ids": [SECOND], "group": ""}
    assert unanswered.tells(row, "recipients", [paid, {"ids": [THIRD], "group": ""}], money, section="resources")
    named = [_change(row, "recipients", None), _change(row, "text@fr", "verser 100 $ à Lieu")]
    place = unanswered.partnership.entries[SECOND]
    assert unanswered.tells(place, "short_name@fr", ["Lieu", "Endroit"], money, *named, section="resources")


@pytest.mark.parametrize("cell", ["article", "gender", "number", "elides"])
def test_the_grammar_of_a_french_name_changes_nothing_in_english(unanswered: Kept, cell: str) -> None:
    choices = GUIDE.choices["name_elision" if cell == "elides" else f"name_{cell}"]
    for held in (*choices, None):
        change = _change(unanswered.partnership.entries[SECOND], cell, held)
        changed = apply(unanswered.partnership, [change], by="Marie", at=AT).partnership
        assert unanswered.made(changed, "en") == unanswered.before["en"]
        unanswered.made(changed, "fr")


@pytest.mark.parametrize("group", [ALL, GROUP])
def test_a_partner_whom_a_row_names_through_a_group_follows_in_what_is_kept(unanswered: Kept, group: str) -> None:
    row = next(one for one in unanswered.partnership.rows("commit.time", "rows") if one.subject == (FIRST,))
    first = [
        _change(unanswered.partnership.entries[GROUP], "members", {"ids": [FIRST, SECOND, THIRD], "group": ""}),
        _change(row, "partners", {"ids": [FIRST, THIRD], "group": group}),
    ]
    left_out = unanswered.partnership.entries[SECOND]
    assert unanswered.tells(left_out, "short_name@fr", ["Lieu", "endroit"], *first, section="term")


def test_a_row_that_may_be_printed_from_now_on_or_no_longer_is_in_its_place(unanswered: Kept) -> None:
    row = unanswered.partnership.rows("open.contributions", "rows")[0]
    assert unanswered.tells(row, "state", ["wished", "accepted", None, "confirmed"], section="commitments")


def test_an_exception_that_may_not_be_told_silences_the_answer_in_what_is_kept(answered: Kept) -> None:
    row = Entry("silent0000", CONSENSUS, EXCEPTIONS, (SECOND,))
    assert answered.tells(row, "text@fr", ["sauf ceci", None], section="signatures")


def test_a_sentence_that_an_exception_quotes_reworded_in_what_is_kept(answered: Kept) -> None:
    """An exception to a sentence lets it be reworded under the answer, which says nothing else for it."""
    gone = [
        _change(entry, REMOVED, True)
        for entry in answered.partnership.entries.values()
        if entry.question in POSITIONS and entry.subject != (FIRST,)
    ]
    quoted = answered.partnership.entries[QUOTED]
    english = _change(quoted, "text@en", None)  # it says the same words
    assert answered.tells(quoted, "text@fr", ["tout autre chose", None], *gone, english, section="signatures")


def test_counts_that_came_without_their_answers_are_reopened_in_what_is_kept(answered: Kept) -> None:
    view = answered.view
    entries = {name: one for name, one in view.entries.items() if one.question not in POSITIONS}
    tallies = with_counted_text(view.tallies, answered.views.of(answered.partnership).points)
    handed = Kept(Partnership(view.id, view.rev, entries, AT, tallies=tallies))
    assert handed.tells(entries["gather.vision"], "goal@fr", ["une porte"], section="signatures")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("region_fr", ["fr-FR", "fr-CA"]),
        ("drafts", [3]),
        ("adopted", [{"version": "v", "on": "2026-12-01", "text": "t"}]),
    ],
)
def test_a_setting_changed_in_what_is_kept_is_what_is_made_anew(unanswered: Kept, name: str, values: list[Any]) -> None:
    assert unanswered.tells(Entry(SETTINGS, SETTINGS), name, values)


@pytest.mark.parametrize("section", ["resources", "open_points"])
def test_a_section_that_goes_changes_the_numbers_that_kept_sections_name(unanswered: Kept, section: str) -> None:
    gift = unanswered.partnership.entries["open.contributions/rows/0"]
    unvalued = _change(gift, "value", None)  # « dans la section 8 » then says where it stands
    vision = Entry("gather.vision", "gather.vision", "", ())
    assert unanswered.tells(vision, STATE, [NOT_APPLICABLE], unvalued, section=section)


@pytest.mark.parametrize("part", ["", PEOPLE])
def test_what_is_taken_away_is_still_changed_where_a_line_names_it(unanswered: Kept, part: str) -> None:
    """A line of the lead names a partner, or its person, who was taken away by mistake, and then gets another name."""
    entry = unanswered.partnership.entries[FIRST if not part else PERSON]
    gone = _change(entry, REMOVED, True)
    assert unanswered.tells(entry, "name@fr" if not part else "name", ["Autre nom"], gone)


def test_a_partner_emptied_of_all_it_said_is_gone_from_what_is_kept(unanswered: Kept) -> None:
    assert unanswered.tells(Entry("emptied000", WHO, "", ("emptied000",)), "status", ["interested", None])
    assert unanswered.tells(Entry("emptied001", WHO, "", ("emptied001",)), STATE, ["to_confirm", None])
