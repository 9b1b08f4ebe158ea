"""A text that came back, one difference at a time: accepted into its field, refused, or put aside."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.comparison.returned_diff import REMARK, Difference
from tui.comparison.returned_form import ReadForm
from tui.comparison.returned_match import CannotRead, MatchedText, parse_returned, read_returned
from tui.error_words import reason_words
from tui.i18n import N_, _, ngettext
from tui.partnership.partners import active
from tui.partnership.received_answers import ARTICLE, ASIDE, REFUSED, TAKEN
from tui.partnership.values import Entry
from tui.screens.decision_screen import DecisionScreen
from tui.screens.form_review_screen import show_form
from tui.terminal.line_pane import Line
from tui.text.french_names import filled
from tui.text.outside_paths import WrongPath, typed_path
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.diff_painter import ADDED, REMOVED, paint_differences, paint_text
from tui.workspace.form_review import read_returned_form
from tui.workspace.kept_versions import name_within, versions_of
from tui.workspace.returned_decisions import ReturnedReview, place_words
from tui.workspace.returned_minutes import review_of, review_returned
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host
    from tui.workspace.unfinished_texts import Typing


_LONGEST_PATH = 1000  # letters; a longer line is a text that was pasted


class ReturnedScreen(DecisionScreen[Difference]):
    """One difference at a time with the field it would go to, what accepting the rest would do, or what was decided."""

    about = N_(
        "A text that came back, one difference at a time. Accepted, a difference goes into its field; refused, nothing "
        "changes; as a point, it waits in section 14."
    )
    letters = frozenset("arpft")

    def __init__(self, returning: ReturnedReview, title: str) -> None:
        super().__init__(returning)
        self.returning = returning
        self.title_words = title

    def what_came(self) -> str:
        """Return in words that it is a text that came back."""
        return _("A text came back")

    def called(self) -> str:
        """Return the file that came back, where it was one, and the version or the minutes it was laid beside."""
        return self.title_words

    def text(self, width: int) -> Sequence[Line]:
        """Return the difference one stands at; after T, what accepting the rest would do; at the end, what was done."""
        difference = self.here
        if difference is None:
            return self._decided_lines(width)
        return self._accepting_lines(width) if self.accepting else self._difference_lines(difference, width)

    def _accepting_lines(self, width: int) -> list[Line]:
        """Return what accepting the rest would do, difference by difference, and how many it would leave."""
        returning = self.returning
        placed = [difference for difference in returning.open if returning.changes(difference)]
        left = len(returning.open) - len(placed)
        count = ngettext("{n} difference would be accepted:", "{n} differences would be accepted:", len(placed))
        lines: list[Line] = [(), *paint_text(count.format(n=len(placed)), width, "heading")]
        for difference in placed:
            where = " · ".join(filter(None, (returning.home(difference), returning.source(difference))))
            lines += [
                (),
                *paint_text(where, width, "muted"),
                *paint_differences(difference.before, difference.after, width),
            ]
        if left:
            left_words = ngettext(
                "{n} is left to you: it cannot be placed with certainty.",
                "{n} are left to you: they cannot be placed with certainty.",
                left,
            )
            lines += [(), *paint_text(left_words.format(n=left), width, "warn")]
        return lines

    def _difference_lines(self, difference: Difference, width: int) -> list[Line]:
        """Return one difference: whose it is, the words taken out and put in, where it goes; of a remark its text."""
        source = self.returning.source(difference) or _("unknown author")
        lines: list[Line] = [
            (),
            *paint_text(difference.ours.heading, width, "heading"),
            *paint_text(source, width, "muted"),
            (),
        ]
        if difference.kind == REMARK:
            about = _("About: “{text}”").format(text=difference.before)
            return [*lines, *paint_text(difference.remark, width, "strong"), (), *paint_text(about, width, "muted"), ()]
        legend = "{} {}".format(_("taken out").join(REMOVED), _("put in").join(ADDED))
        where, placed = place_words(self.returning, difference), bool(self.returning.home(difference))
        return [
            *lines,
            *paint_differences(difference.before, difference.after, width),
            (),
            *paint_text(where, width, "" if placed else "warn"),
            *paint_text(legend, width, "muted"),
        ]

    def _decided_lines(self, width: int) -> list[Line]:
        """Return how many were decided in which way, once nothing is left; or that no word differs."""
        settled = list(self.returning.settled.values())
        if not self.returning.differences:
            return [(), *paint_text(_("Not one word differs from our text."), width, "done")]
        counts = (
            (TAKEN, ngettext("{n} accepted", "{n} accepted", settled.count(TAKEN))),
            (REFUSED, ngettext("{n} refused", "{n} refused", settled.count(REFUSED))),
            (ASIDE, ngettext("{n} put aside as a point", "{n} put aside as points", settled.count(ASIDE))),
            (ARTICLE, self._article_words(settled.count(ARTICLE))),
        )
        count_words = [words.format(n=settled.count(way)) for way, words in counts if settled.count(way)]
        return [
            (),
            *paint_text(_("All is decided."), width, "done"),
            *paint_text(" · ".join(count_words), width),
            (),
            *paint_text(_("A partner's yes on a sentence that changed is asked again."), width, "muted"),
        ]

    def _article_words(self, count: int) -> str:
        if self.returning.notes:
            return ngettext("{n} made a note", "{n} made notes", count)
        return ngettext("{n} made an article", "{n} made articles", count)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that do something here, each with what it does."""
        difference = self.here
        if difference is None:
            return self.done_keys()
        if self.accepting:
            return self.accepting_keys()
        changes = self.returning.changes(difference)
        keys = [("A", _("accept"))] if changes else []
        keys += [("R", _("refuse") if difference.kind != REMARK else _("seen")), ("P", _("point"))]
        if difference.after and difference.kind != REMARK and not changes:
            keys.append(("F", _("note") if self.returning.notes else _("article")))
        return [*keys, *self.later_keys(), ("T", _("accept the rest")), ("U", _("undo"))]

    def decide(self, letter: str, item: Difference) -> None:
        """Do what a letter says of a difference; T shows what accepting the rest does, and T again accepts it.

        A: accept it, or say that no field takes it. R: refuse it. P: make a point of it. F: make an article of it, a
        dated note of minutes; of a remark, and of words only taken out, nothing.
        """
        returning = self.returning
        if letter == "a" and not returning.accept(item):
            self.message = (
                _("No field takes it: P makes a point of it, F a note.") if returning.notes
                else _("No field takes it: P makes a point of it, F an article.")
            )  # fmt: skip
        elif letter == "r":
            returning.refuse(item)
        elif letter == "p":
            returning.set_aside(item)
        elif letter == "f" and item.after and item.kind != REMARK:
            returning.make_article(item)
        elif letter == "t":
            self.accepting = True

    def accept_shown(self) -> int:
        """Accept all that have a field. Returns how many."""
        return self.returning.accept_all()


