"""Says each difference of a returned text from ours, and asks whether to accept it, refuse it or make a point of it.

A point is a thing set aside to be discussed; an article is a text of its own in the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.comparison.returned_diff import REMARK, Difference
from tui.comparison.returned_match import parse_returned
from tui.i18n import _, ngettext
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog
from tui.workspace.kept_versions import name_of, versions_of
from tui.workspace.returned_decisions import ReturnedReview, place_words
from tui.workspace.returned_minutes import review_of, review_returned


def decide_text(conversation: Conversation, raw: bytes, name: str) -> None:
    """Compare the file `name`, whose bytes are `raw`, to our text, and ask about each undecided difference.

    Raises CannotRead if it is no text of ours.
    """
    workspace, dialog = conversation.workspace, LineDialog(conversation.talk)
    workspace.flush()
    versions = versions_of(workspace, conversation.store)
    matched, meeting = review_returned(workspace, conversation.store, versions, parse_returned(raw, name), raw)
    review = review_of(workspace, matched, meeting, source=name, raw=raw)
    our_text = name_of(matched.version, workspace.lang) if matched.version is not None else _("Today's text")
    if meeting is not None:  # the minutes of a meeting came back
        our_text = matched.agreement.kind
    undecided = review.open
    conversation.talk.say(_("Laid beside: {version}").format(version=our_text))
    if not undecided:
        conversation.talk.say(_("Nothing is left to decide.") if matched.differences else _("Not one word differs."))
        return
    dialog.begin(ngettext("{n} difference.", "{n} differences.", len(undecided)).format(n=len(undecided)))
    try:
        for number, difference in enumerate(undecided, 1):
            if review.changes(difference) == ():  # a difference accepted meanwhile made the same change
                continue
            for line in _difference_lines(review, difference, number, len(undecided)):
                conversation.talk.say(line)
            _decide(conversation, review, difference, dialog)
    except GivenUp:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.refresh()


def _difference_lines(review: ReturnedReview, difference: Difference, number: int, count: int) -> Iterator[str]:
    """Yield a difference in lines to be read aloud: section and author, both texts, the field it would go to."""
    section_and_author = ", ".join(filter(None, (difference.ours.heading, review.source(difference))))
    yield _("Difference {number} of {count}. {place}").format(number=number, count=count, place=section_and_author)
    if difference.kind == REMARK:
        about = _("Remark on “{text}”: {remark}") if difference.about else _("Remark: {remark}")
        yield about.format(text=difference.about, remark=difference.remark)
        return
    yield _("Ours: {text}").format(text=difference.before or _("nothing"))
    yield _("Theirs: {text}").format(text=difference.after or _("nothing"))
    yield place_words(review, difference)


def _decide(conversation: Conversation, review: ReturnedReview, difference: Difference, dialog: LineDialog) -> None:
    """Ask what to do with a difference, do it, and say so; an empty line leaves it for later."""
    choices = [("later", _("later")), ("refuse", _("refuse")), ("point", _("point"))]
    if review.changes(difference):
        choices.insert(1, ("accept", _("accept")))
    elif difference.after and difference.kind != REMARK:
        choices.append(("article", _("note") if review.notes else _("article")))
    choice = dialog.choose(_("What of it?"), choices, "later")
    if choice == "accept":
        place = review.field_words(difference)  # named before accepting, which may change it
        review.accept(difference)
        conversation.keep(_("Saved, accepted: {place}.").format(place=place))
    elif choice == "refuse":
        review.refuse(difference)
        conversation.keep(_("Saved: our words stay."))
    elif choice == "point":
        review.set_aside(difference)
        conversation.keep(_("Saved: it is a point to discuss."))
    elif choice == "article":
        review.make_article(difference)
        message = _("Saved: it is a dated note of the minutes.") if review.notes else _("Saved: it is a free article.")
        conversation.keep(message)
