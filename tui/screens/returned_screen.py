"""A text that came back, one difference at a time: accepted into its field, refused, or put aside."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
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


class ReturnedScreen(DecisionScreen[Difference]):
    """One difference with what it would change."""

    about = N_(
        "A text that came back, one difference at a time. Accepted, a difference goes into its field; refused, nothing "
        "changes; as a point, it waits in section 14."
    )
    letters = frozenset("arpft")

    def __init__(self, returning: ReturnedReview, name: str) -> None:
        super().__init__(returning)
        self.returning = returning
        self.name_of_file = name

    def what_came(self) -> str:
        """Return what came back."""
        return _("A text came back")

    def called(self) -> str:
        """Return the file that came back, and the version it was laid beside."""
        return self.name_of_file

    def text(self, width: int) -> Sequence[Line]:
        """The difference one stands at, or what was decided once none is left."""
        difference = self.here
        if difference is not None and self.accepting:
            return self._all(width)
        return self._told(difference, width) if difference is not None else self._done(width)

    def _all(self, width: int) -> list[Line]:
        """Return what accepting the rest would do, difference by difference, and what it would leave."""
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
            said = ngettext(
                "{n} is left to you: it cannot be placed with certainty.",
                "{n} are left to you: they cannot be placed with certainty.",
                left,
            )
            lines += [(), *paint_text(said.format(n=left), width, "warn")]
        return lines

    def _told(self, difference: Difference, width: int) -> list[Line]:
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

    def _done(self, width: int) -> list[Line]:
        """Return what was decided, once nothing is left."""
        settled = list(self.returning.settled.values())
        if not self.returning.differences:
            return [(), *paint_text(_("Not one word differs from our text."), width, "done")]
        counts = (
            (TAKEN, ngettext("{n} accepted", "{n} accepted", settled.count(TAKEN))),
            (REFUSED, ngettext("{n} refused", "{n} refused", settled.count(REFUSED))),
            (ASIDE, ngettext("{n} put aside as a point", "{n} put aside as points", settled.count(ASIDE))),
            (ARTICLE, self._articles(settled.count(ARTICLE))),
        )
        told = [words.format(n=settled.count(what)) for what, words in counts if settled.count(what)]
        return [
            (),
            *paint_text(_("All is decided."), width, "done"),
            *paint_text(" · ".join(told), width),
            (),
            *paint_text(_("A partner's yes on a sentence that changed is asked again."), width, "muted"),
        ]

    def _articles(self, count: int) -> str:
        if self.returning.notes:
            return ngettext("{n} made a note", "{n} made notes", count)
        return ngettext("{n} made an article", "{n} made articles", count)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the letters that mean something for this difference."""
        difference = self.here
        if difference is None:
            return self.done_keys()
        if self.accepting:
            return self.accepting_keys()
        changes = self.returning.changes(difference)
        keys = [("A", _("accept"))] if changes else []
        keys += [("R", _("refuse") if difference.kind != REMARK else _("seen")), ("P", _("point"))]
        keys += (
            [("F", _("note") if self.returning.notes else _("article"))]
            if difference.after and difference.kind != REMARK and not changes
            else []
        )
        return [*keys, *self.later_keys(), ("T", _("accept the rest")), ("U", _("undo"))]

    def decide(self, letter: str, item: Difference) -> None:
        """Accept a difference, refuse it, make a point or an article of it; T shows what accepting the rest does."""
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
        """Accept what accepting the rest would do; how many."""
        return self.returning.accept_all()


def returned(app: Host, meeting: Entry | None = None) -> None:
    """Ask for the file, or the text, that came back: of the minutes of `meeting` where one is given."""
    if app.workspace is None:
        return

    def given(text: str | None) -> bool:
        if text and text.strip():
            app.say(_("reading…"))
            app.run_worker(lambda: _read(app, text, typed, meeting), thread=True, exclusive=True)
        return False  # kept until each difference is decided

    title = _("Path of the file that came back, or its text pasted here (Tab when done)")
    typed = ask_text(app, "returned.text", title, given, prose=True)


def _read(app: Host, text: str, typed: Typing, asked: Entry | None = None) -> None:
    """Read it and lay it beside ours, in a thread: a long Word file takes a second."""
    workspace = app.workspace
    assert workspace is not None
    name = text.strip().strip("'\"")
    path = None
    if "\n" not in text.strip() and len(name) < 1000:
        with suppress(WrongPath):  # it is a text then
            path = typed_path(name, "")
    try:
        if path is not None and path.exists():
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
        read = parse_returned(raw, name)
        versions = versions_of(workspace, app.store)
        laid, meeting = review_returned(workspace, app.store, versions, read, raw, asked)
    except CannotRead as error:
        app.call_from_thread(app.say, str(error))
        return
    except OSError as error:
        app.call_from_thread(app.say, name + _(": ") + reason_words(error))
        return
    app.call_from_thread(_show, app, workspace, laid, meeting, name, raw, [typed])


def _show_form(app: Host, workspace: Workspace, form: ReadForm, raw: bytes, name: str, typed: Typing) -> None:
    """Show a partner's form instead: it is kept as it was answered, so that what was pasted is needed no more."""
    app.say("")
    typed.done()
    show_form(app, workspace, form, raw, name)


def _show(
    app: Host, workspace: Workspace, laid: MatchedText, meeting: Entry | None, name: str, raw: bytes,
    typed: list[Typing],
) -> None:  # fmt: skip
    """Show the differences; whoever it is from is asked where the file does not say."""
    beside = filled(_("beside {version}"), version=name_within(laid.version, workspace.lang))
    beside = laid.agreement.kind if meeting is not None else beside
    title = ", ".join(filter(None, (name, beside)))

    def signed(author: str | None) -> None:
        who = (author or "").strip()
        signed_by = tuple(
            difference if difference.author else replace(difference, author=who) for difference in laid.differences
        )
        signed_text = replace(laid, differences=signed_by, author=laid.author or who)
        returning = review_of(workspace, signed_text, meeting, source=name, raw=raw)

        def over(_done: None) -> None:
            if not returning.open:
                for typing in typed:
                    typing.done()
            app.page.refresh_in_place()

        app.push_screen(ReturnedScreen(returning, title), over)

    def named(author: str | None) -> bool:
        signed(author)
        return False  # kept until each difference is decided

    app.say("")
    if all(difference.author for difference in laid.differences):
        signed("")
        return
    names = [partner.name(workspace.lang) for partner in active(workspace.partnership)]
    choices = [Choice(text, text) for text in names if text]
    asked = _("Whom is it from? (Escape: nobody is named)")
    if choices:
        app.push_screen(Picker(asked, choices), signed)
    else:
        typed.append(ask_text(app, "returned.author", asked, named))