def returned(app: Host, meeting: Entry | None = None) -> None:
    """Ask for the file, or the text, that came back and show its differences; where nothing is open, do nothing.

    With `meeting` it answers the minutes of that meeting; else what it answers is found out.
    """
    if app.workspace is None:
        return

    def take(text: str | None) -> bool:
        if text and text.strip():
            app.say(_("reading…"))
            app.run_worker(lambda: _read(app, text, typed, meeting), thread=True, exclusive=True)
        return False  # kept until each difference is decided

    title = _("Path of the file that came back, or its text pasted here (Tab when done)")
    typed = ask_text(app, "returned.text", title, take, prose=True)


def _read(app: Host, text: str, typed: Typing, asked_meeting: Entry | None = None) -> None:
    """Read a file, or the text itself, and lay it beside ours, in a thread: a long Word file takes a second.

    `text` is what was typed: a path, or the text that came back. What cannot be read is said on the last line. A form
    of ours that a partner filled in is shown as such. `asked_meeting` is that of `returned`.
    """
    workspace = app.workspace
    assert workspace is not None
    name = text.strip().strip("'\"")  # as it was typed; once it is read, the name of the file, "" for a text
    path = None
    if "\n" not in name and len(name) < _LONGEST_PATH:
        with suppress(WrongPath):  # it is a text then
            path = typed_path(name, "")
    try:
        if path is not None and _is_there(path):
            raw, name = read_returned(path), path.name
        elif path is not None and (path.suffix or "/" in name) and " " not in name:
            app.call_from_thread(app.say, _("There is no file {path}.").format(path=path))
            return
        else:
            raw, name = text.encode(errors="replace"), ""
        form = read_returned_form(workspace, raw, name)
        if form is not None:
            app.call_from_thread(_show_form, app, workspace, form, raw, name, typed)
            return
        parsed = parse_returned(raw, name)
        versions = versions_of(workspace, app.store)
        laid, meeting = review_returned(workspace, app.store, versions, parsed, raw, asked_meeting)
    except CannotRead as error:
        app.call_from_thread(app.say, str(error))
        return
    except OSError as error:
        app.call_from_thread(app.say, name + _(": ") + reason_words(error))
        return
    app.call_from_thread(_show, app, workspace, laid, meeting, name, raw, [typed])


def _is_there(path: Path) -> bool:
    """Return whether there is such a file; False for a pasted line too long for a name. Raises other OSErrors."""
    try:
        return path.exists()
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return False


def _show_form(app: Host, workspace: Workspace, form: ReadForm, raw: bytes, name: str, typed: Typing) -> None:
    """Show a partner's form, which keeps its answers from here on: what was pasted is needed no more."""
    app.say("")
    typed.done()
    show_form(app, workspace, form, raw, name)


def _show(
    app: Host, workspace: Workspace, laid: MatchedText, meeting: Entry | None, name: str, raw: bytes,
    typed: list[Typing],
) -> None:  # fmt: skip
    """Show the differences; where some name no author, ask first whom they are from.

    `typed` are the texts being typed for it: they are done once each difference is decided.
    """
    if meeting is not None:
        beside = laid.agreement.kind
    else:
        beside = filled(_("beside {version}"), version=name_within(laid.version, workspace.lang))
    title = ", ".join(filter(None, (name, beside)))

    def show_review(author: str | None) -> None:
        name_typed = (author or "").strip()
        signed_differences = tuple(
            difference if difference.author else replace(difference, author=name_typed)
            for difference in laid.differences
        )
        signed_text = replace(laid, differences=signed_differences, author=laid.author or name_typed)
        returning = review_of(workspace, signed_text, meeting, source=name, raw=raw)

        def finish(_result: None) -> None:
            if not returning.open:
                for typing in typed:
                    typing.done()
            app.page.refresh_in_place()

        app.push_screen(ReturnedScreen(returning, title), finish)

    def take_name(author: str | None) -> bool:
        show_review(author)
        return False  # kept until each difference is decided

    app.say("")
    if all(difference.author for difference in laid.differences):
        show_review("")
        return
    names = [partner.name(workspace.lang) for partner in active(workspace.partnership)]
    choices = [Choice(text, text) for text in names if text]
    question = _("Whom is it from? (Escape: nobody is named)")
    if choices:
        app.push_screen(Picker(question, choices), show_review)
    else:
        typed.append(ask_text(app, "returned.author", question, take_name))
