"""The first screen: what Entente is for when the store is empty, else the partnerships with what each still needs."""

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
from tui.text.french_names import filled
from tui.text.name_matching import matches
from tui.text.widths import width as cells
from tui.text.widths import wrap
from tui.ui.page import FramedPage
from tui.ui.said_lines import said_lines
from tui.workspace.samples import Sample, mark_as_trial, samples

if TYPE_CHECKING:
    from tui.store import Problem, Summary
    from tui.ui.host import Host


_MOST = 6  # problems told on the list; `entente doctor` tells all


def damage_lines(problems: Sequence[Problem], summaries: Sequence[Summary], width: int) -> list[Line]:
    """Return the lines under the list: each problem in a sentence, wrapped to `width` cells."""
    said = list(
        dict.fromkeys([*(summary.damaged for summary in summaries if summary.damaged), *map(in_words, problems)])
    )
    if not said:
        return []
    lines: list[Line] = [(), (Piece("   " + _("What needs your attention"), "warn strong"),)]
    for text in said[:_MOST]:
        lines += [(Piece(line, "warn"),) for line in wrap(f"! {text}", width - 2, "   ", "     ")]
    if len(said) > _MOST:
        lines.append((Piece("   " + _("and more: the command “entente doctor” tells all"), "muted"),))
    return lines


def in_words(problem: Problem) -> str:
    """One problem in a sentence."""
    name, kept = problem.path.name, problem.kept
    if problem.kind == "journal":
        who = problem.why or _("someone")
        return filled(_("The program had been stopped: what {who} had typed was found again and saved."), who=who)
    if problem.kind == "waiting":
        return _("Something is still to be put in order, once it can be written: {why}").format(why=problem.why)
    if problem.kind in ("unread", "misfit", "room"):
        return problem.why
    if problem.kind == "edited":
        said = _("“{name}” was changed outside the program: open the partnership to see what, and to take it over.")
    elif problem.kind == "missing":
        said = _("“{name}” was missing: the copy beside it is used.")
    elif problem.kind == "unsealed":
        said = _("“{name}” carries no good seal: what can be read of it is shown.")
    elif problem.kind == "synced":
        said = _("“{name}” was left by a program that synchronizes folders, and is not read: see “entente doctor”.")
    elif problem.kind in ("twin", "single"):
        said = _("“{name}”: the second copy could not be kept; the first is good.")
    else:
        said = _("“{name}” was damaged: the copy beside it is used, nothing is lost.")
    said = said.format(name=name)
    return said + " " + _("What was there is kept in {path}.").format(path=kept) if kept is not None else said


Goes = Callable[[], bool]
Act = Callable[[], object]
ListStep = tuple[Act, Act]  # what takes it back, and what does it again

_AT_ONCE = 0.3  # seconds of reading that nobody notices
_TELL_EVERY = 0.25  # seconds between two counts on the screen


