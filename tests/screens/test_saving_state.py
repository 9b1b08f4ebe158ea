"""What the first line says of saving is true a moment later, whichever way a partnership was opened or changed."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.journeys.hand import Hand, seated
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, SETTINGS, Change
from tui.screens.list_screen import PartnershipsScreen
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings
from tui.store import Author, Store
from tui.store.backup import restore
from tui.store.store_errors import Full, StoreError
from tui.ui.dialog import Picker
from tui.workspace.workspace import Workspace

WAY = Callable[[Hand, Path], Awaitable[None]]
PATIENCE_SECONDS = 10.0  # it takes a third of a second; only a loaded machine, or a line that lies, takes longer


def made(store: Store) -> str:
    """The id of a partnership of two organisations that the directory does not know, made by another program."""
    changes = [Change(SETTINGS, SETTINGS, "lang", "fr")]
    for name, order in (("aaaaaaaaaa", "a"), ("bbbbbbbbbb", "b")):
        cells = {ORDER: order, "name@fr": f"Organisme {order}", "status": "interested"}
        changes += [Change(name, WHO, cell, value, "", (name,)) for cell, value in cells.items()]
    return store.create(changes).id


async def listed(hand: Hand) -> None:
    """Show the list anew, with what was just laid in the store."""
    screen = hand.app.screen
    assert isinstance(screen, PartnershipsScreen)
    screen.refresh_list()
    await hand.pilot.pause()


async def new(hand: Hand, _folder: Path) -> None:
    """By the names of the organisations."""
    await hand.press("n")
    await hand.lines("La Boussole", "Le Collège", "La Clinique")
    await hand.press("tab")


async def new_with_known_organisations(hand: Hand, folder: Path) -> None:
    """By names that the directory knows already."""
    await new(hand, folder)
    hand.app.to_list()
    await hand.pilot.pause()
    await new(hand, folder)


async def new_with_several_on_the_account(hand: Hand, folder: Path) -> None:
    """A window asks for one's name over the working screen, whose first line is seen behind it."""
    hand.app.settings = Settings(lang="fr", clipboard="none", group=True)
    await new(hand, folder)
    assert isinstance(hand.app.screen, Picker)


async def sample(hand: Hand, _folder: Path) -> None:
    """A copy of an example."""
    hand.app.run_command("sample")
    await hand.pilot.pause()
    await hand.press("enter")


async def trial(hand: Hand, _folder: Path) -> None:
    """A partnership to practise on."""
    hand.app.run_command("practise")
    await hand.pilot.pause()


async def imported(hand: Hand, folder: Path) -> None:
    """From a file that somebody handed over."""
    other = Store(folder / "other", author=Author("y" * 10, "Paul"))
    path = folder / "reçu.json"
    path.write_text(json.dumps(other.public_document(made(other))), encoding="utf-8")
    hand.app.run_command("open_file")
    await hand.pilot.pause()
    await hand.words(str(path))
    await hand.press("enter")


async def opened(hand: Hand, _folder: Path) -> None:
    """From the list, as another program left it."""
    made(hand.app.store)
    await listed(hand)
    await hand.press("enter")


async def duplicated(hand: Hand, _folder: Path) -> None:
    """The copy of one that stands in the list."""
    first = made(hand.app.store)
    await listed(hand)
    hand.app.run_command("duplicate")
    await hand.pilot.pause()
    hand.app.open(next(one.id for one in hand.app.store.list() if one.id != first))
    await hand.pilot.pause()


async def back_from_the_bin(hand: Hand, _folder: Path) -> None:
    """Deleted, then brought back."""
    name = made(hand.app.store)
    hand.app.store.delete(name)
    await listed(hand)
    hand.app.run_command("bin")
    await hand.pilot.pause()
    await hand.press("enter", "enter")
    hand.app.open(name)
    await hand.pilot.pause()


async def restored(hand: Hand, folder: Path) -> None:
    """From a backup, into a store that had lost it."""
    other = Store(folder / "other", author=Author("y" * 10, "Paul"))
    made(other)
    other.backup(folder / "copie.zip")
    assert len(list(restore(hand.app.store.root, folder / "copie.zip"))) == 1
    await listed(hand)
    await hand.press("enter")


