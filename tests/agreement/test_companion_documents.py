"""Documents beside the agreement: the register, the funders' table, minutes, sheets, forms, a joinder, a handover."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.agreement.reading import agreed, everything
from tests.export.agreements import english, french, paragraph
from tests.partnership.told import GUIDE, Told
from tui.agreement.agenda_document import invitation_lines
from tui.agreement.bilingual import joined_texts, unmarked
from tui.agreement.blocks import Agreement, Origin, Section, Signatory, Signature, Table, to_json
from tui.agreement.contacts_annex import annex_heading, with_contacts_annex
from tui.agreement.decision_register import decision_register, earlier_wordings
from tui.agreement.funder_table import FunderRow, funder_rows
from tui.agreement.handover_document import handover_document
from tui.agreement.health_form import health_form
from tui.agreement.joinder import joinder_document
from tui.agreement.kept_minutes import kept_minutes, mailed_minutes, with_standing
from tui.agreement.minutes import count_text
from tui.agreement.phrasing import Phrasing
from tui.agreement.printed_sheet import SheetField, SheetHead, SheetQuestion, SheetTable, printed_sheet
from tui.guide.health_statements import statements
from tui.partnership.agendas import AGENDA, LENGTH
from tui.partnership.decisions import REPLACED_BY, REPLACED_ON
from tui.partnership.handover import SEAT, HandoverLine
from tui.partnership.meetings import (
    APPROVED,
    DECISIONS,
    HELD,
    KEPT_MINUTES,
    MAILED,
    MAILED_MINUTES,
    MEETINGS,
    NOTES,
)
from tui.partnership.partners import WHO
from tui.partnership.privacy import public_view
from tui.partnership.values import Cell, Change, Entry, HistoryEntry, Partnership, Value

RUCHE = Told("Ruche")
VIEW = public_view(GUIDE, RUCHE.partnership)


def row(name: str, part: str, **cells: Value) -> Entry:
    """A row of what meetings note; the key « text_fr » is the cell « text@fr »."""
    return Entry(name, HELD, part, (), {key.replace("_fr", "@fr"): Cell(value, 1) for key, value in cells.items()})


@pytest.mark.parametrize(
    ("hidden", "shown"), [("?", "voir le Nid"), ("le nid", GUIDE.word("agenda_other", "fr")), ("nid b", "voir")]
)
def test_an_item_that_names_whom_it_may_not_is_another_point(hidden: str, shown: str) -> None:
    item = row("i", AGENDA, text_fr="voir le Nid", **{LENGTH: 20})
    (line,) = invitation_lines(Phrasing(GUIDE, VIEW, "fr"), [item], lambda text: hidden in text.casefold())
    assert line.startswith(f"1. {shown}") and "20" in line


def test_earlier_wordings_are_those_that_were_public_and_are_gone() -> None:
    def past(value: str | None, new: str, *, cell: str = "text@fr", private: bool = False) -> HistoryEntry:
        return HistoryEntry("d", HELD, cell, value, new, 1, "Ida", "2026-11-22T10:00:00-05:00", private=private)

    rows = [row("d", DECISIONS, text_fr="ouvrir le soir")]
    told = [
        past(None, "ouvrir"), past("ouvrir", "ouvrir tôt"), past("secret", "taire", private=True),
        past("ouvrir tôt", "ouvrir le soir"), past("autre", "chose", cell="reason@fr"), past(" ", "ouvrir"),
    ]  # fmt: skip
    assert earlier_wordings(told, rows, "fr") == {"d": ("ouvrir", "ouvrir tôt")}
    assert earlier_wordings(told, [], "fr") == {}


def test_a_funder_reads_of_named_partners_and_of_givers_that_still_take_part() -> None:
    told = Told("Ruche", "Nid")
    told.join("Secret", status="prospective")
    for name in ("Ruche", "Nid"):
        told.say("open.contributions", {"text": f"salle {name}", "state": "accepted", "value": "500 $"}, name, op="add")
    shared = {"partners": ["Ruche", "Nid"], "text": "ensemble", "state": "accepted"}
    (both_give,) = told.say("open.contributions", shared, "Ruche", op="add")
    told.take(Change(both_give, "open.contributions", "value", {"typed": "on verra"}, "rows", (told.ids["Ruche"],)))
    told.say(WHO, {"status": "withdrawn"}, "Nid")
    rows = list(funder_rows(GUIDE, public_view(GUIDE, told.partnership), "fr"))
    assert [found.partner for found in rows if found.kind == "partner"] == ["Ruche", "Nid"]
    given = [(found.text, found.partner, found.amount) for found in rows if found.kind == "contribution"]
    assert given == [("salle Ruche", "Ruche", "500"), ("salle Nid", "Nid", "500"), ("ensemble", "Ruche", "")]
    assert all(len(found.cells) == len(FunderRow("x").cells) for found in rows)


@pytest.mark.parametrize(("whose", "kind"), [("le Nid", "le Nid"), ("", "animation")])
def test_a_handover_has_each_line_under_its_own_heading(whose: str, kind: str) -> None:
    first, second, third, *_rest = SEAT
    lines = [HandoverLine(f"l{at}", name, f"ligne {at}") for at, name in enumerate((first, third, first))]
    found = handover_document(GUIDE, VIEW, lines, (first, second, third), whose, "2026-12-01", "fr")
    assert kind in found.kind and found.date
    said = {section.id: everything(replace(found, sections=(section,))) for section in found.sections}
    held = {name: [at for at in range(3) if f"ligne {at}" in words] for name, words in said.items()}
    assert held == {first: [0, 2], third: [1]} and [section.number for section in found.sections] == [1, 2]


def test_the_register_says_in_force_only_of_what_is() -> None:
    first = row("d1", DECISIONS, text_fr="ouvrir tôt", **{REPLACED_ON: "2026-12-01", REPLACED_BY: "d2"})
    second = row("d2", DECISIONS, text_fr="ouvrir tard")
    partnership = Partnership("a" * 10, entries={entry.id: entry for entry in (first, second)})
    found = decision_register(GUIDE, partnership, [], "2026-12-05", "fr")
    (table,) = found.sections[0].blocks
    assert isinstance(table, Table)
    states = {
        "".join(run.text for run in line.cells[2]): "".join(run.text for run in line.cells[3]) for line in table.rows
    }
    words = GUIDE.word("in_force", "fr")
    assert {text: words in state for text, state in states.items()} == {"ouvrir tôt": False, "ouvrir tard": True}


@pytest.mark.parametrize("name", ["le Nid", ""])
def test_a_form_of_health_numbers_its_statements_as_the_whole_list_does(name: str) -> None:
    asked = [statement for statement in statements() if statement.short]
    found = health_form(GUIDE, VIEW, asked, "2026-12-01", "fr", name)
    first = [
        "".join(run.text for run in line.cells[0]).partition(".")[0]
        for section in found.sections for block in section.blocks if isinstance(block, Table) for line in block.rows
    ]  # fmt: skip
    assert first == [str(list(statements()).index(statement) + 1) for statement in asked]
    assert len(found.preamble) == 2 + bool(name) and (not name or name in everything(found))


@pytest.mark.parametrize("clause", ["", "Une lettre suffit."])
def test_who_joins_undertakes_what_was_accepted_and_signs_alone_where_the_text_allows_it(clause: str) -> None:
    told = Told("Ruche", "Nid", status="committed")
    told.say("extra.title", {"kind": "agreement"})
    told.say("extra.legal", {"counterparts": True})
    if clause:
        told.say("extra.disputes", {"joining": clause})
    for words, state in (("prêter une salle", "accepted"), ("peut-être un bus", "confirmed")):
        told.say("open.contributions", {"text": words, "state": state}, "Nid", op="add")
    view = public_view(GUIDE, told.partnership)
    found = joinder_document(GUIDE, view, agreed(told), told.ids["Nid"], of_date="2027-03-02", adopted=bool(clause))
    said = everything(found)
    assert "prêter une salle" in said and "un bus" not in said and (clause in said)
    blocks = [block for section in found.sections for block in section.blocks if isinstance(block, Signature)]
    assert [(block.partner, block.page) for block in blocks] == [
        (name, False) for name in (("Nid",) if clause else ("Ruche", "Nid"))
    ]
    assert (found.version == agreed(told).version) is False and ("Adopté" in found.standing) is bool(clause)


def meeting(**cells: Value) -> Entry:
    kept = {KEPT_MINUTES: {"fr": to_json(french())}, MAILED_MINUTES: {"fr": to_json(replace(french(), title="Envoyé"))}}
    return row("m", MEETINGS, on="2026-11-20", **{**kept, **cells})


def test_minutes_are_those_approved_once_they_are_and_those_mailed_as_they_went() -> None:
    assert kept_minutes(meeting(), "fr") is None, "a draft is composed anew"
    approved = meeting(**{APPROVED: "2026-12-03"})
    assert kept_minutes(approved, "fr") == french() and kept_minutes(approved, "en") is None
    assert mailed_minutes(approved, "fr") == replace(french(), title="Envoyé")
    assert mailed_minutes(meeting(**{MAILED_MINUTES: {"fr": "?"}}), "fr") is None


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({}, "ébauche"), ({MAILED: "2026-11-26"}, "26 novembre 2026"),
        ({MAILED: "2026-11-26", APPROVED: "2026-12-03"}, "3 décembre 2026"),
    ],
)  # fmt: skip
def test_minutes_say_how_far_they_are_and_end_with_their_own_notes(cells: dict[str, Value], words: str) -> None:
    held = meeting(**cells)
    notes = [
        row("n1", NOTES, meeting="m", on="2026-12-05", text_fr="Ida était là."),
        row("n2", NOTES, meeting="other", on="2026-12-05", text_fr="Ailleurs."),
    ]
    partnership = Partnership("a" * 10, entries={entry.id: entry for entry in (held, *notes)})
    made = with_standing(Phrasing(GUIDE, partnership, "fr"), partnership, held, french())
    assert words in made.version.replace("\u00a0", " ") and made.sections[:-1] == french().sections
    last = everything(replace(made, sections=made.sections[-1:]))
    assert "Ida était là." in last and "Ailleurs" not in last


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        ({"agree": 3}, True), ({"agree": 2, "reservation": 1}, True), ({"agree": 2, "none": 5, "absent": 1}, False),
        ({"agree": 2}, False), (None, False),
    ],
)  # fmt: skip
def test_counts_are_told_from_three_that_said_something(tally: Value, told: bool) -> None:
    assert bool(count_text(Phrasing(GUIDE, VIEW, "fr"), tally)) is told


@pytest.mark.parametrize("mark", ["", "privé"])
def test_a_sheet_bears_its_mark_and_empty_rows_below_what_is_filled_in(mark: str) -> None:
    table = SheetTable(("Quoi", "Qui"), (("salle", "Ruche"),), blank=2)
    fields = (SheetField("Nom", known="Ida"), SheetField("Oui", ("oui", "non")), table)
    head = SheetHead("Fiche", "Ruche", ("À remplir.",), mark)
    found = printed_sheet(GUIDE, VIEW, "fr", head, [SheetQuestion("Une", "Laquelle?", fields)])
    (made,) = (block for block in found.sections[0].blocks if isinstance(block, Table))
    assert ["".join(run.text for run in line.cells[0]) for line in made.rows] == ["salle", "", ""] and made.tall
    assert found.draft is bool(mark) and found.mark == mark and found.copy == "Ruche"
    assert all(words in everything(found) for words in ("Ida", "☐ oui", "☐ non", "Laquelle"))


def signed(text: Agreement, partner: str, count: int) -> Agreement:
    block = Signature(
        partner, tuple(Signatory("Ida", f"{text.lang} {at}") for at in range(count)), f"aut {text.lang}",
        f"note {text.lang}", f"Signature {text.lang}", f"nom {text.lang}", f"le {text.lang}",
        origin=Origin(partner="p"), place_label=f"à {text.lang}",
    )  # fmt: skip
    return replace(text, sections=(Section("signatures", 1, "Accord", (paragraph("Bon."), block)),))


@pytest.mark.parametrize(
    ("counts", "titles"), [((1, 1), ["fr 0 / en 0"]), ((2, 1), ["en 0"]), ((1, 2), ["en 0", "en 1"])]
)
def test_both_languages_stand_in_each_word_of_the_one_signature(counts: tuple[int, int], titles: list[str]) -> None:
    made = joined_texts(GUIDE, signed(french(), "Ruche", counts[0]), signed(english(), "Ruche", counts[1]))
    assert made.also is not None and not any(isinstance(block, Signature) for block in made.sections[0].blocks)
    assert GUIDE.word("signed_below", "fr") in everything(replace(made, also=None))
    turned = joined_texts(GUIDE, signed(english(), "Ruche", 1), signed(french(), "Ruche", 1))
    assert GUIDE.word("signed_below", "en") in everything(replace(turned, also=None))
    (block,) = (block for block in made.also.sections[0].blocks if isinstance(block, Signature))
    words = ("aut", "note", "Signature", "nom", "le", "à")
    found = (
        block.authorisation,
        block.note,
        block.signature_label,
        block.name_label,
        block.date_label,
        block.place_label,
    )
    assert found == tuple(f"{word} fr / {word} en" for word in words) and block.partner == "Ruche"
    assert [signatory.title for signatory in block.signatories] == titles


def test_marks_of_both_languages_are_taken_off() -> None:
    marks = [f"bail [{GUIDE.word('in_other_language', lang)}]" for lang in ("fr", "en")]
    assert [unmarked(GUIDE, text) for text in marks] == ["bail"] * 2


@pytest.mark.parametrize("listed", [True, False])
def test_the_annex_of_contacts_joins_each_text_in_its_own_language(listed: bool) -> None:
    told = Told("Ruche")
    told.join("Secret", status="prospective")
    for name in ("Ruche", "Secret"):
        told.say(WHO, {"people": [{"name": f"Ida {name}", "email": "ida@a.example", "listed": listed}]}, name)
    view = public_view(GUIDE, told.partnership)
    text = replace(agreed(told), also=agreed(told, "en"))
    made = with_contacts_annex(GUIDE, told.partnership, view, text)
    for part, plain in zip(made.parts, text.parts, strict=True):
        assert [section.id for section in part.sections[len(plain.sections) :]] == ["contacts"] * listed
        if listed:
            last = part.sections[-1]
            said = everything(replace(part, sections=(last,)))
            assert last.heading.replace("\u00a0", " ") == annex_heading(GUIDE, part.lang)
            assert GUIDE.word("contact_organization", part.lang) in said and "ida@a.example" in said
            assert "Ida Ruche" in said and "Ida Secret" not in said
    assert annex_heading(GUIDE, "en").startswith("Annex: ") and annex_heading(GUIDE, "fr").startswith("Annexe : ")
