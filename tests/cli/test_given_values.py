"""What is given to a command is checked before it runs: nothing empty, unreadable or without effect is passed over."""

from __future__ import annotations

import argparse

import pytest

from tests.cli.shell import PARTNERSHIPS, Shell
from tui.cli import given_values
from tui.cli.command_line import main, parser_of
from tui.cli.subcommands import BY_NAME, SUBCOMMANDS
from tui.i18n import _

# Of each command what it needs besides the option that is tried; the partnership comes first where one is named.
POSITIONAL = {
    "export": ["x.txt"], "trace": ["7"], "new": ["Un"], "import": ["x.json"], "funders": ["-"], "sample": ["1"],
    "compare": ["1"], "erase": ["un mot"], "leave": ["Un"], "backup": ["x.zip"], "restore": ["x.zip"],
    "store": ["levels"], "completion": ["bash"],
}  # fmt: skip


def words_of(command: str) -> list[str]:
    """A command with all that it asks for."""
    parser = parser_of(BY_NAME[command])
    named = ["Le soir"] if any(action.dest == "project" for action in parser._actions) else []
    return [command, *named, *POSITIONAL.get(command, [])]


def options() -> list[tuple[str, str, int, bool]]:
    """(command, option, number of its values, whether it is a path) of each option that takes a text."""
    found = []
    for command in SUBCOMMANDS:
        for action in parser_of(command)._actions:
            if action.option_strings and action.nargs != 0 and not action.choices and action.type is None:
                count = action.nargs if isinstance(action.nargs, int) else 1
                is_path = bool({_("FILE"), _("FOLDER")} & {*_metavars(action)})
                found.append((command.name, max(action.option_strings, key=len), count, is_path))
    return found


def _metavars(action: argparse.Action) -> tuple[str, ...]:
    return action.metavar if isinstance(action.metavar, tuple) else (str(action.metavar),)


@pytest.mark.parametrize(("command", "option", "count", "is_path"), options())
def test_no_value_is_empty_and_only_a_path_holds_bytes_that_are_no_letters(
    command: str, option: str, count: int, is_path: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words_of(command), option, *[" "] * count, "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert f"{option} is empty: give a " in said.err
    if not is_path:
        assert main([*words_of(command), option, *["r\udce9union"] * count, "--lang", "en"]) == 2
        assert f"{option} holds letters that are not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("words", [
    ["export", "Un", "x.txt", "--for", ""], ["copy", "Un", "--section="], ["handover", "Un", ""], ["due", "\xa0"],
])  # fmt: skip
def test_an_empty_variable_of_a_script_is_no_missing_argument(shell: Shell, words: list[str]) -> None:
    shell.new("Un")
    done = shell(*words)
    assert (done.code, done.out) == (2, "") and " est vide" in done.err
    assert {path.name for path in shell.home.iterdir()} <= {".local", ".config", ".cache"}


def test_a_reason_in_latin_1_is_no_error_of_ours(shell: Shell) -> None:
    name = shell("import", PARTNERSHIPS / "02-entente-de-services.json").out.strip()
    done = shell("send", name, "--reason", "r\udce9union", "--yes")
    assert (done.code, done.out) == (2, "")
    assert done.err.replace("\xa0", " ").startswith("entente : --reason contient des lettres qui ne sont pas en UTF-8")


def test_the_tables_name_arguments_that_there_are() -> None:
    for command in (*given_values._NEEDS, *given_values._ONE_OF):
        known = {action.dest for action in parser_of(BY_NAME[command])._actions}
        needs = given_values._NEEDS.get(command, {})
        named = {*needs, *(name for others in needs.values() for name in others)}
        named |= {name for names in given_values._ONE_OF.get(command, ()) for name in names}
        assert named <= known, command


@pytest.mark.parametrize(("words", "sentence"), [
    (["sign", "--date", "2026-12-01"], "--date does nothing without PARTNER."),
    (["sign", "--file", "x.pdf"], "--file does nothing without PARTNER or --annex."),
    (["call", "--with", "Ida"], "--with does nothing without --outcome."),
    (["round", "--told"], "--told does nothing without --says."),
    (["handover", "--with-private"], "--with-private does nothing without --lines or --json."),
    (["contacts", "--of", "Un"], "--of does nothing without --import."),
    (["answers", "--confirmed", "Un", "--yeses"], "One thing at a time: --confirmed, --yeses do not go together."),
    (["leave", "Un", "--reason", "x"], "--reason does nothing without --date or --letter."),
    (["leave", "Un", "--person", "Ida", "--letter", "x.docx"], "One thing at a time: --person, --letter do not go"),
    (["health", "Un", "--answer", "1", "yes", "--form", "d"], "One thing at a time: --form, --answer do not go"),
    (["attach", "--replace", "1", "--remove", "2"], "One thing at a time: --replace, --remove do not go together."),
    (["export", "x.docx", "--for", "Un", "--board", "Un"], "One thing at a time: --for, --board do not go together."),
])  # fmt: skip
def test_an_option_that_would_do_nothing_is_told(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([words[0], "Le soir", *words[1:], "--lang", "en"]) == 2
    assert sentence in capsys.readouterr().err


def test_options_beside_another_format_or_text(shell: Shell) -> None:
    name = shell("import", PARTNERSHIPS / "02-entente-de-services.json").out.strip()
    for words in (["x.txt", "--with-history"], ["d/", "--with-history"], ["d/", "--with-private"]):
        done = shell("export", name, *words, "--lang", "en")
        assert done.code == 2 and f"{words[1]} goes with " in done.err
    shell("send", name, "--yes")
    assert "--accept does not go with a version." in shell("compare", name, "1", "--accept", "1", "--lang", "en").err
    (shell.home / "x.txt").write_text("Un texte")
    assert "--to does not go with a text that" in shell("compare", name, "x.txt", "--to", "1", "--lang", "en").err


def test_a_number_is_asked_for_in_words(shell: Shell) -> None:
    for words in (["sample", "deux"], ["sample", "9" * 5000], ["sample", "²"]):
        done = shell(*words)
        assert done.code == 2
        assert "n'est pas un nombre entier" in done.err.replace("\xa0", " ") and "int)" not in done.err


def test_a_backup_is_no_pipe_and_says_what_it_does(shell: Shell) -> None:
    shell.new("Un")
    for command in ("backup", "restore"):
        done = shell(command, "-", "--lang", "en")
        assert (done.code, done.out) == (2, "") and "name one instead of “-”" in done.err
    assert shell("backup", "x.zip").code == 0
    done = shell("restore", "x.zip", "--lang", "en")
    assert (done.code, done.out) == (0, "") and "All of it is here already" in done.err
    done = shell("backup", "x.zip", "--lang", "en")
    assert done.code == 3 and f"“x.zip” already exists in {shell.home}." in done.err


@pytest.mark.parametrize("words", [["import", "."], ["compare", "Un", "."], ["backup", "."], ["import", "-"]])
def test_what_has_no_name_of_its_own_is_shown_as_it_was_typed(shell: Shell, words: list[str]) -> None:
    shell.new("Un")
    done = shell(*words, "--lang", "en")
    assert done.code in (2, 3) and f"“{words[-1]}”" in done.err
    assert "“”" not in done.err and "JSON" not in done.err
