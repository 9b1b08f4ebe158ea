"""What comes from outside is checked in one way: one sentence that names it, nothing made where one stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tui.resources import own_folder
from tui.text.outside_paths import WrongPath, outside_path, typed_path

NO_PATHS = (
    *("rel", "./rel", "../rel", '"/srv/x"', "'/srv/x'", "« /srv/x »", "$HOME/x", "${HOME}/x", "/srv/$USER/x"),
    *("$(pwd)/x", "%APPDATA%/x", "~nobody-there/x", " ", "\ufeff/srv/x", "/srv/\u202ex", "/srv/\x1b[31m"),
)  # fmt: skip
BY_HAND = [*(value for value in NO_PATHS if not value.endswith("rel")), ""]  # one may stand where one likes
MANY = "9" * 5000


def standing(shell: Shell) -> set[str]:
    """What lies where the command was called."""
    return {path.name for path in shell.home.iterdir()}


def one_sentence(text: str, name: str) -> None:
    assert text.count("\n") == 1 and text.startswith("entente") and name in text, text
    assert "Traceback" not in text and "erreur de sa part" not in text and "error of its own" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("value", NO_PATHS)
@pytest.mark.parametrize(("variable", "lang"), [("ENTENTE_STORE", "fr"), ("ENTENTE_CONFIG", "en")])
def test_a_variable_that_is_no_whole_path_is_named(shell: Shell, variable: str, lang: str, value: str) -> None:
    before = standing(shell)
    done = shell("new", "Un", "--lang", lang, **{variable: value})
    assert done.code == 2
    one_sentence(done.err, variable)
    assert standing(shell) == before, "nothing is made where one stands"


@pytest.mark.parametrize("value", BY_HAND)
def test_store_and_file_given_by_hand(shell: Shell, value: str) -> None:
    before = standing(shell)
    done = shell("new", "Un", "--store", value)
    assert done.code == 2
    one_sentence(done.err, "--store")
    assert standing(shell) == before


@pytest.mark.parametrize("value", ["rel", '"/x"', "$HOME/x", " "])
def test_a_wrong_xdg_folder_is_ignored_and_told(shell: Shell, value: str) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        assert shell("new", "Un", **{name: value}).code == 0
        assert name in shell("doctor", **{name: value}).out
    assert standing(shell) <= {".local", ".config", ".cache"}
    assert len(shell("list").out.splitlines()) == 4, "all three are in the usual store"


def test_the_output_folder_of_the_settings(shell: Shell) -> None:
    config = shell.home / "config.toml"
    for value in ("rel", "$HOME/x", "'/x'"):
        config.write_text(f"lang = 'fr'\noutput = {json.dumps(value)}\n")
        done = shell("list", ENTENTE_CONFIG=str(config))
        assert done.code == 2
        one_sentence(done.err, "output")
        assert "ligne 2" in done.err.replace("\xa0", " ")
    config.write_text('output = "~/sorties"\n')
    assert shell("list", ENTENTE_CONFIG=str(config)).code == 0


@pytest.mark.parametrize(("text", "code"), [
    ('\ufefflang = "en"\n', 0), (f"mouse = {MANY}\n", 2), (f'mouse = "{MANY}"\n', 2), (f"x = [{MANY}]\n", 2),
    (f"x = {'[' * 3000}\n", 2),
])  # fmt: skip
def test_marks_and_long_numbers_in_the_settings(shell: Shell, text: str, code: int) -> None:
    config = shell.home / "config.toml"
    config.write_bytes(text.encode())
    done = shell("list", ENTENTE_CONFIG=str(config), ENTENTE_LANG="")
    assert done.code == code
    if code:
        one_sentence(done.err, "config.toml")
    else:
        assert "No partnership yet" in done.err


def test_a_line_with_thousands_of_digits_is_refused_and_the_next_is_taken(shell: Shell) -> None:
    one = shell.new("Un")
    lines = [
        f'{{"question":"open.how_many","value":{{"min":{MANY}}}}}',
        f'{{"question":"extra.preamble","base":{MANY},"value":{{"text":"x"}}}}',
        f'{{"question":"extra.preamble","value":{{"text":-{MANY}}}}}',
        '{"question":"extra.preamble","value":{"text":"dit"}}',
    ]
    done = shell("answer", one, stdin="\ufeff" + "\n".join(lines))
    assert [said["ok"] for said in done.lines] == [False, False, False, True]
    assert all("nombre trop long" in said["error"] for said in done.lines[:3])
    assert done.code == 2


def test_a_document_with_thousands_of_digits_is_refused(shell: Shell) -> None:
    file = shell.home / "x.json"
    file.write_text(f'{{"entries":{{}},"meta":{{"1":{{"id":"aaaaaaaaaa","rev":{MANY}}}}}}}')
    done = shell("import", file)
    assert done.code == 2
    one_sentence(done.err, "nombre trop long")


def test_line_mode_takes_a_mark_at_the_beginning_for_nothing(shell: Shell) -> None:
    one = shell.new("Un")
    shell("plain", one, stdin="\ufeffAlpha\nBeta\n\n")
    assert json.loads(shell("list", "--json").out)[0]["partners"] == 2
    assert "\ufeff" not in shell("show", one, "--format", "json").out


def test_paths_one_may_give(tmp_path: Path) -> None:
    assert outside_path("/srv/a$b/c d", "X") == Path("/srv/a$b/c d")
    assert outside_path("rel", "X", relative=True) == Path("rel")
    assert typed_path(' "/srv/x" ', "X") == Path("/srv/x") and typed_path("« /srv/x »", "X") == Path("/srv/x")
    relative = {"XDG_STATE_HOME": "rel", "HOME": str(tmp_path)}
    assert own_folder(relative, "XDG_STATE_HOME") == tmp_path / ".local" / "state" / "entente"
    assert own_folder({"HOME": "rel"}, "XDG_DATA_HOME").is_absolute()
    with pytest.raises(WrongPath):
        typed_path("$HOME/x", "X")


@pytest.mark.parametrize("address", [
    "postgresql://ann:s3@cret@h/d", "postgresql://ann:s3/cret@h/d", "postgresql://ann:s3%zz@h/d",
    "postgresql://ann:s3@[::1/d", "mysql://ann:s3@h/d", "postgresql:ann:s3@h/d", "postgresql://ann:s3@127.0.0.1:1/d?x=1",
    "postgresql://ann:s3#@127.0.0.1:1/d", "postgresql://127.0.0.1:1/%ff?password=s3",
])  # fmt: skip
def test_an_address_of_a_server_never_tells_its_password(shell: Shell, address: str) -> None:
    config = shell.home / "config.toml"
    config.write_text(f'store = "{address}"\n')
    before = standing(shell)
    for done in (
        shell("new", "Un", "--store", address),
        shell("list", ENTENTE_STORE=address),
        shell("list", ENTENTE_CONFIG=str(config)),
        shell("store", "copy", address),
    ):
        assert done.code in (2, 3) and "s3" not in done.out + done.err and "erreur de sa part" not in done.err
        one_sentence(done.err, "")
    assert "s3" not in shell("doctor", ENTENTE_STORE=address).out
    assert standing(shell) <= before | {".local", ".config", ".cache"}
    assert not list(shell.home.rglob("*s3*"))


@pytest.mark.parametrize(("address", "cause"), [
    ("postgresql://127.0.0.1:1/d", "aucun serveur n'y écoute"), ("postgresql://127.0.0.1:70000/d", "mauvais port"),
    ("postgresql:///d?host=/nowhere", "aucun serveur ne tourne sur cette machine"),
    ("postgresql://127.0.0.1:1/d?bidule=1", "une option que PostgreSQL ne connaît pas"),
])  # fmt: skip
def test_why_a_server_does_not_answer_is_said_in_the_language_in_use(shell: Shell, address: str, cause: str) -> None:
    done = shell("list", "--store", address)
    assert done.code == 3 and f"({cause})" in done.err.replace("son adresse a un ", "").replace("son adresse a ", "")


def test_a_setting_that_is_given_twice_is_told_so(shell: Shell) -> None:
    config = shell.home / "config.toml"
    for text in (
        'lang = "fr"\nlang = "en"',
        'lang = "fr"\nlang = "en"\n# fin\n',
        "[keys]\ncopy = 'f8'\n[keys]\nhelp = 'f9'\n",
    ):
        config.write_text(text)
        done = shell("list", ENTENTE_CONFIG=str(config))
        assert done.code == 2
        one_sentence(done.err, "un nom")
        assert "un nom y est donné deux fois" in done.err or "donne un nom une seconde fois" in done.err
