"""Sending and adopting line by line: what the pages ask is asked, and a line that cannot be used is asked again."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.line_mode.person import GUIDE, Person
from tests.partnership.told import Told
from tests.workspace.in_memory import Memory
from tui.export.page_count import PageCount
from tui.line_mode import line_sending
from tui.line_mode.line_dialog import LineDialog
from tui.line_mode.line_streams import LineStreams
from tui.partnership.values import Change
from tui.partnership.versions import read_versions, sendings
from tui.settings import load_settings, settings_path
from tui.workspace.adoption import AdoptionOptions
from tui.workspace.output_files import SendOptions
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled

FETCH = "sur votre propre ordinateur"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_a_draft_is_sent(pair: Person) -> None:
    said = pair.types(
        "/envoyer", "7", "Zoé", "zoe@exemple.ca, ACSM", "en main", "bientôt", "15 décembre 2026", "avant la rencontre",
        "Marie Tremblay, directrice", "", "", "", "peut-être", "oui",
    )  # fmt: skip
    assert "Envoyer l'ébauche 1" in said and "1. Université de Windsor" in said
    for refused in ("Il n'y a pas de ligne 7", "Aucun partenaire ne s'appelle « Zoé »", "« bientôt » n'est pas"):
        assert refused in said.replace("’", "'"), said
    assert "oui ou non" in said and "Écrit :" in said and said.rstrip().count("Marie Tremblay") >= 1
    assert load_settings(settings_path(os.environ)).sender == "Marie Tremblay, directrice"
    row = sendings(pair.partnership)[0]
    assert (row.get("to"), row.get("means"), row.get("answer_by")) == ("zoe@exemple.ca", "hand", "2026-12-15")
    assert row.givers == (pair.partner(2),)
    version = read_versions(pair.store.versions(pair.id))[0]
    assert version.reason == "avant la rencontre"
    assert FETCH in said, "no desktop is here"


def test_who_signs_is_asked_once_and_an_address_that_is_missing_is_kept(
    pair: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")  # at a desktop of this machine nothing is to be fetched
    pair.store.save(pair.id, [Change(pair.partner(1), "open.who", "status", "interested", "", (pair.partner(1),))])
    twice = ("luc@exemple.ca", "", "", "", "", "Marie Tremblay", *[""] * 3, "oui", "/envoyer", *[""] * 7, "oui")
    said = pair.types("/envoyer", "luc", *twice)
    assert "« luc » n'est pas une adresse" in said.replace("’", "'"), said
    assert said.count("Qui signe la lettre") == 1 and said.count("Adresse de courriel") == 2
    (kept,) = [row for row in pair.partnership.rows("open.who", "people") if row.get("email")]
    assert (kept.get("email"), kept.subject) == ("luc@exemple.ca", (pair.partner(1),))
    assert [row.get("to") for row in sendings(pair.partnership)] == ["luc@exemple.ca"] * 2
    assert FETCH not in said


def test_who_was_named_is_asked_for_its_address_and_written_to_there(
    pair: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(line_sending, "count_pages", lambda text: PageCount(1, exact=True))
    workspace = Workspace(GUIDE, pair.store.load(pair.id), pair.store)
    streams = LineStreams(io.StringIO("luc@exemple.ca\noui\n"), io.StringIO())
    named = SendOptions(tmp_path, formats=("eml",), partners=(pair.partner(1),), addresses=("zoe@exemple.ca",))
    given = {"partners", "means", "answer_by", "reason", "sender", "statement", "packages", "languages"}
    found = line_sending.ask_sending(LineDialog(streams), workspace, pair.store, named, given)
    assert found.addresses == ("zoe@exemple.ca", "luc@exemple.ca")


@pytest.mark.parametrize("lines", [("/annuler",), ("", "/annuler"), ("", "", "", "", "", "", "", "", "non"), ()])
def test_given_up_nothing_is_sent(pair: Person, lines: tuple[str, ...]) -> None:
    pair.types("/envoyer", *lines)
    assert not sendings(pair.partnership) and not read_versions(pair.store.versions(pair.id))


def test_a_text_is_adopted_only_with_a_reason_where_something_stands_in_the_way(pair: Person) -> None:
    said = pair.types("/adopter", "novembre", "20 novembre 2026", "CA-7", "", "", "l'assemblée y tient", "oui")
    assert "n'a pas répondu" in said.replace("’", "'") and "dites d'abord pourquoi" in said.replace("’", "'")
    mark = pair.partnership.setting("adopted")
    assert (mark["on"], mark["resolution"], mark["number"]) == ("2026-11-20", "CA-7", 1)
    (version,) = read_versions(pair.store.versions(pair.id))
    assert version.reason == "l'assemblée y tient"


def test_given_up_nothing_is_adopted(pair: Person) -> None:
    said = pair.types("/adopter", "", "", "", "parce que", "non", "/plan")
    assert not pair.partnership.setting("adopted") and "rien n'a été adopté" in said.replace("’", "'")


def test_the_package_for_a_board_is_read_and_written(pair: Person) -> None:
    who = pair.partner(1)
    pair.store.save(pair.id, [Change(who, "open.who", "status", "interested", "", (who,))])
    said = pair.types("/dossier", "/dossier 9", "/dossier 2", "/dossier 1").replace("’", "'")
    assert "L'instance de qui ?" in said and "Aucun partenaire" in said and "ne peut pas encore paraître" in said
    assert "IL EST RÉSOLU" in said and said.count("Écrit :") == 2


def test_the_statement_is_read_copied_and_written(pair: Person) -> None:
    said = pair.types("/énoncé", "/énoncé copier", "/énoncé écrire", "/énoncé ailleurs").replace("’", "'")
    assert "ÉNONCÉ SUR UNE PAGE" in said and "7. Reddition de comptes" in said
    assert said.count("Écrit :") == 2 and "-enonce-" in said and "Tapez /énoncé" in said


def test_the_statement_is_sent_with_received_or_seen_asked(pair: Person) -> None:
    said = pair.types("/envoyer", "zoe@exemple.ca", "", "", "", "", "oui", "", "", "oui").replace("’", "'")
    assert "Répondez simplement « reçu » ou « vu »" in said and "-enonce-" in said


def test_yes_is_no_reason_no_resolution_and_no_name(pair: Person) -> None:
    said = pair.types("/adopter", "", "oui", "CA-7", "", "non", "l'assemblée y tient", "oui").replace("’", "'")
    assert said.count("On demande ici des mots, et non oui ou non") == 2
    (version,) = read_versions(pair.store.versions(pair.id))
    assert (version.resolution, version.reason) == ("CA-7", "l'assemblée y tient")


@pytest.mark.parametrize("stands_in_the_way", [True, False])
@pytest.mark.parametrize("given", [{"day", "resolution", "file"}, {"day"}, set()])
def test_only_what_is_not_given_and_stands_in_the_way_is_asked(
    monkeypatch: pytest.MonkeyPatch, given: set[str], stands_in_the_way: bool
) -> None:
    found = (SimpleNamespace(words="Le Collège n'a pas répondu."),) if stands_in_the_way else ()
    monkeypatch.setattr(line_sending, "obstacles", lambda workspace: found)
    monkeypatch.setattr(line_sending, "version_number_words", lambda workspace, store: "")
    lines = {"day": "2026-11-20", "resolution": "CA-7", "file": "", "reason": "c'est urgent"}
    typed = [line for name, line in lines.items() if name not in given and (name != "reason" or stands_in_the_way)]
    streams = LineStreams(io.StringIO("".join(f"{line}\n" for line in (*typed, "oui"))), io.StringIO())
    workspace: Any = SimpleNamespace(lang="fr")
    store: Any = None
    before = AdoptionOptions(day="2026-11-25", resolution="AG-1")
    options = line_sending.ask_adoption(LineDialog(streams), workspace, store, before, given)
    assert options.day == ("2026-11-25" if "day" in given else "2026-11-20")
    assert options.resolution == ("AG-1" if "resolution" in given else "CA-7")
    assert options.reason == ("c'est urgent" if stands_in_the_way else "")


def test_each_who_may_receive_a_draft_is_listed_once() -> None:
    told = Told("Collège", "Clinique", "Gîte")
    for name, emails in (("Collège", ("a@c.example", "b@c.example")), ("Clinique", ("i@k.example",))):
        told.say("open.who", {"people": [{"name": email[:1].upper(), "email": email} for email in emails]}, name)
    workspace = Workspace(GUIDE, told.partnership, Memory())
    listed = line_sending._possible_recipients(workspace)
    assert [key for _words, key in listed] == ["a@c.example", "b@c.example", "i@k.example", told.ids["Gîte"]]
    assert [words.partition(",")[0] for words, _key in listed] == ["A", "B", "I", "Gîte"]
