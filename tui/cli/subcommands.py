"""The table of subcommands of `entente`: name, function, arguments; their summaries are in `tui/commands.py`."""

from __future__ import annotations

from tui.cli.paper_arguments import add_attachment, add_form, add_print_size, add_sheet
from tui.cli.subcommand_arguments import (
    Arguments,
    add_addresses,
    add_adoption,
    add_adoption_facts,
    add_amendment,
    add_answers,
    add_any_format,
    add_archived,
    add_backup_file,
    add_call,
    add_compared,
    add_contacts,
    add_copies,
    add_day,
    add_departure,
    add_due,
    add_entries_to_merge,
    add_file_to_read,
    add_file_to_write,
    add_format,
    add_handover,
    add_health,
    add_history,
    add_invitations,
    add_json,
    add_key_list,
    add_merge,
    add_minutes,
    add_output,
    add_partnership,
    add_partnership_or_all,
    add_partnership_to_read,
    add_private_notes,
    add_round,
    add_sample_number,
    add_section,
    add_sending,
    add_sentence,
    add_set_aside_file,
    add_shell,
    add_signature,
    add_standing,
    add_statement,
    add_store_action,
    add_title,
    add_without_questions,
    add_wording,
    add_words_to_erase,
)
from tui.commands import TABLE
from tui.fast_dataclass import dataclass
from tui.i18n import _

# The values that --format takes, the first by default.
TEXT_FORMATS = ("text", "md", "html")
TEXT_OR_JSON = (*TEXT_FORMATS, "json")
DOCUMENT_FORMATS = (*TEXT_FORMATS, "docx", "pdf")


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One subcommand."""

    name: str  # as the table of commands has it; "" for `entente` alone
    place: str  # its function as "module:function" below tui.cli, imported when it is called
    arguments: tuple[Arguments, ...] = ()
    needs_settings: bool = True  # doctor reports wrong settings instead of stopping at them
    bilingual: bool = False  # whether --doc-lang may name both languages

    @property
    def summary(self) -> str:
        """What the subcommand does, in the interface's language."""
        return _(next(command.summary for command in TABLE if command.subcommand == self.name))


SUBCOMMANDS = (
    Subcommand("list", "partnership_commands:list_partnerships", (add_archived, add_json)),
    Subcommand("new", "partnership_commands:new", (add_title,)),
    Subcommand("show", "agreement_commands:show", (add_partnership_to_read, add_format(*TEXT_OR_JSON), add_private_notes, add_day, add_statement), bilingual=True),
    Subcommand("export", "agreement_commands:export", (add_partnership_to_read, add_file_to_write, add_any_format, add_copies, add_private_notes, add_history, add_day, add_statement, add_print_size), bilingual=True),
    Subcommand("import", "partnership_commands:import_partnership", (add_file_to_read, add_merge)),
    Subcommand("copy", "agreement_commands:copy", (add_partnership_to_read, add_format(*TEXT_FORMATS), add_section, add_day, add_statement), bilingual=True),
    Subcommand("minutes", "minutes_command:minutes", (add_partnership_to_read, add_minutes, add_format(*DOCUMENT_FORMATS), add_output)),
    Subcommand("agenda", "agenda_command:agenda", (add_partnership_to_read, add_invitations, add_format(*DOCUMENT_FORMATS), add_output)),
    Subcommand("levels", "agreement_commands:print_levels", (add_partnership_to_read, add_format(*DOCUMENT_FORMATS), add_output)),
    Subcommand("compare", "compare_command:compare", (add_partnership_to_read, add_compared, add_without_questions, add_json)),
    Subcommand("versions", "compare_command:versions", (add_partnership_to_read, add_json)),
    Subcommand("due", "due_command:due", (add_partnership_or_all, add_json, add_due)),
    Subcommand("call", "call_command:call", (add_partnership_or_all, add_call, add_json, add_day)),
    Subcommand("handover", "handover_command:handover", (add_partnership_to_read, add_handover, add_json, add_format(*DOCUMENT_FORMATS), add_output, add_day)),
    Subcommand("trace", "trace_command:trace", (add_partnership_to_read, add_sentence, add_json)),
    Subcommand("road", "road_command:print_road", (add_partnership_to_read, add_json, add_day)),
    Subcommand("round", "round_command:put_round", (add_partnership, add_round, add_json)),
    Subcommand("cost", "cost_command:cost", (add_partnership_to_read, add_wording)),
    Subcommand("check", "check_command:check", (add_partnership_to_read, add_json)),
    Subcommand("send", "sending_commands:send_draft", (add_partnership, add_sending, add_without_questions, add_json, add_statement), bilingual=True),
    Subcommand("form", "form_command:form", (add_partnership, add_form, add_json)),
    Subcommand("sheet", "sheet_command:sheet", (add_partnership, add_sheet, add_json)),
    Subcommand("attach", "attach_command:attach", (add_partnership, add_attachment, add_json)),
    Subcommand("adopt", "sending_commands:adopt_text", (add_partnership, add_adoption, add_without_questions, add_json)),
    Subcommand("sign", "signing_commands:sign", (add_partnership, add_signature, add_json)),
    Subcommand("standing", "follow_commands:standing", (add_partnership, add_standing, add_format(*TEXT_FORMATS), add_day)),
    Subcommand("funders", "follow_commands:funders", (add_partnership_to_read, add_file_to_write, add_day)),
    Subcommand("amend", "amend_command:amend", (add_partnership, add_amendment, add_format(*TEXT_FORMATS), add_adoption_facts)),
    Subcommand("leave", "leave_command:leave", (add_partnership, add_departure)),
    Subcommand("contacts", "contacts_command:contacts", (add_partnership, add_contacts, add_day)),
    Subcommand("health", "health_command:health", (add_partnership, add_health)),
    Subcommand("answer", "answer_commands:answer", (add_partnership,)),
    Subcommand("answers", "answers_command:answers", (add_partnership, add_answers, add_without_questions, add_json)),
    Subcommand("questions", "answer_commands:questions", (add_json,)),
    Subcommand("schema", "answer_commands:schema"),
    Subcommand("plain", "command_line:plain", (add_partnership,)),
    Subcommand("sample", "agreement_commands:sample", (add_sample_number, add_format(*TEXT_OR_JSON)), bilingual=True),
    Subcommand("directory", "store_commands:directory", (add_json, add_addresses, add_entries_to_merge)),
    Subcommand("erase", "erase_command:erase", (add_partnership, add_words_to_erase)),
    Subcommand("backup", "store_commands:backup", (add_backup_file,)),
    Subcommand("restore", "store_commands:restore", (add_backup_file,)),
    Subcommand("store", "store_command:store", (add_store_action,)),
    Subcommand("completion", "shell_completion:completion", (add_shell,), needs_settings=False),
    Subcommand("doctor", "doctor_command:doctor", (add_set_aside_file, add_key_list), needs_settings=False),
)  # fmt: skip
BY_NAME = {command.name: command for command in SUBCOMMANDS}
