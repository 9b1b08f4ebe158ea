"""The manual page, in both languages, is what the parser says; `make man` writes it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tools.manual import PAGES, page
from tui import i18n
from tui.cli.command_line import parser_of, whole_parser
from tui.cli.subcommands import SUBCOMMANDS
from tui.i18n import Language

MADE_BY = (3, 11)  # whose argparse words the usage lines: the oldest Python that is supported


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_tells_every_command_and_option(lang: Language) -> None:
    i18n.use(lang)
    kept = PAGES[lang].read_text(encoding="utf-8")
    for command in SUBCOMMANDS:
        assert f"entente\\fR \\fI\\,{command.name}\\/" in kept and command.summary.replace("-", "\\-") in kept
        for action in parser_of(command)._actions:
            for option in action.option_strings:
                assert option in ("-h", "--help") or option.replace("-", "\\-") in kept, (command.name, option)
    assert kept == page(lang) or sys.version_info[:2] != MADE_BY, "run `make man`"


def test_the_page_speaks_its_language_throughout() -> None:
    french = PAGES["fr"].read_text(encoding="utf-8")
    assert ".SH NOM" in french and "usage\\ :" not in french.replace("usage :", "")
    i18n.use("en")
    english = [command.summary for command in SUBCOMMANDS]
    assert [said for said in english if said.replace("-", "\\-") in french] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_whole_parser_knows_what_each_one_knows(lang: Language) -> None:
    i18n.use(lang)
    assert "show" in whole_parser("1").format_help()


def test_the_manual_reader_takes_it() -> None:
    """Groff, where there is one, finds no fault in either page."""
    for path in PAGES.values():
        try:
            ran = subprocess.run(
                ["groff", "-man", "-Tutf8", "-ww", "-K", "utf8", str(path)], capture_output=True, text=True, check=False
            )
        except FileNotFoundError:
            return
        assert ran.returncode == 0 and "ENTENTE" in ran.stdout
