"""The three real cases typed on a terminal of 80x24, each in one go: the document says what the case says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.terminal import Terminal
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.export.plain_text import to_text
from tui.guide.guide_loading import load_guide
from tui.store import Author, Store

TAB, ENTER, UP, DOWN = "\t", "\r", "\x1b[A", "\x1b[B"
NEXT, PARTNER, QUIT = "\x1bOS", "\x1b[17~", "\x1b[24~"
ACCEPTED = TAB + "3"


def go(words: str) -> str:
    """The keys that lead to a question by some of its letters: Alt and G, the letters, Enter."""
    return f"\x1bg{words}{ENTER}"


def typed(folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str, organisations: list[str], keys: str) -> Agreement:
    """Begin a partnership of these organisations in an empty store, type `keys`, quit; what was agreed."""
    monkeypatch.setenv("ENTENTE_STORE", str(folder / "store"))
    for place in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{place}_HOME", str(folder / place))
    Store(folder / "store", author=Author("x" * 10, "Marie"))
    with Terminal("--lang", lang, size=(80, 24)) as terminal:
        terminal.wait_for("Nouveau partenariat" if lang == "fr" else "New partnership")
        terminal.type(ENTER)
        terminal.wait_for("Tab")
        terminal.type(ENTER.join(organisations) + TAB)
        terminal.wait_for("Vous écrivez" if lang == "fr" else "You are writing")
        terminal.type(keys + QUIT)
        assert terminal.ended() == 0
    store = Store(folder / "store")
    return Composer(load_guide()).agreement(store.load(store.list()[0].id), lang)


def one_line(agreement: Agreement) -> str:
    """The document's words in one line."""
    return " ".join(to_text(agreement).replace("’", "'").replace("\u00a0", " ").split())


def holes(agreement: Agreement) -> set[str]:
    """The ids of what the document still names as missing."""
    return {hole.id for hole in agreement.holes}


def test_case_one_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = "".join(
        [
            "demandeur", PARTNER, "prestataire", UP, "3",
            go("contrib"), "offrir du personnel de counseling qualifié hors des heures", ACCEPTED,
            PARTNER, "fournir les locaux des séances", ACCEPTED, TAB + TAB + TAB,
            go("objectifs"), "offrir du counseling le soir pendant les examens", ENTER, "augmenter la capacité", ENTER,
            go("niveau"), "4",
            go("vision"), "un rendez-vous le soir en période de stress", TAB, "soutenir les étudiants",
            go("gagnant"), "une capacité accrue",
            go("nom du part"), "Counseling après les heures",
            go("contexte"), "Les deux collaborent depuis environ 20 ans.",
            go("durée"), "décembre 2018", ENTER, "avril 2019", ENTER,
            go("communication"), "La publicité dit à qui s'adresse le service.",
            go("vieilles"), "ZQSECRET", go("confiance"),
        ]
    )  # fmt: skip
    agreement = typed(tmp_path, monkeypatch, "fr", ["Université de Windsor", "ACSM Windsor-Essex"], keys)
    said = one_line(agreement)
    for words in (
        "Counseling après les heures",
        "Université de Windsor S'engage à : – fournir les locaux des séances",
        "ACSM Windsor-Essex S'engage à : – offrir du personnel de counseling qualifié hors des heures",
        "1. offrir du counseling le soir pendant les examens 2. augmenter la capacité",
        "collaboration au niveau des services",
        "depuis environ 20 ans",
        "– décembre 2018 – avril 2019",
        "La publicité dit à qui s'adresse le service.",
        "reçoit : – une capacité accrue",
    ):
        assert words in said
    assert holes(agreement) == {"lead", "governance", "accountability", "money", "review_date"}
    assert "ZQSECRET" not in said


def test_case_two_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = "".join(
        [
            "prestataire", PARTNER, "demandeur", UP, "4",
            go("contrib"), PARTNER,
            "planifier et mettre en œuvre la programmation avec la direction", ACCEPTED,
            go("contrib"), "animer jusqu'à quatre formations, en sus des ateliers", ACCEPTED,
            PARTNER, "fournir le matériel de formation", ACCEPTED,
            go("niveau"), "4",
            go("vision"), "Des services efficaces, offerts ensemble", TAB, "un cadre de travail",
            go("pilotage"), "Campus",
            go("titre"), TAB, "Entente de services",
            go("durée"), "du 1er mai 2017 au 31 mars 2018", ENTER,
            go("points"), "Le début : 1er mai ou 1er juin 2017 ?", ENTER,
        ]
    )  # fmt: skip
    agreement = typed(tmp_path, monkeypatch, "fr", ["Organisme communautaire", "Campus"], keys)
    said = one_line(agreement)
    for words in (
        "ENTENTE DE SERVICES",
        "– planifier et mettre en œuvre la programmation avec la direction",
        "– animer jusqu'à quatre formations, en sus des ateliers",
        "Campus S'engage à : – fournir le matériel de formation",
        "5. Pilotage ----------- – Campus",
        "du 1er mai 2017 au 31 mars 2018",
        "1er mai ou 1er juin 2017",
    ):
        assert words in said
    assert "lead" not in holes(agreement)


def test_case_three_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = "".join(
        [
            "founder", PARTNER, "founder", UP, "3", PARTNER, "3", DOWN, "host",
            go("contrib"), "provide rooms", ACCEPTED,
            PARTNER, "provide training and expertise in peer support", ACCEPTED,
            PARTNER, "provide group facilitation staff and supervision", ACCEPTED,
            go("objectives"), "run a 20-week skills group and a peer support group", ENTER,
            go("level"), "4",
            go("vision"), "nobody left alone", TAB, "support people with recurring suicidal thoughts",
            go("background"), "A growing number of deaths by suicide in the region.",
            TAB, "University students and young people of the region.",
            go("communication"), TAB + TAB, "The guide is given to everyone trained.",
            go("term"), "2017", ENTER,
        ]
    )  # fmt: skip
    names = ["St. Michael's Hospital", "CMHA Waterloo Wellington", "Wilfrid Laurier University"]
    agreement = typed(tmp_path, monkeypatch, "en", names, keys)
    said = one_line(agreement)
    for words in (
        "– St. Michael's Hospital, founder – CMHA Waterloo Wellington, founder – Wilfrid Laurier University, host",
        "Wilfrid Laurier University Undertakes to: – provide rooms",
        "St. Michael's Hospital Undertakes to: – provide training and expertise in peer support",
        "service collaboration",
        "University students and young people of the region.",
        "Ownership of what is created The guide is given to everyone trained.",
        "– in 2017",
    ):
        assert words in said
    assert holes(agreement) == {"lead", "governance", "accountability", "money", "review_date"}
