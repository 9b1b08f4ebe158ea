"""Adds the arguments of the subcommands `form`, `sheet` and `attach`, and of large print, for the subcommands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import _

if TYPE_CHECKING:
    from argparse import ArgumentParser


def add_print_size(parser: ArgumentParser) -> None:
    """Add the sizes of print."""
    parser.add_argument("--large", action="store_true", help=_("in large print, for who reads nothing smaller"))
    text = _("in letters that the last row of a room reads: a web page to be projected")
    parser.add_argument("--room", action="store_true", help=text)


def add_form(parser: ArgumentParser) -> None:
    """Add the arguments for partners, formats, the day for answers, and the reader of the answers."""
    text = _("whose form, as often as needed; without it, each partner that may be named")
    parser.add_argument("--partner", metavar=_("PARTNER"), action="append", help=text)
    text = _("mail (its text is the form), docx (a Word file), html (a page), with commas; without it: mail")
    parser.add_argument("--format", metavar=_("FORMATS"), help=text)
    text = _("the folder to write in; without it, the one of the settings")
    parser.add_argument("-o", "--folder", metavar=_("FOLDER"), help=text)
    text = _("the day by which answers are expected; with it, it is noted who was asked")
    parser.add_argument("--by", metavar=_("DATE"), help=text)
    text = _("who reads the answers: a name, an e-mail address; without it, who the settings say")
    parser.add_argument("--sender", metavar=_("NAME"), help=text)


def add_sheet(parser: ArgumentParser) -> None:
    """Add the arguments for the sheets to write and their folder."""
    text = _("whose questions, as often as needed; without it, each partner's")
    parser.add_argument("--partner", metavar=_("PARTNER"), action="append", help=text)
    parser.add_argument("--own", action="store_true", help=_("your own sheet, which is handed to nobody"))
    parser.add_argument("--agenda", action="store_true", help=_("the agenda of the meeting, with room to write"))
    text = _("the folder to write in; without it, the one of the settings")
    parser.add_argument("-o", "--folder", metavar=_("FOLDER"), help=text)


def add_attachment(parser: ArgumentParser) -> None:
    """Add the arguments that attach, replace or remove an annex."""
    text = _("what the paper is called: it is attached, and the text names it so")
    parser.add_argument("title", metavar=_("TITLE"), nargs="?", help=text)
    parser.add_argument("--file", metavar=_("FILE"), help=_("the file of which a copy is kept"))
    parser.add_argument("--replace", metavar="N", help=_("the annex that gets another copy, or another title"))
    parser.add_argument("--remove", metavar="N", help=_("the annex that is taken out of the text"))
    text = _("write the copies that are kept into this folder")
    parser.add_argument("--papers", metavar=_("FOLDER"), help=text)
