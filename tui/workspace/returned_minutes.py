"""Minutes that came back corrected: finds which meeting's they are, and lets each difference be decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tui.agreement.blocks import Agreement
from tui.agreement.kept_minutes import mailed_minutes
from tui.agreement.minutes import minutes
from tui.comparison.returned_diff import REMOVED, Difference
from tui.comparison.returned_lines import Returned
from tui.comparison.returned_match import MatchedText, match_returned_text
from tui.comparison.returned_text import is_quoted, raw_words
from tui.export.plain_text import to_text
from tui.i18n import _
from tui.partnership.agendas import held_meetings
from tui.partnership.cover_letter import greeting
from tui.partnership.meetings import APPROVED
from tui.partnership.received_answers import ARTICLE
from tui.partnership.values import Change, Entry
from tui.partnership.versions import Version
from tui.text.word_diff import find_words, word_keys
from tui.workspace.meeting_edits import HistoryStore
from tui.workspace.minutes_edits import LANGUAGES, note_changes
from tui.workspace.minutes_mail import readers
from tui.workspace.returned_decisions import ReturnedReview, base_of, difference_words
from tui.workspace.workspace import Workspace, current_moment

_LETTER = ("correct_intro", "correct_how", "letter_bye")  # the guide's phrases that the mail has above the minutes


class ReturnedMinutes(ReturnedReview):
    """Corrected minutes being decided, difference by difference.

    A difference in a decision, a task, a point or the place goes into its field; any other becomes a dated note below
    the minutes. Once the minutes are approved, everything becomes a note.
    """

    notes = True
    meeting: Entry

    def changes(self, difference: Difference) -> tuple[Change, ...] | None:
        """Return what accepting a difference changes; None where only a note can take it, as in approved minutes."""
        meeting = self.workspace.partnership.entry(self.meeting.id) or self.meeting
        return None if meeting.get(APPROVED) else super().changes(difference)

    def accept_all(self) -> int:
        """Accept all open differences that a field takes and return how many; 0 once the minutes are approved."""
        meeting = self.workspace.partnership.entry(self.meeting.id) or self.meeting
        return 0 if meeting.get(APPROVED) else super().accept_all()

    def make_article(self, difference: Difference) -> None:
        """Decide that a difference becomes a dated note below the minutes, in the words of its author."""
        text = difference_words(difference, _("somebody who was there"), _("{author} corrects: “{text}”"))
        self._decide(
            [difference], ARTICLE, note_changes(self.workspace, self.meeting, {f"text@{difference.ours.lang}": text})
        )


def minutes_answered(
    workspace: Workspace, store: HistoryStore, returned: Returned, asked_meeting: Entry | None
) -> tuple[Entry, Agreement] | None:
    """Return (the meeting whose minutes came back, our text of them); None where the text is no minutes.

    They are recognised by their title, in either language: « Compte rendu de la rencontre du 25 novembre 2026 ». With
    `asked_meeting`, the meeting whose page is open, a part of its minutes is enough; our text is then the French or
    the English one, whichever shares most words with it.
    """
    lines = [_words(line) for line in returned.raw] or [_words(line.text) for line in returned.lines]
    held = (
        [asked_meeting]
        if asked_meeting is not None
        else held_meetings(workspace.partnership, current_moment()[:10])[::-1]
    )
    past = store.history(workspace.partnership.id) if held else []
    for meeting in held:
        texts = []
        for lang in LANGUAGES:
            present = minutes(workspace.guide, workspace.partnership, past, meeting, lang, view=workspace.view)
            texts.append(mailed_minutes(meeting, lang) or present)
        with_title = [text for text in texts if _words(text.kind) in lines]
        if with_title:
            return meeting, with_title[0]
        if asked_meeting is not None:
            return meeting, max(texts, key=lambda text: _words_in_common(text, lines))
    return None


def _words_in_common(text: Agreement, lines: Sequence[tuple[str, ...]]) -> int:
    """Return how many words of a text are in these lines."""
    words = Counter(word for line in lines for word in line)
    return (Counter(_words(to_text(text, None))) & words).total()


def review_returned(
    workspace: Workspace, store: HistoryStore, versions: Sequence[Version], returned: Returned, raw: bytes,
    asked_meeting: Entry | None = None,
) -> tuple[MatchedText, Entry | None]:  # fmt: skip
    """Match what came back to the text that it answers: minutes, else a version or the present text of the agreement.

    Return (the differences, the meeting whose minutes they are of or None). `raw` are the bytes of the file.
    `asked_meeting` is the meeting whose minutes the file is known to answer, None where that is not known. Raises
    CannotRead where it answers no text of ours.
    """
    base = base_of(workspace.partnership, raw)
    texts = (returned, *returned.others)  # of a mail, whose first attached file may be another
    answers = ((text, minutes_answered(workspace, store, text, asked_meeting)) for text in texts)
    minutes_text, answered = next((answer for answer in answers if answer[1] is not None), (returned, None))
    if answered is None:
        return match_returned_text(
            workspace.guide, workspace.partnership, versions, returned, base, is_ours=False
        ), None
    meeting, text = answered
    raw_lines = _without_our_letter(workspace, meeting, text, minutes_text.raw)
    returned = replace(minutes_text, raw=raw_lines, others=(), letter=returned.letter, refused=returned.refused)
    matched_text = match_returned_text(
        workspace.guide, workspace.partnership, versions, returned, base or text, is_ours=True
    )
    return matched_text if _is_whole(text, returned) else _without_unmarked_removals(matched_text), meeting


def _is_whole(text: Agreement, returned: Returned) -> bool:
    """Return whether minutes came back with their title, and not only some of their sentences."""
    lines = [*map(_words, returned.raw), *(_words(line.text) for line in returned.lines)]
    return _words(text.kind) in lines


def _without_unmarked_removals(matched_text: MatchedText) -> MatchedText:
    """Return the differences without removals that nobody marked: sentences that did not come back were not removed."""
    marked = tuple(
        difference for difference in matched_text.differences if difference.kind != REMOVED or difference.author
    )
    return replace(matched_text, differences=marked)


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a line in small letters, without the sign of a quote: in text a title stands in capitals."""
    return tuple(word.casefold() for word in word_keys(raw_words(text)))


def _without_our_letter(workspace: Workspace, meeting: Entry, text: Agreement, raw: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of an answer without those above the minutes that are quoted, or are words of our own mail."""
    title = _words(text.kind)
    title_line = next((number for number, line in enumerate(raw) if _words(line) == title), 0)
    mail_texts = [workspace.guide.word(name, text.lang) for name in _LETTER]
    mail_texts += [greeting(workspace.guide, text.lang, reader.names) for reader in readers(workspace, meeting)]
    mail_words = _words(" ".join(mail_texts))
    above = [line for line in raw[:title_line] if not is_quoted(line) and find_words(_words(line), mail_words) < 0]
    return (*above, *raw[title_line:])


def review_of(
    workspace: Workspace, matched_text: MatchedText, meeting: Entry | None, *, source: str = "", raw: bytes = b""
) -> ReturnedReview:
    """Return the review of a returned text: of minutes where a meeting is given, else of the agreement."""
    if meeting is None:
        return ReturnedReview(workspace, matched_text, source=source, raw=raw)
    review = ReturnedMinutes(workspace, matched_text, source=source, raw=raw)
    review.meeting = meeting
    return review
