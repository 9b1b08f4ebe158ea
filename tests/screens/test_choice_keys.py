"""Where one chooses: letters find an option, none of them changes anything by itself, and no words are lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.opened import ORG, filled_store, opened, shown, workspace_of
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.app.app import EntenteApp
from tui.form.option_search import NOTHING_SOUGHT, SoughtOption
from tui.screens import choice_keys
from tui.screens.agreement_screen import DocumentScreen
from tui.screens.work_screen import WorkScreen
from tui.ui.dialog import OneKey
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace


@pytest.fixture(autouse=True)
def french() -> None:
    """The messages are compared in French."""
    i18n.use("fr")


def cell(app: EntenteApp, name: str) -> object:
    """What the first partner holds."""
    return workspace_of(app).partnership.entries[ORG].get(name)


def here(app: EntenteApp) -> str:
    """The id of the field one stands at."""
    assert isinstance(app.screen, WorkScreen) and app.screen.form.current_field is not None
    field = app.screen.form.current_field.field
    return field.id if field is not None else app.screen.form.current_field.kind


def at(app: EntenteApp, field: str) -> WorkScreen:
    """Stand at a field of the first partner."""
    assert isinstance(app.screen, WorkScreen)
    app.screen.go_to_field(f"{ORG}/{field}")
    return app.screen


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("status", "intéressé, mais retiré cet hiver"),
        ("kind", "personne morale de droit public"),
        ("named", "exact : oui x non"),
        ("status", "engagée envers nous"),
    ],
)
async def test_words_typed_on_a_choice_change_nothing_and_go_to_the_field_beside(
    tmp_path: Path, field: str, words: str
) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        at(app, field)
        before = cell(app, field)
        await pilot.press(*words, "enter")
        assert cell(app, field) == before and here(app) == field
        assert "Tab l'écrit dans" in shown(app, "foot")
        await pilot.press("tab")
        assert cell(app, field) == before and here(app) != field
        assert isinstance(app.screen, WorkScreen) and app.screen.editor.text.endswith(words)
        await pilot.press("ctrl+z")
        assert words not in str(workspace_of(app).partnership.entries[ORG].cells)


async def test_enter_takes_the_one_option_that_all_letters_mean_and_undo_restores_it(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        at(app, "status")
        await pilot.press(*"retir")
        assert cell(app, "status") == "interested", "letters alone choose nothing"
        assert "→ retiré" in shown(app, "foot")
        await pilot.press("enter")
        assert (cell(app, "status"), here(app)) == ("withdrawn", "role")
        await pilot.press("ctrl+z")
        assert cell(app, "status") == "interested"


async def test_arrows_and_space_act_before_the_first_letter_only(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        at(app, "status")
        await pilot.press("space")
        moved = cell(app, "status")
        assert moved != "interested"
        await pilot.press("r", "space", "right", "left", "down", "up")
        assert (cell(app, "status"), here(app)) == (moved, "status")
        await pilot.press("escape", "right")
        assert cell(app, "status") != moved, "without letters the arrows act again"


async def test_escape_and_undo_drop_the_letters_and_nothing_else(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        at(app, "status")
        await pilot.press(*"ret", "ctrl+z")
        assert cell(app, "status") == "interested" and "rien n'a changé" in shown(app, "foot")
        await pilot.press(*"ret", "escape")
        assert isinstance(app.screen, WorkScreen) and app.screen.writing, "one still stands at the choice"


@pytest.mark.parametrize("way", [("f6", "f6"), ("f4", "f3")])
async def test_letters_are_told_dropped_where_one_leaves_their_choice(tmp_path: Path, way: tuple[str, str]) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        at(app, "status")
        await pilot.press(*"xyz", way[0])
        assert "« xyz » est effacé" in shown(app, "foot").replace("\xa0", " ")
        await pilot.press(way[1])
        at(app, "status")
        await pilot.press(*"retir", "enter")
        assert cell(app, "status") == "withdrawn", "nothing of what was dropped is held"


async def test_options_above_nine_are_reached_by_their_number_and_by_their_words(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        screen = at(app, "kind")
        assert screen.form.current_field is not None
        codes = [code for code, _words in screen.form.current_field.options]
        assert len(codes) > 11
        await pilot.press("1", "2")
        assert cell(app, "kind") == codes[11]
        await pilot.press("3")
        assert cell(app, "kind") == codes[2], "a number that is whole is not added to"
        words = dict(screen.form.current_field.options)[codes[10]]
        await pilot.press(*words, "enter")
        assert cell(app, "kind") == codes[10]


async def test_the_help_of_a_choice_names_every_way_to_choose(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        at(app, "status")
        await pilot.press("f1")
        await pilot.pause()
        said = " ".join(shown(app, "sheet").split())
        assert "Un chiffre choisit, ou ← et →, ou quelques lettres puis Entrée" in said


async def test_words_pasted_on_a_choice_are_sought_too(tmp_path: Path) -> None:
    from textual import events

    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        at(app, "status")
        app.post_message(events.Paste("  retiré\n"))
        await pilot.pause()
        assert cell(app, "status") == "interested" and "→ retiré" in shown(app, "foot")
        await pilot.press("enter")
        assert cell(app, "status") == "withdrawn"


async def test_words_typed_on_the_folded_line_find_a_field_and_are_never_lost(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        screen = at(app, "named")
        await pilot.press("down")
        while here(app) != "more":
            await pilot.press("down")
        await pilot.press(*"adresse", "enter")
        assert here(app) == "address"
        screen.go_to_field(f"{ORG}/role")
    async with opened(filled_store(tmp_path / "t")) as (app, pilot):
        at(app, "named")
        while here(app) != "more":
            await pilot.press("down")
        await pilot.press(*"ouvert le soir", "enter", "tab")
        assert isinstance(app.screen, WorkScreen) and app.screen.editor.text.endswith("ouvert le soir")


async def test_in_the_document_letters_find_an_option_too(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"niveau", "enter", "1", "f5")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, DocumentScreen)
        rows = [at for at, one in enumerate(screen.painted.origins) if one.question == "gather.level"]
        screen.stand_at(rows[0])
        await pilot.press("enter")
        target = screen.bottom.target
        assert target is not None and target.kind == "choice"
        words = dict(target.options)[target.options[3][0]]
        before = target.chosen
        await pilot.press(*words.split()[0])
        assert screen.bottom.target is not None and screen.bottom.target.chosen == before
        await pilot.press("escape")
        assert screen.bottom.target is not None, "Escape drops the letters first"
        await pilot.press(*words, "enter")
        found = [
            row.get("level") for row in workspace_of(app).partnership.entries.values() if row.question == "gather.level"
        ]
        assert found == [target.options[3][0]]


async def test_an_arrow_at_the_end_makes_no_row_and_leaves_no_question(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"pilote", "enter", *"univ", "enter")
        await pilot.press("down", *"assurer le suivi", "home", "down", *".", "down")
        rows = workspace_of(app).partnership.rows("gather.lead", "rows")
        assert [row.text("mandate", "fr") for row in rows] == ["assurer le suivi."]
        await pilot.press("down", "down", ".", "down", "down", "down", *".", "f4")
        rows = workspace_of(app).partnership.rows("gather.lead", "rows")
        assert len(rows) == 1, "a full stop makes no second pilot"


async def test_down_at_the_last_field_stays_and_says_how_to_go_on(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"vision", "enter", "tab", *"le soir", "down", *" et le matin")
        assert workspace_of(app).place.question == "gather.vision"
        assert isinstance(app.screen, WorkScreen) and app.screen.editor.text == "le soir et le matin"
        await pilot.press("down")
        assert "F4" in shown(app, "foot")


async def test_the_next_question_begins_where_one_reads_it(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        for key in ("f4", "f3"):
            seen = set()
            while workspace_of(app).place.question not in seen:
                seen.add(workspace_of(app).place.question)
                await pilot.press(key)
                slots = [one.field.key for one in screen.form.slots if one.field.kind != "pair" and not one.closed]
                slots = slots[1:] if workspace_of(app).place.question == "open.who" else slots  # the name stands above
                assert not slots or (
                    screen.form.current_field is not None and screen.form.current_field.key == slots[0]
                )
            assert len(seen) > 10


async def test_in_a_list_the_next_question_begins_at_its_first_line_and_a_digit_makes_none(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"objectifs", "enter", *"une porte ouverte", "enter", *"un guide", "enter")
        for there, back in (("f4", "f3"), ("f3", "f4")):
            await pilot.press(there, back)
            screen = app.screen
            assert isinstance(screen, WorkScreen) and screen.form.current_field is not None
            assert screen.form.current_field.text == "une porte ouverte"
        rows = workspace_of(app).partnership.rows("gather.objectives", "rows")
        assert [row.text("text", "fr") for row in rows] == ["une porte ouverte", "un guide"]


@pytest.mark.parametrize("key", ["tab", "enter"])
async def test_tab_and_enter_take_the_suggested_name(tmp_path: Path, key: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"pilote", "enter", *"univ")
        assert "→ Université" in shown(app, "foot")
        await pilot.press(key)
        rows = workspace_of(app).partnership.rows("gather.lead", "rows")
        assert [row.get("partner") for row in rows] == [ORG]


@pytest.mark.parametrize("key", ["tab", "enter"])
async def test_a_name_that_nobody_has_is_asked_about_at_once(tmp_path: Path, key: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"pilote", "enter", *"Maison Jean", key)
        await pilot.pause()
        assert isinstance(app.screen, OneKey) and "Maison Jean" in app.screen.title_text
        await pilot.press("1")
        names = {row.text("name", "fr"): row.id for row in workspace_of(app).partnership.rows("open.who")}
        rows = workspace_of(app).partnership.rows("gather.lead", "rows")
        assert [row.get("partner") for row in rows] == [names["Maison Jean"]]
        await pilot.press("ctrl+z")
        assert "Maison Jean" not in {
            row.text("name", "fr") for row in workspace_of(app).partnership.rows("open.who")
        }, "one step of undo"


async def test_a_name_that_is_not_understood_is_never_folded_away(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"contributions", "enter", *"une salle", "tab")
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        row = workspace_of(app).partnership.rows("open.contributions", "rows")[0]
        screen.go_to_field(f"{row.id}/partners")
        await pilot.press(*"Maison Jean", "f4", "f3")
        screen.go_to_field(f"{row.id}/text")
        await pilot.pause()
        assert "Maison Jean" in shown(app, "question")


async def test_a_digit_alone_makes_no_row_before_enter(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"objectifs", "enter", "2", "f4", "f3")
        assert workspace_of(app).partnership.rows("gather.objectives", "rows") == ()
        await pilot.press(*"24", "enter", *"2 visites", "f4")
        rows = workspace_of(app).partnership.rows("gather.objectives", "rows")
        assert [row.text("text", "fr") for row in rows] == ["24", "2 visites"]


async def test_the_key_of_a_small_two_chooses_nothing(tmp_path: Path) -> None:
    """French keyboards have a key « ² » beside the digits; Python's `isdigit` takes it for one, `int` does not."""
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        at(app, "status")
        before = cell(app, "status")
        await pilot.press("²")
        assert cell(app, "status") == before and here(app) == "status"


