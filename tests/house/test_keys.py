"""docs/keys.md is what the one table of commands says."""

from __future__ import annotations

import re

from tests.house.tree import ROOT
from tui.commands import keys_page
from tui.i18n import use

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


def test_each_row_of_the_table_of_keys_has_as_many_cells_as_its_head() -> None:
    use("en")
    rows = keys_page().splitlines()
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}
