"""Commands for a partner's position: on which text it was given, and which sentence it excepts; and the review page.

The review lists what readers of the agreement would stumble over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.form.form_words import short_name
from tui.i18n import N_, _
from tui.partnership.positions import CONSENSUS
from tui.partnership.privacy import POSITIONS
from tui.partnership.review import LEVELS, Finding, grouped, level_title, review
from tui.screens.work_screen import WorkScreen
from tui.ui.dialog import Choice, Picker
from tui.ui.host import answer_to
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.kept_versions import name_of, versions_of
from tui.workspace.shared_answers import leave_out, note_text_seen, sentences

if TYPE_CHECKING:
    from tui.ui.host import Host


def _is_at_position(screen: WorkScreen) -> bool:
    """Return whether the current question is a position of a partner; else say where to go first."""
    if screen.workspace.question.id not in POSITIONS or not screen.workspace.place.partner:
        screen.say(_("Stand on a partner's answer first (“Saying yes”)."))
        return False
    return True


async def text_answered(screen: WorkScreen) -> None:
    """Ask on which text the current partner answered."""
    if not _is_at_position(screen):
        return
    workspace = screen.workspace
    versions = versions_of(workspace, screen.app.store)
    choices = [Choice("today", _("Today's text, read together"))]
    choices += [Choice(version.id, name_of(version, workspace.lang)) for version in reversed(versions)]

    name = short_name(workspace.partnership, workspace.place.partner, workspace.lang)
    title = _("Which text did {name} answer on?").format(name=name)
    chosen_id = await answer_to(Picker(title, choices))
    if chosen_id:
        note_text_seen(workspace, next((version for version in versions if version.id == chosen_id), None))
        screen.paint()


async def except_sentence(screen: WorkScreen) -> None:
    """Ask which sentence the current partner excepts from its yes, and go to the field for its reservation."""
    if not _is_at_position(screen):
        return
    workspace = screen.workspace
    choices = [Choice(sentence_id, words, about=words) for sentence_id, words in sentences(workspace)]
    if workspace.question.id != CONSENSUS or not choices:
        screen.say(_("There is no sentence to leave out yet."))
        return

    sentence_id = await answer_to(Picker(_("Yes, except on which sentence?"), choices))
    if sentence_id:
        row = leave_out(workspace, sentence_id)
        screen.paint()
        screen.go_to_field(f"{row.id}/reservation")


class ReviewScreen(RowsScreen):
    """The findings about the agreement, by severity and kind. None of them blocks sending."""

    about = N_("What would trip the partners when they read. Enter goes to the field; nothing of it blocks anything.")

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Read over before sending")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do."""
        return [("↑↓", _("line")), (_("Enter"), _("go to the field")), (_("Esc"), _("back"))]

    def rows(self) -> Sequence[PageRow]:
        """Return the findings: the essential ones first, then advice, then wording; each kind with its reason."""
        workspace = self.workspace
        groups = grouped(review(workspace.guide, workspace.partnership, workspace.lang, workspace.public))
        rows = []
        for level in LEVELS:
            groups_of_level = [group for group in groups if group.level == level]
            if groups_of_level:
                count = sum(len(group.findings) for group in groups_of_level)
                rows += [PageRow(f"{level_title(level)} · {count}", "heading"), PageRow()]
            for group in groups_of_level:
                rows += [PageRow(finding.words, "", self._opener(finding)) for finding in group.findings]
                rows.append(PageRow(group.reason, "muted", indent=3))
            if groups_of_level:
                rows.append(PageRow())
        if not rows:
            return [PageRow(_("Nothing to say: this agreement reads well."), "done")]
        return [*rows, PageRow(_("None of this blocks anything: a draft can always be sent."), "muted")]

    def _opener(self, finding: Finding) -> Callable[[], None]:
        """Return what Enter does on a finding: go to its field."""
        return lambda: self.to_field(finding.question, finding.partner, finding.entry, finding.field)


def open_review(app: Host) -> None:
    """Show the review of the agreement."""
    if app.workspace is not None:
        app.push_screen(ReviewScreen(app.workspace))