EVENINGS = (("mon", "lundi"), ("tue", "mardi"), ("wed", "mercredi"))


def unseen(letters: str = "", question: str = "open.who") -> Any:
    """A screen that nobody sees, at a field where so many letters were typed; it hears what is done."""
    done: list[str] = []
    editor = SimpleNamespace(advance=lambda: done.append("next field"))
    return SimpleNamespace(
        done=done, sought_option=SoughtOption("e/f", letters) if letters else NOTHING_SOUGHT, field_editor=editor,
        form=SimpleNamespace(slots=()), say=lambda text: done.append("said"),
        workspace=SimpleNamespace(subject=(), place=SimpleNamespace(question=question)),
        go_to_field=lambda key: done.append(f"to {key}"), paint_form=lambda: None, paint=lambda: None,
    )  # fmt: skip


def choice(chosen: str, kind: str = "choice", *, field: str = "level", is_list: bool = False) -> Any:
    """A field with three options."""
    return SimpleNamespace(
        key="e/f", kind=kind, chosen=chosen, options=EVENINGS, names=(), field=SimpleNamespace(id=field),
        part=SimpleNamespace(list=is_list), entry=SimpleNamespace(id="e"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "key", "reached"),
    [
        ("", "right", "mon"), ("mon", "right", "tue"), ("wed", "right", "mon"), ("tue", "space", "wed"),
        ("", "left", "wed"), ("tue", "left", "mon"), ("mon", "left", "wed"), ("gone", "left", "wed"),
        ("", "3", "wed"), ("mon", "1", "mon"), ("mon", "4", None), ("mon", "0", None), ("mon", "backspace", ""),
        ("mon", "delete", ""),
    ],
)  # fmt: skip
def test_each_key_chooses_its_option(
    monkeypatch: pytest.MonkeyPatch, chosen: str, key: str, reached: str | None
) -> None:
    taken: list[str] = []
    monkeypatch.setattr(choice_keys, "choose", lambda screen, field, code: taken.append(code))
    assert choice_keys.act_on_key(unseen(), choice(chosen), key, key)
    assert taken == ([] if reached is None else [reached])


