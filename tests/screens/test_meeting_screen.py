"""A meeting played by keyboard: attendance, decisions, the round, the minutes; keys counted, words beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.journeys.test_case_one import screen_text, write
from tests.partnership.told import Told
from tui.app.app import EntenteApp
from tui.export.plain_text import to_text
from tui.i18n import use
from tui.partnership.meetings import HELD
from tui.partnership.positions import points, position_statuses
from tui.partnership.values import Change, Entry
from tui.partnership.versions import sending_changes
from tui.screens.meeting_screen import MeetingScreen
from tui.screens.minutes_screen import MinutesScreen
from tui.screens.round_screen import RoundScreen
from tui.settings import Settings
from tui.store import Author, Store
from tui.workspace.place import Place
from tui.workspace.text_answered import partners_present

SEVEN = {"Université": 2, "Clinique": 2, "Collège": 1, "Refuge": 1, "Ville": 1}


def table(folder: Path, partners: dict[str, int], lang: str = "fr") -> EntenteApp:
    """The app on a partnership of these interested partners, each with so many people."""
    told = Told()
    for name, count in partners.items():
        people = [{"name": f"{name} {at}", "signs": True} for at in range(1, count + 1)]
        told.join(name, status="interested", people=people)
    store = Store(folder / "store", author=Author("x" * 10, "Marie"))
    store.create(list(changes(told)))
    use("en" if lang == "en" else "fr")
    return EntenteApp(store, Settings(lang=lang, clipboard="none"), store.list()[0].id)


def changes(told: Told) -> Sequence[Change]:
    """Everything told, as changes to make it again."""
    return [
        Change(entry.id, entry.question, cell, held.value, entry.part, entry.subject)
        for entry in told.partnership.entries.values()
        for cell, held in entry.cells.items()
    ]


def minutes_of(app: EntenteApp) -> str:
    """The minutes that stand on the screen, with plain spaces."""
    assert isinstance(app.screen, MinutesScreen)
    return to_text(app.screen.agreement, None).replace("\u00a0", " ").replace("\u202f", " ")


async def to_sentence_of_an_objective(app: EntenteApp, pilot: Pilot[None], decision: str) -> Entry:
    """Note a decision, sort it into the objectives, and stand at its sentence in the document; the objective's row."""
    await write(pilot, "alt+M", "D", f":{decision}", "enter")
    page: Any = app.screen
    while page.current_noted_line is None:
        await write(pilot, "down")
    await write(pilot, "s", "o", "enter", "escape", "f5")
    sheet: Any = app.screen
    rows = [row for row, origin in enumerate(sheet.painted.origins) if origin.question == "gather.objectives"]
    assert sheet.show_row(rows[-1]) and app.workspace is not None
    (objective,) = app.workspace.partnership.rows("gather.objectives", "rows")
    return objective


