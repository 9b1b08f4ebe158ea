"""Tests of two texts compared: which sections differ, what is marked as added or removed, and what is said of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE
from tui.agreement.blocks import (
    Agreement,
    Block,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Row,
    Run,
    Section,
    Signatory,
    Signature,
    Table,
)
from tui.comparison.compare import ELSEWHERE, SAME_WORDS, compare, flat, texts_differ, units

VISION, AIM = Origin("gather.vision", "vision"), Origin("gather.vision", "goal")


def line(text: str, origin: Origin = VISION) -> Paragraph:
    return Paragraph((Run(text),), origin)


def listed(*texts: str, ordered: bool = False) -> ListBlock:
    return ListBlock(tuple(Item((line(text, Origin()),)) for text in texts), ordered)


def table(head: str, *rows: tuple[str, ...]) -> Table:
    cells = tuple(Row(tuple((Run(cell),) for cell in row)) for row in rows)
    return Table(tuple((Run(word),) for word in head.split()), cells)


def text_of(
    *blocks: Block, heading: str = "Vision", more: tuple[Section, ...] = (), title: str = "Le soir"
) -> Agreement:
    """A text whose first section holds these blocks."""
    sections = (Section("vision", 3, heading, blocks), *more)
    return Agreement("fr", "fr-CA", "Entente", title, "", "", "", ("Ruche",), draft=False, sections=sections)


def marked(old: Agreement, new: Agreement) -> list[str]:
    """The lines of the sections that differ, with their marks."""
    return [unit.text for section in compare(GUIDE, old, new).sections for unit in units(section.blocks)]


def said(old: Agreement, new: Agreement, verdict: str = "") -> list[str]:
    """What the comparison says before its sections."""
    return [
        flat(block.runs) for block in compare(GUIDE, old, new, verdict=verdict).preamble if isinstance(block, Paragraph)
    ]


LINES: list[tuple[Block, Block, list[str]]] = [
    (line("un accueil chaque soir"), line("un accueil chaque matin"), ["un accueil chaque −soir−+matin+"]),
    (line("un accueil"), line("un grand accueil"), ["un +grand+ accueil"]),
    (line("un grand accueil"), line("un accueil"), ["un −grand− accueil"]),
    (line("un, deux , trois"), line("un, deux, quatre"), ["un, deux, −trois−+quatre+"]),  # a blank less is not marked
    (line("abc"), line("xyz"), ["−abc− +xyz+"]),  # one field: in one line, though no word is left
    (line("abc"), line("xyz", AIM), ["+xyz+", "−abc−"]),  # another field of the same answer
    (line("un accueil"), listed("un accueil"), ["+un accueil+", "−un accueil−"]),
    (listed("a", "b"), listed("a"), ["a", "−b−"]),
    (listed("a", "c"), listed("a", "b", "c"), ["a", "+b+", "c"]),
    (table("Quoi Qui", ("salle", "Ruche")), table("Quoi Qui", ("salle", "Nid")), ["salle | −Ruche− +Nid+"]),
    (table("Quoi Qui", ("salle", "Nid")), table("Quoi Pour", ("salle", "Nid")), ["salle | Nid"]),  # under another head
    (table("Quoi Qui", ("la salle", "Nid")), table("Quoi", ("la salle",)), ["+la salle+", "−la salle− | −Nid−"]),
]


@pytest.mark.parametrize(("old", "new", "lines"), LINES)
def test_a_line_shows_what_was_added_and_removed(old: Block, new: Block, lines: list[str]) -> None:
    assert marked(text_of(old), text_of(new)) == lines
    assert texts_differ(text_of(old), text_of(new))
    for same in (old, new):
        assert marked(text_of(same), text_of(same)) == [] and not texts_differ(text_of(same), text_of(same))


def test_the_comparison_names_both_texts_and_is_no_draft() -> None:
    old = replace(text_of(line("a")), version="Ébauche 1", date="1er mai 2026")
    new = replace(text_of(line("b")), version="Ébauche 2", date="3 mai 2026", draft=True, mark="ÉBAUCHE")
    made = compare(GUIDE, old, new)
    names = {"old": "Ébauche 1, 1er mai 2026", "new": "Ébauche 2, 3 mai 2026"}
    assert made.kind == GUIDE.word("changes_between", "fr", **names)
    assert (made.draft, made.mark, made.holes) == (False, "", ())
    assert not texts_differ(new, replace(new, version="Version 1", date="9 mai 2026")), "version and date are no change"


def test_lists_and_tables_that_differ_in_kind_stay_apart() -> None:
    old = text_of(listed("a"), listed("b", ordered=True), table("Quoi Qui", ("c", "d")), table("Quoi Pour", ("e", "f")))
    new = replace(old, sections=(replace(old.sections[0], blocks=(*old.sections[0].blocks, line("neuf"))),))
    blocks = compare(GUIDE, old, new).sections[0].blocks
    assert [block.ordered for block in blocks if isinstance(block, ListBlock)] == [False, True]
    heads = [" ".join(map(flat, block.head)) for block in blocks if isinstance(block, Table)]
    assert heads == ["Quoi Qui", "Quoi Pour"]


def test_a_line_that_is_the_same_is_shown_as_it_is_set_now() -> None:
    strong = Paragraph((Run("a", strong=True),), VISION)
    made = compare(GUIDE, text_of(line("a"), line("b", AIM)), text_of(strong, line("c", AIM)))
    assert made.sections[0].blocks[0] == strong


def test_removed_words_are_struck_and_added_ones_strong() -> None:
    made = compare(GUIDE, text_of(line("chaque soir")), text_of(line("chaque matin")))
    (unit,) = units(made.sections[0].blocks)
    runs = [(run.text, run.strike, run.strong) for run in unit.cells[0]]
    assert runs == [("chaque ", False, False), ("−soir−", True, False), ("+matin+", False, True)]


def test_a_preamble_or_an_order_alone_is_a_difference() -> None:
    plain = text_of(line("a"))
    old, new = (replace(plain, preamble=(line(f"le {day} du mois"),)) for day in ("premier", "dernier"))
    assert texts_differ(old, new) and "le −premier−+dernier+ du mois" in said(old, new)
    lead, term = (Section(name, number, name, (line(name),)) for name, number in (("lead", 6), ("term", 11)))
    assert texts_differ(text_of(line("a"), more=(lead, term)), text_of(line("a"), more=(term, lead)))


def test_a_signature_is_one_line_and_an_item_keeps_its_field() -> None:
    partner = Origin("ruche00000", "name")
    block = Signature(
        "Ruche", (Signatory("Ann Roy", "directrice"), Signatory("Bob Lis", "")), "Résolution 3", "à confirmer",
        origin=partner,
    )  # fmt: skip
    (signed,) = units((block,))
    assert (signed.kind, signed.origin) == ("signature", partner)
    assert signed.text == "Ruche. Ann Roy, directrice; Bob Lis. Résolution 3. à confirmer"
    row = Origin("row0000000", "text")
    items = ListBlock((Item((line("a", Origin()),), row), Item((line("b", AIM),), row)))
    assert [unit.origin for unit in units((items,))] == [row, AIM]


def test_a_new_heading_or_a_section_added_or_removed_differs() -> None:
    other = Section("lead", 6, "Pilotage", (line("Ruche pilote"),))
    plain, renamed, longer = text_of(line("a")), text_of(line("a"), heading="Buts"), text_of(line("a"), more=(other,))
    assert [section.heading for section in compare(GUIDE, plain, renamed).sections] == ["Buts"]
    assert [section.heading for section in compare(GUIDE, plain, longer).sections] == ["+ Pilotage"]
    assert [section.heading for section in compare(GUIDE, longer, plain).sections] == ["− Pilotage"]
    for two in ((plain, renamed), (plain, longer), (longer, plain)):
        assert texts_differ(*two)


def test_what_is_alike_is_named_and_a_new_order_is_said() -> None:
    lead, term = (Section(name, number, name, (line(name),)) for name, number in (("lead", 6), ("term", 11)))
    old, new = text_of(line("a"), more=(lead, term)), text_of(line("b"), more=(term, lead))
    how, order, same = said(old, new)
    assert how == GUIDE.word("how_to_read", "fr") and order == GUIDE.word("other_order", "fr")
    assert same == GUIDE.word("same_sections", "fr", numbers="11, 6")
    assert said(text_of(line("a")), text_of(line("b"))) == [how], "nothing is named where nothing is alike"
    assert said(text_of(line("a"), more=(lead, term)), text_of(line("a"), more=(term, lead)))[1] == order


@pytest.mark.parametrize(("verdict", "word"), [("", "no_change"), (SAME_WORDS, "no_change"), (ELSEWHERE, ELSEWHERE)])
def test_texts_that_are_alike_are_said_to_be(verdict: str, word: str) -> None:
    assert said(text_of(line("a")), text_of(line("a")), verdict) == [GUIDE.word(word, "fr")]


def test_a_new_title_differs_and_same_words_are_said_first() -> None:
    old, new = text_of(line("a")), text_of(line("a"), title="Le matin")
    assert texts_differ(old, new) and any("−soir−" in words and "+matin+" in words for words in said(old, new))
    assert said(old, new, SAME_WORDS)[1] == GUIDE.word(SAME_WORDS, "fr")


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (["un", "prêter la salle bleue"], ["prêter la salle verte"], ["−un−", "prêter la salle −bleue−+verte+"]),
        (["prêter la salle bleue", "un"], ["prêter la salle verte"], ["prêter la salle −bleue−+verte+", "−un−"]),
        (["un", "deux", "prêter la salle bleue", "trois"], ["prêter la salle verte"],
         ["−un−", "−deux−", "prêter la salle −bleue−+verte+", "−trois−"]),
        (["prêter la salle bleue"], ["un", "prêter la salle verte"], ["+un+", "prêter la salle −bleue−+verte+"]),
    ],
)  # fmt: skip
def test_no_line_that_is_gone_beside_one_that_changed_is_left_out(
    old: list[str], new: list[str], shown: list[str]
) -> None:
    before, after = (text_of(*(line(text, Origin()) for text in texts)) for texts in (old, new))
    assert marked(before, after) == shown
