"""docs/server.md, for whoever installs Entente for others, names only what there is, and says both languages alike."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

from tests.house.tree import ROOT
from tui.cli.subcommands import BY_NAME
from tui.settings import Settings

PAGE = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
FRENCH, ENGLISH = PAGE.split("\n# Installing Entente for others\n")


def test_each_command_of_the_page_is_one() -> None:
    named = set(re.findall(r"^(?:.*`)?(?<!/)entente (\w+) ", PAGE, re.MULTILINE))
    assert named >= {"completion", "backup"} and named <= set(BY_NAME)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert set(re.findall(r"entente-(\d[\d.]*)-py3", PAGE)) == {version}


def test_each_setting_of_the_page_is_one_and_the_examples_are_read() -> None:
    known = {field.name: field.type for field in fields(Settings)}
    for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL):
        told = tomllib.loads(text)
        assert set(told) <= set(known) and len(told) == 5


def test_both_languages_tell_the_same_steps() -> None:
    def shape(text: str) -> tuple[int, ...]:
        return tuple(len(re.findall(sign, text, re.MULTILINE)) for sign in ("^## ", "^```", r"^\| ", "^- "))

    assert shape(FRENCH) == shape(ENGLISH)
    for word in ("pipx", "uv tool", "/etc/xdg", "--find-links", "group = true", "ENTENTE_STORE", "completion fish"):
        assert word in FRENCH and word in ENGLISH, word
