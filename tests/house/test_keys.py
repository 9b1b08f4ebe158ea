"""docs/keys.md is what the one table of commands says, and every command of the table can be done."""

from __future__ import annotations

from tests.house.tree import ROOT
from tui.app.actions import ACTIONS
from tui.commands import BY_ID, COMMANDS, keys_page
from tui.i18n import use
from tui.keymap import TAKEN
from tui.line_mode import line_actions, orders

HEAD = {
    "fr": """# Les touches

Une touche agit toujours, même pendant que vous écrivez ; une lettre agit après Échap, ou avec Alt. Tout se trouve aussi
par la liste des commandes : F2, puis quelques lettres ou les flèches.

## Choisir ses touches

Dans le fichier de réglages (`entente doctor` dit où il est), une table `[keys]` donne à une commande, par son nom
(`entente doctor --keys` les liste), une touche ou plusieurs. Ce que vous écrivez remplace toutes les touches de cette
commande : redites la lettre pour la garder.

```toml
[keys]
copy = ["f10", "c"]       # F10 pendant qu'on écrit, la lettre c après Échap
partner = "ctrl+n"
theme = "K"               # une lettre seule : après Échap, ou avec Alt
```

- Une touche s'écrit `f1` à `f24` (`shift+f1` est `f13`), `ctrl+a` à `ctrl+z`, `ctrl+f1` à `ctrl+f12`, `insert`, ou une
  seule lettre ou un seul signe. Les majuscules comptent pour les lettres.
- Un nom inconnu, une touche inconnue, une touche donnée à deux commandes au même endroit : Entente le dit avec le
  fichier, la ligne et le nom le plus proche, et ne s'ouvre pas à moitié.
- Entrée, Tab, Échap, l'espace, les flèches, Retour arrière et Suppr. ne se donnent pas ; Ctrl+I, Ctrl+M, Ctrl+J et
  Ctrl+H non plus, car aucun terminal ne les distingue de Tab, d'Entrée et de Retour arrière.
- Touches souvent prises ailleurs : Ctrl+B (tmux), Ctrl+A (screen), Ctrl+G, P, T, N, O, Q (Zellij), F1, F5, Ctrl+E,
  Ctrl+K (VS Code), F10, F11 (menus des terminaux). `entente doctor` avertit de celles que vous choisissez.
- Le fichier de toute la machine (`/etc/xdg/entente/config.toml`) peut aussi porter une table `[keys]` ; la vôtre
  l'emporte.

## Les touches de départ

""",
    "en": """
# Keys

A key always acts, even while you write; a letter acts after Escape, or with Alt. Everything is also in the list of
commands: F2, then a few letters or the arrows.

## Choosing your keys

In the settings file (`entente doctor` says where it is) a table `[keys]` gives a command, by its name (`entente doctor
--keys` lists them), one key or several. What you write replaces all the keys of that command: name the letter again to
keep it.

```toml
[keys]
copy = ["f10", "c"]       # F10 while writing, the letter c after Escape
partner = "ctrl+n"
theme = "K"               # a letter alone: after Escape, or with Alt
```

- A key is written `f1` to `f24` (`shift+f1` is `f13`), `ctrl+a` to `ctrl+z`, `ctrl+f1` to `ctrl+f12`, `insert`, or one
  letter or sign. Capitals count for letters.
- An unknown name, an unknown key, one key for two commands in the same place: Entente says so with the file, the line
  and the nearest name, and does not open half-way.
- Enter, Tab, Escape, Space, the arrows, Backspace and Delete cannot be given; nor can Ctrl+I, Ctrl+M, Ctrl+J and
  Ctrl+H, which no terminal tells from Tab, Enter and Backspace.
- Keys often taken elsewhere: Ctrl+B (tmux), Ctrl+A (screen), Ctrl+G, P, T, N, O, Q (Zellij), F1, F5, Ctrl+E, Ctrl+K
  (VS Code), F10, F11 (menus of terminals). `entente doctor` warns of those you choose.
- The file of the whole machine (`/etc/xdg/entente/config.toml`) may hold a table `[keys]` too; yours wins.

## The keys it comes with

""",
}


def written() -> str:
    """The whole page, French first. To write it anew: make keys."""
    page = ""
    for lang in ("fr", "en"):
        use(lang)
        page += HEAD[lang] + keys_page()
    return page


def test_the_page_of_keys_is_what_the_table_says() -> None:
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == written()


def test_every_command_has_its_function_and_every_function_its_command() -> None:
    assert set(ACTIONS) == {command.id for command in COMMANDS}


def test_line_mode_does_every_command_it_lists_and_lists_what_it_does() -> None:
    assert set(line_actions.ACTIONS) == {command.id for command in orders.COMMANDS}


def test_no_key_means_two_things_in_one_place() -> None:
    for place in ("list", "work", "document", "projection"):
        there = [one for one in COMMANDS if place in one.where]
        keys = [key for one in there for key in one.keys]
        letters = [letter for one in there for letter in one.letter]
        assert len(keys) == len(set(keys))
        assert len(letters) == len(set(letters)), (place, sorted(letters))


def test_a_key_that_may_be_taken_elsewhere_is_never_the_only_way() -> None:
    """Every command of a place stands in the palette, whose own key is free everywhere; most have a letter too."""
    assert "f2" in BY_ID["palette"].keys
    alone = [one.id for one in COMMANDS if one.keys and not one.letter and not set(one.keys) - set(TAKEN)]
    assert alone == []
    for one in COMMANDS:
        assert one.where <= BY_ID["palette"].where | {"projection"}, one.id