def test_a_number_of_two_digits_is_typed_digit_by_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    monkeypatch.setattr(choice_keys, "choose", lambda screen, field, code: taken.append(code))
    screen, field = unseen(), choice("")
    field.options = tuple((str(number), "") for number in range(1, 13))
    for digits in ("1", "2", "2", "1", "1"):
        choice_keys.act_on_key(screen, field, digits, digits)
    assert taken == ["1", "12", "2", "1", "11"]


@pytest.mark.parametrize(("letters", "taken"), [("mar", ["tue"]), ("mardi", ["tue"]), ("m", []), ("samedi", [])])
def test_letters_take_an_option_only_where_they_mean_one(
    monkeypatch: pytest.MonkeyPatch, letters: str, taken: list[str]
) -> None:
    found: list[str] = []
    monkeypatch.setattr(choice_keys, "choose", lambda screen, field, code: found.append(code))
    screen = unseen(letters)
    assert choice_keys.take_by_tab(screen, choice("")) and found == taken
    assert screen.done == (["next field"] if taken else ["said"])


@pytest.mark.parametrize(
    ("chosen", "letters", "ticks"), [("", "oui", 1), ("yes", "oui", 0), ("yes", "non", 1), ("", "non", 0)]
)
def test_yes_and_no_set_a_box_and_never_turn_it(
    monkeypatch: pytest.MonkeyPatch, chosen: str, letters: str, ticks: int
) -> None:
    ticked: list[Any] = []
    monkeypatch.setattr(choice_keys, "_tick", lambda screen, field: ticked.append(field))
    assert choice_keys.take_by_tab(unseen(letters), choice(chosen, "flag")) and len(ticked) == ticks


