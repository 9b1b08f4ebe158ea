"""The review of a text that a partner sent back: each difference is accepted into its field, refused, or put aside."""

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
from tui.text.french_names import fill_sentence
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


_MAX_PATH_LENGTH = 1000  # characters; a longer line is a text that was pasted


class ReturnedScreen(DecisionScreen[Difference]):
    """One difference at a time, with the field it would go to; after T, what accepting the rest would do."""

    about = N_(
        "A text that came back, one difference at a time. Accepted, a difference goes into its field; refused, nothing "
        "changes; as a point, it waits in section 14."
    )
    letters = frozenset("arpft")  # accept, refuse, point, article (or note), accept the rest

    def __init__(self, review: ReturnedReview, title: str) -> None:
        super().__init__(review)
        self.review = review
        self.title_words = title

    def kind_words(self) -> str:
        """Return the first words of the heading."""
        return _("A text came back")

    def origin_words(self) -> str:
        """Return the name of the file that came back, if any, and of the version or minutes it was matched to."""
        return self.title_words

    def text(self, width: int) -> Sequence[Line]:
        """Return the current difference; after T, what accepting the rest would do; at the end, what was decided."""
        difference = self.current
        if difference is None:
            return self._summary_lines(width)
        return self._accepting_lines(width) if self.confirms_all else self._difference_lines(difference, width)

    def _accepting_lines(self, width: int) -> list[Line]:
        """Return what accepting the rest would do, difference by difference, and how many it would leave."""
        review = self.review
        with_field = [difference for difference in review.open if review.changes(difference)]
        left_count = len(review.open) - len(with_field)
        count = ngettext("{n} difference would be accepted:", "{n} differences would be accepted:", len(with_field))
        lines: list[Line] = [(), *paint_text(count.format(n=len(with_field)), width, "heading")]
        for difference in with_field:
            where = " · ".join(filter(None, (review.field_words(difference), review.source(difference))))
            lines += [
                (),
                *paint_text(where, width, "muted"),
                *paint_differences(difference.before, difference.after, width),
            ]
        if left_count:
            left_words = ngettext(
                "{n} is left to you: it cannot be placed with certainty.",
                "{n} are left to you: they cannot be placed with certainty.",
                left_count,
            )
            lines += [(), *paint_text(left_words.format(n=left_count), width, "warn")]
        return lines

    def _difference_lines(self, difference: Difference, width: int) -> list[Line]:
        """Return a difference: its author, words taken out and put in, the field it goes to; for a remark, its text."""
        source = self.review.source(difference) or _("unknown author")
        lines: list[Line] = [
            (),
            *paint_text(difference.ours.heading, width, "heading"),
            *paint_text(source, width, "muted"),
            (),
        ]
        if difference.kind == REMARK:
            lines += [*paint_text(difference.remark, width, "strong"), ()]
            about = _("About: “{text}”").format(text=difference.about) if difference.about else ""
            return [*lines, *paint_text(about, width, "muted"), ()] if about else lines
        legend = "{} {}".format(_("taken out").join(REMOVED), _("put in").join(ADDED))
        place, has_field = place_words(self.review, difference), bool(self.review.field_words(difference))
        return [
            *lines,
            *paint_differences(difference.before, difference.after, width),
            (),
            *paint_text(place, width, "" if has_field else "warn"),
            *paint_text(legend, width, "muted"),
        ]

    def _summary_lines(self, width: int) -> list[Line]:
        """Return how many differences were accepted, refused …, once all are decided; or that no word differs."""
        settled = list(self.review.settled.values())  # what was decided: TAKEN, REFUSED, ASIDE or ARTICLE
        if not self.review.differences:
            return [(), *paint_text(_("Not one word differs from our text."), width, "done")]
        counts = (
            (TAKEN, ngettext("{n} accepted", "{n} accepted", settled.count(TAKEN))),
            (REFUSED, ngettext("{n} refused", "{n} refused", settled.count(REFUSED))),
            (ASIDE, ngettext("{n} put aside as a point", "{n} put aside as points", settled.count(ASIDE))),
            (ARTICLE, self._article_words(settled.count(ARTICLE))),
        )
        count_words = [words.format(n=settled.count(decision)) for decision, words in counts if settled.count(decision)]
        return [
            (),
            *paint_text(_("All is decided."), width, "done"),
            *paint_text(" · ".join(count_words), width),
            (),
            *paint_text(_("A partner's yes on a sentence that changed is asked again."), width, "muted"),
        ]

    def _article_words(self, count: int) -> str:
        """Return how many differences became notes (of minutes) or articles (of the agreement)."""
        if self.review.notes:
            return ngettext("{n} made a note", "{n} made notes", count)
        return ngettext("{n} made an article", "{n} made articles", count)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys for the current difference, each with what it does."""
        difference = self.current
        if difference is None:
            return self.done_keys()
        if self.confirms_all:
            return self.accepting_keys()
        changes = self.review.changes(difference)
        keys = [("A", _("accept"))] if changes else []
        keys += [("R", _("refuse") if difference.kind != REMARK else _("seen")), ("P", _("point"))]
        if difference.after and difference.kind != REMARK and not changes:
            keys.append(("F", _("note") if self.review.notes else _("article")))
        return [*keys, *self.later_keys(), ("T", _("accept the rest")), ("U", _("undo"))]

    def decide(self, letter: str, item: Difference) -> None:
        """Act on a letter: T shows what accepting the rest would do, and T again accepts it.

        A accepts the difference, or says that no field takes it; R refuses it; P makes a point of it. F makes an
        article of it (of minutes, a dated note), unless it is a remark or only takes words out.
        """
        review = self.review
        if letter == "a" and not review.accept(item):
            self.message = (
                _("No field takes it: P makes a point of it, F a note.") if review.notes
                else _("No field takes it: P makes a point of it, F an article.")
            )  # fmt: skip
        elif letter == "r":
            review.refuse(item)
        elif letter == "p":
            review.set_aside(item)
        elif letter == "f" and item.after and item.kind != REMARK:
            review.make_article(item)
        elif letter == "t":
            self.confirms_all = True

    def accept_shown(self) -> int:
        """Accept the differences that have a field; return how many."""
        return self.review.accept_all()


def ask_returned(app: Host, meeting: Entry | None = None) -> None:
    """Ask for the file, or the text, that came back, and show its differences.

    `meeting` is the meeting whose minutes the file answers; with None, the text that it answers is looked for.
    """
    if app.workspace is None:
        return

    def take(text: str | None) -> bool:
        if text and text.strip():
            app.say(_("reading…"))
            app.run_worker(lambda: _read_returned(app, text, typed, meeting), thread=True, exclusive=True)
        return False  # kept until each difference is decided

    title = _("Path of the file that came back, or its text pasted here (Tab when done)")
    typed = ask_text(app, "returned.text", title, take, prose=True)


def _read_returned(app: Host, text: str, typed: Typing, meeting: Entry | None = None) -> None:
    """Read what came back and match it to our text, in a thread, since a long Word file takes a second.

    `text` is what was typed: a path, or the text that came back. Errors are shown in the last line. If it is a form
    that a partner filled in, its page is shown. `meeting` is as in `ask_returned`.
    """
    workspace = app.workspace
    assert workspace is not None
    # What was typed, which may be a path; after reading, the name of the file, "" for a pasted text.
    source_name = text.strip().strip("'\"")
    path = None
    if "\n" not in source_name and len(source_name) < _MAX_PATH_LENGTH:
        with suppress(WrongPath):  # it is a text then
            path = typed_path(source_name, "")
    looks_like_path = path is not None and bool(path.suffix or "/" in source_name) and " " not in source_name
    try:
        if path is not None and _exists(path):
            raw, source_name = read_returned(path), path.name
        elif path is not None and looks_like_path:
            app.call_from_thread(app.say, _("There is no file {path}.").format(path=path))
            return
        else:
            raw, source_name = text.encode(errors="replace"), ""
        form = read_returned_form(workspace, raw, source_name)
        if form is not None:
            app.call_from_thread(_show_form, app, workspace, form, raw, source_name, typed)
            return
        parsed = parse_returned(raw, source_name)
        versions = versions_of(workspace, app.store)
        matched, answered_meeting = review_returned(workspace, app.store, versions, parsed, raw, meeting)
    except CannotRead as error:
        app.call_from_thread(app.say, str(error))
        return
    except OSError as error:
        app.call_from_thread(app.say, source_name + _(": ") + reason_words(error))
        return
    app.call_from_thread(_show_differences, app, workspace, matched, answered_meeting, source_name, raw, [typed])


def _exists(path: Path) -> bool:
    """Return whether there is such a file; False for a pasted line too long for a name. Raises other OSErrors."""
    try:
        return path.exists()
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return False


def _show_form(app: Host, workspace: Workspace, form: ReadForm, raw: bytes, name: str, typed: Typing) -> None:
    """Show a partner's form. It keeps its answers from here on, so the pasted text need not be kept."""
    app.say("")
    typed.done()
    show_form(app, workspace, form, raw, name)


