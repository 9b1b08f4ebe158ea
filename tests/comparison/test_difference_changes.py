"""Differences of a returned text are accepted: the document then says what came back, once, and nothing private."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.comparison.taking import changes_accepting
from tests.partnership.private_places import everywhere
from tests.partnership.told import AT, GUIDE, Told
from tui.agreement.blocks import NOWHERE
from tui.agreement.compose import Composer
from tui.comparison.field_changes import Changes
from tui.comparison.returned_diff import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    Difference,
    OriginalLine,
    ReturnedLine,
    match_lines,
)
from tui.comparison.returned_match import agreement_lines
from tui.partnership.changes import apply
from tui.partnership.privacy import PublicView, is_public
from tui.partnership.values import Change, Partnership
from tui.text.word_diff import word_keys
from tui.workspace.samples import samples

# Shared by all tests, since they keep what an edit does not change.
COMPOSER = Composer(GUIDE)
VIEWS = PublicView(GUIDE)
NEW = "Un mot que personne n'attendait"
KINDS = (CHANGED, ADDED, REMOVED, MOVED)


def told(partnership: Partnership, lang: str = "fr") -> list[OriginalLine]:
    """Return the lines of the document."""
    return agreement_lines(GUIDE, COMPOSER.agreement(partnership, lang))


def taking(partnership: Partnership, one: Difference) -> Changes | None:
    """The changes that take a difference in, by a view that is kept."""
    return changes_accepting(GUIDE, partnership, one, view=VIEWS.of(partnership).view)


def near(ours: list[OriginalLine], at: int, *theirs: str, gone: int = 1) -> tuple[Difference, ...]:
    """Return the differences if `gone` lines of ours from `at` on came back as `theirs`, among a few lines around."""
    first, last = max(0, at - 4), at + gone + 4
    lines = [one.text for one in ours]
    return match_lines(
        ours[first:last], [ReturnedLine(text) for text in (*lines[first:at], *theirs, *lines[at + gone : last])]
    )


def rows(ours: list[OriginalLine]) -> Iterator[tuple[int, int]]:
    """The place and the width of each row of a table."""
    at = 0
    while at < len(ours):
        wide = 1
        while ours[at].cell and at + wide < len(ours) and ours[at + wide].origin.entry == ours[at].origin.entry != "":
            wide += 1
        if ours[at].cell and wide > 1:
            yield at, wide
        at += wide


def different(ours: list[OriginalLine], many: int) -> Iterator[int]:
    """Yield the indexes of the lines, at most `many` of each kind: those of many partners are alike."""
    seen: Counter[object] = Counter()
    for at, one in enumerate(ours):
        kind = (one.section, one.origin.question, one.origin.field, one.whole, one.cell)
        seen[kind] += 1
        if seen[kind] <= many:
            yield at


def edits(ours: list[OriginalLine]) -> Iterator[Difference]:
    """One edit after the other, all over a document: a line changed, put in, taken out, moved; a row put in."""
    for at in different(ours, 2):
        one = ours[at]
        yield from near(ours, at, f"{one.text} zut")
        yield from near(ours, at, NEW)
        yield from near(ours, at, "juin 2027")
        yield from near(ours, at, one.text, NEW)
        yield from near(ours, at)
        yield from near(ours, at, *(other.text for other in ours[at : at + 2][::-1]), gone=2)
    for at, wide in {ours[at].origin.question + ours[at].section: (at, wide) for at, wide in rows(ours)}.values():
        row = [one.text for one in ours[at : at + wide]]
        yield from near(ours, at, *row, NEW, *["—"] * (wide - 1), gone=wide)
        yield from near(ours, at, *row, NEW, *row[1:], gone=wide)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_returned_line_writes_what_is_private(lang: str) -> None:
    partnership = everywhere().partnership()
    ours = told(partnership, lang)
    assert {one.origin.question for one in ours if one.cell or one.label} >= {"commit.funding", "gather.objectives"}
    met = set()
    for one in edits(ours):
        made = taking(partnership, one) or ()
        after = apply(partnership, made, by="", at=AT).partnership
        for change in made:
            met.add(one.kind)
            assert is_public(GUIDE, after, after.entries[change.entry], change.cell), (one, change)
    assert met == set(KINDS)


# -- what is accepted stands in the document ---------------------------------------------------------------------------


def accepted(partnership: Partnership, one: Difference) -> Partnership | None:
    """The partnership with a difference taken in; None where that changes nothing."""
    made = taking(partnership, one)
    return apply(partnership, made, by="", at=AT).partnership if made else None


def is_value(one: Difference) -> bool:
    """Whether the line says a date, an amount or a choice, which the program writes in words of its own."""
    origin = one.ours.origin
    parts = GUIDE.by_id[origin.question].parts if origin.question else ()
    kinds = {field.kind for part in parts for field in part.fields if field.id == origin.field}
    return bool(kinds) and kinds <= {"amount", "choice", "date", "number", "period"}


def bare(text: str) -> tuple[str, ...]:
    """The words of a line: the comma before what was taken out is no loss."""
    return tuple(word for word in word_keys(text) if word.isalnum())


def reworded(text: str) -> Iterator[str]:
    """The text with a word replaced, taken out, or put in once more; a short one at each place, a long one at some."""
    words = text.split(" ")
    places = range(len(words)) if len(words) < 12 else (0, len(words) // 2, len(words) - 1)
    for place in places:
        for new in (["zut"], [], [words[0], words[place]]):
            found = " ".join((*words[:place], *new, *words[place + 1 :])).strip("[] ")  # of a hole
            yield found[:1].upper() + found[1:] if text[:1].isupper() else found  # as each paragraph begins


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_each_word_that_is_changed_stands_in_the_document_or_nowhere(number: int) -> None:
    """A word of the program's own (« s'engage à », a name, a heading) is no word of a field beside it."""
    partnership = samples()[number].partnership
    lang = str(partnership.setting("lang", "fr"))
    ours = told(partnership, lang)
    here = {bare(line.text) for line in ours}
    answers: Counter[str] = Counter()
    for at in different(ours, 1):
        for theirs in reworded(ours[at].text):
            found = near(ours, at, theirs)
            if len(found) != 1 or found[0].kind != CHANGED:
                continue
            made = taking(partnership, found[0])
            answers[str(made and "taken")] += 1
            value = is_value(found[0])
            theirs = found[0].theirs if ours[at].hole else theirs  # of a hole, what was typed over our words
            if made == ():
                assert value or bare(theirs) in here, (theirs, found[0], "it is not so")
            elif made:
                after = apply(partnership, made, by="", at=AT).partnership
                said = {bare(line.text) for line in told(after, lang)}
                assert value or bare(theirs) in said, (theirs, found[0])
                assert not taking(after, found[0]), "a second time it says so already"
    assert answers["None"] > 5 and answers["taken"] > 5


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_hole_that_is_filled_stands_in_its_own_section_or_nowhere(lang: str) -> None:
    """Holes of two sections may come from one question: « gouvernance » and « reddition de comptes »."""
    partnership = Told("Centre A", "Centre B").partnership
    ours = told(partnership, lang)
    filled = set()
    for at, hole in enumerate(ours):
        if not hole.whole:
            continue
        for text in ("Mot neuf", "Juin 2027", "Centre A"):
            for one in near(ours, at, text):
                after = accepted(partnership, one)
                if after is not None:
                    filled.add(hole.section)
                    said = [line.section for line in told(after, lang) if word_keys(line.text) == word_keys(text)]
                    assert hole.section in said, (text, hole)
                    assert not taking(after, one), "a second time it says so already"
    assert filled >= {"vision", "objectives", "structure", "commitments", "accountability"}


def stands_as_it_came(one: Difference, after: list[OriginalLine]) -> bool:
    """Whether the document, after the difference was taken in, says at its place what came back."""
    said = [word_keys(line.text) for line in after if line.section == one.ours.section]
    if one.kind == ADDED:
        return all(
            word_keys(text) in said for text in (dict(one.cells).values() if one.cells else [one.after]) if text != "—"
        )
    if one.kind == REMOVED:
        return word_keys(one.before) not in said
    beside = one.previous if one.previous is not None and word_keys(one.previous.text) in said else None
    return beside is None or said.index(word_keys(one.after)) > said.index(word_keys(beside.text))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_each_line_put_in_taken_out_or_moved_stands_as_it_came_or_where_it_was(number: int) -> None:
    partnership = samples()[number].partnership
    lang = str(partnership.setting("lang", "fr"))
    ours = told(partnership, lang)
    met: Counter[str] = Counter()
    for one in edits(ours):
        if one.kind == CHANGED or one.ours.whole or [word_keys(x.text) for x in ours].count(word_keys(one.before)) > 1:
            continue
        after = accepted(partnership, one)
        if after is not None:
            met[one.kind] += 1
            assert stands_as_it_came(one, told(after, lang)), one
            assert not taking(after, one), "a second time it stands so already"
    assert met[ADDED] > 5 and met[REMOVED] > 5 and met[MOVED]


def test_a_line_under_the_list_of_another_section_is_none_of_it() -> None:
    """What stands at the end of one section, above the list of the next one, belongs to no list."""
    partnership = samples()[0].partnership
    ours = told(partnership)
    row = next(one for one in ours if one.text.startswith("offrir du counseling"))
    assert row.section == "objectives"
    last = OriginalLine("la dernière ligne", NOWHERE, "vision", "3. Vision et buts communs")
    for section, expected in (("vision", False), ("objectives", True)):
        above = replace(last, section=section)
        one = Difference(ADDED, replace(above, text=""), "", NEW, theirs=NEW, previous=above, following=row)
        assert bool(taking(partnership, one)) == expected


# -- where the right answer is nothing ---------------------------------------------------------------------------------


def line(ours: list[OriginalLine], start: str) -> int:
    """The place of the line that begins so."""
    (at,) = [at for at, one in enumerate(ours) if one.text.startswith(start)]
    return at


@pytest.mark.parametrize(
    ("start", "theirs"),
    [
        ("6. Pilotage", ["6. Direction"]),
        ("Entre :", ["Entre nous :"]),
        ("Ébauche", ["Version finale · 1er janvier 2027"]),
        ("Niveau du lien :", ["Lien étroit : collaboration au niveau des services."]),
        ("S’engage à :", ["Promet de :"]),
        ("L’Université reçoit :", ["obtient :"]),
        ("Gouvernance", ["Direction"]),
        ("Temps", ["Durée : deux périodes d’examens"]),
        ("la gouvernance (section 5)", ["les décisions (section 5)"]),
        ("Les points suivants", ["Il reste ceci :"]),
        ("Signature", ["Signature : Marie Roy"]),
        ("7. Engagements", ["7. Engagements de chacun", NEW]),
        ("S’engage à :", ["S’engage à :", ""]),
        ("Signature", ["Signature", NEW]),
        ("Université de Windsor", []),
        ("S’engage à :", []),
        ("Niveau du lien :", []),
        ("6. Pilotage", []),
    ],
)
def test_words_of_the_program_are_no_answer(start: str, theirs: list[str]) -> None:
    partnership = samples()[0].partnership
    ours = told(partnership)
    at = next(at for at, one in enumerate(ours) if one.text.replace("\u00a0", " ").startswith(start))
    assert [taking(partnership, one) for one in near(ours, at, *theirs)] in ([None], [])


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_so_already_is_taken_in_once(kind: str) -> None:
    partnership = samples()[0].partnership
    ours = told(partnership)
    at = next(at for at, one in enumerate(ours) if one.text.startswith("fournir les locaux"))
    first, second = ours[at].text, ours[at + 1].text
    made = {
        CHANGED: near(ours, at, f"{first} du soir"),
        ADDED: near(ours, at, first, NEW),
        REMOVED: near(ours, at),
        MOVED: near(ours, at, second, first, gone=2),
    }[kind]
    (one,) = made
    after = accepted(partnership, one)
    assert one.kind == kind and after is not None
    assert taking(after, one) == ()


def test_a_cell_taken_out_takes_no_row_with_it() -> None:
    partnership = samples()[3].partnership
    ours = told(partnership)
    cells = [at for at, one in enumerate(ours) if one.section == "objectives" and one.origin.field in ("due", "owner")]
    assert cells
    for at in cells:
        assert [taking(partnership, one) for one in near(ours, at) if one.kind == REMOVED] in ([None], [])


def test_words_of_a_line_that_was_reworded_since_are_taken_from_no_other_field() -> None:
    """« l'ACSM » is also the short name of a partner, which a line that no longer says it must not change."""
    partnership = samples()[0].partnership
    ours = told(partnership)
    at = next(at for at, one in enumerate(ours) if one.text.startswith("une capacité accrue"))
    (one,) = near(ours, at, ours[at].text.removesuffix(" l’ACSM"))
    entry = partnership.entries[ours[at].origin.entry]
    cells = [Change(entry.id, entry.question, "text@fr", "tout autre chose", entry.part, entry.subject)]
    since = apply(partnership, cells, by="", at=AT).partnership
    assert taking(partnership, one) and taking(since, one) is None


