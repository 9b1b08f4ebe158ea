"""What does each command of the table: module and function, loaded when first used, so that the start stays short."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import EntenteApp

# Each command's id, and the function of tui/screens/MODULE.py that does it; every one is given the app.
ACTIONS: dict[str, str] = {
    "palette": "moves:palette",
    "help": "moves:show_help",
    "previous": "moves:previous_question",
    "next": "moves:next_question",
    "partner": "moves:next_partner",
    "partner_back": "moves:previous_partner",
    "document": "moves:document",
    "gap": "moves:gap",
    "find": "finding:find",
    "jump": "moves:jump",
    "jump_partner": "moves:jump_partner",
    "missing": "moves:missing",
    "example": "moves:example",
    "list": "moves:to_list",
    "quit": "moves:leave",
    "add_partners": "marking:add_partners",
    "remove_partner": "marking:remove_partner",
    "confirm": "marking:to_confirm",
    "discuss": "marking:to_discuss",
    "void": "marking:not_applicable",
    "remove_row": "marking:remove_row",
    "row_up": "marking:row_up",
    "row_down": "marking:row_down",
    "undo": "marking:undo",
    "save": "marking:save",
    "language": "looks:language",
    "document_language": "looks:document_language",
    "theme": "looks:theme",
    "repaint": "looks:repaint",
    "directory": "directory:show_directory",
    "call": "calls:call",
    "sort_line": "calls:sort_line",
    "sort_note": "calls:sort_note",
    "same": "calls:same",
    "aside": "table:aside",
    "decision": "table:decision",
    "task": "table:task",
    "candidates": "candidates:open_candidates",
    "add_line": "reading:add_line",
    "meeting": "meeting:open_meeting",
    "arrive": "meeting:arrive",
    "close_meeting": "meeting:close_meeting",
    "minutes": "minutes:show_minutes",
    "round": "round:open_round",
    "long_positions": "round:long_positions",
    "project": "projection:project",
    "copy": "output:copy_document",
    "copy_section": "output:copy_section",
    "copy_answer": "output:copy_answer",
    "bare": "output:show_bare",
    "fetch": "output:fetch",
    "export": "files:open_files",
    "review": "review:open_review",
    "send": "send:open_send",
    "awaited": "awaited:show_awaited",
    "versions": "versions:versions",
    "translate": "translating:translate",
    "returned": "returned:returned",
    "text_answered": "awaited:text_answered",
    "leave_out": "awaited:leave_sentence_out",
    "adopt": "awaited:open_adopt",
    "practise": "trials:begin",
    "throw_away": "trials:throw_away",
    "keep_trial": "trials:keep",
    "new": "listing:new",
    "sample": "listing:sample",
    "open_file": "listing:open_file",
    "rename": "listing:rename",
    "duplicate": "listing:duplicate",
    "archive": "listing:archive",
    "delete": "listing:delete",
    "archived": "listing:archived",
    "search": "listing:search",
    "bin": "disposal:show_bin",
    "destroy_private": "disposal:destroy_private",
    "history": "past:show_history",
    "conflicts": "conflicts:show_conflicts",
    "kept": "kept:show_kept",
}


def action(name: str) -> Callable[[EntenteApp], None]:
    """The function that does a command. KeyError for an id that is not in the table."""
    module, _colon, function = ACTIONS[name].partition(":")
    found: Callable[[EntenteApp], None] = getattr(import_module(f"tui.screens.{module}"), function)
    return found
