"""Versions beside each other and today's text: what differs is words alone, and each is called what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.export.plain_text import to_text
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, Change
from tui.partnership.versions import ADOPTED, DRAFT, RESENT, Version
from tui.workspace.draft_sending import adopt, send
from tui.workspace.kept_versions import (
    changes_between,
    differ,
    name_of,
    name_within,
    next_sending_numbers,
    present_text,
    status_words,
    versions_of,
)
from tui.workspace.output_files import SendOptions
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled


@pytest.fixture
def opened() -> tuple[Workspace, Memory]:
    """A text of two partners with holes, in memory."""
    store = Memory()
    workspace = Workspace(GUIDE, store.partnership, store)
    for name in ("partner000", "partner001"):
        cells = {ORDER: name, "name@fr": f"Organisme {name[-1]}", "status": "committed"}
        workspace.edit([Change(name, WHO, cell, value, "", (name,)) for cell, value in cells.items()])
    reword(workspace, "ensemble")
    return workspace, store


def reword(workspace: Workspace, text: str, lang: str = "fr") -> None:
    """Change the vision."""
    workspace.edit([Change("gather.vision", "gather.vision", f"vision@{lang}", text)])


@pytest.mark.parametrize("kind", [DRAFT, ADOPTED, RESENT])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_beside_today_s_text_no_hole_that_stays_is_a_change(
    opened: tuple[Workspace, Memory], tmp_path: Path, lang: str, kind: str
) -> None:
    workspace, store = opened
    options = SendOptions(tmp_path, formats=())
    if kind == DRAFT:
        version = send(workspace, store, options).version
    else:
        version = adopt(workspace, store, day="2026-03-03")
        version = send(workspace, store, options).version if kind == RESENT else version
    assert version.status == kind and not differ(workspace, version, None, lang)
    reword(workspace, "tous ensemble")
    assert differ(workspace, version, None, lang)
    found = changes_between(workspace, version, None, lang)
    assert found is not None and found.lang == lang
    assert [section.id for section in found.sections] == ["vision"], to_text(found)


@pytest.mark.parametrize(("lang", "other"), [("fr", "en"), ("en", "fr")])
@pytest.mark.parametrize("kind", [DRAFT, ADOPTED, RESENT])
@pytest.mark.parametrize("again", [False, True])
def test_a_word_of_the_other_language_alone_is_told_of_the_other(
    opened: tuple[Workspace, Memory], tmp_path: Path, lang: str, other: str, kind: str, again: bool
) -> None:
    workspace, store = opened
    options = SendOptions(tmp_path, formats=())
    reword(workspace, "together", "en")
    version = send(workspace, store, options).version if kind == DRAFT else adopt(workspace, store, day="2026-03-03")
    version = send(workspace, store, options).version if kind == RESENT else version

    def told() -> str:
        found = changes_between(workspace, version, None, lang)
        assert found is not None and not found.sections
        return to_text(found)

    same, elsewhere = GUIDE.word("no_change", lang), GUIDE.word("no_change_here", lang)
    assert same in told() and elsewhere not in told()
    reword(workspace, "autrement", other)
    if again:
        send(workspace, store, options)
    assert elsewhere in told() and same not in told()


def test_the_number_of_a_sending_is_foretold(opened: tuple[Workspace, Memory], tmp_path: Path) -> None:
    workspace, store = opened
    foretold, sent = [], []
    for act in ("", "", "adopt", "", "reword", "", "adopt", ""):
        if act == "adopt":
            adopt(workspace, store, day="2026-03-03")
        elif act == "reword":
            reword(workspace, "autrement")
        foretold.append(next_sending_numbers(workspace, store))
        version = send(workspace, store, SendOptions(tmp_path, formats=())).version
        sent.append((0, version.number) if version.status == RESENT else (version.number, 0))
    assert foretold == sent
    assert [bool(draft) for draft, _adopted in sent] == [True, True, False, False, True, True, False, False]


@pytest.mark.parametrize("outside", [False, True])
def test_each_version_is_called_what_it_is(
    opened: tuple[Workspace, Memory], tmp_path: Path, outside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, store = opened
    monkeypatch.setattr(store, "keep_paper", lambda *_paper: tmp_path)
    paper = tmp_path / "signé.pdf"
    paper.write_bytes(b"%PDF")
    options = SendOptions(tmp_path, formats=())
    send(workspace, store, options)
    adopt(workspace, store, day="2026-03-03", file=paper if outside else None)
    send(workspace, store, options)

    def called() -> list[str]:
        known: tuple[Version, ...] = versions_of(workspace, store)
        return [status_words(known, version) for version in known]

    assert called() == ["ébauche", "adopté hors de l'outil" if outside else "adopté", "tel qu'adopté"]
    reword(workspace, "autrement")
    adopt(workspace, store, day="2026-06-04")
    assert called() == ["ébauche", "remplacé", "tel qu'adopté", "adopté"]


@pytest.mark.parametrize(
    ("status", "amendment", "named", "within"),
    [
        (DRAFT, {}, "Ébauche 3, 3 mars 2026", "l'ébauche 3 du 3 mars 2026"),
        (RESENT, {}, "Version 3, envoyée le 3 mars 2026", "la version 3, envoyée le 3 mars 2026"),
        (ADOPTED, {}, "Texte adopté, 3 mars 2026", "le texte adopté du 3 mars 2026"),
        (ADOPTED, {"number": 2}, "Avenant n° 2, adopté le 3 mars 2026", "le texte adopté du 3 mars 2026"),
        (ADOPTED, {"number": 2, "joinder": "p"}, "Adhésion d'un partenaire, adoptée le 3 mars 2026",
         "le texte adopté du 3 mars 2026"),
    ],
)  # fmt: skip
def test_each_version_is_named_with_its_number_and_day(
    status: str, amendment: dict[str, object], named: str, within: str
) -> None:
    version = Version("v", 3, status, "2026-03-03", amendment=amendment)
    assert [text.replace("\u00a0", " ").replace("’", "'") for text in
            (name_of(version, "fr"), name_within(version, "fr"))] == [named, within]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "langs"), [("fr", ["fr"]), ("en", ["en"]), ("fr+en", ["fr", "en"]), ("en+fr", ["en", "fr"])]
)
def test_a_text_in_both_languages_begins_with_the_one_named_first(
    opened: tuple[Workspace, Memory], code: str, langs: list[str]
) -> None:
    text = present_text(opened[0], code)
    assert [part.lang for part in text.parts] == langs


def test_a_text_changed_since_its_adoption_bears_the_day_of_the_change(opened: tuple[Workspace, Memory]) -> None:
    workspace, store = opened
    version = adopt(workspace, store, day="2020-03-03")
    reword(workspace, "tous ensemble")
    compared = changes_between(workspace, version, None, "fr")
    assert compared is not None and compared.version.startswith("changé depuis l'adoption")
    assert compared.iso_date > "2026", "the day of the change, and not that of the adoption"
