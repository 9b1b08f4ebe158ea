"""Minutes that came back corrected: which ones they are, and each difference decided, sentence by sentence."""

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
from tui.workspace.meeting_edits import Archive
from tui.workspace.minutes_edits import LANGUAGES, note_changes
from tui.workspace.minutes_mail import readers
from tui.workspace.returned_decisions import ReturnedReview, base_of, told_of
from tui.workspace.workspace import Workspace, current_moment

_LETTER = ("correct_intro", "correct_how", "letter_bye")  # what stands above the minutes in the mail


class ReturnedMinutes(ReturnedReview):
    """Corrected minutes at the open partnership.

    What has a field (a decision, a task, a point, the place) goes there; the rest becomes a dated note of the minutes,
    and so does everything once they are approved.
    """

    notes = True
    meeting: Entry

    def changes(self, difference: Difference) -> tuple[Change, ...] | None:
        """What accepting it would change; None where only a note can take it: approved minutes stay as they are."""
        known = self.workspace.partnership.entry(self.meeting.id) or self.meeting
        return None if known.get(APPROVED) else super().changes(difference)

    def accept_all(self) -> int:
        """Accept all that have a field; how many: none once the minutes are approved."""
        known = self.workspace.partnership.entry(self.meeting.id) or self.meeting
        return 0 if known.get(APPROVED) else super().accept_all()

    def make_article(self, difference: Difference) -> None:
        """Make a dated note of it, below the minutes, in the words of whoever sent it."""
        text = told_of(difference, _("somebody who was there"), _("{author} corrects: “{text}”"))
        self._decide(
            [difference], ARTICLE, note_changes(self.workspace, self.meeting, {f"text@{difference.ours.lang}": text})
        )


def minutes_answered(
    workspace: Workspace, store: Archive, returned: Returned, asked: Entry | None
) -> tuple[Entry, Agreement] | None:
    """Return the meeting whose minutes came back, and our text of them; None where it is no text of minutes.

    They are known by their first line, in either language: « Compte rendu de la rencontre du 25 novembre 2026 ». Of the
    meeting `asked`, whose minutes are on the page, a part of them is enough: its language is that of most of its words.
    """
    lines = [_words(line) for line in returned.raw] or [_words(line.text) for line in returned.lines]
    held = [asked] if asked is not None else held_meetings(workspace.partnership, current_moment()[:10])[::-1]
    past = store.history(workspace.partnership.id) if held else []
    for meeting in held:
        texts = []
        for lang in LANGUAGES:
            now = minutes(workspace.guide, workspace.partnership, past, meeting, lang, view=workspace.view)
            texts.append(mailed_minutes(meeting, lang) or now)
        found = [text for text in texts if _words(text.kind) in lines]
        if found or asked is not None:
            return meeting, found[0] if found else max(texts, key=lambda text: _in_common(text, lines))
    return None


def _in_common(text: Agreement, lines: Sequence[tuple[str, ...]]) -> int:
    """Return how many words of a text are in these lines."""
    said = Counter(word for line in lines for word in line)
    return (Counter(_words(to_text(text, None))) & said).total()


def review_returned(
    workspace: Workspace, store: Archive, versions: Sequence[Version], returned: Returned, raw: bytes,
    asked: Entry | None = None,
) -> tuple[MatchedText, Entry | None]:  # fmt: skip
    """Lay what came back beside what it answers: minutes, else a version or the present text of the agreement.

    `asked` is the meeting whose minutes it is known to answer. Return the differences, and the meeting where they are
    of minutes. Raises CannotRead where it answers none of them.
    """
    base, meeting = base_of(workspace.partnership, raw), None
    answered = minutes_answered(workspace, store, returned, asked)
    if answered is not None:
        meeting, text = answered
        base = base or text
        returned = replace(returned, raw=_without_our_letter(workspace, meeting, text, returned.raw))
    known = answered is not None
    laid = match_returned_text(workspace.guide, workspace.partnership, versions, returned, base, is_ours=known)
    return laid if answered is None or _is_whole(answered[1], returned) else _of_a_part(laid), meeting


def _is_whole(text: Agreement, returned: Returned) -> bool:
    """Return whether minutes came back from their title on, and not some sentences of them alone."""
    said = [*map(_words, returned.raw), *(_words(line.text) for line in returned.lines)]
    return _words(text.kind) in said


def _of_a_part(laid: MatchedText) -> MatchedText:
    """Return the differences of some sentences: what is not among them was not taken out."""
    kept = tuple(difference for difference in laid.differences if difference.kind != REMOVED or difference.author)
    return replace(laid, differences=kept)


def _words(text: str) -> tuple[str, ...]:
    """The words of a line as they are compared, without the sign of a quote: in text a title stands in capitals."""
    return tuple(word.casefold() for word in word_keys(raw_words(text)))


def _without_our_letter(workspace: Workspace, meeting: Entry, text: Agreement, raw: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of an answer without the words that we had written above the minutes ourselves."""
    title = _words(text.kind)
    at = next((at for at, line in enumerate(raw) if _words(line) == title), 0)
    said = [workspace.guide.word(name, text.lang) for name in _LETTER]
    said += [greeting(workspace.guide, text.lang, reader.names) for reader in readers(workspace, meeting)]
    ours = _words(" ".join(said))
    above = [line for line in raw[:at] if not is_quoted(line) and find_words(_words(line), ours) < 0]
    return (*above, *raw[at:])


def review_of(
    workspace: Workspace, laid: MatchedText, meeting: Entry | None, *, source: str = "", raw: bytes = b""
) -> ReturnedReview:
    """Return what decides the differences: those of minutes where a meeting is given, else those of the agreement."""
    if meeting is None:
        return ReturnedReview(workspace, laid, source=source, raw=raw)
    review = ReturnedMinutes(workspace, laid, source=source, raw=raw)
    review.meeting = meeting
    return review
