"""`entente call`: a call noted, the page before the next one, the mail after it, and who was not reached for long."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.shell import Shell
from tui.cli import call_command

WHO = (
    {"question": "open.who", "op": "add", "value": {
        "name": "Clinique", "status": "interested",
        "people": [{"name": "Solange Viau", "phone": "519 555-0100", "email": "s@viau.example"}]}},
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "interested"}},
    {"question": "open.contributions", "partner": "Clinique", "op": "add",
     "value": {"text": "prêter une salle", "state": "confirmed"}},
    {"question": "open.history", "partner": "Clinique", "value": {"note": "fâchés en 2015"}},
)  # fmt: skip


def begun(shell: Shell) -> str:
    """A partnership of two partners, one of which has said what it brings."""
    name = shell.new("Le soir")
    assert shell.answer(name, *WHO).code == 0
    return name


def test_call_is_noted_and_stands_on_the_page_before_the_next(shell: Shell) -> None:
    name = begun(shell)
    words = (
        "--outcome",
        "joint",
        "--with",
        "Solange Viau",
        "--note",
        "veut un bilan",
        "--next",
        "rappeler; 2027-02-09",
    )
    assert shell("call", name, "Clinique", *words, "--on", "2027-02-03").code == 0
    assert shell("call", name, "Clinique", "--outcome", "message", "--on", "2027-02-05").code == 0
    told = shell("call", name, "Clinique", "--on", "2027-02-10").out.replace("\u00a0", " ")
    lines = told.splitlines()
    assert lines[0] == "Clinique : il y a 7 jours (un appel, 3 février 2027)"
    assert "  – rappeler, d'ici le 9 février 2027" in lines
    assert "  – Solange Viau · 519 555-0100 · s@viau.example" in lines
    assert any("prêter une salle" in line for line in lines)
    first = next(at for at, line in enumerate(lines) if "message laissé" in line)
    assert "on s'est parlé" in lines[first + 1] and lines[first + 1].endswith("Solange Viau · veut un bilan")
    assert "2015" not in told
    assert shell("due", name, "--on", "2027-02-10").out == ""
    due = shell("due", name, "--on", "2027-02-10", "--with-private").out.replace("\u00a0", " ")
    assert "9 février 2027 · Suite d'un appel : rappeler (Clinique)" in due
    calendar = shell("due", name, "--with-private", "--ics", "-", "--on", "2027-02-10").out
    assert "rappeler" in calendar and "rappeler" not in shell("due", name, "--ics", "-").out


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])  # 26 hours apart: never the same day
def test_call_is_noted_on_the_day_of_the_zone_of_the_settings(shell: Shell, zone: str) -> None:
    name = begun(shell)
    (shell.home / "config.toml").write_text(f'timezone = "{zone}"\n')
    setting = str(shell.home / "config.toml")
    before = datetime.now(ZoneInfo(zone)).date().isoformat()
    assert shell("call", name, "Clinique", "--outcome", "joint", ENTENTE_CONFIG=setting).code == 0
    noted = shell("show", name, "--format", "json", "--with-private").data["private"]["entries"].values()
    (call,) = [row["fields"] for row in noted if row["question"] == "note.calls"]
    assert before <= call["on"]["value"] <= datetime.now(ZoneInfo(zone)).date().isoformat()


def test_list_over_all_partnerships_says_who_was_not_reached(shell: Shell) -> None:
    name = begun(shell)
    assert shell("call", "--on", "2027-02-10").out == "", "quiet where nothing was noted"
    shell("call", name, "Clinique", "--outcome", "spoke", "--on", "2027-02-03")
    lines = shell("call", "--on", "2027-02-10").out.replace("\u00a0", " ").splitlines()
    assert lines == [
        "Collège (Le soir) : jamais joint",
        "Clinique (Le soir) : il y a 7 jours (un appel, 3 février 2027)",
    ]
    started = shell("call", "Le so", "Clinique", "--outcome", "spoke", "--on", "2027-02-09")
    assert started.code == 2 and shell("call", "Le so", "Clinique", "--on", "2027-02-10").code == 0, "to read is enough"
    data = shell("call", name, "--json", "--on", "2027-02-10").data
    assert [(line["name"], line["days"]) for line in data] == [("Collège", None), ("Clinique", 7)]


def test_mail_after_a_call_tells_back_what_was_noted(shell: Shell) -> None:
    name = begun(shell)
    mail = shell("call", name, "Clinique", "--read-back", "-").out
    assert "s@viau.example" in mail and "salle" in mail and "2015" not in mail
    assert shell("call", name, "Collège", "--read-back", "-").code == 2


def test_page_as_data_and_what_is_refused(shell: Shell) -> None:
    name = begun(shell)
    shell("call", name, "Clinique", "--outcome", "reçu", "--with", "Solange Viau", "--on", "2027-02-03")
    data = shell("call", name, "Clinique", "--json", "--on", "2027-02-10").data
    assert (data["days"], data["calls"][0]["caller"]) == (7, "Solange Viau")
    assert shell("call", name, "--outcome", "joint").code == 2
    assert shell("call", name, "Clinique", "--outcome", "peut-être").code == 2
    assert shell("call", name, "Collège", "--next", "rappeler").code == 2


@pytest.mark.parametrize(
    ("named", "listed"), [(None, ["Le soir", "Le matin"]), ("essai", ["L'essai"]), ("soir", ["Le soir"])]
)
def test_the_last_contacts_of_a_trial_are_listed_where_it_is_named(
    monkeypatch: pytest.MonkeyPatch, named: str | None, listed: list[str]
) -> None:
    titles = {"soir": "Le soir", "essai": "L'essai", "matin": "Le matin"}
    summaries = [
        SimpleNamespace(id=name, trial=name == "essai", title=lambda lang, name=name: titles[name]) for name in titles
    ]
    found: list[str] = []

    def contact_list(partnership: str, title: str, day: str, lang: str) -> list[Any]:
        found.append(title)
        return []

    monkeypatch.setattr(call_command, "contact_list", contact_list)
    call: Any = SimpleNamespace(
        args=SimpleNamespace(project=named, json=True), day=lambda: "2026-11-27", partnership_id=lambda: named,
        store=SimpleNamespace(list=lambda: summaries, load=lambda name: name),
    )  # fmt: skip
    call_command._list(call)
    assert found == listed