class ListLoader:
    """Reads for one screen; `told` is what the screen says meanwhile, "" when all is read."""

    def __init__(self, screen: PartnershipsScreen) -> None:
        self._screen = screen
        self._thread: threading.Thread | None = None
        self._halt = threading.Event()
        self._count = (0, 0)
        self._next = 0.0
        self.told = ""

    @property
    def running(self) -> bool:
        """Whether the rest is being read."""
        return self._thread is not None

    def stop(self) -> None:
        """Leave the rest for another time; what was read is kept."""
        self._halt.set()

    def read(self) -> None:
        """Read what the store lists and give it to the screen, the rest of it later."""
        if self.running:
            return
        deadline = time.monotonic() + _AT_ONCE
        whole = self._gather(lambda: time.monotonic() < deadline)
        if not whole:
            self._halt.clear()
            self._thread = threading.Thread(target=self._go_on, args=(asyncio.get_running_loop(),), daemon=True)
            self._tell()
            self._thread.start()

    def _gather(self, goes_on: Goes) -> bool:
        """One reading; whether it came to its end."""
        found, error, whole = self._list(goes_on)
        self.told = ""
        self._screen.gathered(found, error)
        return whole

    def _list(self, goes_on: Goes) -> tuple[list[Summary], StoreError | None, bool]:
        whole = True

        def watch(done: int, total: int) -> bool:
            nonlocal whole
            self._count = done, total
            whole = goes_on()
            return whole

        try:
            return self._screen.app.store.list(archived=self._screen.archived, watch=watch), None, whole
        except StoreError as error:
            return [], error, True

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """In the thread: the rest, told to the screen in its own loop."""

        def goes_on() -> bool:
            if time.monotonic() >= self._next and not self._halt.is_set():
                self._next = time.monotonic() + _TELL_EVERY
                _in(loop, self._tell)
            return not self._halt.is_set()

        found = self._list(goes_on)
        _in(loop, lambda: self._ended(*found))

    def _tell(self) -> None:
        done, total = self._count
        self.told = _("{done} of {total} read · Esc stops").format(done=done, total=total)
        self._screen.paint()

    def _ended(self, found: list[Summary], error: StoreError | None, whole: bool) -> None:
        self._thread, self.told = None, ""
        if not whole:
            done, total = self._count
            self.told = _("{done} of {total} read").format(done=done, total=total)
        if self._screen.is_mounted:
            self._screen.gathered(found, error)


def _in(loop: asyncio.AbstractEventLoop, act: Act) -> None:
    """Do something in the loop; one that has ended waits for nothing."""
    try:
        loop.call_soon_threadsafe(act)
    except RuntimeError:
        return


def other_language(lang: str) -> str:
    """The way to the other language, in its own words: who reads only that one reads no other line of the page."""
    key = key_name(command("language"))
    return f"English: {key}" if lang == "fr" else f"Français : {key}"


