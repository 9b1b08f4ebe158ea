"""`entente [PARTNERSHIP]`, the screens, and `plain`, the same line by line; only here is Textual ever loaded."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import MutableMapping
from dataclasses import replace

from tui.cli.call import Call, Wrong
from tui.cli.table import BY_NAME
from tui.console import is_terminal
from tui.settings import Settings
from tui.words import _, language


def open_app(call: Call) -> int:
    """Open the screens, on one partnership when it was named; refused where there is no screen to paint on."""
    project_id = None if call.args.project is None else _project_id(call)
    if not (sys.stdin.isatty() and is_terminal()) or call.environ.get("TERM", "") in ("", "dumb"):
        raise Wrong(_without_screen(call.args.project))
    _use_keys(call.settings)
    without_textual_variables(os.environ)

    gc.disable()  # nearly all that a start makes stays: the app looks for rubbish once its first screen stands
    from tui.app import run_app

    return run_app(call.store, _settings(call), project_id)


def without_textual_variables(environ: MutableMapping[str, str]) -> None:
    """Take away what Textual reads in `environ` when it is loaded: it would log each key, draw pictures, press keys.

    Those variables are for programmers of Textual; in Entente they would write private notes where others read them.
    """
    for name in [name for name in environ if name.startswith("TEXTUAL")]:
        del environ[name]


def _use_keys(settings: Settings) -> None:
    """The person's own keys; SettingsError when they are wrong, before a screen opens."""
    if settings.keys:
        from tui import commands, keymap

        commands.use(keymap.chosen(settings.keys))


def plain(call: Call) -> int:
    """Work on one partnership by questions and answers, on any terminal or none."""
    from tui.plain import run

    return run(call.store, _settings(call), call.project_id(), lang=language())


def _settings(call: Call) -> Settings:
    """The settings, with the languages of this call."""
    mouse = call.settings.mouse and not getattr(call.args, "no_mouse", False)
    return replace(call.settings, lang=language(), doc_lang=call.args.doc_lang or call.settings.doc_lang, mouse=mouse)


def _project_id(call: Call) -> str:
    """The partnership that was named; a word close to a subcommand may be one mistyped."""
    try:
        return call.project_id()
    except Wrong as error:
        from difflib import get_close_matches

        near = get_close_matches(str(call.args.project), list(BY_NAME), 1, 0.6)
        if not near:
            raise
        raise Wrong(_("{said} Did you mean “entente {command}”?").format(said=error, command=near[0])) from error


def _without_screen(project: str | None) -> str:
    text = _("The screens need a terminal. Line by line, without screens: entente plain {project}")
    return text.format(project=project or _("PARTNERSHIP"))
