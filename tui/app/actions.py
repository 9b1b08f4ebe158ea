"""The function of each command: one dict, by the ids of `tui/commands.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from tui.partnership.values import Entry
from tui.screens import (
    adopt_screen,
    agenda_screen,
    agreement_screen,
    amend_screen,
    answers_screen,
    call_notes,
    checks_screen,
    contacts_screen,
    copy_commands,
    departure_screen,
    directory_screen,
    display_commands,
    due_screen,
    erase_commands,
    export_screen,
    find_dialog,
    forms_screen,
    health_screen,
    levels_screen,
    line_entering,
    list_commands,
    meeting_screen,
    minutes_screen,
    person_departure,
    returned_screen,
    road_screen,
    round_screen,
    send_screen,
    set_aside_screen,
    signing_screen,
    standing_screen,
    translation_screen,
    two_texts,
    undo_commands,
    versions_screen,
    work_commands,
)
from tui.screens.agreement_screen import DocumentScreen
from tui.screens.list_screen import PartnershipsScreen
from tui.screens.meeting_screen import MeetingScreen
from tui.screens.work_screen import WorkScreen
from tui.ui.host import Asking, Host, Page

Done = Asking | None  # a command that asks something is gone on with by `Host.follow`
Action = Callable[[Host], Done]
OnePage = TypeVar("OnePage", bound=Page[Any])


def nothing(_app: Host) -> None:
    """Do nothing."""


def at(kind: type[OnePage], act: Callable[[OnePage], Done], elsewhere: Action = nothing) -> Action:
    """Return the command that does `act` on a page of that kind, and `elsewhere` on the others where it is valid."""

    def run(app: Host) -> Done:
        page = app.page
        return act(page) if isinstance(page, kind) else elsewhere(app)

    return run


def on_line(act: Callable[[Host, Entry], Done]) -> Callable[[MeetingScreen], Done]:
    """Return what does `act` with the line of a meeting one stands at."""
    return lambda page: page.on_line(act)


ACTIONS: dict[str, Action] = {
    "palette": work_commands.palette,
    "help": work_commands.show_help,
    "previous": at(WorkScreen, work_commands.previous_question),
    "next": at(WorkScreen, work_commands.next_question),
    "partner": at(WorkScreen, work_commands.next_partner),
    "partner_back": at(WorkScreen, work_commands.previous_partner),
    "document": at(WorkScreen, work_commands.document),
    "gap": at(WorkScreen, work_commands.gap),
    "step_1": at(WorkScreen, work_commands.first_step),
    "step_2": at(WorkScreen, work_commands.second_step),
    "step_3": at(WorkScreen, work_commands.third_step),
    "find": find_dialog.find,
    "jump": at(WorkScreen, work_commands.jump),
    "jump_partner": at(WorkScreen, work_commands.jump_partner),
    "missing": at(WorkScreen, work_commands.missing),
    "example": at(WorkScreen, work_commands.example),
    "list": work_commands.to_list,
    "quit": work_commands.leave,
    "add_partners": at(WorkScreen, work_commands.add_partners),
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
    "language": display_commands.language,
    "document_language": display_commands.document_language,
    "author": display_commands.ask,
    "theme": display_commands.theme,
    "timezone": display_commands.time_zone,
    "repaint": display_commands.repaint,
    "directory": directory_screen.show_directory,
    "call": at(WorkScreen, call_notes.call, at(DocumentScreen, call_notes.from_document)),
    "sort_line": at(WorkScreen, call_notes.sort_line, at(MeetingScreen, on_line(line_entering.enter_line))),
    "turn_line": at(MeetingScreen, on_line(line_entering.turn_line)),
    "replace_decision": at(MeetingScreen, lambda page: page.on_decision(line_entering.replace_line)),
    "proposer": at(MeetingScreen, on_line(line_entering.name_proposer)),
    "agree_as_it_stands": at(DocumentScreen, line_entering.agree_as_it_stands),
    "agenda": agenda_screen.show_agenda,
    "next_item": at(MeetingScreen, MeetingScreen.next_item),
    "pass_together": at(MeetingScreen, MeetingScreen.pass_together),
    "for_call": at(MeetingScreen, lambda page: page.on_point(page.keep_for_call)),
    "register": line_entering.show_register,
    "sort_note": at(WorkScreen, call_notes.sort_note),
    "same": at(WorkScreen, call_notes.same),
    "aside": meeting_screen.aside,
    "decision": meeting_screen.decision,
    "task": meeting_screen.task,
    "candidates": two_texts.open_candidates,
    "add_line": at(DocumentScreen, DocumentScreen.add_line),
    "meeting": meeting_screen.open_meeting,
    "arrive": at(MeetingScreen, MeetingScreen.arrive),
    "close_meeting": at(MeetingScreen, MeetingScreen.end),
    "minutes": minutes_screen.show_minutes,
    "round": round_screen.open_round,
    "long_positions": round_screen.long_positions,
    "project": at(WorkScreen, work_commands.project, agreement_screen.project),
    "levels": levels_screen.show_levels,
    "copy": copy_commands.copy_document,
    "copy_section": copy_commands.copy_section,
    "copy_statement": copy_commands.copy_statement,
    "show_statement": copy_commands.show_statement,
    "copy_answer": at(WorkScreen, copy_commands.copy_answer),
    "bare": copy_commands.show_bare,
    "fetch": copy_commands.fetch,
    "export": export_screen.open_files,
    "review": checks_screen.open_review,
    "send": send_screen.open_send,
    "awaited": answers_screen.show_awaited,
    "due": due_screen.show_due,
    "road": road_screen.show_road,
    "contacts": contacts_screen.show_contacts,
    "forms": forms_screen.show_forms,
    "amend": amend_screen.show_amendment,
    "leave": departure_screen.show_departure,
    "person_leaves": person_departure.show_person_departure,
    "health": health_screen.show_health,
    "sign": signing_screen.show_signatures,
    "standing": standing_screen.show_standing,
    "funders": standing_screen.write_funder_table,
    "versions": versions_screen.versions,
    "translate": translation_screen.translate,
    "returned": returned_screen.returned,
    "by_telephone": at(WorkScreen, answers_screen.by_telephone),
    "text_answered": at(WorkScreen, checks_screen.text_answered),
    "leave_out": at(WorkScreen, checks_screen.leave_sentence_out),
    "adopt": adopt_screen.open_adopt,
    "practise": list_commands.begin,
    "throw_away": at(PartnershipsScreen, list_commands.throw_listed, list_commands.throw_away),
    "keep_trial": list_commands.keep,
    "new": list_commands.new,
    "sample": list_commands.sample,
    "open_file": list_commands.open_file,
    "rename": at(PartnershipsScreen, list_commands.rename_listed, list_commands.rename),
    "duplicate": at(PartnershipsScreen, list_commands.duplicate),
    "archive": at(PartnershipsScreen, list_commands.archive),
    "delete": at(PartnershipsScreen, list_commands.delete),
    "archived": at(PartnershipsScreen, list_commands.archived),
    "search": at(PartnershipsScreen, list_commands.search),
    "bin": list_commands.show_bin,
    "destroy_private": at(WorkScreen, list_commands.destroy_private),
    "erase": erase_commands.erase_words,
    "history": at(WorkScreen, versions_screen.show_history),
    "conflicts": two_texts.show_conflicts,
    "kept": set_aside_screen.show_kept,
}
