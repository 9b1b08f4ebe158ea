"""Make the manual page in both languages from the parser of the command line; a test compares it with docs/man.

Usage: python -m tools.manual
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from unittest.mock import patch

from argparse_manpage.manpage import Manpage

from tui import i18n
from tui.cli.command_line import whole_parser
from tui.i18n import Language

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "man"
PAGES: dict[Language, Path] = {"en": FOLDER / "entente.1", "fr": FOLDER / "fr" / "entente.1"}
# What argparse-manpage calls the sections, in French.
_FRENCH = {"NAME": "NOM", "SYNOPSIS": "SYNOPSIS", "DESCRIPTION": "DESCRIPTION", "COMMENTS": "REMARQUES"}


def page(lang: Language) -> str:
    """Return the manual page in `lang`; it has no date, so that it changes only with the parser."""
    before = i18n.language()
    i18n.use(lang)
    try:
        with patch.dict(os.environ, COLUMNS="80"):  # argparse wraps the usage by it
            parser = whole_parser("")
            heading = {"date": "0.2.0", "manual_title": "Entente", "description": parser.description}
            text = str(Manpage(parser, _data=heading))
    finally:
        i18n.use(before)
    if lang == "fr":
        text = re.sub(r"^\.SH (\w+)$", lambda head: f".SH {_FRENCH.get(head[1], head[1])}", text, flags=re.MULTILINE)
    return text


if __name__ == "__main__":
    for lang, path in PAGES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(lang), encoding="utf-8")
