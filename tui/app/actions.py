"""What each command does in the app: `ACTIONS`, a dict from the ids of `tui/commands.py` to functions."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from typing import Any

from tui.partnership.values import Entry
from tui.screens import display_commands, undo_commands, work_commands
from tui.screens.work_screen import WorkScreen
from tui.ui.host import Asking, Host

Outcome = Asking | None  # None if all is done; a command that asks something returns a coroutine for `Host.follow`
Action = Callable[[Host], Outcome]

# Pages that some commands act on, each « file:class » of `tui.screens`, as `imported` reads it.
DOCUMENT_SCREEN = "agreement_screen:DocumentScreen"
PARTNERSHIPS_SCREEN = "list_screen:PartnershipsScreen"
MEETING_SCREEN = "meeting_screen:MeetingScreen"
MINUTES_SCREEN = "minutes_screen:MinutesScreen"


def nothing(_app: Host) -> None:
    """Do nothing."""


def imported(place: str) -> Any:
    """Import a file of `tui.screens` and return the function or class that `place`, « file:name », names in it.

    « due_screen:show_due » is a function, « meeting_screen:MeetingScreen.end » a method.
    """
    file, name = place.split(":")
    return attrgetter(name)(import_module(f"tui.screens.{file}"))


def late(place: str) -> Callable[..., Outcome]:
    """Return a function that imports the function at `place` (as in `imported`) when it is called, and calls it.

    Importing all pages with this file would make the first key wait.
    """

    def run(*arguments: Any) -> Outcome:
        outcome: Outcome = imported(place)(*arguments)
        return outcome

    return run


def at(kind: type[Any] | str, act: Callable[[Any], Outcome], elsewhere: Action = nothing) -> Action:
    """Return a command that calls `act` with the page on top if that is of `kind`, else `elsewhere` with the app.

    `kind` is a class of pages, or the place of the class as in `imported`.
    """

    def run(app: Host) -> Outcome:
        page = app.page
        page_class = imported(kind) if isinstance(kind, str) else kind
        return act(page) if isinstance(page, page_class) else elsewhere(app)

    return run


def on_line(act: Callable[[Host, Entry], Outcome]) -> Callable[[Any], Outcome]:
    """Return a function of the meeting's page that calls `act` with the app and the current line of that page."""
    return lambda page: page.on_line(act)


def on_minutes(name: str) -> Action:
    """Return a command that calls the function `name` of `minutes_screen`.

    On the page of minutes the function gets (app, meeting); elsewhere it gets the app alone and chooses the meeting.
    """
    place = f"minutes_screen:{name}"
    return at(MINUTES_SCREEN, lambda page: imported(place)(page.app, page.meeting), late(place))