async def after_a_crash(hand: Hand, _folder: Path) -> None:
    """A program was killed with changes that its journal alone holds."""
    store = hand.app.store
    name = made(store)
    session = store.session(name)
    session.note(Change("aaaaaaaaaa", WHO, "role@fr", "hôte", "", ("aaaaaaaaaa",), 0))
    session.close()
    await listed(hand)
    await hand.press("enter")


WAYS: tuple[WAY, ...] = (
    new,
    new_with_known_organisations,
    new_with_several_on_the_account,
    sample,
    trial,
    imported,
    opened,
    duplicated,
    back_from_the_bin,
    restored,
    after_a_crash,
)


def first_line(hand: Hand) -> str:
    """The first line of the working screen, seen whole or behind a window."""
    screen = next(one for one in hand.app.screen_stack if isinstance(one, WorkScreen))
    return "".join(piece.text for line in screen.lines("head").lines for piece in line).replace("\xa0", " ")


def on_disk(hand: Hand) -> bool:
    """Whether the files hold all that the open partnership holds, without any journal's help."""
    workspace = hand.workspace
    kept = hand.app.store._folder(workspace.partnership.id).state().partnership
    return {name: one.cells for name, one in kept.entries.items()} == {
        name: one.cells for name, one in workspace.partnership.entries.items()
    }


async def says_saved(hand: Hand) -> None:
    """Wait until the line says that all is saved; then it is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and "enregistré" not in first_line(hand):
        await asyncio.sleep(0.02)
    await hand.pilot.pause()
    assert "enregistré" in first_line(hand) and "enregistrement" not in first_line(hand)
    assert on_disk(hand)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_first_line_says_saved_after_every_way_in(way: WAY, tmp_path: Path) -> None:
    async with seated(tmp_path, size=(140, 40)) as hand:
        await way(hand, tmp_path)
        assert any(isinstance(screen, WorkScreen) for screen in hand.app.screen_stack)
        await says_saved(hand)


async def test_an_edit_that_nobody_announced_is_saved_all_the_same(tmp_path: Path) -> None:
    async with seated(tmp_path, "La Boussole", "Le Collège", size=(140, 40)) as hand:
        await says_saved(hand)
        hand.workspace.set_setting("positions", "long")
        await asyncio.sleep(0.5)
        await says_saved(hand)


async def test_an_edit_asked_to_be_saved_during_another_save_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Workspace.write

    def slow(workspace: Workspace, *batch: object) -> object:
        time.sleep(0.6)
        return write(workspace, *batch)  # type: ignore[arg-type]

    async with seated(tmp_path, "La Boussole", "Le Collège", size=(140, 40)) as hand:
        await says_saved(hand)
        monkeypatch.setattr(Workspace, "write", slow)
        hand.workspace.set_setting("positions", "long")
        hand.app.save()
        hand.app.to_list()
        monkeypatch.undo()
        await hand.pilot.pause()
        await new(hand, tmp_path)
        await says_saved(hand)


async def test_a_refusal_here_and_now_is_said_and_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands that must save first (sending, signing, destroying) meet a full disk like typing does."""

    def full(*_: object, **_how: object) -> object:
        raise Full(tmp_path)

    async with seated(tmp_path, "La Boussole", "Le Collège", size=(140, 40)) as hand:
        await says_saved(hand)
        monkeypatch.setattr("tui.app.autosave.RETRY_AFTER_SECONDS", 0.1)
        with monkeypatch.context() as broken:
            broken.setattr(Store, "save", full)
            hand.workspace.set_setting("positions", "long")
            with pytest.raises(StoreError):
                hand.workspace.flush()
            deadline = time.monotonic() + PATIENCE_SECONDS
            while "NON ENREGISTRÉ : disque plein" not in first_line(hand):
                assert time.monotonic() < deadline, first_line(hand)
                await asyncio.sleep(0.02)
        await says_saved(hand)
