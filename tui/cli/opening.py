"""`entente [PARTNERSHIP]`: the screens; the only file of the command line that ever loads Textual."""

from __future__ import annotations

import sys

from tui.cli.call import Call, Wrong
from tui.cli.table import BY_NAME
from tui.words import _


def open_app(call: Call) -> int:
    """Open the screens, on one partnership when it was named; refused where there is no screen to paint on."""
    project_id = None if call.args.project is None else _project_id(call)
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or call.environ.get("TERM", "") in ("", "dumb"):
        raise Wrong(_without_screen(call.args.project))
    store = call.store
    from tui.app import run_app

    return run_app(store, call.settings, project_id)


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