@pytest.mark.parametrize(
    ("question", "field", "is_list", "code", "asked"),
    [
        ("commit.consensus", "level", False, "reservation", True), ("commit.consensus", "level", False, "agree", False),
        ("commit.consensus", "level", True, "reservation", False), ("open.who", "level", False, "reservation", False),
        ("commit.consensus", "seen", False, "reservation", False),
    ],
)  # fmt: skip
def test_a_reason_is_asked_of_a_position_that_needs_one(
    question: str, field: str, is_list: bool, code: str, asked: bool
) -> None:
    screen = unseen(question=question)
    assert choice_keys._ask_reason(screen, choice("", field=field, is_list=is_list), code) is asked
    assert screen.done == (["to e/reservation", "said"] if asked else [])


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("noted", ["", "Elle part en juin."])
def test_letters_of_no_choice_stand_behind_the_call_note(noted: str, lang: str) -> None:
    told = Told("Collège")
    if noted:
        told.say(NOTE, {"text": noted}, "Collège", lang=lang)
    store = Memory()
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    workspace.lang = lang
    workspace.place = replace(workspace.place, question="open.involvement", partner=told.ids["Collège"])
    screen = unseen(" à revoir ")
    screen.workspace = workspace
    choice_keys._write_in_offered_field(screen, choice(""))
    (note,) = workspace.partnership.rows(NOTE)
    assert note.text("text", lang).split("\n") == [*filter(None, [noted]), "à revoir"]
    assert (note.subject, screen.sought_option, screen.done) == ((told.ids["Collège"],), NOTHING_SOUGHT, ["said"])
