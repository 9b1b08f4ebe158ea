"""A text that came back, line by line: each difference is read out, and accepted, refused, put aside or left."""

from __future__ import annotations

from collections.abc import Iterator

from tui.comparison.returned_diff import REMARK, Difference
from tui.comparison.returned_match import parse_returned
from tui.i18n import _, ngettext
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import Dropped, LineDialog
from tui.workspace.kept_versions import name_of, versions_of
from tui.workspace.returned_decisions import ReturnedReview, place_words
from tui.workspace.returned_minutes import review_of, review_returned


def decide_text(conversation: Conversation, raw: bytes, name: str) -> None:
    """Lay the file `name`, which holds `raw`, beside our text, and ask about each difference that is still open.

    Raises CannotRead where the bytes are no text.
    """
    workspace, dialog = conversation.workspace, LineDialog(conversation.talk)
    workspace.flush()
    versions = versions_of(workspace, conversation.store)
    laid, meeting = review_returned(workspace, conversation.store, versions, parse_returned(raw, name), raw)
    review = review_of(workspace, laid, meeting, source=name, raw=raw)
    against = name_of(laid.version, workspace.lang) if laid.version is not None else _("Today's text")
    against = laid.agreement.kind if meeting is not None else against
    left = review.open
    conversation.talk.say(_("Laid beside: {version}").format(version=against))
    if not left:
        conversation.talk.say(_("Nothing is left to decide.") if laid.differences else _("Not one word differs."))
        return
    dialog.begin(ngettext("{n} difference.", "{n} differences.", len(left)).format(n=len(left)))
    try:
        for number, difference in enumerate(left, 1):
            if review.changes(difference) == ():  # what was accepted before says it already
                continue
            for line in _difference_lines(review, difference, number, len(left)):
                conversation.talk.say(line)
            _decide(conversation, review, difference, dialog)
    except Dropped:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.refresh()


def _difference_lines(review: ReturnedReview, difference: Difference, number: int, count: int) -> Iterator[str]:
    """A difference in lines to be heard: where it stands, whose it is, both texts, and the field it would go to."""
    where = ", ".join(filter(None, (difference.ours.heading, review.source(difference))))
    yield _("Difference {number} of {count}. {place}").format(number=number, count=count, place=where)
    if difference.kind == REMARK:
        yield _("Remark on “{text}”: {remark}").format(text=difference.before, remark=difference.remark)
        return
    yield _("Ours: {text}").format(text=difference.before or _("nothing"))
    yield _("Theirs: {text}").format(text=difference.after or _("nothing"))
    yield place_words(review, difference)


def _decide(conversation: Conversation, review: ReturnedReview, difference: Difference, dialog: LineDialog) -> None:
    """Ask what comes of a difference, do it, and say what was done; an empty line leaves it for later."""
    choices = [("later", _("later")), ("refuse", _("refuse")), ("point", _("point"))]
    if review.changes(difference):
        choices.insert(1, ("accept", _("accept")))
    elif difference.after and difference.kind != REMARK:
        choices.append(("article", _("note") if review.notes else _("article")))
    said = dialog.choose(_("What of it?"), choices, "later")
    if said == "accept":
        home = review.home(difference)
        review.accept(difference)
        conversation.keep(_("Saved, accepted: {place}.").format(place=home))
    elif said == "refuse":
        review.refuse(difference)
        conversation.keep(_("Saved: our words stay."))
    elif said == "point":
        review.set_aside(difference)
        conversation.keep(_("Saved: it is a point to discuss."))
    elif said == "article":
        review.make_article(difference)
        said = _("Saved: it is a dated note of the minutes.") if review.notes else _("Saved: it is a free article.")
        conversation.keep(said)
