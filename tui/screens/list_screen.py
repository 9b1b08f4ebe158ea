"""The first screen: the list of partnerships; if the store is empty, what Entente is for and the ways to begin."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from tui.agreement.compose import title
from tui.commands import LIST, command, footer, key_name
from tui.i18n import N_, _
from tui.partnership.due import count_words
from tui.partnership.milestones import dissent_words, milestone_words
from tui.partnership.partners import partners
from tui.store.store_errors import StoreError, error_sentence
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.dates import format_date
from tui.text.french_names import fill_sentence
from tui.text.name_matching import matches
from tui.text.widths import width as cells
from tui.text.widths import wrap
from tui.ui.message_lines import message_lines
from tui.ui.page import FramedPage
from tui.workspace.samples import Sample, mark_as_trial, samples

if TYPE_CHECKING:
    from tui.store import Problem, Summary
    from tui.ui.host import Host


_MAX_PROBLEMS = 6  # problems shown below the list, at most; `entente doctor` shows all


def damage_lines(problems: Sequence[Problem], summaries: Sequence[Summary], width: int) -> list[Line]:
    """Return the lines under the list: each problem in a sentence, wrapped to `width` cells."""
    damages = (summary.damaged for summary in summaries if summary.damaged)
    texts = list(dict.fromkeys((*damages, *map(problem_sentence, problems))))  # each text once
    if not texts:
        return []
    lines: list[Line] = [(), (Piece("   " + _("What needs your attention"), "warn strong"),)]
    for text in texts[:_MAX_PROBLEMS]:
        lines += [(Piece(line, "warn"),) for line in wrap(f"! {text}", width - 2, "   ", "     ")]
    if len(texts) > _MAX_PROBLEMS:
        lines.append((Piece("   " + _("and more: the command “entente doctor” tells all"), "muted"),))
    return lines


def problem_sentence(problem: Problem) -> str:
    """Return a problem that the store found, in a sentence."""
    name, set_aside_path = problem.path.name, problem.kept
    if problem.kind == "journal":
        who = problem.why or _("someone")
        return fill_sentence(
            _("The program had been stopped: what {who} had typed was found again and saved."), who=who
        )
    if problem.kind == "waiting":
        return _("Something is still to be put in order, once it can be written: {why}").format(why=problem.why)
    if problem.kind in ("unread", "misfit", "room"):
        return problem.why
    if problem.kind == "edited":
        sentence = _("“{name}” was changed outside the program: open the partnership to see what, and to take it over.")
    elif problem.kind == "missing":
        sentence = _("“{name}” was missing: the copy beside it is used.")
    elif problem.kind == "unsealed":
        sentence = _("“{name}” carries no good seal: what can be read of it is shown.")
    elif problem.kind == "synced":
        sentence = _("“{name}” was left by a program that synchronizes folders, and is not read: see “entente doctor”.")
    elif problem.kind in ("twin", "single"):
        sentence = _("“{name}”: the second copy could not be kept; the first is good.")
    else:
        sentence = _("“{name}” was damaged: the copy beside it is used, nothing is lost.")
    sentence = sentence.format(name=name)
    return (
        sentence + " " + _("What was there is kept in {path}.").format(path=set_aside_path)
        if set_aside_path is not None
        else sentence
    )


MayGoOn = Callable[[], bool]  # returns False once reading is to stop
Act = Callable[[], object]
ListStep = tuple[Act, Act]  # (undo, redo) of one change of the list

_FIRST_READING_SECONDS = 0.3  # a store that is read in less is read before the first paint
_PROGRESS_SECONDS = 0.25  # between two counts on the screen


class ListLoader:
    """Reads the list of partnerships for a screen: a long list is read in a thread, while the screen counts.

    `progress_words` say in the heading how much was read; they are "" once all was read.
    """

    def __init__(self, screen: PartnershipsScreen) -> None:
        self._screen = screen
        self._thread: threading.Thread | None = None
        self._stop_asked = threading.Event()
        self._count = (0, 0)  # (partnerships read, partnerships in all)
        self._next_count = 0.0  # when the count is shown next (monotonic seconds)
        self.progress_words = ""

    @property
    def running(self) -> bool:
        """Whether the thread is reading."""
        return self._thread is not None

    def stop(self) -> None:
        """Stop the thread; what was read is kept, and shown."""
        self._stop_asked.set()

    def read(self) -> None:
        """Read for `_FIRST_READING_SECONDS` and give the result to the screen; let a thread read the rest."""
        if self.running:
            return
        deadline = time.monotonic() + _FIRST_READING_SECONDS
        is_whole = self._read_now(lambda: time.monotonic() < deadline)
        if not is_whole:
            self._stop_asked.clear()
            self._thread = threading.Thread(target=self._read_rest, args=(asyncio.get_running_loop(),), daemon=True)
            self._show_progress()
            self._thread.start()

    def _read_now(self, may_go_on: MayGoOn) -> bool:
        """Read until `may_go_on` returns False and give it to the screen; return whether all was read."""
        summaries, error, is_whole = self._summaries(may_go_on)
        self.progress_words = ""
        self._screen.show_summaries(summaries, error)
        return is_whole

    def _summaries(self, may_go_on: MayGoOn) -> tuple[list[Summary], StoreError | None, bool]:
        """Return (summaries, why they cannot be read or None, whether all were read)."""
        is_whole = True

        def report_progress(done: int, total: int) -> bool:
            nonlocal is_whole
            self._count = done, total
            is_whole = may_go_on()
            return is_whole

        try:
            return self._screen.app.store.list(archived=self._screen.archived, progress=report_progress), None, is_whole
        except StoreError as error:
            return [], error, True

    def _read_rest(self, loop: asyncio.AbstractEventLoop) -> None:
        """Read all, in the thread; progress and result are shown from the event loop `loop`."""

        def may_go_on() -> bool:
            if time.monotonic() >= self._next_count and not self._stop_asked.is_set():
                self._next_count = time.monotonic() + _PROGRESS_SECONDS
                _in_loop(loop, self._show_progress)
            return not self._stop_asked.is_set()

        result = self._summaries(may_go_on)
        _in_loop(loop, lambda: self._show_rest(*result))

    def _show_progress(self) -> None:
        """Show how many partnerships were read."""
        done, total = self._count
        self.progress_words = _("{done} of {total} read · Esc stops").format(done=done, total=total)
        self._screen.paint()

    def _show_rest(self, summaries: list[Summary], error: StoreError | None, is_whole: bool) -> None:
        """Show what the thread has read; if it was stopped, show also how many that are."""
        self._thread, self.progress_words = None, ""
        if not is_whole:
            done, total = self._count
            self.progress_words = _("{done} of {total} read").format(done=done, total=total)
        if self._screen.is_mounted:
            self._screen.show_summaries(summaries, error)


def _in_loop(loop: asyncio.AbstractEventLoop, act: Act) -> None:
    """Call `act` in the event loop; do nothing if the loop has ended."""
    try:
        loop.call_soon_threadsafe(act)
    except RuntimeError:
        return


def other_language(lang: str) -> str:
    """Return how to change the language, in the other language: « English: F12 » on a French page."""
    key = key_name(command("language"))
    return f"English: {key}" if lang == "fr" else f"Français : {key}"


class PartnershipsScreen(FramedPage[None]):
    """The list of partnerships, or of ways to begin while there is none. Enter acts on the current line."""

    where = LIST
    about = N_("Each line is a partnership to open, or a way to begin one. Enter opens it; letters act.")

    def __init__(self) -> None:
        super().__init__()
        self.archived = False  # whether the archived partnerships are listed, instead of the others
        self.query_text = ""  # the letters of a search, "" for none
        self.steps: list[ListStep] = []  # changes that can be undone, the newest last
        self._undone: list[ListStep] = []  # changes that can be redone, the newest last
        # (line, kind, id); kinds: open (id of the partnership), new, practise, sample (its number), file.
        self.rows: list[tuple[int, str, str]] = []
        self.at = 0  # the number of the current row in `rows`
        self.summaries: list[Summary] = []
        self.problems: list[Problem] = []
        self.loader = ListLoader(self)
        # By id of the partnership: what its lines were painted from (summary, language, width), and the lines.
        self._painted: dict[str, tuple[tuple[Summary, str, int], tuple[Line, ...]]] = {}

    def body(self) -> ComposeResult:
        """Yield the pane of the lines."""
        yield Lines(id="sheet")

    def on_screen_resume(self) -> None:
        """Read the store again after another page was left."""
        self.refresh_list()

    def on_unmount(self) -> None:
        """Stop the thread that reads."""
        self.loader.stop()

    def refresh_list(self) -> None:
        """Read the summaries and paint; what takes long is read in a thread, and painted after it."""
        self.loader.read()

    def show_summaries(self, summaries: list[Summary], error: StoreError | None) -> None:
        """Show `summaries`, or `error`: why they cannot be read."""
        self.summaries = summaries
        self.problems = [*self.problems, *self.app.store.take_problems()]
        if error is not None:
            self.message = str(error)
        self.at = min(self.at, max(len(self._matching()) - 1, 0))
        self.paint()

    def _matching(self) -> list[Summary]:
        """Return the summaries whose title matches the search."""
        lang = self.app.lang
        if not self.query_text:
            return self.summaries
        return [summary for summary in self.summaries if matches(self.query_text, _title(summary, lang))]

    @property
    def current(self) -> Summary | None:
        """The partnership of the current line, None on another line."""
        kind, row_id = self.rows[self.at][1:] if self.at < len(self.rows) else ("", "")
        return next((summary for summary in self.summaries if kind == "open" and summary.id == row_id), None)

    def run_own_command(self, command_id: str) -> bool:
        """Undo takes back what was last done in the list: a copy, a name, archiving, the bin. Redo does it again."""
        if command_id == "undo":
            self._replay(self.steps, self._undone, _("Undone."), _("Nothing left to undo."))
        elif command_id == "redo":
            self._replay(self._undone, self.steps, _("Redone."), _("Nothing left to redo."))
        else:
            return False
        return True

    def _replay(self, steps: list[ListStep], other_steps: list[ListStep], message: str, nothing_message: str) -> None:
        """Undo the last of `steps` and move it, as (redo, undo), to `other_steps`; then say `message`.

        Say `nothing_message` if there is no step.
        """
        if not steps:
            self.say(nothing_message)
            return
        undo, redo = steps[-1]
        if run_reporting_errors(self.app, undo):
            steps.pop()
            other_steps.append((redo, undo))
            self.refresh_list()
            self.say(message)

    def list_changed(self, message: str, undo: Act | None = None, redo: Act | None = None) -> None:
        """Show the list as it is now and say `message`; `undo` and `redo` take back and repeat the change."""
        if undo is not None and redo is not None:
            self.note_step(undo, redo)
        self.refresh_list()
        self.say(message)

    def note_step(self, undo: Act, redo: Act) -> None:
        """Remember how to undo and redo a change of the list."""
        self.steps.append((undo, redo))
        self._undone.clear()

    def say_to_room(self, text: str) -> None:
        """Show a message in the last lines."""
        self.message = text
        self.paint()

    # -- painting ------------------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """Paint everything from the summaries."""
        if not self.is_mounted:
            return
        width = self.size.width
        self.rows = []
        empty = not self.summaries and not self.archived
        lines = self._welcome(width) if empty else self._partnerships(width)
        lines += damage_lines(self.problems, self.summaries, width)
        self.at = min(self.at, max(len(self.rows) - 1, 0))
        self.query_one("#sheet", Lines).show(lines)
        _show_cursor(self)
        self.query_one("#head", Lines).show([self._head(width)])
        self.query_one("#foot", Lines).show(self._foot(width))

    def _head(self, width: int) -> Line:
        """Return the first line: the search, or the title with what is due."""
        if self.query_text:
            return (Piece(" " + _("Search: {text}").format(text=self.query_text) + "▏", "accent"),)
        title = self.heading()
        right = self.loader.progress_words or " · ".join(filter(None, (self._due(), other_language(self.app.lang))))
        gap = " " * max(width - cells(title) - cells(right) - 3, 1)
        return (Piece(f" {title}", "title"), Piece(gap), Piece(right, "muted"))

    def _due(self) -> str:
        """Return how much is late and due this month in the listed partnerships; "" for the archived ones."""
        listed = [] if self.archived else self.summaries
        return count_words(sum(summary.late for summary in listed), sum(summary.month for summary in listed))

    def _welcome(self, width: int) -> list[Line]:
        """Return the lines of an empty list: what Entente is for, and the ways to begin."""
        lines: list[Line] = [()]
        sentence = _(
            "Entente brings organizations together, from the first conversations to a clear agreement "
            "that each of them has said yes to."
        )
        for text in wrap(sentence, min(width - 2, 76), " ", " "):
            lines.append((Piece(text, "strong"),))
        lines.append(())
        self._entry(
            lines, "new", "", _("New partnership"), _("with the names of the organizations, nothing else"), width
        )
        about = _("an invented partnership: try things, then throw it away by one key")
        self._entry(lines, "practise", "", _("Practise first"), about, width)
        lines.append(())
        title = _("Open an example, to look and to try")
        lines += [(Piece(text, "muted"),) for text in wrap(title, width - 2, "   ", "   ")]
        for sample in samples():
            self._sample(lines, sample, width)
        lines.append(())
        self._entry(lines, "file", "", _("Open a file I received"), _("a partnership someone sent you"), width)
        lines.append(())
        for text in wrap(self.app.guide.credit.get(self.app.lang), min(width - 4, 76), "   ", "   "):
            lines.append((Piece(text, "muted"),))
        return lines

    def _sample(self, lines: list[Line], sample: Sample, width: int) -> None:
        """Append the row of an example to `lines`: its title and the names of its partners."""
        lang = self.app.lang
        names = ", ".join(partner.name(lang) for partner in partners(sample.partnership))
        self._entry(lines, "sample", str(sample.number), title(self.app.guide, sample.partnership, lang), names, width)

    def _entry(self, lines: list[Line], kind: str, row_id: str, title: str, details: str, width: int) -> None:
        """Append a row of `kind` to `lines`: the title, and its details beside it or below."""
        self.rows.append((len(lines), kind, row_id))
        style = "accent" if kind == "new" else ""
        first, *more = wrap(title, width - 2, "   ", "     ")
        fits_beside = not more and cells(first) + cells(details) + 5 <= width
        lines.append((Piece(first, style), *((Piece(f"   {details}", "muted"),) if fits_beside else ())))
        lines += [(Piece(text, style),) for text in more]
        if not fits_beside:
            lines += [(Piece(text, "muted"),) for text in wrap(details, width - 2, "     ", "     ")]

    def _partnerships(self, width: int) -> list[Line]:
        """Return the lines of the partnerships that match the search; unchanged ones are not made again."""
        lang = self.app.lang
        lines: list[Line] = [()]
        painted_before, self._painted = self._painted, {}
        for summary in self._matching():
            self.rows.append((len(lines), "open", summary.id))
            made_from = summary, lang, width
            painted = painted_before.get(summary.id)
            if painted is None or painted[0] != made_from:
                painted = made_from, _summary_lines(summary, lang, width)
            self._painted[summary.id] = painted
            lines += painted[1]
        if not self.rows:
            lines.append((Piece("   " + _("Nothing here by that name."), "muted"),))
        return lines

    def _foot(self, width: int) -> list[Line]:
        """Return the last lines: the message, then as many keys as there is room for."""
        enter = _("Enter")
        pieces = [Piece(f" {enter} ", "strong"), Piece(_("open"), "muted")]
        used = cells(pieces[0].text) + cells(pieces[1].text)
        for listed_command in footer(LIST):
            key = key_name(listed_command)
            room = cells(key) + cells(listed_command.footer_name) + 4
            if used + room > width - 1:
                break
            pieces += [Piece(f"   {key} ", "strong"), Piece(listed_command.footer_name, "muted")]
            used += room
        return [*(message_lines(self.message, width, max(self.size.height // 3, 2)) or [()]), tuple(pieces)]

    # -- keys ----------------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Archived partnerships") if self.archived else _("Partnerships")

    def walk(self, by: int) -> bool:
        """Make a line `by` lines further the current one."""
        self.at = min(max(self.at + by, 0), max(len(self.rows) - 1, 0))
        _show_cursor(self)
        return True

    def leave(self) -> None:
        """Act on Escape: stop reading, else show all partnerships again. Only quitting leaves this page."""
        if self.loader.running:
            self.loader.stop()
        elif self.query_text or self.archived:
            self.query_text, self.archived = "", False
            self.refresh_list()

    def enter(self) -> bool:
        """Act on the current line."""
        self.choose()
        return True

    def choose(self) -> None:
        """Open the partnership of the current line, or begin in the way that it offers."""
        if self.at >= len(self.rows):
            return
        _line, kind, row_id = self.rows[self.at]
        if kind == "open":
            self.app.open(row_id)
        elif kind in ("new", "practise"):
            self.app.run_command(kind)
        elif kind == "file":
            self.app.run_command("open_file")
        else:
            open_sample(self.app, row_id)


def _show_cursor(screen: PartnershipsScreen) -> None:
    """Move the cursor to the current row; no line is painted anew for it, since there may be thousands."""
    pane = screen.query_one("#sheet", Lines)
    pane.cursor = screen.rows[screen.at][0] if screen.rows else None
    if screen.rows:
        pane.scroll_to_row(screen.rows[screen.at][0])


STATE_CELLS, DATE_CELLS = 24, 18  # widths of the columns of the state and of the day of the last change
NARROW = 70  # columns below which the list shows titles without these two columns


def _summary_lines(summary: Summary, lang: str, width: int) -> tuple[Line, ...]:
    """Return the lines of a partnership: title, state and last change; below, who disagrees and what is due."""
    title = _title(summary, lang)
    room = width - 1 if width < NARROW else width - STATE_CELLS - DATE_CELLS - 2
    first, *rest_of_title = wrap(title, room, "   ", "     ")
    more_lines: tuple[Line, ...] = tuple((Piece(text),) for text in rest_of_title)
    if summary.dissents:
        more_lines = (*more_lines, (Piece(f"     {dissent_words(summary.dissents)}", "warn"),))
    if due_words := count_words(summary.late, summary.month):
        more_lines = (*more_lines, (Piece(f"     {due_words}", "warn" if summary.late else "muted"),))
    if width < NARROW:
        return ((Piece(first),), *more_lines)
    date = format_date(summary.changed[:10], lang) if summary.changed else ""
    pad = " " * (room - cells(first) + 2)
    state = _("trial, to throw away") if summary.trial else milestone_words(summary.milestone)
    if summary.damaged and not summary.changed:
        state = _("cannot be read")  # nothing of it could be read, so its milestone is unknown
    state += " " * (STATE_CELLS - cells(state))
    return ((Piece(f"{first}{pad}"), Piece(state, "muted"), Piece(date, "muted")), *more_lines)


def _title(summary: Summary, lang: str) -> str:
    """Return the title of a partnership, its id if it has none."""
    return summary.title(lang) or summary.id


def run_reporting_errors(app: Host, work: Callable[[], object]) -> bool:
    """Call `work`, which changes the store, and return True; say why and return False if the store refuses."""
    try:
        work()
    except (StoreError, ValueError) as error:
        app.say(error_sentence(error))
        return False
    return True


def open_sample(app: Host, number: str) -> None:
    """Open a copy of the example with that number, to be tried and thrown away."""
    sample = next(sample for sample in samples() if str(sample.number) == number)

    def work() -> None:
        partnership_id = app.store.import_document(sample.document)
        mark_as_trial(app.store, partnership_id)
        app.open(partnership_id)

    run_reporting_errors(app, work)
