"""Which answers are awaited or given, and which versions were kept, in words for pages and line mode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.form.form_words import answer_words, short_name
from tui.i18n import _, ngettext
from tui.partnership.answer_list import (
    ANSWERED,
    AWAITED,
    LATE,
    REREAD,
    REVIEW,
    UNASKED,
    UNCONFIRMED,
    PartnerAnswer,
    answer_list,
    grouped,
)
from tui.partnership.conditions import open_conditions
from tui.partnership.milestones import AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION, Awaited, awaited
from tui.partnership.partners import find_partner
from tui.partnership.received_answers import source_words
from tui.partnership.values import Partnership
from tui.partnership.versions import Sent, Version, last_sent_to, sendings
from tui.text.body_names import body_in_sentence
from tui.text.dates import format_date
from tui.workspace.condition_words import condition_groups, conditions_title, dated_line
from tui.workspace.kept_versions import name_of, status_words
from tui.workspace.workspace import Workspace


def last_sent_words(workspace: Workspace) -> str:
    """Return the sentence to whom the last draft was sent or given; "" before the first sending."""
    sent = sendings(workspace.partnership)
    if not sent:
        return ""
    row = sent[-1]
    names = ", ".join(short_name(workspace.partnership, giver, workspace.lang) for giver in row.givers) or _(
        "nobody ticked"
    )
    if not row.get("number") and row.get("version"):
        return _("The adopted text was sent or given to: {names}").format(names=names)
    if not row.get("number"):
        return _("Forms on the text of that day were given to: {names}").format(names=names)
    return _("Draft {number} was sent or given to: {names}").format(number=row.get("number"), names=names)


def awaited_words(workspace: Workspace, answer: Awaited) -> str:
    """Return what is awaited of whom, in one line."""
    name = short_name(workspace.partnership, answer.partner, workspace.lang)
    if answer.kind == AWAITED_ANSWER:
        if answer.number:
            return _("{name}: answer to draft {number}").format(name=name, number=answer.number)
        sent = last_sent_to(workspace.partnership, answer.partner)
        if sent is not None and sent.get("version"):
            return _("{name}: answer to the adopted text").format(name=name)
        if sent is not None:
            return _("{name}: answer to its form").format(name=name)
        if sendings(workspace.partnership):
            return _("{name}: answer; the draft did not go to it yet").format(name=name)
        return _("{name}: answer; no draft was sent yet").format(name=name)
    if answer.kind == AWAITED_CONFIRMATION:
        return _("{name}: to confirm on the new text").format(name=name)
    body = body_in_sentence(answer.body, workspace.lang) or "?"
    return _("{name}: to be ratified by {body}").format(name=name, body=body)


def awaited_lines(workspace: Workspace, day: str) -> Iterator[str]:
    """Yield the last sending, then who was asked, who answered and who is late on an ISO day, group by group."""
    if last_sent := last_sent_words(workspace):
        yield last_sent + "."
    number = 0  # of the line, through all groups
    if all_answered(workspace, day):
        yield _("Every partner has answered on today's text.")
    for group, lines in grouped(listed_answers(workspace, day)).items():
        yield f"{group_title(group)} ({len(lines)})."
        for line in lines:
            number += 1
            yield f"{number}. {', '.join(filter(None, (answer_line(workspace, line), answer_date(workspace, line))))}."
    for due in ratifications(workspace):
        date = format_date(due.by, workspace.lang) if due.by else ""
        yield ", ".join(filter(None, (awaited_words(workspace, due), date))) + "."
    for state, rows in condition_groups(workspace.partnership).items():
        yield f"{conditions_title(state)} ({len(rows)})."
        for row in rows:
            yield dated_line(workspace, row) + "."


# -- who was asked, who answered, who is late --------------------------------------------------------------------------


def listed_answers(workspace: Workspace, day: str) -> tuple[PartnerAnswer, ...]:
    """Return how far each partner's answer is on an ISO day."""
    return answer_list(workspace.partnership, workspace.public.answers, day)


