"""The subcommand `road`: what holds the signatures, and the earliest day on which all can sign."""

from __future__ import annotations

from tui import console
from tui.cli.invocation import DONE, Invocation, print_json
from tui.i18n import language
from tui.workspace.road_words import road_data, road_lines, road_map


def print_road(call: Invocation) -> int:
    """Print what is awaited before all can sign and what is to be asked; for the facilitator, never for partners."""
    told = road_map(call.guide, call.store.load(call.partnership_id()), call.day(), language())
    if call.args.json:
        print_json(road_data(told))
    else:
        console.print_text("\n".join(road_lines(told)))
    return DONE
