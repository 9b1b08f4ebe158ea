"""What is still awaited of whom, and the versions kept, in words for pages and for line mode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.form.form_words import short_name
from tui.i18n import _, ngettext
from tui.partnership.milestones import ANSWER, CONFIRM, Awaited, awaited
from tui.partnership.versions import Sent, Version, sendings
from tui.text.dates import format_date
from tui.workspace.draft_sending import name_of, status_words
from tui.workspace.workspace import Workspace


def last_sent_words(workspace: Workspace) -> str:
    """Return to whom the last draft was sent or given; "" before the first."""
    sent = sendings(workspace.partnership)
    if not sent:
        return ""
    row = sent[-1]
    names = ", ".join(short_name(workspace.partnership, one, workspace.lang) for one in row.givers) or _(
        "nobody ticked"
    )
    return _("Draft {number} was sent or given to: {names}").format(number=row.get("number", 0), names=names)


def awaited_words(workspace: Workspace, one: Awaited) -> str:
    """Return what is awaited of whom, in one line."""
    name = short_name(workspace.partnership, one.partner, workspace.lang)
    if one.kind == ANSWER:
        if one.number:
            return _("{name}: answer to draft {number}").format(name=name, number=one.number)
        if sendings(workspace.partnership):
            return _("{name}: answer; the draft did not go to it yet").format(name=name)
        return _("{name}: answer; no draft was sent yet").format(name=name)
    if one.kind == CONFIRM:
        return _("{name}: to confirm on the new text").format(name=name)
    return _("{name}: to be ratified by {body}").format(name=name, body=one.body or "?")


def awaited_lines(workspace: Workspace) -> Iterator[str]:
    """Yield the last sending, then each thing awaited with its date, the earliest first."""
    if said := last_sent_words(workspace):
        yield said + "."
    found = awaited(workspace.partnership, workspace.public.answers, workspace.lang)
    for one in found:
        date = format_date(one.by, workspace.lang) if one.by else ""
        yield ", ".join(filter(None, (awaited_words(workspace, one), date))) + "."
    if not found:
        yield _("Every partner has answered on today's text.")


def sent_words(workspace: Workspace, sent: Sent) -> list[str]:
    """Return to whom a version went and by which means, then by when answers were expected."""
    lang = workspace.lang
    names = [short_name(workspace.partnership, one, lang) for one in sent.partners]
    if sent.others:
        names.append(ngettext("{n} other address", "{n} other addresses", sent.others).format(n=sent.others))
    means = workspace.guide.choice("means", sent.means, lang)
    to = ", ".join(names) or _("nobody in particular")
    found = [_("Sent to {names} ({means})").format(names=to, means=means)]
    if sent.answer_by:
        day = len(sent.answer_by) > len("2026-12")
        said = _("Answer expected by {date}") if day else _("Answer expected by {month}")
        by = format_date(sent.answer_by, lang)
        found.append(said.format(date=by, month=by))
    return found


def version_lines(workspace: Workspace, versions: Sequence[Version]) -> Iterator[str]:
    """Yield each version by its number, the newest last: what it is, to whom it went, why, by which resolution."""
    for number, one in enumerate(versions, 1):
        facts = [name_of(one, workspace.lang), status_words(versions, one)]
        facts += sent_words(workspace, one.sent) if one.sent is not None else []
        facts += [text for text in (one.reason, one.resolution, one.file) if text]
        yield f"{number}. " + "; ".join(facts) + "."
    if not versions:
        yield _("No version yet: “Send the draft” makes the first one.")