ACTIONS: dict[str, Action] = {
    "palette": late("opening_commands:show_palette"),
    "help": late("opening_commands:show_help"),
    "previous": at(WorkScreen, work_commands.previous_question),
    "next": at(WorkScreen, work_commands.next_question),
    "partner": at(WorkScreen, work_commands.next_partner),
    "partner_back": at(WorkScreen, work_commands.previous_partner),
    "document": at(WorkScreen, late("opening_commands:show_document")),
    "gap": at(WorkScreen, work_commands.go_to_unanswered),
    "step_1": at(WorkScreen, work_commands.first_step),
    "step_2": at(WorkScreen, work_commands.second_step),
    "step_3": at(WorkScreen, work_commands.third_step),
    "find": late("find_dialog:find_words"),
    "jump": at(WorkScreen, late("opening_commands:ask_question")),
    "jump_partner": at(WorkScreen, late("opening_commands:ask_partner")),
    "missing": at(WorkScreen, late("opening_commands:show_missing")),
    "example": at(WorkScreen, late("opening_commands:show_example")),
    "list": work_commands.to_list,
    "quit": work_commands.leave,
    "add_partners": at(WorkScreen, late("opening_commands:add_partners")),
    "remove_partner": at(WorkScreen, work_commands.remove_partner),
    "confirm": at(WorkScreen, work_commands.to_confirm),
    "discuss": at(WorkScreen, work_commands.to_discuss),
    "void": at(WorkScreen, work_commands.not_applicable),
    "name_article": at(WorkScreen, work_commands.name_article),
    "remove_row": at(WorkScreen, work_commands.remove_row),
    "row_up": at(WorkScreen, work_commands.row_up),
    "row_down": at(WorkScreen, work_commands.row_down),
    "undo": undo_commands.undo,
    "redo": undo_commands.redo,
    "save": work_commands.save,
    "language": display_commands.switch_language,
    "document_language": display_commands.switch_document_language,
    "author": display_commands.ask_author,
    "theme": display_commands.ask_theme,
    "timezone": display_commands.ask_time_zone,
    "repaint": display_commands.repaint,
    "directory": late("directory_screen:show_directory"),
    "call": at(WorkScreen, late("call_notes:call"), at(DOCUMENT_SCREEN, late("call_notes:from_document"))),
    "sort_line": at(
        WorkScreen, late("call_notes:sort_line"), at(MEETING_SCREEN, on_line(late("line_entering:enter_line")))
    ),
    "turn_line": at(MEETING_SCREEN, on_line(late("line_entering:turn_line"))),
    "replace_decision": at(MEETING_SCREEN, lambda page: page.on_decision(late("line_entering:replace_line"))),
    "decision_result": at(MEETING_SCREEN, lambda page: page.on_decision(lambda _app, row: page.ask_result(row))),
    "proposer": at(MEETING_SCREEN, on_line(late("line_entering:name_proposer"))),
    "agree_as_it_stands": at(DOCUMENT_SCREEN, late("line_entering:agree_as_it_stands")),
    "agenda": late("agenda_screen:show_agenda"),
    "next_item": at(MEETING_SCREEN, late("meeting_screen:MeetingScreen.next_item")),
    "pass_together": at(MEETING_SCREEN, late("meeting_screen:MeetingScreen.pass_together")),
    "for_call": at(MEETING_SCREEN, lambda page: page.on_point(page.keep_for_call)),
    "register": late("line_entering:show_register"),
    "sort_note": at(WorkScreen, late("call_notes:sort_note")),
    "same": at(WorkScreen, late("call_notes:give_to_others")),
    "aside": late("noting_commands:note_aside"),
    "decision": late("noting_commands:note_decision"),
    "task": late("noting_commands:note_task"),
    "candidates": late("two_texts:open_wordings"),
    "add_line": at(DOCUMENT_SCREEN, late("agreement_screen:DocumentScreen.add_line")),
    "meeting": late("meeting_screen:open_meeting"),
    "arrive": at(MEETING_SCREEN, late("meeting_screen:MeetingScreen.arrive")),
    "close_meeting": at(MEETING_SCREEN, late("meeting_screen:MeetingScreen.end")),
    "minutes": late("minutes_screen:show_minutes"),
    "mail_minutes": on_minutes("mail_minutes"),
    "approve_minutes": on_minutes("approve_minutes"),
    "minutes_note": on_minutes("minutes_note"),
    "withdraw_name": on_minutes("withdraw_name"),
    "meeting_dossier": on_minutes("meeting_dossier"),
    "round": late("round_screen:open_round"),
    "ask_each": at(
        DOCUMENT_SCREEN,
        late("question_round_screen:ask_about_sentence"),
        late("question_round_screen:ask_each"),
    ),
    "long_positions": late("round_screen:long_positions"),
    "project": at(WorkScreen, late("opening_commands:project"), late("agreement_screen:project")),
    "levels": late("levels_screen:show_levels"),
    "copy": late("copy_commands:copy_document"),
    "copy_section": late("copy_commands:copy_section"),
    "copy_statement": late("copy_commands:copy_statement"),
    "show_statement": late("copy_commands:show_statement"),
    "copy_answer": at(WorkScreen, late("copy_commands:copy_answer")),
    "bare": late("copy_commands:show_plain_document"),
    "fetch": late("copy_commands:fetch"),
    "export": late("export_screen:open_files"),
    "review": late("checks_screen:open_review"),
    "send": late("send_screen:open_send"),
    "awaited": late("answers_screen:show_awaited"),
    "due": late("due_screen:show_due"),
    "call_sheet": late("call_screen:show_call_sheet"),
    "note_call": late("call_screen:note_call"),
    "last_contacts": late("call_screen:show_contacts_made"),
    "read_back": late("call_screen:write_read_back"),
    "handover": late("handover_screen:show_handover"),
    "life": late("life_screen:show_life"),
    "road": late("road_screen:show_road"),
    "contacts": late("contacts_screen:show_contacts"),
    "forms": late("forms_screen:show_forms"),
    "sheets": late("sheets_screen:show_sheets"),
    "attachments": late("attachments_screen:show_attachments"),
    "large_print": late("written_files:write_large_print"),
    "amend": late("amend_screen:show_amendment"),
    "leave": late("departure_screen:show_departure"),
    "person_leaves": late("person_departure:show_person_departure"),
    "health": late("health_screen:show_health"),
    "sign": late("signing_screen:show_signatures"),
    "standing": late("standing_screen:show_standing"),
    "funders": late("standing_screen:write_funder_table"),
    "versions": late("versions_screen:show_versions"),
    "translate": late("translation_screen:translate"),
    "returned": late("returned_screen:ask_returned"),
    "condition": at(
        DOCUMENT_SCREEN, late("condition_pages:condition_of_sentence"), late("condition_pages:condition_of_partner")
    ),
    "by_telephone": at(WorkScreen, late("answers_screen:note_telephone_answer")),
    "text_answered": at(WorkScreen, late("checks_screen:text_answered")),
    "leave_out": at(WorkScreen, late("checks_screen:except_sentence")),
    "adopt": late("adopt_screen:open_adopt"),
    "practise": late("list_commands:begin_practice"),
    "throw_away": at(PARTNERSHIPS_SCREEN, late("list_commands:throw_listed"), late("list_commands:throw_away")),
    "keep_trial": late("list_commands:keep_trial"),
    "new": late("list_commands:new_partnership"),
    "sample": late("list_commands:ask_example"),
    "open_file": late("list_commands:open_file"),
    "rename": at(PARTNERSHIPS_SCREEN, late("list_commands:rename_listed"), late("list_commands:rename")),
    "duplicate": at(PARTNERSHIPS_SCREEN, late("list_commands:duplicate")),
    "archive": at(PARTNERSHIPS_SCREEN, late("list_commands:archive")),
    "delete": at(PARTNERSHIPS_SCREEN, late("list_commands:delete")),
    "archived": at(PARTNERSHIPS_SCREEN, late("list_commands:toggle_archived")),
    "search": at(PARTNERSHIPS_SCREEN, late("list_commands:search_partnership")),
    "bin": late("list_commands:show_bin"),
    "destroy_private": at(WorkScreen, late("list_commands:destroy_private")),
    "erase": late("erase_commands:erase_words"),
    "history": at(WorkScreen, late("versions_screen:show_history")),
    "conflicts": late("two_texts:show_conflicts"),
    "kept": late("set_aside_screen:show_set_aside"),
}