class Counted:
    """Keys pressed, counted; words typed are not."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.keys = 0

    async def __call__(self, *keys: str) -> None:
        """Press keys; what begins with « : » is typed."""
        self.keys += sum(not key.startswith(":") for key in keys)
        await write(self.pilot, *keys)


@pytest.mark.parametrize(("lang", "size"), [("fr", (80, 24)), ("en", (100, 30))])
async def test_seven_people_from_five_partners_and_the_minutes_at_once(
    tmp_path: Path, lang: str, size: tuple[int, int]
) -> None:
    app = table(tmp_path, SEVEN, lang)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        press = Counted(pilot)
        await press("alt+M")
        assert isinstance(app.screen, MeetingScreen) and press.keys == 1
        shown = screen_text(app)
        assert all(f"{name} {at}" in shown for name, count in SEVEN.items() for at in range(1, count + 1))
        await press("1", "1", "1", "2", "1", "3", "1")
        assert press.keys == 8, "one key opens it, one more for each person"
        await press(
            "D", ":on commence", "enter", "I", ":louer; Ville 1; 15 janvier", "enter", "b", ":qui paie", "enter"
        )
        assert press.keys == 14, "two keys a line"
        await press("z")
        said = minutes_of(app)
        assert press.keys == 15, "one key ends it, and the minutes are there"
        words = {"fr": ("Personnes excusées\n\n– Clinique", "Décisions"), "en": ("Excused\n\n– Clinique", "Decisions")}
        assert all(word in said for word in words[lang]), said
        assert "1. on commence" in said and "qui paie" in said and "2027" in said and "Ville 1" in said
        await press("escape", "z")
        assert not app.screen.meeting.get("closed"), "the same key takes it up again"


async def test_the_last_line_names_the_keys_of_the_row_one_walks_to(tmp_path: Path) -> None:
    app = table(tmp_path, {"Alpha": 1, "Beta": 0})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "alt+M", "D", ":oui", "enter", "1")
        for keys, named in (
            ("up", "4 part"),
            ("down", "1 présence"),
            ("up", "4 part"),
            ("pagedown", "remplacer"),
            ("pageup", "H compte rendu"),
        ):
            await write(pilot, keys)
            foot = screen_text(app).replace("\u00a0", " ").rstrip().splitlines()[-2:]
            assert named in " ".join(foot), (keys, foot)


async def test_someone_who_was_not_listed_is_added_where_one_stands(tmp_path: Path) -> None:
    app = table(tmp_path, {"Université": 0, "Clinique": 1})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "alt+M", "a", ":Ana Li; directrice", "enter")
        shown = screen_text(app)
        assert "Ana Li, directrice, Université" in shown and "présence" in shown
        await write(pilot, "z")
        assert "– Université : Ana Li, directrice" in minutes_of(app)


async def test_undo_goes_back_over_each_thing_noted_and_over_the_meeting_itself(tmp_path: Path) -> None:
    app = table(tmp_path, {"Université": 1})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.workspace is not None

        def noted(part: str) -> list[object]:
            assert app.workspace is not None
            rows = app.workspace.partnership.rows(HELD, part)
            return [found for row in rows if (found := row.get("presence") or row.text("text", "fr"))]

        await write(pilot, "alt+M", "1", "D", ":oui", "enter")
        assert (noted("presence"), noted("decisions")) == (["present"], ["oui"])
        await write(pilot, "u")
        assert (noted("presence"), noted("decisions")) == (["present"], [])
        await write(pilot, "u")
        assert (noted("presence"), noted("decisions")) == ([], [])
        assert app.workspace.partnership.rows(HELD, "rows") and isinstance(app.screen, MeetingScreen)
        await write(pilot, "u")
        assert not app.workspace.partnership.rows(HELD, "rows") and not isinstance(app.screen, MeetingScreen)


async def test_the_round_of_one_lead_and_ten_groups_is_one_key_each(tmp_path: Path) -> None:
    groups = {"Organisme porteur": 1, **{f"Groupe {at}": 0 for at in range(1, 11)}}
    app = table(tmp_path, groups)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        press = Counted(pilot)
        await press("alt+U")
        assert isinstance(app.screen, RoundScreen)
        await press("1", "1", "1", "1", "1", "3", "4", "escape", "escape", "5", "6", "1")
        assert press.keys == 13, "the reason of a disagreement is offered, and need not be given"
        await press("2", ":si le nom reste", "enter", "1")
        shown = screen_text(app).replace("\u00a0", " ")
        said = "6 accords, 1 réserve, 1 à discuter, 1 désaccord, 1 absent, 1 sans réponse"
        assert said in shown and press.keys == 16
        assert app.workspace is not None
        last = app.workspace.partnership.rows("gather.procedures")[-1]
        row = next(one for one in app.workspace.partnership.rows("gather.procedures") if one.text("reservation", "fr"))
        assert (row.get("level"), row.get("leave")) == ("reservation", "yes") and last.get("seen") is not None


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("question", ["gather.procedures", "commit.consensus"])
async def test_in_the_form_every_digit_stays_with_its_partner(tmp_path: Path, question: str, lang: str) -> None:
    app = table(tmp_path, {"A": 0, "B": 0, "C": 0}, lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        names = [row.id for row in workspace.partnership.rows("open.who")]
        for name, digit in zip(names, ("1", "3", "5"), strict=True):
            screen.go(replace(workspace.place, question=question, partner=name, slot=f"{question}:{name}/level"))
            for again in (digit, "1", digit):
                await write(pilot, again)
                assert (workspace.place.partner, screen.form.current_field.field.id) == (name, "level")
        await write(pilot, "tab", "tab", "1")
        assert (workspace.place.partner, screen.form.current_field.field.id) == (names[2], "leave")
        given = [workspace.partnership.entries[f"{question}:{one}"].get("level") for one in names]
        assert given == ["agree", "discuss", "absent"]


@pytest.mark.parametrize("question", ["gather.procedures", "commit.consensus"])
@pytest.mark.parametrize(("digit", "level"), [("2", "reservation"), ("4", "disagree"), ("8", "stands_aside")])
async def test_in_the_form_what_is_no_plain_yes_has_its_reason_asked(
    tmp_path: Path, question: str, digit: str, level: str
) -> None:
    app = table(tmp_path, {"A": 0, "B": 0})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        workspace.set_setting("positions", "long")
        name = workspace.partnership.rows("open.who")[0].id
        screen.go(replace(workspace.place, question=question, partner=name, slot=f"{question}:{name}/level"))
        await write(pilot, digit, ":trop tôt", "tab", "1")
        entry = workspace.partnership.entries[f"{question}:{name}"]
        assert (entry.get("level"), entry.text("reservation", "fr"), entry.get("leave")) == (level, "trop tôt", "yes")
        assert workspace.place.partner == name


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "Boussole : noté → maintenant Le Collège"), ("en", "Boussole: noted → now Le Collège")]
)
async def test_the_page_of_the_round_says_to_whom_it_moves_on(tmp_path: Path, lang: str, said: str) -> None:
    app = table(tmp_path, {"Boussole": 0, "Le Collège": 0, "Ville": 0}, lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "alt+U", "1")
        assert said in screen_text(app).replace("\u00a0", " ")
        await write(pilot, "4")
        asked = {"fr": "Pourquoi Le Collège n'est pas d'accord", "en": "Why Le Collège disagrees"}[lang]
        assert asked in screen_text(app).replace("\u00a0", " ").replace("’", "'")
        await write(pilot, ":trop tôt", "enter", "2")
        workspace: Any = app.workspace
        name = workspace.partnership.rows("open.who")[1].id
        row = workspace.partnership.entries[f"gather.procedures:{name}"]
        assert (row.get("level"), row.text("reservation", "fr"), row.get("leave")) == ("disagree", "trop tôt", "no")


async def test_the_long_form_is_a_setting_of_the_partnership(tmp_path: Path) -> None:
    app = table(tmp_path, {"A": 0, "B": 0})
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await write(pilot, "alt+U")
        assert "se rallie" not in screen_text(app).replace("\u00a0", " ")
        await write(pilot, "7")
        assert app.workspace is not None and not app.workspace.partnership.rows("gather.procedures")
        await write(pilot, "J")
        assert "7 se rallie" in screen_text(app).replace("\u00a0", " ")
        await write(pilot, "7")
        assert app.workspace.partnership.rows("gather.procedures")[0].get("level") == "rallies"


async def test_two_signatories_with_a_resolution_by_keyboard(tmp_path: Path) -> None:
    app = table(tmp_path, {"Université": 2})
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        partner = workspace.partnership.rows("open.who")[0].id
        screen.unfold()
        screen.go_to_field(f"{partner}/auth_body")
        await write(pilot, ":conseil d'administration", "tab", ":CA-14", "tab", ":12 janvier 2027", "tab")
        text = to_text(workspace.agreement, None).replace("\u00a0", " ").replace("’", "'")
        assert "Signature autorisée par le conseil d'administration, résolution n° CA-14 du 12 janvier 2027" in text
        assert "Université 1" in text and "Université 2" in text


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("key", "code"), [("1", "reopened"), ("2", "agree"), ("escape", "reopened")])
async def test_a_yes_at_the_table_is_given_on_the_draft_or_on_the_text_read_together(
    tmp_path: Path, lang: str, key: str, code: str
) -> None:
    app = table(tmp_path, {"A": 0, "B": 0}, lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        first = workspace.partnership.rows("open.who")[0].id
        fields = {
            "number": 1,
            "partners": {"ids": [first], "group": ""},
            "seen": points(workspace.guide, workspace.view),
        }
        workspace.edit(list(sending_changes(workspace.partnership, "s" * 10, fields)))
        row = Change("o" * 10, "gather.governance", "name@fr", "comité", "bodies")
        workspace.edit([row])
        await write(pilot, "alt+U", "1")
        asked = {"fr": "le texte d'aujourd'hui, lu ensemble", "en": "today's text, read together"}[lang]
        assert asked in screen_text(app).replace("\u00a0", " ").replace("’", "'")
        await write(pilot, key, "1")
        found = position_statuses(workspace.partnership, points(workspace.guide, workspace.view))
        assert found["gather.procedures", first].code == code
        assert len(found) == 2, "who was sent nothing is asked nothing"


async def sent_and_changed(pilot: Any, workspace: Any, *, to: int) -> list[str]:
    """The first `to` partners were sent a draft, and one line came since; the ids of all partners."""
    ids = [row.id for row in workspace.partnership.rows("open.who")]
    seen = points(workspace.guide, workspace.view)
    fields = {"number": 1, "partners": {"ids": ids[:to], "group": ""}, "seen": seen}
    workspace.edit(list(sending_changes(workspace.partnership, "s" * 10, fields)))
    workspace.edit([Change("o" * 10, "gather.governance", "name@fr", "comité", "bodies")])
    await pilot.pause()
    return ids


def codes(workspace: Any, question: str = "gather.procedures") -> dict[str, str]:
    """The code under which each partner's answer is counted."""
    found = position_statuses(workspace.partnership, points(workspace.guide, workspace.view))
    return {partner: one.code for (asked, partner), one in found.items() if asked == question}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("question", ["gather.procedures", "commit.consensus"])
