"""Calls: the page before a call with a partner, noting a call in a few keys, when each partner was last reached.

The *next step* of a call is what is to be done after it; a step is *settled* once it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.form.form_words import name_in_sentence, short_name
from tui.i18n import N_, _, ngettext
from tui.partnership.call_sheet import open_steps
from tui.partnership.calls import NO_ANSWER, OUTCOMES, SPOKE
from tui.partnership.field_kinds import BadValue
from tui.partnership.outcomes import DONE
from tui.partnership.partners import active, active_ids
from tui.partnership.values import Entry
from tui.screens.due_screen import today
from tui.screens.written_files import write_files
from tui.store.store_errors import StoreError
from tui.text.french_names import fill_sentence
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.host import answer_to
from tui.ui.page import PageRow, PageScreen, RowsScreen
from tui.workspace.call_log import CallFacts, is_of_earlier_call, log_call, set_next_step, settle_step
from tui.workspace.call_words import (
    ContactLine,
    SheetLine,
    contact_line_words,
    contact_list,
    contact_words,
    longest_first,
    sheet_of,
    sheet_parts,
    step_words,
)
from tui.workspace.note_sorting import unsorted_lines
from tui.workspace.noted_answers import names_of_people
from tui.workspace.place import place_in_note
from tui.workspace.read_back import read_back_file, read_back_mail
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

# Choices of the menus that are no outcome and no person's name.
_THEY_CALLED, _OTHER = "#they", "#other"
_CHANGE_STEP = "change"  # beside DONE


class CallSheetScreen(RowsScreen):
    """What is worth reading before a call with one partner; Enter on a line opens the field it comes from."""

    about = N_(
        "What this partner was asked, answered and was promised, what is still to be asked, and its people. Enter goes "
        "to where a line is written. The page is yours: nothing of it is sent or projected."
    )

    def __init__(self, workspace: Workspace, partner: str) -> None:
        super().__init__(workspace)
        self.partner = partner

    def heading(self) -> str:
        """Return the title of the page: « Avant l'appel : Clinique »."""
        name = short_name(self.workspace.partnership, self.partner, self.workspace.lang)
        return _("Before the call") + _(": ") + name

    def rows(self) -> Sequence[PageRow]:
        """Return the last contact and what can be done (note a call, its next step, a mail), then the rest in parts."""
        workspace = self.workspace
        sheet = sheet_of(workspace, self.partner, today())
        rows = [
            PageRow(_("Last reached") + _(": ") + contact_words(sheet.contact, today(), workspace.lang), "strong"),
            PageRow(_("Note a call"), "", self._note_call),
        ]
        if last_call := next((call for call in sheet.calls if call.entry), None):
            row = workspace.partnership.entries[last_call.entry]
            step = step_words(row, workspace.lang) or "—"
            rows.append(PageRow(_("Next step; by when: {step}").format(step=step), "", partial(self._ask_step, row)))
        rows.append(PageRow(_("Write the mail that tells back what was noted"), "", self._tell_back))
        for part in sheet_parts(workspace, sheet, today()):
            rows += [PageRow(), PageRow(part.title, "heading")]
            rows += [PageRow(line.text, "", self._enter_action(line, sheet.steps), indent=3) for line in part.lines]
        return rows

    def _enter_action(self, line: SheetLine, steps: Sequence[Entry]) -> Callable[[], None]:
        """Return what Enter does on a line: ask whether a next step is done; on any other line, open the field."""
        step = next((row for row in steps if line.field == "next" and row.id == line.entry), None)
        if step is not None:
            return partial(self._ask_done, step)
        return lambda: self.to_field(line.question, self.partner, line.entry, line.field)

    def _note_call(self) -> None:
        self.app.follow(note_call_with(self.app, self.workspace, self.partner))

    def _ask_step(self, row: Entry) -> None:
        ask_next_step(self.app, self.workspace, row, self.paint)

    def _ask_done(self, row: Entry) -> None:
        """Ask whether the next step of a call is done, or is to be changed."""

        def take_choice(choice: str | None) -> None:
            if choice == DONE:
                settle_step(self.workspace, row)
                self.paint()
                self.say(_("Noted; undo takes it back."))
            elif choice == _CHANGE_STEP:
                self._ask_step(row)

        choices = [Choice(DONE, _("It is done")), Choice(_CHANGE_STEP, _("Change it"))]
        self.app.push_screen(Picker(step_words(row, self.workspace.lang), choices), take_choice)

    def _tell_back(self) -> None:
        write_read_back_mail(self.app, self.workspace, self.partner)


