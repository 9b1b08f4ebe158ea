"""What a form reads while other people look at it, as on a page projected at a meeting: only what is public."""

from __future__ import annotations

from tui.agreement.phrasing import Phrasing
from tui.form.form import FormContext
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.values import Entry
from tui.workspace.workspace import Workspace


class PublicContext(FormContext):
    """The context of a form that is shown to others: it reads the public view, and words it as the document does."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.guide, workspace.view, workspace.lang, typed_lang=workspace.typed_lang)
        self._phrasing = Phrasing(workspace.guide, workspace.view, workspace.lang)

    @property
    def nameless(self) -> str:
        """Return what a partner who may not be named is called."""
        return self._phrasing.word("an_organisation")

    def shows(self, field: Field) -> bool:
        """Return whether a field is public under all conditions; `without_leave` are fields that need a permission."""
        return super().shows(field) and not field.private and not field.without_leave

    def shows_part(self, question: Question, part: Part) -> bool:
        """Return whether a part's rows may be shown: the question that keeps them is public, or this one is private.

        A part may show rows that another question keeps.
        """
        return question.private or not self.guide.question(part.home(question.id)[0]).private

    def field_text(self, entry: Entry, field: Field) -> str:
        """Return the value as the document words it, which names nobody who may not be named yet."""
        return self._phrasing.in_words(entry, field.id)

    def parse_error(self, entry: Entry, field: Field) -> str:
        """Return "": others are not told which values were not understood."""
        return ""

    def other_wording(self, entry: Entry, field: Field) -> str:
        """Return "": the text in the other language may name somebody whom `field_text` leaves out."""
        return ""

    def language_note(self, entry: Entry, field: Field) -> str:
        """Return "": others type nothing here."""
        return ""
