"""The commands of line mode on partners' answers: who has answered, forms that came back, answers by telephone.

A form asks a partner for its answers; each answer in a form that comes back is proposed to the person, who decides on
it. An answer noted by telephone is to be confirmed by the partner.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from tui.comparison.form_proposals import FormProposal
from tui.comparison.returned_lines import CannotRead
from tui.comparison.returned_match import read_returned
from tui.form.form_words import short_name
from tui.form.question_walk import subject_of
from tui.i18n import _
from tui.line_mode import prompt_answers
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog
from tui.line_mode.line_returned import decide_text
from tui.partnership.answer_list import grouped
from tui.partnership.field_kinds import BadValue
from tui.partnership.received_answers import unconfirmed_notes
from tui.settings import files_folder
from tui.store.store_errors import error_sentence
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.text.outside_paths import WrongPath, typed_path
from tui.workspace.awaited_answers import awaited_lines, listed_answers
from tui.workspace.form_review import FormReview, read_returned_form, receive, waiting_reviews
from tui.workspace.form_review_words import decided_words, goes_to, proposal_lines
from tui.workspace.kept_versions import versions_of
from tui.workspace.noted_answers import confirm, confirmation_file, confirmation_mail, note_by_telephone
from tui.workspace.output_files import write
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import current_moment

# Words that a person may type behind a number, folded (without accents and capitals).
_EXACT = frozenset({"exact", "confirme", "correct", "confirmed"})
_MAIL = frozenset({"courriel", "mail", "e-mail", "lettre"})


def list_or_confirm_answers(conversation: Conversation, argument: str) -> None:
    """Say how far each partner is with its answer; with a number, decide on its form, or confirm its answer.

    « 2 courriel » writes the mail that asks for the confirmation. Raises BadValue for anything else.
    """
    workspace, day = conversation.workspace, current_moment()[:10]
    if not argument:
        for line in awaited_lines(workspace, day):
            conversation.talk.say(line)
        return
    number, _space, word = argument.partition(" ")
    partner = _partner(conversation, number, day)
    if fold(word) in _MAIL:
        _write_mail(conversation, partner)
        return
    form_review = next((review for review in _reviews(conversation) if review.partner == partner), None)
    if not word and form_review is not None:
        _decide_proposals(conversation, form_review)
        return
    unconfirmed_answers = unconfirmed_notes(workspace.partnership, partner)
    if fold(word) not in _EXACT or not unconfirmed_answers:
        raise BadValue(_("Give the number of a line that is to be confirmed, then what of it: /answers 2 exact."))
    confirm(workspace, unconfirmed_answers, day)
    conversation.keep(_("Saved: confirmed by the partner."))
    conversation.refresh()


def _reviews(conversation: Conversation) -> Sequence[FormReview]:
    """Return the forms that came back and have undecided answers."""
    return waiting_reviews(conversation.workspace, versions_of(conversation.workspace, conversation.store))


def read_returned_file(conversation: Conversation, argument: str) -> None:
    """Read a file that came back, a form or a text, and ask about each answer or difference.

    Raises BadValue if the file cannot be read.
    """
    workspace = conversation.workspace
    try:
        path = typed_path(argument, _("the path of the file"))
        raw = read_returned(path)
        form = read_returned_form(workspace, raw, path.name)
        if form is None:
            decide_text(conversation, raw, path.name)
            return
    except (CannotRead, WrongPath) as error:
        raise BadValue(str(error)) from error
    except OSError as error:
        raise BadValue(error_sentence(error)) from error
    row = receive(workspace, form, raw, path.name, current_moment()[:10])
    _decide_proposals(conversation, FormReview(workspace, row.id, versions_of(workspace, conversation.store)))


def _decide_proposals(conversation: Conversation, review: FormReview) -> None:
    """Ask about each undecided answer: accept, change or refuse it, make a point of it, or leave it for later."""
    workspace, dialog = conversation.workspace, LineDialog(conversation.talk)
    name = short_name(workspace.partnership, review.partner, workspace.lang)
    dialog.begin(" · ".join(filter(None, (_("A form came back"), name, review.source))))
    if not review.proposals:
        conversation.talk.say(_("Nothing is answered in this form: silence confirms nothing."))
    try:
        for proposal in review.open:
            for _style, words in proposal_lines(proposal):
                conversation.talk.say(words)
            conversation.talk.say(goes_to(workspace, proposal))
            _decide_proposal(review, proposal, dialog)
    except GivenUp:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.keep(_("Saved.") + f" {decided_words(list(review.settled.values()))}".rstrip())
    conversation.refresh()


def _decide_proposal(review: FormReview, proposal: FormProposal, dialog: LineDialog) -> None:
    """Ask about one answer, and do what the person chooses."""
    choices = [("later", _("later")), ("refuse", _("refuse")), ("point", _("point"))]
    if proposal.item is not None:
        choices.insert(1, ("change", _("change")))
    if proposal.changes is not None:
        choices.insert(1, ("accept", _("accept")))
    choice = dialog.choose(_("What of it?"), choices, "later")
    if choice == "accept":
        review.accept(proposal)
    elif choice == "refuse":
        review.refuse(proposal)
    elif choice == "point":
        review.set_aside(proposal)
    elif choice == "change":
        _change(review, proposal, dialog)


def _change(review: FormReview, proposal: FormProposal, dialog: LineDialog) -> None:
    """Ask for another box, then for other words, and accept the answer that they make."""
    assert proposal.item is not None
    boxes = [("", _("no box")), *((box.code, box.label) for box in proposal.item.choices)]
    choice = dialog.choose(_("Which box?"), boxes, "") if proposal.item.choices else ""
    text = dialog.ask(_("Which words?"), str, "", "—") if proposal.item.words else None
    changed_proposal = review.changed(proposal, [choice] if choice else [], text)
    if not review.accept(changed_proposal):
        dialog.talk.say(changed_proposal.doubt)


def _partner(conversation: Conversation, number: str, day: str) -> str:
    """Return the id of the partner on the line of a number, from 1. Raises BadValue if there is no such line."""
    groups = grouped(listed_answers(conversation.workspace, day)).values()
    lines = [answer for group in groups for answer in group]
    at = list_number(number, len(lines))
    if not at:
        raise BadValue(_("Give the number of a line that is to be confirmed, then what of it: /answers 2 exact."))
    return lines[at - 1].partner


def _write_mail(conversation: Conversation, partner: str) -> None:
    """Write the mail that asks a partner to confirm its answer, print it, and say where it is."""
    workspace = conversation.workspace
    mail = confirmation_mail(workspace, partner, sender_of(conversation.settings))
    try:
        written = write(files_folder(os.environ, conversation.settings), [confirmation_file(workspace, mail)])
    except OSError as error:
        conversation.talk.say(error_sentence(error))
        return
    for line in mail.letter.body.splitlines():
        if line.strip():
            conversation.talk.say(line)
    conversation.talk.say(_("Written: {path}").format(path=", ".join(map(str, written.files))))
    for warning in written.warnings:
        conversation.talk.say(warning)


def note_telephone_answer(conversation: Conversation, argument: str) -> None:
    """Note that the person named gave the present answer by telephone. Raises BadValue if there is no answer."""
    question = prompt_answers.question_of(conversation)
    subject = subject_of(conversation.spot)
    partner = subject[0] if len(subject) == 1 else ""
    workspace = conversation.workspace
    author = conversation.store.author.name
    note_by_telephone(workspace, question, partner, argument, author, current_moment()[:10])
    conversation.keep(_("Saved, to be confirmed: /answers writes the mail that asks."))
    conversation.refresh()
