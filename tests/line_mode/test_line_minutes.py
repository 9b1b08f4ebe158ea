"""Minutes line by line: mailed, approved at the next meeting, noted on, a name withdrawn, the dossier written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.i18n import Language
from tui.partnership.meetings import APPROVED, HELD, MAILED, meetings
from tui.partnership.values import Change

pytestmark = pytest.mark.sampled

CALLED = {
    "fr": ("/rencontre", "/présent tous", "/décision on commence", "/terminer", "/corriger", "/approuver",
           "/rectifier la salle était la 205", "/nom retiré Université", "/classer", "/compte rendu"),
    "en": ("/meeting", "/present all", "/decision on commence", "/close", "/correct", "/approve",
           "/rectify la salle était la 205", "/withdraw name Université", "/file", "/minutes"),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_life_of_minutes_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    person = Person(tmp_path, monkeypatch)
    meet, present, decide, close, correct, approve, rectify, withdraw, file, minutes = CALLED[lang]
    person.types("Université", "Clinique", "", lang=lang)
    said = person.types(meet, present, decide, approve, close, correct, lang=lang)
    assert {"fr": "n'est pas terminée", "en": "has not ended"}[lang] in said.replace("’", "'")
    assert list(tmp_path.rglob("*.zip")) and ".zip" in said
    (held,) = meetings(person.partnership)
    assert held.get(MAILED)
    person.store.save(person.partnership.id, [Change(held.id, HELD, "on", "2026-01-14", "rows")])
    said = person.types(rectify, approve, rectify, withdraw, f"{file} 2026-01-14", lang=lang)
    assert {"fr": "est une ébauche", "en": "are a draft"}[lang] in said, "no note below a draft"
    assert {"fr": "14 janvier 2026 est approuvé", "en": "January 14, 2026 are approved"}[lang] in said
    first, second = meetings(person.partnership)
    assert first.get(APPROVED) and second.get("opened")
    (dossier,) = tmp_path.rglob("dossier-1-2026-01-14.docx")
    assert dossier.stat().st_size and dossier.name in said
    said = person.types(f"{file} 2019-01-14", minutes, lang=lang)
    assert "2019-01-14" in said


def test_minutes_that_came_back_are_decided_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    person = Person(tmp_path, monkeypatch)
    person.types("Université", "Clinique", "", lang="fr")
    said = person.types(
        "/rencontre", "/présent tous", "/décision on commence en janvier", "/terminer", "/compte rendu", lang="fr"
    )
    text = said[said.index("COMPTE RENDU") :].replace("en janvier", "en février")
    (tmp_path / "retour.txt").write_text(text[: text.index("en février") + len("en février")] + "\n", encoding="utf-8")
    said = person.types(f"/revenu {tmp_path / 'retour.txt'}", "accepter", lang="fr")
    assert "Compte rendu de la rencontre du" in said.replace("\xa0", " ")
    (decision,) = person.partnership.rows(HELD, "decisions")
    assert decision.text("text", "fr") == "on commence en février", said


def test_a_note_goes_below_the_last_minutes_approved_or_those_of_the_day_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(tmp_path, monkeypatch)
    days = {"first": "2026-01-10", "second": "2026-02-10", "third": "2026-02-10", "draft": "2026-03-10"}
    for name, day in days.items():
        moments = {"opened": f"{day}T10:00:00-05:00", "closed": f"{day}T11:00:00-05:00"}
        cells = {"#order": name[-1], "on": day, **moments} | ({} if name == "draft" else {APPROVED: "2026-03-01"})
        meeting = f"{name:a<10}"
        person.store.save(person.id, [Change(meeting, HELD, cell, cells[cell], "rows") for cell in cells])
    person.types("/rectifier au dernier", "/rectifier 2026-02-10; ce jour-là", "/rectifier 2026-01-10; au premier")
    kept = {row.text("text", "fr"): str(row.get("meeting")) for row in person.partnership.rows(HELD, "notes")}
    last = [meeting.id for meeting in meetings(person.partnership) if meeting.get("on") == "2026-02-10"][-1]
    assert kept == {"au dernier": last, "ce jour-là": last, "au premier": "firstaaaaa"}


def test_nothing_to_approve_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(tmp_path, monkeypatch)
    person.types("Université", "Clinique", "", lang="en")
    for command in ("/approve", "/correct", "/file", "/rectify words", "/withdraw name Joan"):
        assert "no meeting yet" in person.types(command, lang="en"), command
    assert not meetings(person.partnership)
