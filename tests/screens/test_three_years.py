"""One partnership lived through three years by the app's keys: each page right on its day, no file tells a secret."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.cli import test_three_years as by_commands
from tests.cli.life import SECRETS, Life, at_home, begin
from tests.export.pdf_reading import text_of
from tests.screens.caged import press
from tests.screens.opened import opened, workspace_of
from tests.workspace.unpacked import unpacked
from tui.app.app import EntenteApp
from tui.partnership.partners import active
from tui.screens.send_screen import SentScreen
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings
from tui.store import Author, Store
from tui.ui.host import Page
from tui.ui.page import PageRow, PageScreen
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.slow


def plain(text: str) -> str:
    """A text with plain spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


class Desk:
    """Somebody at the app on one day: pages opened by their command, rows chosen by the arrows, words typed."""

    def __init__(self, life: Life, app: EntenteApp, pilot: Pilot[None]) -> None:
        self.life, self.app, self.pilot = life, app, pilot

    async def on(self, day: str) -> None:
        """Come back to where one works, on another day."""
        while not isinstance(self.app.screen, WorkScreen):
            await self.press("escape")
        self.life.on(day)
        self.workspace.reload()
        await self.pilot.pause()

    async def late_on(self, day: str) -> list[str]:
        """What is late on a day."""
        await self.on(day)
        await self.open("due")
        return self.late()

    @property
    def workspace(self) -> Workspace:
        """The open partnership."""
        return workspace_of(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await press(self.pilot, *keys)

    async def open(self, command: str) -> None:
        """Open a page from where one works, as the list of all commands does."""
        self.app.run_command(command)
        await self.pilot.pause()

    async def reach(self, page: type[Page[Any]]) -> None:
        """Wait until a page is there: files are made in a thread of their own."""
        for _each in range(400):
            if isinstance(self.app.screen, page):
                return
            await self.pilot.pause(0.05)
        raise AssertionError((self.app.screen, self.app.page.message))

    @property
    def rows(self) -> list[PageRow]:
        """The rows of the page, in plain letters."""
        assert isinstance(self.app.screen, PageScreen), self.app.screen
        return [replace(row, text=plain(row.text), behind=plain(row.behind)) for row in self.app.screen.rows()]

    def texts(self) -> list[str]:
        """The rows of the page, with what stands behind them."""
        return [f"{row.text} {row.behind}".strip() for row in self.rows]

    def says(self) -> str:
        """The whole page in one text."""
        return "\n".join(self.texts())

    async def choose(self, beginning: str, *keys: str) -> None:
        """Walk to the row that begins so, press Enter there, then the keys."""
        rows = [row for row in self.rows if row.act is not None]
        at = next((at for at, row in enumerate(rows) if row.text.startswith(beginning)), None)
        assert at is not None, (beginning, self.texts())
        await self.press("home", *["down"] * at, "enter", *keys)

    def late(self) -> list[str]:
        """What the page of what is due lists as late, but the private money that nobody found."""
        found, late = [], False
        for row in self.rows:
            if "heading" in row.style or "warn" in row.style:
                late = row.text.startswith("En retard")
            elif late and row.text:
                found.append(row.text)
        return [one for one in found if one != "Argent : SECRET fonds"]


@asynccontextmanager
async def seated(life: Life) -> AsyncIterator[Desk]:
    """The app opened on the partnership, its keys moving."""
    store = Store(life.home / "store", author=Author("m" * 10, "Marie"))
    async with opened(store, Settings(lang="fr", clipboard="none", sender="Marie")) as (app, pilot):
        await press(pilot, "escape")
        yield Desk(life, app, pilot)


class Lived:
    """The homes after each number of parts lived by commands: a part is lived once, and its home copied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.after: dict[int, tuple[str, str]] = {}  # the id of the partnership and the day, by the number of parts

    def through(self, parts: int, life: Life) -> None:
        """Put what these parts leave behind into the home of `life`."""
        known = max((number for number in self.after if number <= parts), default=-1)
        if known >= 0:
            shutil.copytree(self.folder / str(known), life.home, symlinks=True, dirs_exist_ok=True)
            life.id, day = self.after[known]
            life.on(day)
        for number in range(known + 1, parts + 1):
            if number:
                COMMANDS[number - 1](life)
            else:
                begin(life)
            shutil.copytree(life.home, self.folder / str(number), symlinks=True)
            self.after[number] = life.id, life.day


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Give the homes after each part."""
    return Lived(tmp_path_factory.mktemp("lived"))


@pytest.mark.parametrize("number", range(8))
async def test_each_part_of_three_years_by_the_keys_of_the_app(
    number: int, lived: Lived, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What came before is done by commands, the part itself by keys."""
    life = at_home(tmp_path, monkeypatch, capsys)
    lived.through(min(number, len(COMMANDS)), life)
    async with seated(life) as desk:
        await KEYS[number](desk)
        await _nothing_private(desk)


async def _two_drafts(desk: Desk) -> None:
    await desk.on("2026-11-02")
    await desk.open("send")
    await desk.choose("Réponse attendue", *"2026-11-20", "enter")
    await desk.press("end", "enter")
    await desk.reach(SentScreen)
    await desk.on("2026-11-15")
    await desk.press("g", *"consensus", "enter", "escape")
    await desk.open("round")
    await desk.press("1")
    assert await desk.late_on("2026-11-21") == ["Réponse à l'ébauche 1 (Clinique)"]
    await desk.on("2026-12-01")
    await desk.press("g", *"consensus", "enter", "escape")
    await desk.open("round")
    await desk.press("2", *"SECRET note", "enter")
    await desk.press("escape")
    await desk.open("due")
    assert desk.late() == [], "a late answer is an answer"
    desk.life.answer(
        "gather.objectives", {"text": "former quinze bénévoles", "due": "2027-05"}, op="add", key="volunteers"
    )
    await desk.on("2026-12-05")
    await desk.open("send")
    await desk.choose("Réponse attendue", *"2026-12-20", "enter")
    await desk.press("end", "enter")
    await desk.reach(SentScreen)
    await desk.press("escape")
    await desk.open("due")
    assert "Réponse à confirmer sur le nouveau texte (Collège)" in desk.says(), desk.says()
    await desk.on("2026-12-18")
    await desk.press("g", *"consensus", "enter", "escape")
    await desk.open("round")
    await desk.press("home", "1", "1")
    await desk.press("escape")
    desk.workspace.flush()  # what is answered by a command comes after it, however fast the keys were
    desk.life.answer(
        "commit.consensus",
        {"level": "agree", "leave": "yes", "ratify_by": "conseil", "ratify_on": "2027-01-12"},
        "Clinique",
    )
    assert await desk.late_on("2027-01-13") == ["À entériner par le conseil (Clinique)"]
    passed = {"level": "agree", "resolution": "CA-7", "ratified_on": "2027-01-14"}
    desk.life.on("2027-01-14").answer("commit.consensus", passed, "Clinique")
    assert await desk.late_on("2027-01-14") == []


async def _adopt_and_sign(desk: Desk) -> None:
    await desk.on("2027-01-20")
    await desk.open("adopt")
    await desk.choose("Résolution ou rencontre", "4", "enter")
    await desk.choose("Pourquoi quand même", *"tout est dit", "enter")
    await desk.choose("Adopter quand même", "down", "enter")
    await desk.open("sign")
    await desk.choose("Transmettre pour signature")
    await desk.press("escape")
    await desk.open("due")
    assert desk.says().count("Signature attendue") == 2
    paper = desk.life.home / "scan.pdf"
    paper.write_bytes(b"%PDF-1.7")
    await desk.on("2027-02-01")
    await desk.open("sign")
    await desk.choose("Collège")
    await desk.choose("Où est l'original", *"SECRET coffre", "enter")
    await desk.choose("Copie à garder", *str(paper), "enter")
    await desk.choose("Noter cette signature", "down", "enter")
    assert "1 signataire sur 2" in desk.says()
    await desk.choose("Ajouter un extrait certifié", *"CA-7 de la Clinique", "enter")
    await desk.choose("CA-7 de la Clinique", *str(paper), "enter")
    assert "extrait certifié de résolution · scan.pdf" in desk.says()
    await desk.on("2027-02-10")
    await desk.open("sign")
    await desk.choose("Clinique")
    await desk.choose("Noter cette signature", "down", "enter")
    assert "En vigueur depuis le 10 février 2027." in desk.says()
    await desk.press("escape")
    await desk.open("due")
    assert "Signature attendue" not in desk.says()


async def _first_year(desk: Desk) -> None:
    assert await desk.late_on("2027-06-02") == ["Objectif : former quinze bénévoles"]
    await desk.on("2027-06-02")
    await desk.open("standing")
    await desk.choose("former quinze bénévoles", *"fait", "enter", *"quatorze en vérité; Collège; mai 2027", "enter")
    assert "fait, depuis : mai 2027" in desk.says()
    await desk.press("escape")
    await desk.open("due")
    assert desk.late() == [] and "Reddition de comptes : le bilan" in desk.says()
    assert desk.workspace.adoption == "adopted", "what came of a promise changes no word"
    assert await desk.late_on("2027-07-02") == ["Reddition de comptes : le bilan"]


async def _joiner(desk: Desk) -> None:
    desk.life.on("2027-09-01")
    desk.life.answer("open.who", {"name": "Refuge", "status": "committed", "reason": "SECRET raison"}, op="add")
    desk.life.answer("open.contributions", {"text": "accueillir le samedi", "state": "accepted"}, "Refuge", op="add")
    await desk.on("2027-09-01")
    await desk.open("amend")
    await desk.choose("Qui adhère ainsi", *"refuge", "enter")
    await desk.choose("Prend effet", *"2027-10-01", "enter")
    await desk.choose("Pourquoi quand même", *"accueil", "enter")
    await desk.choose("Lire la lettre")
    assert "Refuge" in desk.says() and "L'adhésion prend effet le 1er octobre 2027." in desk.says()
    await desk.press("escape")
    await desk.choose("Les écrire en fichiers")
    await desk.choose("Consigner cet avenant", "down", "enter")
    await desk.on("2027-09-20")
    await desk.open("sign")
    await desk.choose("Refuge")
    await desk.choose("Qui signe", *"Ida Refuge", "enter")
    await desk.choose("Noter cette signature", "down", "enter")
    said = desk.says()
    assert "Prendra effet le 1er octobre 2027." in said and "En vigueur depuis le 10 février 2027." in said


async def _amendment(desk: Desk) -> None:
    goal = {"text": "ouvrir un second point", "due": "2028-10"}
    desk.life.on("2028-02-01").answer("gather.objectives", goal, op="add")
    await desk.on("2028-02-01")
    await desk.open("amend")
    await desk.choose("Prend effet", *"2028-03-01", "enter")
    await desk.choose("Pourquoi quand même", *"convenu", "enter")
    await desk.choose("Lire la lettre")
    assert "Avant :" in desk.says() and "ouvrir un second point" in desk.says()
    await desk.press("escape")
    await desk.choose("Les écrire en fichiers")
    await desk.choose("Consigner cet avenant", "down", "enter")
    assert desk.workspace.adoption == "adopted"
    await desk.on("2028-02-15")
    await desk.open("sign")
    for name in ("Collège", "Clinique", "Refuge"):
        await desk.choose(name)
        await desk.choose("Qui signe", *["backspace"] * 30, *f"Ida {name}", "enter")
        await desk.choose("Noter cette signature", "down", "enter")
    assert "Prendra effet le 1er mars 2028." in desk.says()
    await desk.on("2028-03-02")
    await desk.open("sign")
    said = desk.says()
    assert "En vigueur depuis le 1er mars 2028." in said and "Avenant n° 1" in said


async def _review_and_renewal(desk: Desk) -> None:
    assert "Révision de l'entente" in await desk.late_on("2028-07-01")
    desk.life.answer("extra.review", {"date": "2030-06", "renewal": "tacit", "notice": 60})
    assert "Révision de l'entente" not in await desk.late_on("2028-07-01")
    await desk.on("2029-01-02")
    await desk.open("due")
    assert "L'entente se renouvelle 31 décembre 2029" in desk.says()
    await desk.choose("Écrire un fichier de calendrier")


async def _health(desk: Desk) -> None:
    await desk.on("2029-02-01")
    await desk.open("health")
    assert "0 sur au moins 3" in desk.says()
    await desk.choose("En rencontre")
    for name, answer in (("Collège", "oui"), ("Clinique", "pas encore"), ("Refuge", "pas encore")):
        await desk.choose(name, *answer, "enter")
    await desk.press("escape")
    assert "1 oui, 2 pas encore" in desk.says()
    before = desk.workspace.agreement
    await desk.choose("Nous voulons la même chose", "enter", *"Collège; 1er mars 2029", "enter")
    assert desk.workspace.agreement == before, "a point for the table changes no word of what was adopted"
    await desk.choose("Écrire les pages à remplir")
    assert any("la même chose" in line for line in await desk.late_on("2029-03-02"))


async def _leaver(desk: Desk) -> None:
    await desk.on("2029-05-01")
    await desk.press("G", *"clinique", "enter", "escape")
    await desk.open("leave")
    assert "Clinique" in desk.app.page.heading()
    await desk.choose("Part le", *["backspace"] * 30, *"2029-05-31", "enter")
    await desk.choose("Avis donné le", *"2029-03-01", "enter")
    await desk.choose("Raison", *"SECRET départ", "enter")
    await desk.choose("Noter le départ")
    for role in ("Objectifs principaux", "Pilotage"):
        await desk.choose(role, *"collège", "enter")
    await desk.choose("Engagement", *"personne", "enter")
    assert "Il ne reste rien à régler." in desk.says()
    await desk.choose("Écrire la lettre")
    await desk.press("escape")
    await desk.open("due")
    assert "Départ (Clinique)" in desk.says()
    await desk.on("2029-06-02")
    await desk.press("G", *"collège", "enter", "escape")
    await desk.open("person_leaves")
    await desk.press(*"ida collège", "enter")
    for _role in range(2):
        await desk.press("enter", *"quelqu", "enter", *"Ana Collège", "enter")
    await desk.choose("Noter son départ")
    await desk.press("escape")
    await desk.open("sign")
    assert "Ida Collège" in desk.says() and "Ida Clinique" in desk.says(), "past signatures keep their name"
    assert [one.short("fr") for one in active(desk.workspace.partnership)] == ["Collège", "Refuge"]


async def _nothing_private(desk: Desk) -> None:
    """Write what may be written in any part, and read every file that is there."""
    await desk.on(desk.life.day)
    await desk.open("funders")
    await desk.open("contacts")
    await desk.choose("Écrire l'annexe")
    made = [path for path in (desk.life.home / "Entente").rglob("*") if path.is_file() and path.suffix != ".zip"]
    assert len(made) > 2
    told = "\n".join(path.name + _read(path) for path in made)
    assert [one for one in SECRETS if one in told] == []


def _read(path: Path) -> str:
    return text_of(path.read_bytes()) if path.suffix == ".pdf" else unpacked(path.read_bytes())


COMMANDS = (
    by_commands.two_drafts,
    by_commands.adopt_and_sign,
    by_commands.first_year,
    by_commands.joiner,
    by_commands.amendment,
    by_commands.review_and_renewal,
)
KEYS = (
    _two_drafts, _adopt_and_sign, _first_year, _joiner, _amendment, _review_and_renewal, _health, _leaver,
)  # fmt: skip