def test_partners_that_the_document_calls_by_their_articles_are_taken_in() -> None:
    """« le Collège » is how a sentence calls who the field calls « Collège »: a list of them can still be returned."""
    partnership = samples()[3].partnership
    ours = told(partnership)
    at = next(at for at, one in enumerate(ours) if one.text.startswith("Le Collège, La Boussole") and one.cell)
    members = partnership.entries[ours[at].origin.entry].get("members")
    (fewer,) = near(ours, at, ours[at].text.partition(", ")[2])
    assert [change.value for change in taking(partnership, fewer) or ()] == [members[1:]]
    (bare_name,) = near(ours, at, ours[at].text.removeprefix("Le "))
    assert taking(partnership, bare_name) is None


def test_a_text_shown_in_the_other_language_cannot_be_emptied() -> None:
    """The French text would go on standing in the English document."""
    said = Told("A")
    said.say("gather.vision", {"vision": "Un lieu où chacun vient le soir."}, lang="fr")
    ours = told(said.partnership, "en")
    at = next(at for at, one in enumerate(ours) if one.text.startswith("Un lieu"))
    (one,) = match_lines(ours, [ReturnedLine("" if place == at else line.text) for place, line in enumerate(ours)])
    assert taking(said.partnership, one) is None
    french = told(said.partnership)
    (gone,) = (found for found in near(french, line(french, "Un lieu")) if found.kind == REMOVED)
    assert taking(said.partnership, gone)


