"""Forms that came back, by `compare` and `answers`: shown, kept, accepted by number or together, or refused."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from tests.cli.shell import Shell
from tests.comparison.answered_forms import WAYS, Answer
from tui.agreement.partner_form import PartnerForm
from tui.cli.command_line import main
from tui.cli.form_review_command import confirm_plain
from tui.guide.guide_loading import load_guide
from tui.store import Author, Store
from tui.workspace.form_review import present_forms
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.cli.invocation import Invocation

ANSWERS = (
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "signatory"}},
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "signatory"}},
    {"question": "gather.vision", "op": "set", "value": {"vision": "un accueil chaque soir"}},
)
YES = {"text/level": Answer(("agree",)), "capacity": Answer(("organisation",))}
DOUBTFUL = {"text/level": Answer(("agree",)), "text/reason": Answer((), "sauf le loyer")}


def begun(shell: Shell) -> tuple[str, dict[str, PartnerForm]]:
    """A partnership of two, and their forms by name."""
    name = shell.new("Le soir")
    assert shell.answer(name, *ANSWERS).code == 0
    store = Store(next(shell.home.rglob("project.json")).parents[1], author=Author("x" * 10, "Marie"))
    workspace = Workspace(load_guide(), store.load(name), store)
    ids = {one.text("name", "fr"): one.id for one in workspace.partnership.rows("open.who")}
    return name, {called: present_forms(workspace, one, 0)[0] for called, one in ids.items()}


def written(shell: Shell, way: str, form: PartnerForm, answers: dict[str, Answer], name: str = "reponse") -> Path:
    """The reply as a file."""
    data, file = WAYS[way](form, answers)
    path = shell.home / f"{name}{Path(file).suffix or '.txt'}"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("way", ["mail", "word", "page", "quoted"])
def test_a_form_is_shown_and_nothing_is_stored_until_it_is_accepted(shell: Shell, way: str) -> None:
    name, forms = begun(shell)
    path = written(shell, way, forms["Collège"], YES)
    done = shell("compare", name, path)
    said = done.out.replace("\u00a0", " ")
    assert done.code == 1 and "Un formulaire est revenu · Collège" in said and "Réponse : d’accord" in said
    shown = shell("compare", name, path, "--json").data
    assert [one["plain"] for one in shown["answers"]] == [True] and shown["form"] == forms["Collège"].code.text
    assert {one["group"] for one in shell("answers", name, "--json", "--with-private").data} == {"unasked"}
    assert shell("compare", name, path, "--accept", "all").code == 0
    found = {one["name"]: one for one in shell("answers", name, "--json", "--with-private").data}
    assert (found["Collège"]["group"], found["Collège"]["position"]) == ("unconfirmed", "agree")
    assert found["Collège"]["source"]["on"] and found["Clinique"]["group"] == "unasked"
    assert shell("compare", name, path).code == 0


def test_forms_are_kept_and_only_plain_yeses_are_accepted_together(shell: Shell) -> None:
    name, forms = begun(shell)
    one = written(shell, "mail", forms["Collège"], YES, "un")
    other = written(shell, "word", forms["Clinique"], DOUBTFUL, "deux")
    assert shell("answers", name, "--received", one, "--received", other).code == 0
    assert {each["group"] for each in shell("answers", name, "--json", "--with-private").data} == {"review"}
    done = shell("answers", name, "--yeses", "--yes")
    assert done.code == 0 and "Collège" in done.out and "Clinique" not in done.out
    found = {each["name"]: each["group"] for each in shell("answers", name, "--json", "--with-private").data}
    assert found == {"Collège": "unconfirmed", "Clinique": "review"}
    assert shell("compare", name, other, "--accept", "1").code == 1
    assert shell("compare", name, other, "--accept", "all").code == 0
    assert "review" in {each["group"] for each in shell("answers", name, "--json", "--with-private").data}


@pytest.mark.parametrize(
    ("asks", "agrees", "count", "accepted"),
    [(True, True, 2, True), (True, False, 2, False), (True, False, 0, True), (False, False, 2, True)],
)
def test_plain_yeses_wait_for_an_agreement_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, asks: bool, agrees: bool, count: int, accepted: bool
) -> None:
    dialog = SimpleNamespace(agree=lambda question: agrees)
    monkeypatch.setattr("tui.cli.form_review_command.dialog_of", lambda call: dialog if asks else None)
    assert confirm_plain(cast("Invocation", None), count) == accepted


def test_plain_yeses_that_are_declined_stay_open(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    name, forms = begun(shell)
    path = written(shell, "mail", forms["Collège"], YES)
    assert shell("answers", name, "--received", path).code == 0
    store = str(next(shell.home.rglob("project.json")).parents[1])
    for agrees, code, group in ((False, 1, "review"), (True, 0, "unconfirmed")):
        dialog = SimpleNamespace(agree=lambda question, agrees=agrees: agrees)
        monkeypatch.setattr("tui.cli.form_review_command.dialog_of", lambda call, dialog=dialog: dialog)
        assert main(["answers", name, "--yeses", "--store", store]) == code
        assert group in {each["group"] for each in shell("answers", name, "--json", "--with-private").data}


def test_what_is_no_form_of_this_partnership_is_refused_with_the_reason(shell: Shell) -> None:
    name, forms = begun(shell)
    path = written(shell, "mail", forms["Collège"], YES)
    second = shell.new("Autre")
    for command in (("compare", second, path), ("answers", second, "--received", path)):
        done = shell(*command)
        assert done.code == 2 and "autre partenariat" in done.err and done.err.count("\n") == 1
    damaged = path.read_bytes().replace(forms["Collège"].code.text[-4:].encode(), b"zzzz")
    path.write_bytes(damaged)
    assert shell("compare", name, path).code == 2
    text = shell.home / "merci.txt"
    text.write_text("Merci, tout est parfait.", encoding="utf-8")
    assert shell("answers", name, "--received", text).code == 2
    assert {one["group"] for one in shell("answers", name, "--json", "--with-private").data} == {"unasked"}


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("f.odt", b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text"),
        ("f.rtf", b"{\\rtf1 x}"), ("f.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600), ("f.pdf", b"%PDF-1.7 x"),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_what_to_do(shell: Shell, file: str, data: bytes) -> None:
    name, _forms = begun(shell)
    (shell.home / file).write_bytes(data)
    for words in (("compare", name, file), ("answers", name, "--received", file)):
        done = shell(*words)
        assert done.code == 2 and ".docx" in done.err and done.err.count("\n") == 1, done.err


def test_words_of_a_kept_form_are_erased_like_any_others(shell: Shell) -> None:
    name, forms = begun(shell)
    answers = {"text/level": Answer(("reservation",)), "text/reason": Answer((), "zanzibar seulement")}
    path = written(shell, "mail", forms["Collège"], answers)
    assert shell("answers", name, "--received", path).code == 0
    assert shell("compare", name, path, "--accept", "1").code == 0
    kept = [one for one in shell.home.rglob("*.json*") if name in str(one)]
    assert any(b"zanzibar" in one.read_bytes() for one in kept)
    assert shell("erase", name, "zanzibar", "--for-good").code == 0
    kept = [one for one in shell.home.rglob("*") if name in str(one) and one.is_file()]
    assert [one.name for one in kept if b"zanzibar" in one.read_bytes()] == []


def test_what_was_decided_of_a_form_is_known_when_it_is_given_again(shell: Shell) -> None:
    name, forms = begun(shell)
    path = written(shell, "mail", forms["Collège"], {**YES, "new/commit.time/effort": Answer((), "deux jours")})
    for number in ("1", "2"):
        assert shell("compare", name, path, "--accept", number).code == 0
    assert shell("compare", name, path).code == 0