class PartnershipsScreen(FramedPage[None]):
    """The list. Each line of it is an action: a partnership to open, or one of the ways to begin."""

    where = LIST
    about = N_("Each line is a partnership to open, or a way to begin one. Enter opens it; letters act.")

    def __init__(self) -> None:
        super().__init__()
        self.archived = False
        self.query_text = ""
        self.steps: list[ListStep] = []  # what was done here, the newest last
        self._undone: list[ListStep] = []  # what redo does again
        self.rows: list[tuple[int, str, str]] = []  # (line, kind, id): a kind is « open » or a way to begin
        self.at = 0
        self.summaries: list[Summary] = []
        self.problems: list[Problem] = []
        self.gathering = ListLoader(self)
        self._drawn: dict[str, tuple[tuple[Summary, str, int], tuple[Line, ...]]] = {}  # by id

    def body(self) -> ComposeResult:
        """Return the lines, of which one is the current one."""
        yield Lines(id="sheet")

    def on_screen_resume(self) -> None:
        """Read the store again when one comes back."""
        self.refresh_list()

    def on_unmount(self) -> None:
        """Nobody waits for the rest any more."""
        self.gathering.stop()

    def refresh_list(self) -> None:
        """Read the summaries and paint; what takes long comes later, and is counted meanwhile."""
        self.gathering.read()

    def gathered(self, found: list[Summary], error: StoreError | None) -> None:
        """Show what the store lists, or why it cannot be read."""
        self.summaries = found
        self.problems = [*self.problems, *self.app.store.notes_problems()]
        if error is not None:
            self.message = str(error)
        self.at = min(self.at, max(len(self._found()) - 1, 0))
        self.paint()

    def _found(self) -> list[Summary]:
        lang = self.app.lang
        if not self.query_text:
            return self.summaries
        return [summary for summary in self.summaries if matches(self.query_text, _title(summary, lang))]

    @property
    def current(self) -> Summary | None:
        """The partnership the cursor stands on."""
        kind, name = self.rows[self.at][1:] if self.at < len(self.rows) else ("", "")
        return next((summary for summary in self.summaries if kind == "open" and summary.id == name), None)

    def run_own(self, command_id: str) -> bool:
        """Undo takes back what was last done in the list: a copy, a name, archiving, the bin. Redo does it again."""
        if command_id == "undo":
            self._turn_back(self.steps, self._undone, _("Undone."), _("Nothing left to undo."))
        elif command_id == "redo":
            self._turn_back(self._undone, self.steps, _("Redone."), _("Nothing left to redo."))
        else:
            return False
        return True

    def _turn_back(self, steps: list[ListStep], turned: list[ListStep], said: str, none: str) -> None:
        """Do what the last of `steps` says; what turns that back goes behind `turned`."""
        if not steps:
            self.say(none)
            return
        back, again = steps[-1]
        if guarded(self.app, back):
            steps.pop()
            turned.append((again, back))
            self.refresh_list()
            self.say(said)

    def list_changed(self, said: str, back: Act | None = None, again: Act | None = None) -> None:
        """Show the list as it is now, and say what was done to it."""
        if back is not None and again is not None:
            self.note_step(back, again)
        self.refresh_list()
        self.say(said)

    def note_step(self, back: Act, again: Act) -> None:
        """Remember what was done to the list: how it is taken back, and how it is done again."""
        self.steps.append((back, again))
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
        _stand(self)
        self.query_one("#head", Lines).show([self._head(width)])
        self.query_one("#foot", Lines).show(self._foot(width))

    def _head(self, width: int) -> Line:
        if self.query_text:
            return (Piece(" " + _("Search: {text}").format(text=self.query_text) + "▏", "accent"),)
        title = self.heading()
        right = self.gathering.told or " · ".join(filter(None, (self._due(), other_language(self.app.lang))))
        gap = " " * max(width - cells(title) - cells(right) - 3, 1)
        return (Piece(f" {title}", "title"), Piece(gap), Piece(right, "muted"))

    def _due(self) -> str:
        """How much is late and due this month, over all the partnerships that are listed; "" in the archive."""
        listed = [] if self.archived else self.summaries
        return count_words(sum(summary.late for summary in listed), sum(summary.month for summary in listed))

    def _welcome(self, width: int) -> list[Line]:
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
        lang = self.app.lang
        names = ", ".join(partner.name(lang) for partner in partners(sample.partnership))
        self._entry(lines, "sample", str(sample.number), title(self.app.guide, sample.partnership, lang), names, width)

    def _entry(self, lines: list[Line], kind: str, name: str, title: str, about: str, width: int) -> None:
        self.rows.append((len(lines), kind, name))
        tone = "accent" if kind == "new" else ""
        first, *more = wrap(title, width - 2, "   ", "     ")
        beside = not more and cells(first) + cells(about) + 5 <= width
        lines.append((Piece(first, tone), *((Piece(f"   {about}", "muted"),) if beside else ())))
        lines += [(Piece(text, tone),) for text in more]
        if not beside:
            lines += [(Piece(text, "muted"),) for text in wrap(about, width - 2, "     ", "     ")]

    def _partnerships(self, width: int) -> list[Line]:
        lang = self.app.lang
        lines: list[Line] = [()]
        drawn, self._drawn = self._drawn, {}
        for summary in self._found():
            self.rows.append((len(lines), "open", summary.id))
            kept = drawn.get(summary.id)
            if kept is None or kept[0] != (summary, lang, width):
                kept = (summary, lang, width), _line(summary, lang, width)
            self._drawn[summary.id] = kept
            lines += kept[1]
        if not self.rows:
            lines.append((Piece("   " + _("Nothing here by that name."), "muted"),))
        return lines

    def _foot(self, width: int) -> list[Line]:
        enter = _("Enter")
        pieces = [Piece(f" {enter} ", "strong"), Piece(_("open"), "muted")]
        used = cells(pieces[0].text) + cells(pieces[1].text)
        for shown in footer(LIST):
            key = key_name(shown)
            room = cells(key) + cells(shown.footer_name) + 4
            if used + room > width - 1:
                break
            pieces += [Piece(f"   {key} ", "strong"), Piece(shown.footer_name, "muted")]
            used += room
        return [*(said_lines(self.message, width, max(self.size.height // 3, 2)) or [()]), tuple(pieces)]

    # -- keys ----------------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return what is listed."""
        return _("Archived partnerships") if self.archived else _("Partnerships")

    def walk(self, by: int) -> bool:
        """Choose another line."""
        self.at = min(max(self.at + by, 0), max(len(self.rows) - 1, 0))
        _stand(self)
        return True

    def leave(self) -> None:
        """Stop reading the rest, or show all partnerships again: the list itself is left by quitting."""
        if self.gathering.running:
            self.gathering.stop()
        elif self.query_text or self.archived:
            self.query_text, self.archived = "", False
            self.refresh_list()

    def enter(self) -> bool:
        """Do what the current line says."""
        self.choose()
        return True

    def choose(self) -> None:
        """Do what the current line says."""
        if self.at >= len(self.rows):
            return
        _line, kind, name = self.rows[self.at]
        if kind == "open":
            self.app.open(name)
        elif kind in ("new", "practise"):
            self.app.run_command(kind)
        elif kind == "file":
            self.app.run_command("open_file")
        else:
            open_sample(self.app, name)


def _stand(screen: PartnershipsScreen) -> None:
    """Put the cursor on its line; of ten thousand none is painted anew for it."""
    pane = screen.query_one("#sheet", Lines)
    pane.cursor = screen.rows[screen.at][0] if screen.rows else None
    if screen.rows:
        pane.scroll_to_row(screen.rows[screen.at][0])


WHAT, DATE = 24, 18  # cells of how far a partnership is, and of the day of its last change


def _line(summary: Summary, lang: str, width: int) -> tuple[Line, ...]:
    """A partnership: its whole title, how far it is, its last change; below, the rest of the title, who disagrees."""
    title = _title(summary, lang)
    room = width - 5 if width < 70 else width - WHAT - DATE - 5
    first, *more = wrap(title, room)
    below = tuple((Piece(f"     {text}"),) for text in more)
    if summary.dissents:
        below = (*below, (Piece(f"     {dissent_words(summary.dissents)}", "warn"),))
    if told := count_words(summary.late, summary.month):
        below = (*below, (Piece(f"     {told}", "warn" if summary.late else "muted"),))
    if width < 70:
        return ((Piece(f"   {first}"),), *below)
    date = format_date(summary.changed[:10], lang) if summary.changed else ""
    pad = " " * (room - cells(first) + 2)
    what = _("trial, to throw away") if summary.trial else milestone_words(summary.milestone)
    if summary.damaged and not summary.changed:
        what = _("cannot be read")  # nothing of it is known, so its milestone is not either
    what += " " * (WHAT - cells(what))
    return ((Piece(f"   {first}{pad}"), Piece(what, "muted"), Piece(date, "muted")), *below)


def _title(summary: Summary, lang: str) -> str:
    return summary.title(lang) or summary.id


def guarded(app: Host, work: Callable[[], object]) -> bool:
    """Do something with the store; what it refuses is said on the screen. Returns whether it was done."""
    try:
        work()
    except (StoreError, ValueError) as error:
        app.say(error_sentence(error))
        return False
    return True


def open_sample(app: Host, name: str) -> None:
    """Open a copy of an example, to be played with and thrown away."""
    sample = next(sample for sample in samples() if str(sample.number) == name)

    def work() -> None:
        made = app.store.import_document(sample.document)
        mark_as_trial(app.store, made)
        app.open(made)

    guarded(app, work)