@pytest.mark.parametrize(("key", "code"), [("1", "reopened"), ("2", "agree"), ("escape", "reopened")])
async def test_a_yes_in_the_form_says_at_once_on_which_text(
    tmp_path: Path, lang: str, question: str, key: str, code: str
) -> None:
    app = table(tmp_path, {"A": 0, "B": 0}, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        ids = await sent_and_changed(pilot, workspace, to=1)
        page: Any = app.screen
        page.go(Place(question, ids[0]), writing=True)
        page.go_to_field(f"{question}:{ids[0]}/level")
        await pilot.pause()
        await write(pilot, "1")
        asked = {"fr": "le texte d'aujourd'hui, lu ensemble", "en": "today's text, read together"}[lang]
        assert asked in screen_text(app).replace("\u00a0", " ").replace("’", "'")
        await write(pilot, key)
        assert workspace.place.partner == ids[0] and codes(workspace, question) == {ids[0]: code}
        page.go(Place(question, ids[1]), writing=True)
        page.go_to_field(f"{question}:{ids[1]}/level")
        await pilot.pause()
        await write(pilot, "1")
        assert codes(workspace, question)[ids[1]] == "agree", "who was sent nothing is asked nothing"


@pytest.mark.parametrize(("keep", "code"), [("1", "agree"), ("2", "reopened")])
async def test_the_round_is_set_once_to_the_text_read_together(tmp_path: Path, keep: str, code: str) -> None:
    app = table(tmp_path, {"A": 0, "B": 0, "C": 0})
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        ids = await sent_and_changed(pilot, workspace, to=3)
        await write(pilot, "alt+U", "1", "1", "up", "up", "1", "1")  # A and then B, on the draft
        await write(pilot, "T")
        assert "présent" in screen_text(app), "nobody is marked present"
        await write(pilot, "escape", "alt+M", "1", "escape")  # A is there
        assert partners_present(workspace) == {ids[0]}
        await write(pilot, "alt+U", "T")
        assert "A" in screen_text(app) and "garder sa réponse" in screen_text(app).replace("\u00a0", " ")
        await write(pilot, keep)
        found = codes(workspace)
        assert found[ids[0]] == code and found.get(ids[1], "reopened") == "reopened", "who is away stays on the draft"
        await write(pilot, "up", "up", "up", "1")
        assert codes(workspace)[ids[0]] == "agree", "no question any more for who is there"
        await write(pilot, "1")
        assert "Sur quel texte" in screen_text(app), "who is away is asked"
        await write(pilot, "escape")


@pytest.mark.parametrize("keys", ["D", "I", "b"])
async def test_a_noted_line_that_names_who_is_held_back_says_so_but_not_to_the_room(tmp_path: Path, keys: str) -> None:
    app = table(tmp_path, {"Alpha": 0, "Zanzibar": 0})
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        app.workspace.set(app.workspace.partnership.rows("open.who")[1], "status", "prospective")
        told = "l’être encore : Zanzibar"
        await write(pilot, "alt+M", keys, ":la clé d'Alpha", "enter")
        assert "Zanzibar" not in screen_text(app).splitlines()[-1]
        await write(pilot, keys, ":la clé de Zanzibar", "enter")
        assert told in " ".join(screen_text(app).replace("'", "’").split())
        await write(pilot, "escape", "f9", keys, ":la salle de Zanzibar", "enter")
        assert told not in " ".join(screen_text(app).replace("'", "’").split())


async def test_the_key_that_takes_a_meeting_up_again_says_so(tmp_path: Path) -> None:
    app = table(tmp_path, {"Alpha": 0})
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await write(pilot, "alt+M", "D", ":oui", "enter", "down")
        assert "z terminer" in screen_text(app).replace("\u00a0", " ")
        await write(pilot, "z", "escape")
        assert "z reprendre" in screen_text(app).replace("\u00a0", " ")
        await write(pilot, "z")
        assert "z terminer" in screen_text(app).replace("\u00a0", " ")