def ask_next_step(app: Host, workspace: Workspace, row: Entry, on_noted: Callable[[], None]) -> None:
    """Ask what is to be done after the call `row`, « what; by when »; `on_noted` is called once it is noted."""

    def take_text(text: str | None) -> bool:
        if text is None:
            return False
        try:
            set_next_step(workspace, row, text)
        except BadValue as error:
            app.say(str(error))
            return False
        on_noted()
        return True

    before = "; ".join(filter(None, (row.text("next", workspace.lang), str(row.get("next_on", "")))))
    hint = _("call Solange again; March 3")
    ask_text(
        app, "call.next", _("Next step; by when (all may stay empty)"), take_text, row=row.id, text=before, hint=hint
    )


def write_read_back_mail(app: Host, workspace: Workspace, partner: str) -> None:
    """Write the mail that tells a partner what was noted to a file; say where the file is, or why there is none."""
    try:
        mail = read_back_mail(workspace, partner, sender_of(app.settings))
    except BadValue as error:
        app.say(str(error))
        return
    write_files(app, [read_back_file(workspace, mail)])


# -- noting a call -----------------------------------------------------------------------------------------------------


async def note_call(app: Host) -> None:
    """Note a call with the present partner: what came of it, with whom; then the note, or what is next."""
    workspace = app.workspace
    if workspace is None:
        return
    partner = await _present_partner(workspace)
    if partner:
        await note_call_with(app, workspace, partner)


async def _present_partner(workspace: Workspace) -> str | None:
    """Return the id of the partner that the page is about; if it is about no particular one, ask which.

    None if there is no partner, or after Escape.
    """
    partners = active(workspace.partnership)
    is_certain = workspace.question.scope != "project" or workspace.partner_chosen or len(partners) == 1
    if is_certain and workspace.place.partner in active_ids(workspace.partnership):
        return workspace.place.partner
    lang = workspace.lang
    choices = [Choice(partner.id, partner.name(lang) or _("unnamed organization")) for partner in partners]
    return await answer_to(Picker(_("A call with whom?"), choices)) if choices else None


async def note_call_with(app: Host, workspace: Workspace, partner: str) -> None:
    """Ask what came of a call with a partner (its id) and with whom it was, then note it."""
    guide, lang = workspace.guide, workspace.lang
    name = name_in_sentence(workspace.partnership, partner, lang)
    choices = [Choice(code, guide.choice("call_outcome", code, lang)) for code in OUTCOMES]
    choices.insert(1, Choice(_THEY_CALLED, _("they called us")))
    outcome = await answer_to(Picker(fill_sentence(_("A call with {name}: what came of it?"), name=name), choices))
    if not outcome:
        return
    person = await _ask_person(workspace, partner, name) if outcome != NO_ANSWER else ""
    if person == _OTHER:
        _ask_name(app, workspace, partner, outcome)
    elif person is not None:
        await _log_outcome(app, workspace, partner, outcome, person)


def _ask_name(app: Host, workspace: Workspace, partner: str, outcome: str) -> None:
    """Ask the name of a person who is not among the partner's people, then note the call."""

    def take_text(text: str | None) -> bool:
        if text is None:
            return False
        app.follow(_log_outcome(app, workspace, partner, outcome, text))
        return True

    ask_text(app, "call.person", _("With whom? The name is kept with the call."), take_text, row=partner)


async def _log_outcome(app: Host, workspace: Workspace, partner: str, outcome: str, person: str) -> None:
    """Note a call with a person of a partner; then open the call note, or ask what is next if nobody was reached.

    `outcome` is one of OUTCOMES or _THEY_CALLED; `person` is a name, "" for none.
    """
    settled_calls = await _ask_settled_steps(workspace, partner)
    author = app.store.author.name
    if outcome == _THEY_CALLED:
        facts = CallFacts(today(), SPOKE, caller=person, called=author)
    else:
        facts = CallFacts(today(), outcome, caller=author, called=person)
    spoke = facts.outcome == SPOKE
    keeps_earlier_note = spoke and is_of_earlier_call(workspace, partner, today())
    unsorted = unsorted_lines(workspace, partner) if keeps_earlier_note else 0  # read before the note is put away
    row = log_call(workspace, partner, facts, settled_calls)
    if spoke:
        app.to_questions(place_in_note(replace(workspace.place, partner=partner), None, "moving"))
        if unsorted:
            message = ngettext(
                "{n} line of the note before was not sorted; it stays with its call.",
                "{n} lines of the note before were not sorted; they stay with their call.",
                unsorted,
            )
            app.say(message.format(n=unsorted))
        return
    app.page.paint()
    ask_next_step(app, workspace, row, app.page.paint)


