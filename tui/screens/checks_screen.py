"""Which text an answer was given on, the sentence it leaves out, and the review of the agreement."""

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
from tui.workspace.shared_answers import leave_out, saw, sentences

if TYPE_CHECKING:
    from tui.ui.host import Host


def _at_position(screen: WorkScreen) -> bool:
    """Return whether one stands at a partner's answer; else say what to do."""
    if screen.workspace.question.id not in POSITIONS or not screen.workspace.place.partner:
        screen.say(_("Stand on a partner's answer first (“Saying yes”)."))
        return False
    return True


async def text_answered(screen: WorkScreen) -> None:
    """Say which text the present partner answered on."""
    if not _at_position(screen):
        return
    workspace = screen.workspace
    known = versions_of(workspace, screen.app.store)
    choices = [Choice("today", _("Today's text, read together"))]
    choices += [Choice(version.id, name_of(version, workspace.lang)) for version in reversed(known)]

    name = short_name(workspace.partnership, workspace.place.partner, workspace.lang)
    title = _("Which text did {name} answer on?").format(name=name)
    chosen = await answer_to(Picker(title, choices))
    if chosen:
        saw(workspace, next((version for version in known if version.id == chosen), None))
        screen.paint()


async def leave_sentence_out(screen: WorkScreen) -> None:
    """« Sauf » : choose a sentence of the agreement that the present partner does not say yes to."""
    if not _at_position(screen):
        return
    workspace = screen.workspace
    choices = [Choice(name, words, about=words) for name, words in sentences(workspace)]
    if workspace.question.id != CONSENSUS or not choices:
        screen.say(_("There is no sentence to leave out yet."))
        return

    name = await answer_to(Picker(_("Yes, except on which sentence?"), choices))
    if name:
        row = leave_out(workspace, name)
        screen.paint()
        screen.stand(f"{row.id}/reservation")


class ReviewScreen(RowsScreen):
    """One question after the other, those of one kind together with their reason; nothing of it blocks anything."""

    about = N_("What would trip the partners when they read. Enter goes to the field; nothing of it blocks anything.")

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Read over before sending")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done here."""
        return [("↑↓", _("line")), (_("Enter"), _("go to the field")), (_("Esc"), _("back"))]

    def rows(self) -> Sequence[PageRow]:
        """Return the essential first, then the advice, then the wording."""
        workspace = self.workspace
        groups = grouped(review(workspace.guide, workspace.partnership, workspace.lang, workspace.public))
        rows = []
        for level in LEVELS:
            of_level = [group for group in groups if group.level == level]
            if of_level:
                count = sum(len(group.findings) for group in of_level)
                rows += [PageRow(f"{level_title(level)} · {count}", "heading"), PageRow()]
            for group in of_level:
                rows += [PageRow(finding.words, "", self._opener(finding)) for finding in group.findings]
                rows.append(PageRow(group.reason, "muted", indent=3))
            if of_level:
                rows.append(PageRow())
        if not rows:
            return [PageRow(_("Nothing to say: this agreement reads well."), "done")]
        return [*rows, PageRow(_("None of this blocks anything: a draft can always be sent."), "muted")]

    def _opener(self, finding: Finding) -> Callable[[], None]:
        return lambda: self.to_field(finding.question, finding.partner, finding.entry, finding.field)


def open_review(app: Host) -> None:
    """Read the agreement over."""
    if app.workspace is not None:
        app.push_screen(ReviewScreen(app.workspace))
