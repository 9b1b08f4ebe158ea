"""`form` as a command: the form of each partner in a folder, and what is refused names what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import PARTNERSHIPS, Shell
from tests.workspace.unpacked import unpacked
from tui.partnership.form_codes import find_codes
from tui.partnership.versions import sendings
from tui.store import open_store


@pytest.fixture
def partnership(shell: Shell) -> str:
    return shell("import", PARTNERSHIPS / "04-une-porte-ouverte-le-soir.json").out.strip()


def test_each_partner_s_form_is_written_and_said(shell: Shell, partnership: str, tmp_path: Path) -> None:
    done = shell("form", partnership, "-o", tmp_path / "out")
    assert done.code == 0, done.err
    files = [Path(line.removeprefix("Écrit : ").replace("Écrit\u00a0: ", "")) for line in done.out.splitlines()]
    assert len(files) == 5 and all(path.is_file() and path.suffix == ".eml" for path in files)
    assert len({find_codes(unpacked(path.read_bytes())) for path in files}) == 5
    store = open_store(shell.home / ".local" / "share" / "entente")
    assert sendings(store.load(partnership)) == ()


@pytest.mark.parametrize("formats", ["html,docx,mail", "HTM, word,eml"])
def test_one_partner_several_formats_and_a_date_that_is_noted(
    shell: Shell, partnership: str, tmp_path: Path, formats: str
) -> None:
    config = shell.home / "mine.toml"
    config.write_text('sender = "Ana Cyr"\n', encoding="utf-8")
    done = shell(
        "form", partnership, "--partner", "La Boussole", "--format", formats, "-o", tmp_path / "out",
        "--by", "15 décembre 2026", "--sender", "Marie Roy, marie@cdc.example", "--json", ENTENTE_CONFIG=str(config),
    )  # fmt: skip
    assert done.code == 0, done.err
    told = done.data
    assert [Path(one).suffix for one in told["files"]] == [".eml", ".docx", ".html"]
    assert told["answer_by"] == "2026-12-15"
    for one in told["files"]:
        said = unpacked(Path(one).read_bytes()).replace("\u00a0", " ")
        assert "15 décembre 2026" in said and "Marie Roy" in said and "Ana Cyr" not in said
    store = open_store(shell.home / ".local" / "share" / "entente")
    (row,) = sendings(store.load(partnership))
    assert list(row.givers) == told["partners"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--partner", "Personne"), "Personne"),
        (("--format", "pdf"), "pdf"),
        (("--by", "32 mars"), "32 mars"),
    ],
)
def test_what_cannot_be_made_is_refused_by_name(
    shell: Shell, partnership: str, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = shell("form", partnership, *words, "-o", tmp_path / "out")
    assert done.code == 2 and said in done.err
    assert not (tmp_path / "out").exists()


def test_without_anybody_who_may_be_named_it_asks_whose_form(shell: Shell, tmp_path: Path) -> None:
    name = shell("new", "Un projet").out.strip()
    done = shell("form", name, "-o", tmp_path / "out", "--lang", "en")
    assert done.code == 2 and "--partner" in done.err


def test_a_sending_carries_forms_where_they_are_asked_for(shell: Shell, partnership: str, tmp_path: Path) -> None:
    done = shell("send", partnership, "--forms", "--format", "docx", "--folder", tmp_path / "out", "--json")
    assert done.code == 0, done.err
    assert sum("-formulaire-" in Path(one).name for one in done.data["files"]) == 5
    assert all(find_codes(one["message"]) for one in done.data["letters"])