async def _ask_person(workspace: Workspace, partner: str, name: str) -> str | None:
    """Return the name of the person on the telephone; if the partner, called `name`, has several people, ask which.

    _OTHER for another person, "" if the partner's people have no names, None for Escape.
    """
    names = names_of_people(workspace, partner)
    if len(names) < 2:
        return next(iter(names), "")
    title = fill_sentence(_("With whom of {name}?"), name=name)
    choices = [*(Choice(person, person) for person in names), Choice(_OTHER, _("someone else"))]
    return await answer_to(Picker(title, choices))


async def _ask_settled_steps(workspace: Workspace, partner: str) -> list[Entry]:
    """Ask whether each next step that is due, or has no date, is done; return the calls whose step is done."""
    settled_calls = []
    for row in open_steps(workspace.partnership, partner):
        if str(row.get("next_on", "")) <= today():
            title = _("Is it done? {step}").format(step=step_words(row, workspace.lang))
            answer = await answer_to(Picker(title, [Choice("yes", _("Yes")), Choice("no", _("No"))]))
            if answer == "yes":
                settled_calls.append(row)
    return settled_calls


# -- when each was last reached ----------------------------------------------------------------------------------------


class LastContactsScreen(PageScreen):
    """How long ago each partner was last reached, in the open partnership or, if none is open, in all.

    Enter opens the page before a call or, if no partnership is open, the partnership.
    """

    about = N_(
        "How many days ago each partner was last reached: by a call that was answered, an answer that came, a meeting. "
        "Enter opens the page before a call."
    )

    def __init__(self) -> None:
        super().__init__()
        # The lines of all partnerships, read once since the page is painted at each key; None before.
        self._all_contacts: tuple[ContactLine, ...] | None = None

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Last contacts")

    def rows(self) -> Sequence[PageRow]:
        """Return each partner: those never reached first, then the longest ago."""
        rows = []
        for line in self._listed():
            words = contact_line_words(line, today(), self.app.lang, titled=self.app.workspace is None)
            last_reached = contact_words(line.contact, today(), self.app.lang)
            rows.append(PageRow(words, "" if line.contact else "warn", self._enter_action(line), last_reached))
        return rows or [PageRow(_("No call and no other contact was noted yet."), "hint")]

    def _listed(self) -> tuple[ContactLine, ...]:
        """Return the lines of the page: of the open partnership as it is now, else those read once."""
        if self.app.workspace is not None:
            return listed_contacts(self.app)
        if self._all_contacts is None:
            self._all_contacts = listed_contacts(self.app)
        return self._all_contacts

    def _enter_action(self, line: ContactLine) -> Callable[[], None]:
        """Return what Enter does on a line: open the page before a call, or the partnership."""

        def act() -> None:
            workspace = self.app.workspace
            if workspace is not None:
                self.app.push_screen(CallSheetScreen(workspace, line.partner))
                return
            self.dismiss(None)
            self.app.open(line.partnership)

        return act


def listed_contacts(app: Host) -> tuple[ContactLine, ...]:
    """Return the lines of the open partnership, else of all that can be read and are no trial.

    Partners that were never reached come first, then those reached the longest ago. A partnership in which no partner
    was ever reached and nothing is to be done has no lines.
    """
    if app.workspace is not None:
        return longest_first(contact_list(app.workspace.partnership, "", today(), app.lang), today())
    lines: list[ContactLine] = []
    for summary in app.store.list():
        if summary.trial:
            continue
        try:
            partnership = app.store.load(summary.id)
        except StoreError:
            continue  # the list of partnerships says why it cannot be read
        lines += contact_list(partnership, summary.title(app.lang) or summary.id, today(), app.lang)
    return longest_first(lines, today())


def show_contacts_made(app: Host) -> None:
    """Show when each partner was last reached: in the open partnership, else in all."""
    app.push_screen(LastContactsScreen())


async def show_call_sheet(app: Host) -> None:
    """Show the page before a call with the present partner."""
    workspace = app.workspace
    partner = await _present_partner(workspace) if workspace is not None else None
    if workspace is not None and partner:
        app.push_screen(CallSheetScreen(workspace, partner))


async def write_read_back(app: Host) -> None:
    """Write the mail that tells the present partner what was noted."""
    workspace = app.workspace
    partner = await _present_partner(workspace) if workspace is not None else None
    if workspace is not None and partner:
        write_read_back_mail(app, workspace, partner)
