"""`compare` and `versions` as a person calls them: what came back, and what changed between two texts."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from tests.cli.shell import PARTNERSHIPS, Shell
from tests.comparison.returned_cases import DRAFTS, review_of
from tests.comparison.returned_cases import FOLDER as CASES
from tests.comparison.returned_cases import PARTNERSHIPS as IN_MEMORY
from tests.partnership.told import GUIDE
from tests.workspace.returns import edited
from tui.cli import compare_command
from tui.cli.compare_command import _accept_all, _version_named
from tui.cli.invocation import UsageError
from tui.partnership.versions import ADOPTED, DRAFT, Version
from tui.store import open_store
from tui.workspace.draft_sending import adopt
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.cli.invocation import Invocation
    from tui.workspace.returned_decisions import ReturnedReview


@pytest.fixture
def partnership(shell: Shell) -> str:
    return shell("import", PARTNERSHIPS / "01-counseling-apres-les-heures.json").out.strip()


def test_a_returned_word_file(shell: Shell, partnership: str, tmp_path: Path) -> None:
    sent = tmp_path / "envoi.docx"
    assert shell("export", partnership, sent).code == 0
    same = shell("compare", partnership, sent)
    assert (same.code, "Aucun mot ne diffère." in same.out) == (0, True)
    came = tmp_path / "retour.docx"
    came.write_bytes(edited(sent.read_bytes(), lambda one: one.replace("les locaux", "deux locaux"), "Marie Tremblay"))
    done = shell("compare", partnership, came)
    assert done.code == 1
    out = done.out.replace("\u00a0", " ").replace("’", "'")
    assert "7. Engagements de chacun · Marie Tremblay" in done.out and "+ fournir deux locaux des séances" in done.out
    assert "Acceptée, elle va dans : Contributions, l'Université : Contribution" in out
    told = shell("compare", partnership, came, "--json")
    assert told.code == 1
    first = told.data["differences"][0]
    assert (first["was"], first["now"], first["question"]) == ("les", "deux", "open.contributions")


def test_differences_are_taken_in_by_number(shell: Shell, partnership: str, tmp_path: Path) -> None:
    text = shell("show", partnership).out
    came = tmp_path / "retour.txt"
    came.write_text(
        text.replace("rendez-vous le soir.", "rendez-vous le matin.").replace("14. Points", "14. Des points")
    )
    assert [shell("compare", partnership, came, "--accept", number).code for number in ("9", "²")] == [2, 2]
    more = tmp_path / "plus.txt"
    more.write_text(came.read_text() + "\nUne phrase de plus, venue d'ailleurs.\n")
    assert shell("compare", partnership, more, "--accept", "2").code == 1, "no field takes it"
    done = shell("compare", partnership, came, "--accept", "all")
    assert done.code == 0 and "1 acceptée." in done.out
    assert "rendez-vous le matin." in shell("show", partnership).out
    assert shell("compare", partnership, came).code == 1  # the heading still differs: it comes from no field


def test_pasted_text_on_the_standard_input(shell: Shell, partnership: str) -> None:
    text = shell("show", partnership).out
    assert shell("compare", partnership, "-", stdin=text).code == 0
    done = shell("compare", partnership, "-", stdin=text.replace("rendez-vous le soir.", "rendez-vous le matin."))
    assert done.code == 1 and "le matin" in done.out


def test_all_is_accepted_on_a_terminal_once_it_is_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = "01-counseling-apres-les-heures.json"
    data = (CASES / "commentaire-sur-un-ajout.docx").read_bytes()
    review = review_of(data, "retour.docx", IN_MEMORY[sample], DRAFTS[sample])
    asked: list[str] = []

    class Dialog:
        def agree(self, question: str) -> bool:
            asked.append(question)
            return len(asked) > 1

    monkeypatch.setattr("tui.cli.compare_command.dialog_of", lambda call: Dialog())
    call = cast("Invocation", SimpleNamespace())
    for code, left in ((1, 2), (0, 1)):
        assert _accept_all(call, review) == code and len(review.open) == left
    assert len(asked) == 2


@pytest.mark.parametrize("name", ["entente.odt", "page-numerisee.docx", "autre-document.docx", "vide.txt"])
def test_what_is_not_this_agreement_is_refused_with_what_to_do(shell: Shell, partnership: str, name: str) -> None:
    done = shell("compare", partnership, CASES / name)
    assert (done.code == 2 and "Demandez" in done.err) or "enregistrez" in done.err


@pytest.mark.parametrize("name", ["perdu.docx", "dossier", "vieux.doc"])
def test_what_cannot_be_read_is_said(shell: Shell, partnership: str, tmp_path: Path, name: str) -> None:
    (tmp_path / "dossier").mkdir()
    (tmp_path / "vieux.doc").write_bytes(b"\xd0\xcf\x11\xe0 Word 97")
    done = shell("compare", partnership, tmp_path / name)
    assert done.code == 2 and name in done.err


def test_versions_are_listed(shell: Shell, partnership: str) -> None:
    assert "Pas encore de version" in shell("versions", partnership).out
    assert shell("versions", partnership, "--json").data == {"today": "draft", "versions": []}


def test_check_and_compare_say_it(shell: Shell, tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    workspace = Workspace(GUIDE, store.load(store.import_document(samples()[0].document)), store)
    adopt(workspace, store)
    place = ("--store", str(store.root))
    assert shell("compare", workspace.partnership.id, "adopted", *place).code == 0
    workspace.set(workspace.partnership.entries["gather.vision"], "goal@fr", "Un autre but.")
    workspace.flush()
    done = shell("check", workspace.partnership.id, *place)
    assert done.code == 1 and "puis changé" in done.out
    assert json.loads(shell("check", workspace.partnership.id, "--json", *place).out)["text"] == "changed"
    done = shell("compare", workspace.partnership.id, "adopté", *place)
    assert done.code == 1 and "+Un autre but" in " ".join(done.out.split())
    out = tmp_path / "ecarts.docx"
    assert shell("compare", workspace.partnership.id, "adopted", "--output", out, *place).code == 1
    assert out.read_bytes()[:2] == b"PK"
    assert "adopté" in shell("versions", workspace.partnership.id, *place).out
    assert "changé depuis l'adoption" in shell("list", *place).out.replace("’", "'")
    assert shell("compare", workspace.partnership.id, "7", *place).code == 2


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_version_is_named_by_what_the_list_prints_of_it(shell: Shell, lang: str) -> None:
    one = shell.new("Un")
    vision = {"question": "gather.vision", "value": {"vision": "une"}}
    for act, words in (
        ("send", ["--format", "eml"]),
        ("adopt", ["--reason", "x", "--date", "2026-01-20"]),
        ("send", []),
        ("adopt", ["--reason", "x", "--date", "2026-02-20"]),
    ):
        assert shell(act, one, "--yes", *words).code == 0
        vision["value"] = {"vision": f"une {act} {words}"}
        shell.answer(one, vision)
    listed = shell("versions", one, "--lang", lang).out.splitlines()
    names = [line.split("  ")[0] for line in listed[:4]]
    assert len(set(names)) == 4
    for name in names:
        assert shell("compare", one, name, "--lang", lang).code == 1, name
    assert shell("compare", one, "2026-01-20").code == 1, "a date that only one has"
    assert "eml" in shell("compare", one, "2026-01-20").out and "eml" not in shell("compare", one, "adopted").out
    missing = shell("compare", one, "nothing", "--lang", lang)
    handles = [line.split("  ")[1] for line in missing.err.splitlines()[1:]]
    assert missing.code == 2 and len(set(handles)) == 4
    for handle in handles:
        assert shell("compare", one, handle).code == 1, handle


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("1", "first"), ("2", "second"), ("adopted", "new"), ("adopté", "new"), ("old", "old"), ("today", ""),
        ("3", None), ("", None),
    ],
)  # fmt: skip
def test_a_number_is_that_of_a_draft_and_adopted_the_last_one(name: str, found: str | None) -> None:
    versions = [
        Version("first", 1, DRAFT, "2026-05-01"), Version("old", 1, ADOPTED, "2026-05-02"),
        Version("second", 2, DRAFT, "2026-06-01"), Version("new", 2, ADOPTED, "2026-06-02"),
    ]  # fmt: skip
    workspace = cast("Workspace", SimpleNamespace(lang="fr"))
    if found is None:
        with pytest.raises(UsageError):
            _version_named(versions, name, workspace)
    else:
        version = _version_named(versions, name, workspace)
        assert (version.id if version is not None else "") == found


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_only_what_a_field_takes_is_asked_about(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    asked: list[str] = []
    dialog = SimpleNamespace(agree=asked.append)  # which says no
    monkeypatch.setattr(compare_command, "dialog_of", lambda call: dialog)
    differences = [SimpleNamespace(changes=("a change",) if at < taken else None) for at in range(3)]
    review = SimpleNamespace(open=differences, changes=lambda difference: difference.changes, accept_all=lambda: 0)
    review.workspace = SimpleNamespace(flush=lambda: None)
    _accept_all(cast("Invocation", None), cast("ReturnedReview", review))
    words = {0: [], 1: ["Accepter cette différence ?"], 2: ["Accepter ces 2 différences ?"]}
    assert [text.replace("\u00a0", " ") for text in asked] == words[taken]
