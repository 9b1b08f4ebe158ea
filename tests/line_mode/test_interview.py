"""Whatever is typed, nothing breaks, and at every prompt the disk holds all that was acknowledged."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.line_mode.person import GUIDE, ME, TWO
from tui.line_mode import typed_commands
from tui.line_mode.interview import Interview
from tui.line_mode.line_streams import LineStreams
from tui.partnership.values import SETTINGS, Change, Partnership
from tui.settings import Settings
from tui.store import Author, Store, open_store
from tui.text.name_matching import fold
from tui.workspace.typed_values import NO, YES
from tui.workspace.workspace import Workspace

NAMES = [f"/{name}" for one in typed_commands.COMMANDS for name in one.line.names if one.id not in ("copy", "quit")]
ARGUMENTS = st.one_of(st.just(""), st.integers(0, 35).map(str), st.sampled_from(["tous", "acsm", "vision", "1 et 2"]))
LIKELY = st.sampled_from(
    ["", "", ".", "1", "2", "3", "oui", "non", "pilote", "accord", "mars 2027", "12 000 $", "une phrase", "- un point",
     "Université de Windsor", "tous, sauf ACSM Windsor-Essex", "1 2", "//x", "/", "/zut", "..", "\u200b", "\ud800"]
)  # fmt: skip
LINES = st.lists(
    st.one_of(
        LIKELY,
        st.integers(1, 35).map(lambda number: f"/aller {number}"),
        st.builds(lambda name, argument: f"{name} {argument}", st.sampled_from(NAMES), ARGUMENTS),
        st.text(max_size=20).map(lambda text: text.replace("\n", " ")),
    ),
    max_size=25,
)


def cells(partnership: Partnership) -> dict[tuple[str, str], object]:
    """All that a partnership holds."""
    return {
        (entry.id, key): cell.value
        for entry in partnership.entries.values()
        for key, cell in entry.cells.items()
        if cell.value is not None
    }


class Watched(LineStreams):
    """Checks at each prompt that a store which knows nothing yet reads from disk what the desk holds."""

    workspace: Workspace
    root: Path

    def ask(self, prompt: str) -> str:
        """Compare, then ask."""
        assert cells(open_store(self.root, ME).load(self.workspace.partnership.id)) == cells(self.workspace.partnership)
        return super().ask(prompt)


def interviewed(store: Store, partnership_id: str, lines: list[str]) -> tuple[str, Workspace]:
    """What is said when these lines are typed, and the desk they were typed at."""
    workspace, said = Workspace(GUIDE, store.load(partnership_id), store), io.StringIO()
    talk = Watched(io.StringIO("\n".join(lines), newline=""), said)
    talk.workspace, talk.root = workspace, store.root
    assert Interview(workspace, talk, Settings(), store).run() == 0
    return said.getvalue(), workspace


@pytest.mark.slow
@settings(max_examples=60)
@given(LINES)
def test_any_lines(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store", ME)
        partnership_id = store.create().id
        interviewed(store, partnership_id, list(TWO))
        said, workspace = interviewed(store, partnership_id, lines)
        assert not workspace.edits.at_risk
        assert cells(open_store(store.root, ME).load(partnership_id)) == cells(workspace.partnership)
        assert not any(char < " " and char != "\n" for char in said)


@pytest.mark.slow
@settings(max_examples=30)
@given(
    st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30), min_size=1, max_size=4)
)
def test_a_text_acknowledged_is_the_text_typed(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store", ME)
        partnership_id = store.create().id
        words = [text for text in texts if fold(text).rstrip(".") not in (*YES, *NO)]  # alone, these are asked about
        kept = [text for text in words if text.strip() not in ("", ".") and typed_commands.read_command(text) == text]
        said, _workspace = interviewed(store, partnership_id, ["/aller 9", *kept])
        vision = store.load(partnership_id).entry("gather.vision")
        assert (vision.text("vision", "fr") if vision else "") == "\n".join(kept)
        assert ("Enregistré." in said) == bool(kept)


def test_a_text_of_both_languages_is_heard_in_both_with_which_was_negotiated(person) -> None:
    person.types(*TWO, "/aller vision", "Une seule porte.", ".")
    said = person.types("/go vision", "One door.", ".", lang="en")
    assert "In French so far: what you type here is the English text, and the French one stays." in said
    assert "English (traduction) : One door." in person.types("/aller vision")
    person.types("/aller vision", "Une porte seule.", ".")
    assert "français (negotiated): Une porte seule." in person.types("/go vision", lang="en"), "reworded later"


@pytest.mark.parametrize("count", [3, 4])
def test_what_more_than_three_partners_lack_alike_is_said_once_with_their_names(person, count: int) -> None:
    names = ["Aster", "Bouleau", "Cèdre", "Daphné"][:count]
    person.types(*names, "", "/quitter")
    said = person.types("/manque", "/quitter").split("Pour être prêt pour la rencontre, il manque :")[1]
    lines = [line for line in said.splitlines() if line.startswith("Implication, ")]
    assert [line.count(",") for line in lines] == ([1, 1, 1] if count == 3 else [4])
    assert all(name in said for name in names)


@pytest.mark.parametrize("other", [True, False])
def test_what_somebody_else_saved_meanwhile_is_taken_in_and_said_once(pair, other: bool) -> None:
    def save(line: int) -> None:
        if line == 2 and other:
            change = Change("gather.vision", "gather.vision", "goal@en", "A door for all.")
            open_store(pair.store.root, Author("b" * 10, "Zoé")).save(pair.id, [change])

    said = pair.sends("/go vision\n/go vision\nOne door.\n.\n", "en", meanwhile=save)
    assert said.count("Someone else changed this partnership") == int(other)
    assert ("A door for all." in pair.types("/document", lang="en")) is other


@pytest.mark.parametrize(
    ("setting", "chosen", "title"),
    [(None, "", "PARTENARIAT"), ("en", "", "PARTNERSHIP"), ("en", "fr", "PARTENARIAT"), (None, "en", "PARTNERSHIP")],
)
def test_the_document_is_in_the_language_of_the_settings_or_else_its_own(
    pair, setting: str | None, chosen: str, title: str
) -> None:
    if setting:
        pair.store.save(pair.id, [Change(SETTINGS, SETTINGS, "lang", setting)])
    assert title in pair.types("/document", settings=Settings(doc_lang=chosen)).upper()


@pytest.mark.parametrize(("region", "mark"), [("fr-FR", "lieu\u202f?"), ("fr-CA", "lieu?"), ("", "lieu?")])
def test_the_document_has_the_typography_that_the_settings_choose(pair, region: str, mark: str) -> None:
    pair.store.save(pair.id, [Change("gather.vision", "gather.vision", "goal@fr", "Quel lieu ?")])
    assert mark in pair.types("/document", settings=Settings(region=region))