# -- which field each edit goes to -------------------------------------------------------------------------------------

# What each edit of each kind of line of the four samples sets, a line a kind; `TAKEN=write` writes it anew, and every
# difference is read before it is kept. A kind that is not there takes nothing.
TABLE = Path(__file__).with_name("taken.txt")
EDITS = {
    "a word more": lambda text: [f"{text} zut"],
    "other words": lambda text: [NEW],
    "a date": lambda text: ["juin 2027"],
    "a line more": lambda text: [text, NEW],
    "taken out": lambda text: [],
}


def cells_set(partnership: Partnership, one: Difference) -> str:
    """Which cells taking a difference in sets, of which question, and whether of a new row; "" for none."""
    made = taking(partnership, one) or ()
    new = "a row with " if any(change.entry not in partnership.entries for change in made) else ""
    cells = ",".join(sorted({change.cell.partition("@")[0] for change in made}))
    return f"{new}{made[0].question} {cells}" if made else ""


def test_each_edit_of_each_kind_of_line_goes_to_its_field() -> None:
    table: dict[str, dict[str, set[str]]] = {}
    for sample in samples():
        ours = told(sample.partnership, str(sample.partnership.setting("lang", "fr")))
        for at in different(ours, 2):
            one = ours[at]
            marks = " hole" * one.whole + " cell" * bool(one.cell)
            kind = f"{one.section or 'above'}: {one.origin.question or '-'} {one.origin.field or '-'}{marks}"
            for name, edit in EDITS.items():
                for difference in near(ours, at, *edit(one.text)):
                    said = cells_set(sample.partnership, difference)
                    table.setdefault(kind, {}).setdefault(f"{name} ({difference.kind})", set()).add(said)
    lines = [
        f"{kind} | {name} | {' / '.join(said or 'nothing' for said in sorted(outcomes))}\n"
        for kind, edits in sorted(table.items())
        for name, outcomes in edits.items()
        if outcomes != {""}
    ]
    if os.environ.get("TAKEN") == "write":
        TABLE.write_text("".join(lines), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8").splitlines(keepends=True) == lines


def a_row(partnership: Partnership, lines: list[OriginalLine]) -> Iterator[int]:
    """The places of the lines that are a row of a list, with the words of the row alone."""
    for at, one in enumerate(lines):
        entry = partnership.entries.get(one.origin.entry)
        if entry and entry.part and not one.cell and word_keys(entry.text("text", one.lang)) == word_keys(one.text):
            yield at


@pytest.mark.parametrize("number", range(4))
def test_a_row_that_is_taken_out_goes_and_another_comes_right_behind_or_before(number: int) -> None:
    partnership = samples()[number].partnership
    lang = str(partnership.setting("lang", "fr"))
    ours = told(partnership, lang)
    places = list(a_row(partnership, ours))
    assert places
    for at in places:
        entry = partnership.entries[ours[at].origin.entry]
        for one in near(ours, at):
            made = taking(partnership, one)
            assert made in (None, (made[0],)) if made else made is None
            if made:
                assert (made[0].entry, made[0].cell, made[0].value) == (entry.id, "#removed", True)
        for before, came in ((False, (ours[at].text, NEW)), (True, (NEW, ours[at].text))):
            if before and at and ours[at - 1].section == ours[at].section:
                continue  # it stands behind the line above
            for one in near(ours, at, *came):
                after = accepted(partnership, one)
                if after is not None:
                    said = [word_keys(line.text) for line in told(after, lang)]
                    here = said.index(word_keys(NEW)) - said.index(word_keys(ours[at].text))
                    assert here == (-1 if before else 1), one


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_in_names_who_proposed_it(kind: str) -> None:
    partnership = samples()[0].partnership
    ours = told(partnership)
    at = next(at for at, one in enumerate(ours) if one.text.startswith("fournir les locaux"))
    first, second = ours[at].text, ours[at + 1].text
    (one,) = {
        CHANGED: near(ours, at, f"{first} du soir"),
        ADDED: near(ours, at, first, NEW),
        REMOVED: near(ours, at),
        MOVED: near(ours, at, second, first, gone=2),
    }[kind]
    by_itself = changes_accepting(GUIDE, partnership, one, "Alice, 20 novembre 2026")
    assert by_itself is not None and by_itself
    assert {(change.source, change.reason) for change in by_itself} == {("Alice, 20 novembre 2026", "returned")}
    kept = changes_accepting(GUIDE, partnership, one, "Alice, 20 novembre 2026", VIEWS.of(partnership).view)
    assert kept is not None and [change.cell for change in kept] == [change.cell for change in by_itself]


PROSE = ("Un début.", "- deux", "- trois", "Une fin.")


@pytest.mark.parametrize("gone", range(len(PROSE)))
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_paragraph_that_is_taken_out_leaves_the_others_as_they_were(gone: int, between: str) -> None:
    said = Told("A")
    source = f"{PROSE[0]}\n\n{PROSE[1]}{between}{PROSE[2]}\n\n{PROSE[3]}"
    said.say("gather.vision", {"vision": source})
    ours = told(said.partnership)
    at = next(at for at, one in enumerate(ours) if word_keys(one.text) == word_keys(PROSE[gone].removeprefix("- ")))
    (one,) = near(ours, at)
    after = accepted(said.partnership, one)
    assert after is not None
    left = after.entries["gather.vision"].text("vision", "fr")
    assert [line for line in left.split("\n") if line] == [line for line in PROSE if line != PROSE[gone]]
    assert "\n\n\n" not in left and left == left.strip()


@pytest.mark.parametrize("nothing", ["", "—", "–", "-"])
def test_a_cell_that_says_nothing_is_not_answered(nothing: str) -> None:
    partnership = samples()[3].partnership
    ours = told(partnership)
    at, wide = max((at, wide) for at, wide in rows(ours) if ours[at].section == "objectives")
    fields = [one.origin.field for one in ours[at : at + wide]]
    last = ours[at + wide - 1]
    cells = tuple((field, NEW if field == "text" else nothing) for field in fields)
    blank = replace(last, text="", origin=NOWHERE)
    one = Difference(ADDED, blank, "", NEW, theirs=NEW, previous=last, cells=cells)
    made = taking(partnership, one)
    assert made
    assert not {change.cell.partition("@")[0] for change in made} & (set(fields) - {"text"})


@pytest.mark.parametrize("nothing", ["", "—"])
def test_a_cell_that_says_whose_row_it_is_is_listed_where_it_was_emptied(nothing: str) -> None:
    """The row is of « Les Veilleuses » by itself, and its field for partners is empty: it does not say so already."""
    partnership = samples()[3].partnership
    ours = told(partnership)
    (at,) = [at for at, one in enumerate(ours) if one.origin.question == "commit.time" and one.text == "Les Veilleuses"]
    assert partnership.entries[ours[at].origin.entry].get(ours[at].origin.field) is None
    lines = [ReturnedLine(nothing if place == at else one.text, row=one.row) for place, one in enumerate(ours)]
    (emptied,) = match_lines(ours, lines)
    assert taking(partnership, emptied) is None


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("part", "field", "heads"),
    [("bodies", "name", "Instance/Body"), ("reports", "what", "De quoi/What"), ("", "text", "Point/Point")],
)
def test_the_head_of_a_column_that_a_draft_of_before_printed_is_no_row(
    part: str, field: str, heads: str, lang: str
) -> None:
    said, rows_of = Told("A"), [{field: "une première ligne"}]
    said.say("gather.governance" if part else "extra.points", {part: rows_of} if part else rows_of, lang=lang)
    ours = told(said.partnership, lang)
    at = next(at for at, one in enumerate(ours) if one.text.lower() == "une première ligne" and not one.cell)
    (head,) = near(ours, at, heads.split("/")[lang == "en"], ours[at].text)
    (other,) = near(ours, at, NEW, ours[at].text)
    assert taking(said.partnership, head) is None and taking(said.partnership, other)