def _show_differences(
    app: Host, workspace: Workspace, matched: MatchedText, meeting: Entry | None, name: str, raw: bytes,
    typed: list[Typing],
) -> None:  # fmt: skip
    """Show the differences; if some name no author, ask first whom they are from.

    `typed` are the texts typed in dialogs, which are kept until each difference is decided.
    """
    if meeting is not None:
        matched_to = matched.agreement.kind
    else:
        matched_to = fill_sentence(_("beside {version}"), version=name_within(matched.version, workspace.lang))
    title = ", ".join(filter(None, (name, matched_to)))

    def show_review(author: str | None) -> None:
        name_typed = (author or "").strip()
        signed_differences = tuple(
            difference if difference.author else replace(difference, author=name_typed)
            for difference in matched.differences
        )
        signed_text = replace(matched, differences=signed_differences, author=matched.author or name_typed)
        review = review_of(workspace, signed_text, meeting, source=name, raw=raw)

        def finish(_result: None) -> None:
            if not review.open:
                for typing in typed:
                    typing.done()
            app.page.refresh_in_place()

        app.push_screen(ReturnedScreen(review, title), finish)

    def take_name(author: str | None) -> bool:
        show_review(author)
        return False  # kept until each difference is decided

    app.say("")
    if all(difference.author for difference in matched.differences):
        show_review("")
        return
    names = [partner.name(workspace.lang) for partner in active(workspace.partnership)]
    choices = [Choice(text, text) for text in names if text]
    question = _("Whom is it from? (Escape: nobody is named)")
    if choices:
        app.push_screen(Picker(question, choices), show_review)
    else:
        typed.append(ask_text(app, "returned.author", question, take_name))
