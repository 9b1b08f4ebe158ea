"""The settings file: read, refused with its line and the nearest name, changed one line at a time."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.clipboard import CHOICES
from tui.settings import (
    ROUTES,
    Settings,
    SettingsError,
    copies_folder,
    load_settings,
    remember,
    settings_files,
    settings_path,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings lie; not there yet."""
    return tmp_path / "config" / "config.toml"


def written(file: Path, text: str) -> Path:
    """The file with this text."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_no_file_is_the_defaults(file: Path) -> None:
    assert load_settings(file) == Settings()


def test_everything_that_can_be_set(file: Path) -> None:
    text = """lang = "en"\ndoc_lang = "fr"\nauthor = "Zoé L'Écuyer"\nclipboard = "tmux"\ngroup = true
output = "~/ententes"\nfrugal = false\nmouse = false\nregion = "fr-FR"\n"""
    found = load_settings(written(file, text))
    assert (found.lang, found.doc_lang, found.author, found.clipboard) == ("en", "fr", "Zoé L'Écuyer", "tmux")
    assert (found.group, found.frugal, found.mouse, found.region) == (True, False, False, "fr-FR")
    assert found.folder == Path.home() / "ententes" == copies_folder({}, found)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('lang = "fr"\n\nclipbord = "auto"\n', 3, "« clipboard »"),
        ("# a comment\nmouse = 1\n", 2, "true ou false"),
        ('author = "a"\n lang = "de"\n', 2, "fr, en"),
        ("[screen]\nfrugal = true\n", 1, "screen"),
        ('"doc-lang" = "fr"\n', 1, "« doc_lang »"),
        ('lang = "fr"\nlang = "en"\n', 2, ""),
        ("lang = fr\n", 1, ""),
        ('reference = "modele.docx"\n', 1, "reference"),
        ('mouse = true\nlogo = "$HOME/logo.png"\n', 2, "$HOME"),
    ],
)
def test_errors_name_file_line_and_nearest_name(file: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(written(file, text))
    told = str(caught.value).replace("\u00a0", " ")
    assert str(file) in told and (f"ligne {line}" in told or f"line {line}" in told) and said in told


def test_a_file_that_cannot_be_read_is_an_error_not_the_defaults(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(SettingsError, match=str(file)):
        load_settings(file)
    file.rmdir()
    file.write_bytes(b'author = "\xff"\n')
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings(file)


def test_remember_changes_one_line_and_keeps_the_rest(file: Path) -> None:
    written(file, '# mine\nlang = "fr" # spoken here\nauthor = "A"\n')
    remember(file, author="B", mouse=False)
    assert file.read_text(encoding="utf-8") == '# mine\nlang = "fr" # spoken here\nauthor = "B"\nmouse = false\n'


def test_remember_makes_the_file_and_refuses_what_is_wrong(file: Path) -> None:
    remember(file, author="A")
    with pytest.raises(SettingsError):
        remember(file, author="B", clipboard="pigeon")
    assert load_settings(file).author == "A"
    written(file, "this is no TOML")
    with pytest.raises(SettingsError):
        remember(file, author="C")
    assert file.read_text(encoding="utf-8") == "this is no TOML"


def test_a_fault_is_named_by_the_line_where_it_stands(file: Path) -> None:
    text = 'lang = "fr"\n[keys]\nsave = 3\n'
    written(file, text)
    with pytest.raises(SettingsError, match="3"):
        remember(file, author="A")
    assert file.read_text(encoding="utf-8") == text


def test_a_new_folder_of_settings_is_for_the_account_alone(file: Path) -> None:
    before = os.umask(0)
    try:
        remember(file, author="A")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@given(name=st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_name_is_read_again_as_it_was_given(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    file = tmp_path_factory.mktemp("settings") / "config.toml"
    remember(file, author=name)
    assert load_settings(file).author == name


def test_where_the_file_lies() -> None:
    assert settings_path({"ENTENTE_CONFIG": "/a/b.toml"}) == Path("/a/b.toml")
    assert settings_path({"XDG_CONFIG_HOME": "/x"}) == Path("/x/entente/config.toml")
    assert settings_path({"XDG_CONFIG_HOME": "x"}) == Path.home() / ".config/entente/config.toml"


def test_the_routes_are_those_of_the_clipboard() -> None:
    assert ROUTES == CHOICES


def test_of_the_machine_s_folders_the_first_named_wins(tmp_path: Path) -> None:
    """basedir-spec 0.8: XDG_CONFIG_DIRS is ordered by preference."""
    folders = [tmp_path / name for name in ("first", "second", "third")]
    for at, folder in enumerate(folders):
        names = ("lang", "doc_lang", "author")[at:]
        written(
            folder / "entente" / "config.toml", "".join(f'{name} = "{"en" if at % 2 else "fr"}"\n' for name in names)
        )
    environ = {"XDG_CONFIG_DIRS": ":".join(map(str, folders)), "XDG_CONFIG_HOME": str(tmp_path / "own")}
    # The first names all three settings, the second two of them, the third one.
    assert settings_files(environ)[-1] == tmp_path / "own" / "entente" / "config.toml"
    found = load_settings(*settings_files(environ))
    assert (found.lang, found.doc_lang, found.author) == ("fr", "fr", "fr")
