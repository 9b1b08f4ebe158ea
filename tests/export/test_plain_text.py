"""Plain text: what is pasted in a mail and what a .txt file holds."""

from __future__ import annotations

import pytest

from tests.export.agreements import LONG, NB, bullets, empty, english, french, hostile, paragraph, table
from tui.agreement.blocks import Agreement, Run, Section
from tui.export.formats import render
from tui.export.plain_text import section_to_text, to_text
from tui.text.widths import width


def one(*blocks: object) -> str:
    """Return the text of a section that holds these blocks, wrapped at 72."""
    return section_to_text(Section("x", 2, "Titre", blocks), french(), wrap=72)  # type: ignore[arg-type]


@pytest.mark.parametrize("agreement", [french(), english(), hostile(), empty()], ids=["fr", "en", "hostile", "empty"])
@pytest.mark.parametrize("wrap", [72, 40, None])
def test_lines_end_clean_and_fit(agreement: Agreement, wrap: int | None) -> None:
    text = to_text(agreement, wrap)
    assert text.endswith("\n") and not text.endswith("\n\n") and not text.startswith("\n")
    lines = text.removesuffix("\n").split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    if wrap:
        assert max(map(width, lines)) <= max(wrap, 50)  # the line to sign on is never folded


def test_an_unwrapped_paragraph_is_one_line() -> None:
    assert LONG in to_text(hostile(), None).split("\n")
    assert max(map(len, to_text(french(), None).split("\n"))) > 100


def test_the_front_names_kind_title_facts_and_partners() -> None:
    lines = to_text(french()).split("\n")
    assert lines[:3] == ["ÉBAUCHE", "", "ÉNONCÉ DE PARTENARIAT"]
    assert "Ébauche 3 · 22 novembre 2026" in lines
    assert f"Entre{NB}:" in lines and "– Cégep de la Vallée" in lines


def test_an_adopted_text_bears_no_mark() -> None:
    assert "ÉBAUCHE" not in to_text(french(draft=False))


def test_holes_read_in_brackets_and_hard_breaks_break() -> None:
    text = to_text(french())
    assert f"L’organisme porteur est{NB}: [à préciser]." in text
    assert "trois ans.\nIl se révise le [à préciser]." in text


def test_lists_nest_and_numbering_restarts() -> None:
    text = one(bullets("un", (paragraph("deux"), bullets("a", "b", ordered=True))), bullets("x", ordered=True, start=4))
    assert text == (
        "2. Titre\n--------\n\n– un\n– deux\n  1. a\n  2. b\n\n4. x\n"
    )  # fmt: skip


def test_a_list_follows_its_lead_without_a_gap() -> None:
    assert f"s’engage à{NB}:\n– tenir les comptes" in to_text(french())


def test_wrapped_items_hang_under_their_words() -> None:
    lines = one(bullets("mot " * 40)).split("\n")[3:]
    assert lines[0].startswith("– mot") and all(line.startswith("  mot") for line in lines[1:] if line)


def test_a_table_that_fits_is_aligned_and_a_wide_one_becomes_records() -> None:
    narrow = one(table("", ("Qui", "Combien"), ("Éléonore", "3 h"), ("日本", "12 h")))
    assert narrow.split("\n")[3:] == ["Qui       Combien", "--------  -------", "Éléonore  3 h", "日本      12 h", ""]
    wide = one(table("", ("Qui", "Quoi"), ("A", "mot " * 30), ("B", "")))
    assert f"Qui{NB}: A\nQuoi{NB}: mot mot" in wide and wide.endswith(f"\n\nQui{NB}: B\n")


def test_the_clipboard_gets_records() -> None:
    assert f"Période{NB}: 2026-2027\nSubvention{NB}: 125{NB}000{NB}$" in to_text(french(), None)


def test_struck_words_and_addresses_stay_visible() -> None:
    text = one(paragraph(Run("vieux", strike=True), " ", Run("ici", href="https://exemple.test/a"), " ",
                         Run("a@exemple.test", href="mailto:a@exemple.test")))  # fmt: skip
    assert "~~vieux~~ ici (https://exemple.test/a) a@exemple.test\n" in text


def test_signatures_leave_lines_to_fill() -> None:
    text = to_text(french())
    assert "Résolution CA-2026-14 du 3 novembre 2026" in text
    assert f"Nom et titre{NB}: Maëlle Lœwenbrück, directrice des études" in text
    assert text.count(f"Signature{NB}: ____") == 6 and text.count(f"Nom et titre{NB}: ____") == 2


def test_english_takes_no_space_before_a_colon() -> None:
    assert "Between:\n– Valley College" in to_text(english()) and "Signature: ___" in to_text(english())


def test_controls_are_left_out_with_a_warning() -> None:
    rendered = render(hostile(), "text")
    assert not set(rendered.data.decode()) & set("\x00\x07\x1b\u202e\u202c")
    assert len(rendered.warnings) == 1 and "5" in rendered.warnings[0]
    assert render(french(), "text").warnings == ()


def test_lists_in_lists_leave_room_for_their_words() -> None:
    nested = bullets("le fond des choses")
    for _level in range(60):
        nested = bullets((paragraph("encore un niveau"), nested))
    lines = one(nested).split("\n")
    assert "– le fond des choses" in lines[-2] and max(map(width, lines)) <= 72
