"""The names of files: number, language and partner always whole, nothing that a computer refuses, no two alike."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE, Told
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.export.formats import Rendered, file_stem, plain_name
from tui.workspace.output_files import OutputFile, bundles, write

REFUSED = re.compile(r'[\x00-\x20<>:"/\\|?*]')  # by Windows, and spaces
DEVICES = {"con", "prn", "aux", "nul", "com1", "lpt9"}
NAMES = [
    "CON", "nul.", "COM1", "../../etc", "C:\\a", "a" * 400, "Ünïcode " * 40, "北京大学", "Центр", "🎉",
    "\u202egnp", ".",
]  # fmt: skip
HOSTILE = st.one_of(st.text(max_size=300), st.sampled_from(NAMES))
AGREEMENT: Agreement = Composer(GUIDE).agreement(Told("A", "B").partnership, "fr")


@given(HOSTILE, st.integers(1, 99_999), st.sampled_from(["fr", "en"]), st.one_of(st.just(""), HOSTILE))
def test_a_name_keeps_number_language_and_partner(title: str, number: int, lang: str, partner: str) -> None:
    word = "ébauche" if lang == "fr" else "draft"
    agreement = replace(AGREEMENT, title=title, version=f"{word} {number}", number=number, lang=lang)
    name = file_stem(agreement, partner=partner)
    assert not REFUSED.search(name) and name.strip(". ") == name and name not in DEVICES
    assert f"-{plain_name(word)}-{number}-{lang}" in name
    assert len(name.encode()) <= 143 - len(".docx")
    whom = plain_name(partner, 18)
    assert name.endswith(
        f"-{lang}-{whom}" if whom else f"-{lang}" if not partner else "-partenaire" if lang == "fr" else "-partner"
    )
    if not partner and number < 100:
        assert len(name) <= 24


@given(st.text(max_size=200), st.integers(1, 30))
def test_two_drafts_and_two_adopted_texts_never_share_a_name(title: str, number: int) -> None:
    drafts = [
        file_stem(replace(AGREEMENT, title=title, version=f"ébauche {n}", number=n)) for n in (number, number + 1)
    ]
    adopted = [replace(AGREEMENT, title=title, version="adopté", draft=False, number=n) for n in (number, number + 1)]
    assert len({*drafts, *map(file_stem, adopted)}) == 4


@pytest.mark.parametrize(
    ("text", "limit", "name"),
    [
        ("Coopérative L'Épinette", 15, "cooperative"),
        ("Coopérative L'Épinette", 60, "cooperative-l-epinette"),
        ("Maison d'à côté", 11, "maison"),
        ("Comité A", 60, "comite-a"),
        ("Section 3 et suivantes", 9, "section-3"),
        ("Северный дом", 60, "северный-дом"),
        ("हिन्दी केंद्र", 60, "हिन्दी-केंद्र"),
        ("com¹", 60, "com1-1"),
    ],
)
def test_a_name_that_is_cut_ends_behind_a_word_and_not_behind_its_article(text: str, limit: int, name: str) -> None:
    assert plain_name(text, limit) == name


@pytest.mark.parametrize("names", [("北京大学", "Центр помощи"), ("🎉", "🎊"), ("Ville", "ville")])
def test_copies_of_partners_in_other_scripts_have_files_of_their_own(names: tuple[str, str], tmp_path: Path) -> None:
    told = Told(*names) if names[0] != "Ville" else Told("Ville")
    if names[0] == "Ville":
        told.join("Ville de Québec", status="interested")
    agreement = Composer(GUIDE).agreement(told.partnership, "fr")
    made = bundles(GUIDE, [agreement], ("text",), common=False, partners=tuple(told.ids.values()))
    done = write(tmp_path, [sheet for one in made for sheet in one.sheets])
    assert len(set(done.files)) == 2 and all(path.is_file() for path in done.files)


def test_what_is_replaced_is_said(tmp_path: Path) -> None:
    def sheet(data: bytes) -> OutputFile:
        return OutputFile("a.txt", "a", lambda: Rendered(data))

    assert write(tmp_path, [sheet(b"one")]).warnings == ()
    assert write(tmp_path, [sheet(b"one")]).warnings == (), "the same text replaces nothing"
    assert "a.txt" in write(tmp_path, [sheet(b"two")]).warnings[0]
