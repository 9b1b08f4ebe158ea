"""The command as a whole: help, languages, wrong use, settings, and what it never loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.house.tree import ROOT
from tests.warm_start import PROGRAM
from tui import __version__
from tui.cli.subcommands import SUBCOMMANDS

NAMES = [command.name for command in SUBCOMMANDS]


@pytest.mark.parametrize(
    ("lang", "usage", "options"), [("fr", "usage : ", "\noptions"), ("en", "usage: ", "\noptions:")]
)
def test_help_is_in_both_languages(shell: Shell, lang: str, usage: str, options: str) -> None:
    done = shell("--help", "--lang", lang)
    assert done.code == 0 and done.out.replace("\u00a0", " ").startswith(usage) and options in done.out
    assert all(f"\n  {name} " in done.out for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_subcommand_has_help(shell: Shell, name: str) -> None:
    french, english = shell(name, "--help"), shell("--lang", "en", name, "-h")
    assert (french.code, english.code) == (0, 0) and french.out != english.out
    assert "--store" in french.out and f"entente {name}" in english.out


def test_version(shell: Shell) -> None:
    assert shell("--version").out == f"entente {__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show"], "il manque"),
        (["list", "--bidule"], "option inconnue\u00a0: --bidule"),
        (["store", "grant", "--bidule=x", "eve", "reader"], "option inconnue\u00a0: --bidule\n"),
        (["list", "un", "--store", "ici", "-x", "--bidule"], "options inconnues\u00a0: -x --bidule\n"),
        (["list", "un", "deux"], "mots de trop"),
        (["store", "--lang", "fr", "joue"], "ne convient pas"),
        (["list", "--lang", "de"], "ne convient pas"),
        (["show", "x", "--format", "pdf"], "ne convient pas"),
        (["sample", "un"], "«\u00a0un\u00a0» n'est pas un nombre entier"),
        (["--store"], "une valeur est attendue"),
        (["answers", "x", "--condition", "y"], "2 valeurs sont attendues"),
        (["standing", "x", "--note"], "au moins une valeur est attendue"),
    ],
)
def test_a_wrong_use_is_told_in_french(shell: Shell, words: list[str], said: str) -> None:
    done = shell(*words)
    assert done.code == 2 and said in done.err and "--help" in done.err and done.out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["store", "grant", "--lang", "en", "eve", "reader"], "A folder has no levels"),
        (["store", "grant", "eve", "--lang", "en", "reader"], "A folder has no levels"),
        (["store", "grant", "eve", "reader", "--lang", "en"], "A folder has no levels"),
        (["store", "--lang", "en", "grant", "eve", "--without-locks", "boss"], "“boss” is no level"),
        (["store", "copy", "--lang=en", "a", "--without-locks", "b", "c"], "takes the place to go on in"),
        (["store", "grant", "--lang", "en", "eve", "--bidule"], "unknown option: --bidule"),
    ],
)
def test_an_option_stands_anywhere_between_the_words(shell: Shell, words: list[str], said: str) -> None:
    done = shell(*words)
    assert done.code == 2 and said in done.err and done.out == ""


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"TERM": "xterm-256color"}])
def test_without_a_screen_the_way_to_plain_is_shown(shell: Shell, environ: dict[str, str]) -> None:
    done = shell("--lang", "en", **environ)
    assert done.code == 2 and "entente plain" in done.err and done.out == ""


def test_text_in_an_error_cannot_steer_the_terminal(shell: Shell) -> None:
    done = shell("show", "\x1b]0;pwned\x07")
    assert done.code == 2 and "\x1b" not in done.err and "\x07" not in done.err


@pytest.mark.parametrize("words", [["--help"], ["list"], ["show", "{}"], ["check", "{}"], ["questions"], ["doctor"]])
def test_textual_is_never_loaded(shell: Shell, words: list[str]) -> None:
    partnership_id = shell.new("Un")
    spoken = [word.format(partnership_id) for word in words]
    program = f"import sys\nfrom tui.cli import main\nmain({spoken!r})\nsys.exit(40 + ('textual' in sys.modules))"
    assert shell.run([sys.executable, "-c", program]).returncode == 40


def test_list_loads_neither_guide_nor_table_files(shell: Shell) -> None:
    shell.new("Un")
    shell("list")
    program = "import sys\nfrom tui.cli import main\nmain(['list'])\nprint([m for m in sys.modules], file=sys.stderr)"
    loaded = shell.run([sys.executable, "-c", program]).stderr.decode()
    assert "'tui.cli.partnership_commands'" in loaded
    for name in ("tui.guide.guide_loading", "tomllib", "tinydb", "tui.agreement", "tui.export", "rich"):
        assert f"'{name}'" not in loaded


def test_settings_are_read_and_their_errors_name_the_line(shell: Shell) -> None:
    config = shell.home / ".config" / "entente" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('# mine\nlang = "en"\nauthor = "Ana Roy"\n', encoding="utf-8")
    done = shell("list", ENTENTE_LANG="")
    assert "No partnership yet" in done.err
    assert "Aucun partenariat" in shell("list", "--lang", "fr", ENTENTE_LANG="").err, "the option wins"
    assert "langue" in shell("list", "--lang", "fr", "--help", ENTENTE_LANG="").out
    config.write_text('doc_lang = "en"\n', encoding="utf-8")
    name = shell.new("The evening")
    config.write_text("", encoding="utf-8")
    assert "STATEMENT OF PARTNERSHIP" in shell("show", name).out, "the document keeps the language it was begun in"
    config.write_text('lang = "en"\nautor = "Ana"\n', encoding="utf-8")
    done = shell("--lang", "en", "list")
    assert done.code == 2 and f"{config}, line 2" in done.err and "“author”" in done.err
    doctor = shell("--lang", "en", "doctor")
    assert doctor.code == 1 and "line 2" in doctor.out


def test_changes_are_signed_with_the_name_in_the_settings(shell: Shell) -> None:
    config = shell.home / "mine.toml"
    config.write_text('author = "Ana Roy"\n', encoding="utf-8")
    done = shell("new", "Un", ENTENTE_CONFIG=str(config))
    history = shell("show", done.out.strip(), "--format", "json").data["history"]
    assert {past["by"] for past in history.values()} == {"Ana Roy"}


def test_doctor_reads_each_partnership(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    folder = shell.home / ".local" / "share" / "entente" / partnership_id
    assert shell("doctor").code == 0
    for name in ("project.json", "project.json.twin"):
        (folder / name).write_bytes(b"\0" * 40)
    done = shell("doctor")
    assert done.code == 1 and partnership_id in done.out


@pytest.mark.parametrize("command", ["list", "doctor", "new"])
def test_a_store_that_cannot_be_is_no_traceback(shell: Shell, command: str) -> None:
    (shell.home / "file").write_text("", encoding="utf-8")
    words = [command, "x"] if command == "new" else [command]
    done = shell(*words, "--store", shell.home / "file" / "store")
    assert done.code in (0, 1, 3) and (command != "new" or (done.code == 3 and done.err))


def test_an_error_of_our_own_is_one_sentence(shell: Shell, tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text(
        "import sys\nimport tui.cli.partnership_commands as listing\nfrom tui.cli import main\n"
        "def fail(call): return {}['CANARY']\nlisting.list_partnerships = fail\nsys.argv[1:] = ['list']\nmain()\n",
        encoding="utf-8",
    )
    done = shell.run([sys.executable, str(broken)])
    assert done.returncode == 3 and done.stdout == b""
    assert b"KeyError" in done.stderr and b"CANARY" not in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("closing", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", ["list", "import -", "export {} - --format docx", "answer {}"])
def test_closed_streams_are_empty_ones(shell: Shell, words: str, closing: str) -> None:
    partnership_id = shell.new("Un")
    done = shell.run(["bash", "-c", f"exec {' '.join(PROGRAM)} {words.format(partnership_id)} {closing}"])
    assert done.returncode == (2 if words == "import -" else 0)
    assert b"Traceback" not in done.stderr and b"Error" not in done.stderr


def test_the_module_and_the_script_are_one(shell: Shell) -> None:
    script = Path(sys.executable).with_name("entente")
    done = subprocess.run([script, "--version"], capture_output=True, cwd=ROOT, env=shell.environ(), check=True)
    assert done.stdout == shell.run([*PROGRAM, "--version"]).stdout
