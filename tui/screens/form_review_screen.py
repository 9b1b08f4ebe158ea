"""The review of a form that a partner sent back: each answer is accepted, changed, refused, or made a point.

A *plain yes* is a yes to the present words without a reason, an exception or a doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.comparison.form_proposals import FormProposal
from tui.comparison.returned_form import ReadForm
from tui.form.form_words import short_name
from tui.i18n import N_, _
from tui.screens.decision_screen import DecisionScreen
from tui.screens.due_screen import today
from tui.terminal.line_pane import Line
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.diff_painter import paint_text
from tui.ui.page import TextScreen
from tui.workspace.form_review import FormReview, accept_all_plain, receive
from tui.workspace.form_review_words import decided_words, goes_to, proposal_lines
from tui.workspace.kept_versions import versions_of
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


class FormReviewScreen(DecisionScreen[FormProposal]):
    """Shows one answer of the form at a time, with the value that the partnership holds."""

    about = N_(
        "A form that came back, one answer at a time. Accepted, an answer goes where it belongs, to be confirmed; "
        "refused, nothing changes; what is left open changes nothing either."
    )
    letters = frozenset("arpct")  # accept, refuse, point, change, accept the plain yeses

    def __init__(self, review: FormReview) -> None:
        super().__init__(review)
        self.review = review

    def kind_words(self) -> str:
        """Return the first words of the heading."""
        return _("A form came back")

    def origin_words(self) -> str:
        """Return the name of the partner whose form it is."""
        workspace = self.review.workspace
        return short_name(workspace.partnership, self.review.partner, workspace.lang)

    def text(self, width: int) -> Sequence[Line]:
        """Return the current answer; after T, the plain yeses that would be accepted; at the end, what was decided."""
        form_proposal = self.current
        lines: list[Line] = [(), *paint_text(self.review.source, width, "muted")]
        if form_proposal is None:
            return [*lines, *self._decided_lines(width)]
        if self.confirms_all:
            return [*lines, *plain_yes_lines([self.review], width)]
        for style, words in proposal_lines(form_proposal):
            lines += [(), *paint_text(words, width, style)]
        return [
            *lines,
            (),
            *paint_text(goes_to(self.review.workspace, form_proposal), width, "" if form_proposal.changes else "muted"),
        ]

    def _decided_lines(self, width: int) -> list[Line]:
        """Return how many answers were accepted, refused …; or that the form answers nothing."""
        if not self.review.proposals:
            text = _("Nothing is answered in this form: silence confirms nothing.")
            return [(), *paint_text(text, width, "warn")]
        counts = decided_words(list(self.review.settled.values()))
        return [(), *paint_text(_("All is decided."), width, "done"), *paint_text(counts, width)]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys for the current answer, each with what it does."""
        form_proposal = self.current
        if form_proposal is None:
            return self.done_keys()
        if self.confirms_all:
            return self.accepting_keys()
        keys = [("A", _("accept"))] if form_proposal.changes is not None else []
        keys += [("C", _("change"))] if form_proposal.item is not None else []
        keys += [("R", _("refuse")), ("P", _("point")), *self.later_keys()]
        keys += [("T", _("plain yeses"))] if self.review.plain else []
        return [*keys, ("U", _("undo"))]

    def decide(self, letter: str, item: FormProposal) -> None:
        """Act on a letter: A accepts, C changes, R refuses, P makes a point of the answer; T shows the plain yeses."""
        review = self.review
        if letter == "a" and not review.accept(item):
            self.message = _("It cannot be taken as it is: C changes it, P makes a point of it.")
        elif letter == "r":
            review.refuse(item)
        elif letter == "p":
            review.set_aside(item)
        elif letter == "c" and item.item is not None:
            self._ask_other_answer(item)
        elif letter == "t":
            self.confirms_all = bool(review.plain)
            self.message = "" if review.plain else _("There is no plain yes on the present words here.")

    def accept_shown(self) -> int:
        """Accept the plain yeses; return how many."""
        return self.review.accept_plain()

    def _ask_other_answer(self, form_proposal: FormProposal) -> None:
        """Ask for another choice, then for other words (if the item takes them), and accept the changed answer."""
        item = form_proposal.item
        assert item is not None

        def accept_worded(choices: Sequence[str] | None, text: str | None) -> bool:
            if text is not None:
                self._accept_changed(self.review.changed(form_proposal, choices, text))
            return text is not None

        def take_choice(code: str | None) -> None:
            if code is None:
                return
            choices = [code] if code else []
            if item.words:
                accept_words = partial(accept_worded, choices)
                text_before = form_proposal.answer.text if form_proposal.answer is not None else ""
                ask_text(self.app, "answer.words", form_proposal.label, accept_words, row=item.id, text=text_before)
            else:
                self._accept_changed(self.review.changed(form_proposal, choices))

        if item.choices:
            choices = [*(Choice(choice.code, choice.label) for choice in item.choices), Choice("", _("no box"))]
            self.app.push_screen(Picker(form_proposal.label, choices), take_choice)
        else:
            take_choice("")

    def _accept_changed(self, form_proposal: FormProposal) -> None:
        """Accept a changed answer, or show why it cannot be accepted."""
        if not self.review.accept(form_proposal):
            self.message = form_proposal.doubt
        self.paint()


class PlainYesesScreen(TextScreen[None]):
    """The plain yeses of all forms that came back, to be accepted together."""

    about = N_("The plain yeses on present words, of all forms that came back. T accepts these, and nothing else.")

    def __init__(self, reviews: Sequence[FormReview]) -> None:
        super().__init__()
        self.reviews = reviews

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Plain yeses")

    def text(self, width: int) -> Sequence[Line]:
        """Return each partner with its plain yeses."""
        return plain_yes_lines(self.reviews, width)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do."""
        return [("T", _("accept all of these")), (_("Esc"), _("back"))]

    def act(self, key: str) -> bool:
        """Act on a key: T accepts what is shown and leaves the page. Return whether the key did something."""
        if key.lower() != "t":
            return super().act(key)
        accept_all_plain(self.reviews[0].workspace, self.reviews)
        self.dismiss(None)
        return True


def plain_yes_lines(reviews: Sequence[FormReview], width: int) -> list[Line]:
    """Return the plain yeses of some forms, partner by partner, as they would be accepted."""
    lines: list[Line] = []
    for review in reviews:
        workspace = review.workspace
        for form_proposal in review.plain:
            name = short_name(workspace.partnership, review.partner, workspace.lang)
            lines += [(), *paint_text(" · ".join((name, form_proposal.label)), width, "heading")]
            lines += paint_text(form_proposal.known, width, "muted") if form_proposal.known else []
            lines += paint_text(form_proposal.said, width, "strong")
    return lines


def show_form(app: Host, workspace: Workspace, read: ReadForm, raw: bytes, name: str) -> None:
    """Keep a form that came back, so that its answers can be decided later too, and show it."""
    row = receive(workspace, read, raw, name, today())
    show_review(app, workspace, row.id)


def show_review(app: Host, workspace: Workspace, row: str) -> None:
    """Show the review of a kept form; `row` is the id of its entry."""

    def repaint(_result: None) -> None:
        app.page.refresh_in_place()

    app.push_screen(FormReviewScreen(FormReview(workspace, row, versions_of(workspace, app.store))), repaint)
