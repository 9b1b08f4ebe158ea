"""`send` and `adopt` as commands: what the pages ask is given by options, and what is refused names what is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.shell import PARTNERSHIPS, Shell
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tests.workspace.unpacked import unpacked
from tui.cli.command_line import parser_of
from tui.cli.sending_commands import _send_options, _sending_warnings
from tui.cli.subcommands import BY_NAME
from tui.partnership.versions import sendings
from tui.settings import Settings
from tui.store import open_store
from tui.workspace.workspace import Workspace

SECRET = "zanzibar"


@pytest.fixture
def partnership(shell: Shell) -> str:
    return shell("import", PARTNERSHIPS / "04-une-porte-ouverte-le-soir.json").out.strip()


def answered(shell: Shell, partnership: str, *lines: dict[str, object]) -> None:
    done = shell("answer", partnership, stdin="".join(json.dumps(one) + "\n" for one in lines))
    assert done.code == 0, done.out


def test_a_draft_is_sent_with_all_that_the_page_asks(shell: Shell, partnership: str, tmp_path: Path) -> None:
    done = shell(
        "send", partnership, "--to", "zoe@exemple.ca", "--by", "15 décembre 2026", "--reason", "avant la rencontre",
        "--means", "en main propre", "--format", "docx", "--folder", tmp_path / "out", "--json",
    )  # fmt: skip
    assert done.code == 0, done.err
    told = done.data
    assert (told["number"], told["answer_by"], told["reason"]) == (1, "2026-12-15", "avant la rencontre")
    assert all(Path(one).is_file() for one in told["files"]) and "15 décembre 2026" in told["message"]
    store = open_store(shell.home / ".local" / "share" / "entente")
    (row,) = sendings(store.load(partnership))
    assert (row.get("to"), row.get("means")) == ("zoe@exemple.ca", "hand")
    listed = shell("versions", partnership).out
    assert "Ébauche 1" in listed and "avant la rencontre" in listed


def test_what_nobody_is_asked_is_said_all_the_same(shell: Shell, partnership: str, tmp_path: Path) -> None:
    first = shell("send", partnership, "--format", "eml", "--folder", tmp_path / "out")
    again = shell("send", partnership, "--format", "eml", "--folder", tmp_path / "out")
    assert "Aucune adresse de courriel n'est connue pour " in first.err and "Mot pour mot" not in first.err
    assert "Mot pour mot l'ébauche 1, déjà envoyée." in again.err


def test_nothing_private_is_in_what_is_sent(shell: Shell, partnership: str, tmp_path: Path) -> None:
    store = open_store(shell.home / ".local" / "share" / "entente")
    who = store.load(partnership).rows("open.who")[0].id
    answered(shell, partnership, {"question": "open.history", "partner": who, "value": {"note": SECRET}})
    done = shell("send", partnership, "--folder", tmp_path / "out")
    assert done.code == 0 and SECRET not in done.out
    for path in (tmp_path / "out").rglob("*"):
        assert SECRET not in path.name and (path.is_dir() or SECRET not in unpacked(path.read_bytes()))


@pytest.mark.parametrize("whom", [(), ("--to", "Maison")])
def test_who_has_two_addresses_is_written_to_at_both_and_each_is_told(
    shell: Shell, partnership: str, tmp_path: Path, whom: tuple[str, ...]
) -> None:
    person = {"name": "Jean", "email": "Tremblay, Jean <jean@b.example> ou dir@b.example"}
    people = [person, {"name": "Luc", "email": "luc@b.example"}]
    value = {"name": "Maison", "status": "committed", "people": people}
    shell.answer(partnership, {"question": "open.who", "op": "add", "value": value})
    told = shell("send", partnership, "--yes", "--format", "eml", "--folder", str(tmp_path / "out"), *whom).out
    assert "jean@b.example, dir@b.example" in told.replace("\u00a0", " ") and "luc@b.example" not in told
    mails = [path.read_text() for path in (tmp_path / "out").rglob("*.eml")]
    assert any("jean@b.example,\n dir@b.example" in mail for mail in mails) and "luc@" not in "".join(mails)


def test_the_statement_goes_by_itself(shell: Shell, partnership: str, tmp_path: Path) -> None:
    shown = shell("show", partnership, "--statement").out.replace("\u00a0", " ")
    assert "ÉNONCÉ SUR UNE PAGE" in shown and "7. Reddition de comptes" in shown and "Signature" not in shown
    done = shell("export", partnership, tmp_path / "page.docx", "--statement")
    assert done.code == 0 and b"PK" in (tmp_path / "page.docx").read_bytes()[:2]
    sent = shell(
        "send", partnership, "--statement", "--folder", tmp_path / "out", "--format", "docx,eml", "--json",
        "--by", "2026-12-15",
    ).data  # fmt: skip
    assert any("enonce" in Path(one).name for one in sent["files"])
    message = sent["message"].replace("\u00a0", " ").replace("’", "'")
    assert "D'ici le 15 décembre 2026, répondez simplement « reçu » ou « vu » ; rien n'est à signer." in message
    assert "dit oui à ce texte" not in message and "ci-joint, sur une page, l'énoncé de" in message
    assert sent["subject"].startswith("Énoncé sur une page")


def test_a_package_for_a_board_is_exported(shell: Shell, partnership: str, tmp_path: Path) -> None:
    done = shell("export", partnership, tmp_path / "dossier.txt", "--board", "Maison de la jeunesse La Boussole")
    assert done.code == 0, done.err
    text = (tmp_path / "dossier.txt").read_text().replace("\u00a0", " ").replace("’", "'")
    assert "IL EST RÉSOLU" in text and "RESOLVED THAT" in text and "LES PARTIES CONVIENNENT" in text
    assert shell("export", partnership, tmp_path / "x.txt", "--board", "Personne").code == 2
    assert shell("export", partnership, f"{tmp_path}/", "--board", "Maison de la jeunesse La Boussole").code == 2
    done = shell("send", partnership, "--boards", "--folder", tmp_path / "out", "--format", "docx", "--json")
    assert any("-dossier-" in one for one in done.data["files"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "Personne"), "Personne"),
        (("--to", "zoé@exemple.ca"), "zoé@exemple.ca"),
        (("--by", "bientôt"), "bientôt"),
        (("--means", "pigeon"), "courriel"),
        (("--format", "odt"), "docx"),
    ],
)
def test_what_is_refused_is_named_and_numbers_nothing(
    shell: Shell, partnership: str, words: tuple[str, str], said: str
) -> None:
    done = shell("send", partnership, *words)
    assert done.code == 2 and said in done.err
    assert "Ébauche" not in shell("versions", partnership).out


def test_an_adoption_names_what_stands_in_the_way_until_a_reason_is_given(shell: Shell, partnership: str) -> None:
    refused = shell("adopt", partnership)
    assert refused.code == 1 and "--reason" in refused.err and "entériner" in refused.out
    assert shell("versions", partnership, "--json").data["versions"] == []
    done = shell(
        "adopt", partnership, "--date", "20 novembre 2026", "--resolution", "CA-7", "--reason", "l'assemblée y tient"
    )
    assert (done.code, "20 novembre 2026" in done.out) == (0, True)
    (version,) = shell("versions", partnership, "--json").data["versions"]
    assert (version["date"], version["resolution"], version["reason"]) == (
        "2026-11-20", "CA-7", "l'assemblée y tient",
    )  # fmt: skip


@pytest.mark.parametrize(("word", "value"), [("--date", "novembre 2026"), ("--file", "perdu.pdf")])
def test_a_wrong_date_or_paper_adopts_nothing(shell: Shell, partnership: str, word: str, value: str) -> None:
    done = shell("adopt", partnership, "--reason", "quand même", word, value)
    assert done.code == 2 and value in done.err
    assert shell("versions", partnership, "--json").data["versions"] == []


def test_the_length_is_told_without_a_dialog(shell: Shell, partnership: str, tmp_path: Path) -> None:
    done = shell("send", partnership, "--folder", tmp_path / "out", "--format", "docx", "--yes")
    assert re.search(r"^Longueur : \d+ pages$", done.out.replace("\u00a0", " "), re.MULTILINE)
    statement = shell("send", partnership, "--statement", "--folder", tmp_path / "out", "--format", "docx", "--json")
    assert statement.data["length"] == {"fr": {"pages": 1, "exact": True}}


def test_a_statement_longer_than_its_page_says_so_when_it_is_exported(
    shell: Shell, partnership: str, tmp_path: Path
) -> None:
    assert "Longueur" not in shell("export", partnership, tmp_path / "short.docx", "--statement").err
    rows = [{"text": f"ouvrir la salle numéro {n} aux jeunes du quartier, chaque soir"} for n in range(60)]
    shell.answer(partnership, *({"question": "gather.objectives", "op": "add", "value": row} for row in rows))
    long = shell("export", partnership, tmp_path / "long.docx", "--statement").err.replace("\u00a0", " ")
    assert re.search(r"Longueur : [2-9] pages", long)


def asked_by(*options: str, lang: str = "fr") -> tuple[Any, Workspace]:
    """The call of `send` with these options on a partnership, open in memory, of two that have no address."""
    args = parser_of(BY_NAME["send"]).parse_args(["p", *options])
    workspace = Workspace(GUIDE, Told("Collège", "Clinique").partnership, Memory())
    workspace.doc_lang = lang
    call: Any = SimpleNamespace(args=args, environ={"HOME": "/home/marie"}, settings=Settings())
    return call, workspace


@pytest.mark.parametrize(
    ("asked", "lang", "languages"),
    [
        ("both", "fr", "fr+en"), ("both", "en", "en+fr"), ("fr+en", "en", "fr+en"), ("en+fr", "fr", "en+fr"),
        ("en", "fr", "en"), ("fr", "en", "fr"),
    ],
)  # fmt: skip
def test_both_languages_begin_with_the_documents_unless_named(asked: str, lang: str, languages: str) -> None:
    call, workspace = asked_by("--doc-lang", asked, lang=lang)
    assert _send_options(call, workspace).languages == (languages,)


@pytest.mark.parametrize(
    ("formats", "warned"), [("docx", 0), ("pdf", 0), ("docx,pdf", 0), ("eml", 2), ("docx,eml", 2), ("", 2)]
)
def test_who_has_no_address_is_told_where_mail_is_made(formats: str, warned: int) -> None:
    call, workspace = asked_by(*(["--format", formats] if formats else []))
    options = _send_options(call, workspace)
    warnings = list(_sending_warnings(workspace, options, all_partners=True))
    assert len([text for text in warnings if "--to" in text or "Collège" in text]) == warned