def all_answered(workspace: Workspace, day: str) -> bool:
    """Return whether nothing more is awaited of anybody."""
    if open_conditions(workspace.partnership):
        return False
    return not ratifications(workspace) and all(answer.group == ANSWERED for answer in listed_answers(workspace, day))


def ratifications(workspace: Workspace) -> tuple[Awaited, ...]:
    """Return the ratifications that are awaited, the earliest date first."""
    all_awaited = awaited(workspace.partnership, workspace.public.answers, workspace.lang)
    return tuple(answer for answer in all_awaited if answer.kind == AWAITED_RATIFICATION)


def group_title(group: str) -> str:
    """Return the heading of a group of `tui.partnership.answer_list`."""
    return {
        REVIEW: _("Came back, to be read"),
        LATE: _("Late"),
        AWAITED: _("Awaited"),
        REREAD: _("To be read again: the words have changed"),
        UNCONFIRMED: _("To be confirmed"),
        ANSWERED: _("Answered"),
        UNASKED: _("Not asked yet"),
    }[group]


def answer_line(workspace: Workspace, partner_answer: PartnerAnswer, view: Partnership | None = None) -> str:
    """Return how far a partner's answer is, in one line, without its date.

    With the public `view` the line has only the partner, if it may be named, and the draft.
    """
    lang = workspace.lang
    if view is not None:
        partner = find_partner(view, partner_answer.partner)
        partner_name = (partner.short(lang) if partner is not None else "") or workspace.guide.word(
            "an_organisation", lang
        )
        if not partner_answer.number:
            return partner_name
        return partner_name + _(": ") + workspace.guide.word("draft", lang, number=partner_answer.number)
    name = short_name(workspace.partnership, partner_answer.partner, lang)
    if partner_answer.group in (LATE, AWAITED, UNASKED):
        return awaited_words(
            workspace, Awaited(AWAITED_ANSWER, partner_answer.partner, partner_answer.by, partner_answer.number)
        )
    if partner_answer.group == REVIEW:
        means = {source_words(workspace.guide, row, lang) for row in partner_answer.undecided}
        return name + _(": ") + ", ".join(sorted(means))
    words = answer_words(workspace.guide, partner_answer.answer, lang)
    source = source_words(workspace.guide, partner_answer.source, lang) if partner_answer.source is not None else ""
    return name + _(": ") + " · ".join(filter(None, (words, source)))


def answer_date(workspace: Workspace, partner_answer: PartnerAnswer) -> str:
    """Return by when an answer is or was expected, in words; "" where it is given already or no date is known."""
    expected = partner_answer.group in (LATE, AWAITED, REREAD) and partner_answer.by
    return format_date(partner_answer.by, workspace.lang) if expected else ""


def sent_words(workspace: Workspace, sent: Sent) -> list[str]:
    """Return sentences: to whom a version went and by which means, then by when answers were expected, if known."""
    lang = workspace.lang
    names = [short_name(workspace.partnership, partner, lang) for partner in sent.partners]
    if sent.others:
        names.append(ngettext("{n} other address", "{n} other addresses", sent.others).format(n=sent.others))
    means = workspace.guide.choice("means", sent.means, lang)
    to = ", ".join(names) or _("nobody in particular")
    sentences = [_("Sent to {names} ({means})").format(names=to, means=means)]
    if sent.answer_by:
        is_day = len(sent.answer_by) > len("2026-12")
        sentence = _("Answer expected by {date}") if is_day else _("Answer expected by {month}")
        by = format_date(sent.answer_by, lang)
        sentences.append(sentence.format(date=by, month=by))
    return sentences


def version_lines(workspace: Workspace, versions: Sequence[Version]) -> Iterator[str]:
    """Yield each version by its number, the newest last: what it is, to whom it went, why, by which resolution."""
    for number, version in enumerate(versions, 1):
        facts = [name_of(version, workspace.lang), status_words(versions, version)]
        facts += sent_words(workspace, version.sent) if version.sent is not None else []
        facts += [text for text in (version.reason, version.resolution, version.file) if text]
        yield f"{number}. " + _("; ").join(facts) + "."
    if not versions:
        yield _("No version yet: “Send the draft” makes the first one.")
