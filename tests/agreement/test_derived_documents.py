"""Headings without a text, numbers of sections, copies, pages to sign, large print: documents made of another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.export.agreements import english, french, paragraph, runs, table
from tests.partnership.told import GUIDE, Told
from tui.agreement.bare_headings import bare_headings
from tui.agreement.blocks import Agreement, Hole, ListBlock, Origin, Section, Signatory, Signature, Subheading, Table
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.entered_lines import section_labels
from tui.agreement.large_print import FOR_A_ROOM, is_for_a_room, large_print
from tui.agreement.numbering import label, label_of, numbered, reference, renumbered, resolved
from tui.agreement.partner_copies import addressed_copy, addressees
from tui.agreement.signature_pages import expected_signers, signature_page
from tui.agreement.statement_page import statement_page
from tui.export.plain_text import to_text
from tui.partnership.privacy import public_view


def heading(words: str, level: int = 3) -> Subheading:
    return Subheading(runs(words), level=level)


def text(*sections: Section, **more: object) -> Agreement:
    return replace(french(), sections=sections, **more)  # type: ignore[arg-type]


def test_a_heading_is_bare_where_none_of_its_own_text_follows() -> None:
    found = text(
        Section("empty", 1, "Vide", ()),
        Section("full", 2, "Plein", (
            heading("nu"), heading("suivi"), paragraph("un"), heading("groupe"), heading("dessous", 4),
            paragraph("deux"), heading("profond", 4), heading("au bout"),
        )),
    )  # fmt: skip
    assert [words for words, _origin in bare_headings(found)] == ["Vide", "nu", "profond", "au bout"]


@pytest.mark.parametrize(
    ("order", "printed", "frozen", "labels"),
    [
        ("abc", "abc", {}, {"a": "1", "b": "2", "c": "3"}),
        ("abc", "ac", {}, {"a": "1", "c": "2"}),
        ("axbc", "axbc", {"a": (1, 0), "b": (2, 0), "c": (3, 0)}, {"a": "1", "x": "1.1", "b": "2", "c": "3"}),
        ("axyb", "axyb", {"a": (1, 0), "b": (2, 0)}, {"a": "1", "x": "1.1", "y": "1.2", "b": "2"}),
        ("abc", "ac", {"a": (1, 0), "b": (2, 0), "c": (3, 0)}, {"a": "1", "b": "2", "c": "3"}),
        ("bac", "bac", {"a": (1, 0), "b": (2, 0), "c": (3, 0)}, {"b": "1", "a": "2", "c": "3"}),
        ("xa", "xa", {"a": (1, 0)}, {"x": "0.1", "a": "1"}),
    ],
)
def test_numbers_stay_once_a_text_was_sent_unless_the_order_changed(
    order: str, printed: str, frozen: dict[str, tuple[int, int]], labels: dict[str, str]
) -> None:
    found = numbered(order, printed, frozen)
    assert {name: label(number) for name, number in found.items()} == labels
    assert all(label_of(name, order, printed, frozen) == labels[name] for name in printed)


def test_a_reference_to_a_section_that_is_not_printed_goes_with_its_brackets() -> None:
    words = f"le pilote (section {reference('lead')}), l'argent (section {reference('money')}), {reference('money')}"
    section = Section("term", 4, "Durée", (paragraph(words), table("", ("a",), (words,))))
    said = "le pilote (section 6), l'argent, —"
    for block in resolved(section, {"lead": "6"}).blocks:
        found = block.rows[0].cells[0] if isinstance(block, Table) else block.runs  # type: ignore[union-attr]
        assert "".join(run.text for run in found) == said
    again = renumbered(Section("term", 4, "Durée", (paragraph("voir (section 10.1) et (section 3)"),)), {"10.1": "2"})
    assert again.blocks == (paragraph("voir (section 2) et"),)


def signed(*, named: tuple[bool, ...] = (True, True), page: bool = False) -> Section:
    """The section of signatures of two partners, each on a page of its own with `page`, but the first."""
    blocks = tuple(
        Signature(f"Maison {at}", (Signatory(f"Ida {at}", "directrice"),), origin=Origin(partner=f"p{at}"),
                  named=is_named, page=page and at > 0)
        for at, is_named in enumerate(named)
    )  # fmt: skip
    return Section("signatures", 16, "Accord", (paragraph("Nous signons."), *blocks))


def shown(found: Agreement) -> list[tuple[str, bool]]:
    return [
        (block.partner, block.page) for section in found.sections for block in section.blocks
        if isinstance(block, Signature)
    ]  # fmt: skip


@pytest.mark.parametrize("page", [True, False])
def test_whose_copy_it_is_signs_first_and_only_the_others_on_pages_of_their_own(page: bool) -> None:
    whole = text(signed(page=page))
    assert shown(addressed_copy(GUIDE, whole, "p1")) == [("Maison 1", False), ("Maison 0", page)]
    assert shown(addressed_copy(GUIDE, whole, "p0")) == [("Maison 0", False), ("Maison 1", page)]
    assert addressed_copy(GUIDE, whole, "unknown") is whole
    assert [found.id for found in addressees(text(signed(named=(True, False))))] == ["p0"]


def test_the_copy_in_two_languages_is_addressed_in_both() -> None:
    both = replace(text(signed()), also=replace(english(), sections=(signed(),)))
    made = addressed_copy(GUIDE, both, "p1")
    assert made.also is not None and made.copy != made.also.copy
    assert all("Maison 1" in part.copy and shown(part)[0][0] == "Maison 1" for part in made.parts)


@pytest.mark.parametrize("edition", ["version 2", ""])
def test_a_page_to_sign_names_its_version_and_holds_one_partner_s_signature(edition: str) -> None:
    whole = text(signed(page=True), version="adopté", edition=edition, title="Le soir")
    page = signature_page(GUIDE, whole, "p1")
    said = to_text(page, None).casefold()
    assert shown(page) == [("Maison 1", False)] and [word in said for word in ("version 2", "adopté")] == [
        bool(edition), not edition,
    ]  # fmt: skip
    assert signature_page(GUIDE, whole, "unknown").sections == ()
    assert expected_signers(whole) == (
        ("p0", "Maison 0", (("Ida 0", "directrice"),)), ("p1", "Maison 1", (("Ida 1", "directrice"),)),
    )  # fmt: skip


def test_tables_of_more_than_two_columns_become_lists_without_empty_cells() -> None:
    two, three = table("", ("a", "b"), ("1", "2")), table("", ("a", "b", "c"), ("1", "—", "3"))
    whole = text(Section("term", 1, "Durée", (two, three)))
    made = large_print(replace(whole, also=replace(whole, lang="en")), FOR_A_ROOM)
    assert all(is_for_a_room(part) for part in made.parts)
    kept, listed = made.sections[0].blocks
    assert isinstance(kept, Table) and isinstance(listed, ListBlock)
    said = ["".join(run.text for run in part.sections[0].blocks[1].items[0].blocks[0].runs) for part in made.parts]  # type: ignore[union-attr]
    assert said == ["1\nc\u00a0: 3", "1\nc: 3"]


def test_the_statement_leaves_out_dashes_and_holes_of_other_sections() -> None:
    names = GUIDE.main_steps[-1].statement_sections
    first = Section(names[0], 3, "Partenaires", (table("", ("a", "b", "c"), ("1", "—", "3")),), inserted=1)
    holes = (Hole("lead", "le pilote", names[0], "gather.lead"), Hole("x", "autre", "signatures", "open.who"))
    made = statement_page(GUIDE, text(first, holes=holes))
    assert "1\u00a0: 3" in to_text(made, None) and "—" not in to_text(made, None).partition("Partenaires")[2]
    assert [hole.id for hole in made.holes] == ["lead"]
    assert [section.label for section in made.sections] == [str(at) for at in range(1, len(names) + 1)]


def test_a_noted_line_was_entered_in_the_first_section_that_says_it_not_where_it_is_only_repeated() -> None:
    def section(name: str, number: int, *entries: str) -> Section:
        lines = (replace(paragraph(entry), origin=Origin(entry, "text")) for entry in entries)
        return Section(name, number, name, (*lines, paragraph("de nous")))

    found = text(section("open_points", 1, "a", "b"), section("vision", 2, "a"), section("goals", 3, "a", "c"),
                 section("signatures", 4, "d"))  # fmt: skip
    assert section_labels(found) == {"a": "2", "c": "3"}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("dated", [True, False])
def test_a_companion_has_the_typography_of_its_language_and_a_date_where_it_is_asked_for(
    lang: str, dated: bool
) -> None:
    view = public_view(GUIDE, Told("Ruche").partnership)
    region = region_of(view, lang)
    assert region == f"{lang}-CA"
    opening = (paragraph("Dire oui: vite"),)
    made = companion_document(
        GUIDE, view, "Annexe", (), lang=lang, region=region, day="2026-12-01", dated=dated, opening=opening
    )
    assert bool(made.date) is dated and made.iso_date == "2026-12-01" and not made.draft
    assert made.preamble == (paragraph("Dire oui\u00a0: vite" if lang == "fr" else "Dire oui: vite"),)
