"""`entente due`: over all partnerships and in one, as text, data, calendar and letters; and what `check` says of it."""

from __future__ import annotations

import itertools
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.shell import Shell
from tui.cli import due_command
from tui.partnership.values import SETTINGS, TRIAL, Change
from tui.store import Author, Store, default_place

ANSWERS = (
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "signatory"}},
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "signatory"}},
    {"question": "open.contributions", "partner": "Clinique", "op": "add",
     "value": {"text": "lend a room", "state": "accepted", "due": "2026-10-01"}},
    {"question": "gather.objectives", "op": "add", "value": {"text": "un guide", "due": "2026-12"}},
    {"question": "open.who", "partner": "Clinique", "op": "set",
     "value": {"people": [{"name": "Joan", "accountable": True, "language": "en"}]}},
)  # fmt: skip


def events_of(file: Path) -> dict[str, Any]:
    """The events of a calendar file by their ids."""
    calendar: Any = Calendar.from_ical(file.read_bytes())
    return {str(one["uid"]): one for one in calendar.events}


def dated(shell: Shell) -> str:
    """A partnership with something late, and something later."""
    name = shell.new("Le soir")
    done = shell.answer(name, *ANSWERS)
    assert done.code == 0, done.out
    return name


def test_due_tells_each_group_on_the_given_day(shell: Shell) -> None:
    name = dated(shell)
    said = shell("due", name, "--on", "2026-11-27").out.replace("\u00a0", " ")
    assert said.splitlines() == [
        "Le soir", "En retard · 1", "  – 1er octobre 2026 · Engagement : lend a room (Clinique)",
        "Plus tard · 1", "  – décembre 2026 · Objectif : un guide",
    ]  # fmt: skip
    assert shell("due", "--on", "2026-09-01").out.startswith("Le soir\nPlus tard · 2")
    found = shell("due", "--json", "--on", "2026-12-02").data
    assert [(one["kind"], one["when"], one["date"]) for one in found] == [
        ("commitment", "late", "2026-10-01"), ("objective", "month", "2026-12"),
    ]  # fmt: skip


def test_what_is_due_in_a_trial_is_told_where_it_is_named_alone(shell: Shell) -> None:
    name = dated(shell)
    store = Store(Path(default_place({"HOME": str(shell.home)})), author=Author("x" * 10, "Marie"))
    store.save(name, [Change(SETTINGS, SETTINGS, TRIAL, True)])
    assert shell("due", "--on", "2026-11-27").out == "" and "1er" in shell("due", name, "--on", "2026-11-27").out


@pytest.mark.parametrize("private", [True, False])
def test_a_calendar_with_private_dates_is_for_this_account_alone(shell: Shell, private: bool) -> None:
    name = dated(shell)
    sought = {"source": "fonds tu", "status": "sought", "due": "2027-05-01"}
    shell.answer(name, {"question": "commit.funding", "op": "add", "value": sought})
    asked = ["--with-private"] if private else []
    listed = shell("due", name, *asked, "--on", "2026-11-27")
    assert ("fonds tu" in listed.out) is private and (listed.err == "") is private, "what is left out is counted"
    done = shell("due", name, "--ics", "dates.ics", *asked, "--on", "2026-11-27")
    assert done.code == 0 and (shell.home / "dates.ics").stat().st_mode & 0o077 == (0 if private else 0o044)


def test_nothing_due_prints_nothing(shell: Shell) -> None:
    shell.new("Vide")
    done = shell("due")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_changed_date_replaces_the_one_in_a_calendar(shell: Shell) -> None:
    name = dated(shell)
    shell("due", name, "--ics", "dates.ics")
    before = events_of(shell.home / "dates.ics")
    row = next(one["entry"] for one in shell("due", name, "--json").data if one["kind"] == "objective")
    line = {"question": "gather.objectives", "row": row, "op": "set", "value": {"text": "un guide", "due": "2027-03"}}
    assert shell.answer(name, line).code == 0
    shell("due", name, "--ics", "dates.ics")
    after = events_of(shell.home / "dates.ics")
    moved = f"{name}-objective-{row}@entente"
    assert before.keys() == after.keys() and moved in after
    assert after[moved].decoded("dtstart").isoformat() == "2027-03-31"
    assert after[moved]["sequence"] > before[moved]["sequence"]


def test_letter_is_in_the_language_of_its_partner(shell: Shell) -> None:
    name = dated(shell)
    assert shell("due", name, "--letters", "lettres", "--on", "2026-11-27").code == 0
    (file,) = sorted(Path(shell.home, "lettres").iterdir())
    text = file.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert file.name == "2-clinique.txt" and text.startswith("Follow-up: Le soir")
    assert "– your commitment: lend a room; expected since October 1, 2026" in text
    assert shell("due", "--letters", "lettres").code == 2


def test_list_counts_what_is_late_and_check_says_it(shell: Shell) -> None:
    name = dated(shell)
    shell.answer(name, {"question": "extra.review", "op": "set", "value": {"date": "2020-01"}})
    (line,) = shell("list", "--json").data
    assert line["late"] >= 2
    assert f"{line['late']} en retard" in shell("list").out
    said = shell("check", name).out
    assert f"En retard · {line['late']}" in said and "Révision de l'entente" in said
    assert "review" in shell("check", name, "--json").data["late"]


@pytest.mark.parametrize("days", list(itertools.permutations(["2026-12", "2026-12-03", "", None])))
def test_what_is_due_first_is_listed_first(monkeypatch: pytest.MonkeyPatch, days: tuple[str | None, ...]) -> None:
    """An empty date is that of what waits without one; None stands for a partnership where nothing is due."""
    found = {str(day): [] if day is None else [SimpleNamespace(date=day)] for day in days}
    monkeypatch.setattr(due_command, "_titled_list", lambda call, name, day: (name, SimpleNamespace(items=found[name])))
    summaries = [SimpleNamespace(id=name, trial=False) for name in found]
    call: Any = SimpleNamespace(day=lambda: "2026-11-27", args=SimpleNamespace(project=None))
    call.store = SimpleNamespace(list=lambda: summaries)
    names = [name for name, _list in due_command._titled_lists(call)]
    assert names[:2] == ["2026-12", "2026-12-03"] and sorted(names[2:]) == ["", "None"]
