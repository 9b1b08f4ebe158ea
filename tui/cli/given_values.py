"""Check the arguments of a command before it runs: a value that is empty or unreadable, an option without effect."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from tui.cli.invocation import UsageError
from tui.i18n import _

_FACTS_OF_DEPARTURE = ("notice", "honoured", "reason", "money", "data", "tell_reason")  # of a partner, in its letter
# Options that act only beside another argument: of each command, the option and the arguments of which one is needed.
# Alone they would be dropped without a word.
_NEEDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "handover": {"with_private": ("lines", "json")},
    "round": {"question": ("says",), "told": ("says",)},
    "attach": {"file": ("title", "replace")},
    "sign": {
        "title": ("partner",), "date": ("partner",), "means": ("partner",), "original": ("partner",),
        "file": ("partner", "annex"), "resolution": ("annex",),
    },
    "call": {"with_": ("outcome",)},
    "amend": {"date": ("adopt",), "resolution": ("adopt",), "reason": ("adopt",)},
    "leave": {
        "by": ("person",), "gone": ("person",), **dict.fromkeys(_FACTS_OF_DEPARTURE, ("date", "letter")),
    },
    "contacts": {"of": ("take_in",), "on": ("annex",)},
    "health": {"shared": ("answer",), "by": ("discuss",)},
    "answers": {"by": ("telephone",), "reason": ("settle",), "yes": ("yeses",)},
}  # fmt: skip
# Arguments of which a command follows only one: with two of them it would do one thing and drop the other.
_ONE_OF: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "answers": (("telephone", "confirmed", "mail", "received", "condition", "settle", "yeses"),),
    "health": (("form", "discuss", "answer", "results"),),
    "contacts": (("join_annex", "take_in", "annex", "file"),),
    "attach": (("replace", "remove"),),
    "call": (("outcome", "read_back"), ("note", "read_back"), ("next", "read_back")),
    "leave": (("by", "to"), ("person", "date"), ("person", "letter")),
    "amend": (("consolidated", "changes", "letter", "adopt"),),
    "standing": (("note", "output"), ("list", "output")),
    "export": (("for_", "board"), ("for_", "for_each"), ("board", "for_each")),
    "minutes": (("register", "dossier"),),
    "doctor": (("adopt", "keys"),),
}  # fmt: skip

_MAY_BE_EMPTY = {("cost", "words")}  # no words take the sentence out
_MAX_DIGITS = 5  # of a number; `int` refuses a text of thousands of digits


def check_values(command: str, parser: argparse.ArgumentParser, args: argparse.Namespace) -> None:
    """Check what was given to a command together. Raises UsageError, with a sentence that names the argument."""
    actions = {action.dest: action for action in parser._actions}
    given = {name for name in actions if getattr(args, name, None) not in (None, False)}
    for action in actions.values():
        for text, metavar in _texts_of(action, getattr(args, action.dest, None)):
            if (command, action.dest) not in _MAY_BE_EMPTY:
                _check_text(action, text, metavar)
    for name, needed in _NEEDS.get(command, {}).items():
        if name in given and not given.intersection(needed):
            others = _(" or ").join(_name(actions[other]) for other in needed)
            message = _("{option} does nothing without {other}.")
            raise UsageError(message.format(option=_name(actions[name]), other=others))
    for names in _ONE_OF.get(command, ()):
        both = [_name(actions[name]) for name in names if name in given]
        if len(both) > 1:
            message = _("One thing at a time: {names} do not go together.")
            raise UsageError(message.format(names=", ".join(both)))


def whole_number(text: str) -> int:
    """Return the number of a text of digits. Raises argparse.ArgumentTypeError, of which the parser makes its error."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise argparse.ArgumentTypeError(_("“{value}” is no whole number").format(value=text))
    return int(text)


def _name(action: argparse.Action) -> str:
    """Return how the help calls an argument: the longest word of an option, else what stands for its value."""
    return max(action.option_strings, key=len) if action.option_strings else str(action.metavar or action.dest)


def _texts_of(action: argparse.Action, value: object) -> Iterator[tuple[str, str]]:
    """Yield each text given for an argument, with the word that stands for it in the help."""
    if isinstance(value, str):
        yield value, str(action.metavar)
    elif isinstance(value, list):
        for at, part in enumerate(value):
            if isinstance(part, list):  # an option with several values, given as often as needed
                yield from _texts_of(action, part)
            elif isinstance(part, str):
                metavar = action.metavar
                yield part, metavar[min(at, len(metavar) - 1)] if isinstance(metavar, tuple) else str(metavar)


def _check_text(action: argparse.Action, text: str, metavar: str) -> None:
    """Raise UsageError for a value without a word, and for letters that are not UTF-8 where no path is asked for."""
    is_path = metavar in (_("FILE"), _("FOLDER"), _("PLACE"), _("WHAT"))
    if not text.strip() and (action.option_strings or action.nargs == "?"):
        words = (
            _("{source} is empty: give a path.") if is_path else _("{source} is empty: give a value, or leave it out.")
        )
        raise UsageError(words.format(source=_name(action)))
    if not is_path and any("\ud800" <= letter <= "\udfff" for letter in text):  # bytes that Python could not read
        raise UsageError(_("{source} holds letters that are not UTF-8: type them again.").format(source=_name(action)))
