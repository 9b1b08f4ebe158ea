"""The subcommand `road`: it prints what the signatures wait for, and the earliest day on which all can sign."""

from __future__ import annotations

from tui import console
from tui.cli.invocation import DONE, Invocation, print_json
from tui.i18n import language
from tui.workspace.road_words import road_data, road_lines, road_map


def print_road(call: Invocation) -> int:
    """Print what has to happen before all can sign, and whom to ask; for the facilitator, not for partners."""
    road = road_map(call.guide, call.store.load(call.partnership_id()), call.day(), language())
    if call.args.json:
        print_json(road_data(road))
    else:
        console.print_text("\n".join(road_lines(road)))
    return DONE
