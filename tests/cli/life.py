"""A partnership on a clock that moves: commands given on a day, what they say, and what all of it told."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest

from tui.cli.command_line import main

SECRETS = ("SECRET raison", "SECRET coffre", "SECRET fonds", "SECRET note", "secret@exemple.ca", "SECRET départ")


@dataclass
class Life:
    """The partnership and the day it is; all that was ever printed is kept."""

    home: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    id: str = ""
    day: str = ""
    heard: list[str] = field(default_factory=list)

    def on(self, day: str) -> Life:
        """Move the clock to the noon of an ISO day."""
        self.day = day

        class Moment(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Moment:
                return cls.fromisoformat(f"{day}T12:00:00")

        self.monkeypatch.setattr("tui.text.moments.datetime", Moment)
        return self

    def run(self, command: str, *words: str, stdin: str = "", code: int = 0) -> str:
        """Run a command of the partnership on the present day; what it printed."""
        named = [command, self.id, *words] if self.id else [command, *words]
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        done = main([*named, "--store", str(self.home / "store"), "--lang", "fr"])
        out, err = self.capsys.readouterr()
        assert done == code, (self.day, named, out, err)
        self.heard.append(out + err)
        return out

    def answer(self, question: str, value: Any, partner: str = "", op: str = "set", **more: Any) -> None:
        """Answer one question."""
        line = {"question": question, "value": value, "op": op, **({"partner": partner} if partner else {}), **more}
        self.run("answer", stdin=json.dumps(line) + "\n")

    def listed(self) -> dict[str, Any]:
        """The line of the list on the present day."""
        own, self.id = self.id, ""
        (line,) = json.loads(self.run("list", "--json"))
        self.id = own
        return dict(line)

    def due(self) -> list[tuple[str, str]]:
        """What is due on the present day: when, and its words."""
        found = json.loads(self.run("due", "--json"))
        return [(one["when"], one["text"]) for one in found]

    def late(self) -> list[str]:
        """What is late on the present day."""
        return [text for when, text in self.due() if when == "late"]

    def says(self, command: str, *words: str) -> str:
        """What a command prints, with plain spaces and apostrophes."""
        out = self.run(command, *words).replace("\u00a0", " ").replace("\u202f", " ")
        return " ".join(out.replace("’", "'").split())


def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Life:
    """A life whose home, and the folder one is in, is `tmp_path`; its partnership is still to be named."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return Life(tmp_path, monkeypatch, capsys)


def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Life:
    """A partnership of two on the 2nd of November 2026, prepared, with a secret in each private place."""
    life = at_home(tmp_path, monkeypatch, capsys)
    begin(life)
    return life


def begin(life: Life) -> None:
    """Begin the partnership of `begun` in a home."""
    life.on("2026-11-02")
    life.id = life.run("new", "Le soir").strip()
    _prepare(life)


def _prepare(life: Life) -> None:
    for name in ("Collège", "Clinique"):
        people = [{"name": f"Ida {name}", "signs": True, "accountable": True, "email": f"ida@{name.lower()[:4]}.ca"}]
        value = {"name": name, "status": "committed", "reason": "SECRET raison"}
        life.answer("open.who", value, op="add")
        life.answer("open.who", {"people": people}, name)
        life.answer("open.contributions", {"text": f"prêter la salle {name}", "state": "accepted"}, name, op="add")
    life.answer("extra.title", {"kind": "agreement"})
    goal = {"text": "former douze bénévoles", "due": "2027-05", "owner": "Clinique"}
    life.answer("gather.objectives", goal, op="add", key="volunteers")
    life.answer("gather.lead", {"partner": "Clinique", "mandate": "coordonner", "until": "2028-01-31"}, op="add")
    life.answer("gather.governance", {"reports": [{"what": "le bilan", "frequency": "chaque année en juin"}]})
    life.answer("extra.dates", {"period": "2027-01-01..2028-12-31"}, op="add")
    life.answer("extra.review", {"date": "2028-06", "renewal": "tacit", "notice": 60})
    life.answer("extra.disputes", {"joining": "Un nouvel organisme adhère par écrit."})
    life.answer("commit.funding", {"source": "SECRET fonds", "status": "sought", "due": "2026-12-01"}, op="add")
