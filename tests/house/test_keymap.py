"""One's own keys: what they replace, what is refused with file, line and nearest name, what is warned of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import i18n, keymap
from tui.commands import COMMANDS, Command
from tui.settings import SettingsError, load_settings, remember, settings_files

Read = Callable[[str], dict[str, Command]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The table with the keys of a settings file that holds this text."""

    def reader(text: str) -> dict[str, Command]:
        file = tmp_path / "config.toml"
        file.write_text(text, encoding="utf-8")
        return {one.id: one for one in keymap.with_chosen_keys(load_settings(file).keys)}

    return reader


def test_what_is_chosen_replaces_all_keys_of_that_command_and_no_other(read: Read) -> None:
    found = read('[keys]\ncopy = ["f10", "ç"]\npartner = "Ctrl + N"\ncall = "shift+f1"\ntheme = "alt+Ç"\n')
    assert (found["copy"].keys, found["copy"].letter) == (("f10",), "ç")
    assert (found["partner"].keys, found["partner"].letter) == (("ctrl+n",), "")
    assert (found["call"].keys, found["theme"].letter) == (("f13",), "Ç")
    others = {"copy", "partner", "call", "theme"}
    assert [one for one in COMMANDS if one.id not in others] == [one for one in found.values() if one.id not in others]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[keys]\n\ncopi = "f10"\n', 3, "« copy »"),
        ('lang = "fr"\n[keys]\ncopy = "f44"\n', 3, "« f4 »"),
        ('[keys]\ncopy = "crtl+x"\n', 2, "« ctrl+x »"),
        ('[keys]\ncopy = "Entrée"\n', 2, "écrit ou déplace"),
        ('[keys]\ncopy = "enter"\n', 2, "écrit ou déplace"),
        ('[keys]\ncopy = "ctrl+i"\n', 2, "Tab"),
        ('[keys]\ncopy = ["f2", ":"]\n', 2, "« copy » et de « palette »"),
        ('[keys]\ncopy = "f10"\nfind = "f10"\n', 3, "« find » et de « copy »"),
        ('[keys]\ncopy = "à"\nexport = "à"\n', 3, "« export » et de « copy »"),
        ("[keys]\npalette = []\n", 2, "palette"),
        ("[keys]\ncopy = 8\n", 2, "entre guillemets"),
        ('[keys]\ncopy = ["f8", ""]\n', 2, "entre guillemets"),
        ('keys = "f8"\n', 1, "[keys]"),
        ('keys.copy = "enter"\n', 1, "écrit ou déplace"),
        ('keys = { copy = "enter" }\n', 1, "écrit ou déplace"),
        ('[keys]\nzzzzzz = "f8"\n', 2, "doctor --keys"),
        ('[keys]\ncopy = "the blue one"\n', 2, "f1 à f24"),
    ],
)
def test_errors_name_file_line_and_what_to_write_instead(read: Read, tmp_path, text: str, line: int, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(text)
    told = str(caught.value).replace("\u00a0", " ")
    assert f"{tmp_path / 'config.toml'}, ligne {line} " in told and said in told


def test_a_key_one_chose_wins_over_a_default_and_what_lost_it_is_told(read: Read, tmp_path: Path) -> None:
    found = read('[keys]\ncopy = ["f4", "j"]\nfind = "ctrl+y"\n')
    assert (found["next"].keys, found["next"].letter) == ((), "")
    assert (found["copy"].keys, found["copy"].letter, found["redo"].keys) == (("f4",), "j", ())
    i18n.use("fr")
    said = list(keymap.given_up_words(load_settings(tmp_path / "config.toml").keys))
    assert len(said) == 3
    assert all("F2" in one and "réglages" in one for one in said)
    assert "Ctrl+Y" in " ".join(said) and "Rétablir" in " ".join(said)


def test_a_key_of_another_place_is_not_lost(read: Read) -> None:
    found = read('[keys]\nnew = "z"\n')
    assert found["missing"].letter == "z"


def test_two_commands_may_change_their_letters(read: Read) -> None:
    found = read('[keys]\nexport = "q"\ncopy = ["f8", "e"]\nlist = "à"\n')
    assert [found[name].letter for name in ("export", "copy", "list")] == ["q", "e", "à"]


def test_letters_of_two_places_may_be_the_same(read: Read) -> None:
    assert read('[keys]\nnew = "z"\n')["new"].letter == "z" == read("")["missing"].letter


def test_keys_that_may_never_arrive_are_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\ncopy = "ctrl+b"\nfind = "f11"\nexport = "ctrl+f3"\n', encoding="utf-8")
    i18n.use("en")
    said = list(keymap.warnings(load_settings(file).keys))
    assert len(said) == 2 and "tmux" in said[0] and "F11" in said[1]


def test_the_machine_comes_first_and_the_person_wins(tmp_path: Path) -> None:
    wide, own = tmp_path / "xdg", tmp_path / "home"
    environ = {"XDG_CONFIG_DIRS": f"relative:{wide}", "XDG_CONFIG_HOME": str(own)}
    for base, text in (
        (wide, 'output = "/srv/ententes"\nlang = "fr"\n[keys]\ncopy = "f10"\nfind = "ctrl+f1"\n'),
        (own, 'lang = "en"\n[keys]\ncopy = "ctrl+f2"\n'),
    ):
        (base / "entente").mkdir(parents=True)
        (base / "entente" / "config.toml").write_text(text, encoding="utf-8")
    found = load_settings(*settings_files(environ))
    assert (found.lang, found.output) == ("en", "/srv/ententes")
    table = {one.id: one for one in keymap.with_chosen_keys(found.keys)}
    assert (table["copy"].keys, table["find"].keys) == (("ctrl+f2",), ("ctrl+f1",))


def test_a_new_setting_does_not_fall_into_the_table_of_keys(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('lang = "fr"\n[keys]\ntheme = "K"\n', encoding="utf-8")
    remember(file, theme="entente-light", author="A")
    found = load_settings(file)
    assert (found.theme, found.author, [one.keys for one in found.keys]) == ("entente-light", "A", [("K",)])


@given(written=st.text(min_size=1, max_size=12), name=st.sampled_from([one.id for one in COMMANDS]))
def test_any_text_is_a_key_or_a_clear_refusal(written: str, name: str) -> None:
    from tui.settings import KeyChoice

    choice = KeyChoice(name, (written,), Path("config.toml"), 7)
    try:
        table = keymap.with_chosen_keys([choice])
    except SettingsError as error:
        assert str(error).startswith("config.toml")
    else:
        one = next(one for one in table if one.id == name)
        assert len(one.keys) + len(one.letter) == 1
