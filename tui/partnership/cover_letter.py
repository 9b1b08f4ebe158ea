"""Words the letter that accompanies a text: greeting, what changed, status of the text, what is asked by when."""

from __future__ import annotations

from collections.abc import Sequence

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.text.typography import curl_apostrophes

# What a letter asks for, as keys of set phrases: an answer to the text, to acknowledge receipt, to confirm reading it.
ANSWER, RECEIVED, SEEN = "letter_ask", "letter_ask_received", "letter_ask_seen"
_WHOLE_DAY_LENGTH = len("2026-11-22")
_AND = {"fr": " et ", "en": " and "}


@dataclass(frozen=True, slots=True)
class Letter:
    """The subject and the text of a letter, with typographic apostrophes."""

    subject: str
    body: str

    def __post_init__(self) -> None:
        """Replace typewriter apostrophes by typographic ones."""
        object.__setattr__(self, "subject", curl_apostrophes(self.subject))
        object.__setattr__(self, "body", curl_apostrophes(self.body))

    def signed(self, sender: str) -> Letter:
        """Return the letter with the sender's name in a last line; for "" the letter itself."""
        return Letter(self.subject, f"{self.body}\n{sender}\n") if sender else self


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter says about the text that it accompanies; texts are "" where there is nothing to say."""

    kind: str  # of document: « Entente »
    title: str
    version: str  # « ébauche 2 »
    draft: bool = True  # False for an adopted text
    people: tuple[str, ...] = ()  # the names that the letter greets
    reason: str = ""  # why it is sent
    seen: str = ""  # the version that these people were sent last
    changed: tuple[str, ...] | None = None  # the headings of the sections that changed since; None if unknown
    holes: bool = False  # whether the text still says « à préciser » somewhere
    adopted_on: str = ""  # ISO date
    consolidated: str = ""  # what is said of an adopted text into which an amendment was put, "" for any other
    answer_by: str = ""  # ISO date
    sender: str = ""
    asked: str = ANSWER  # ANSWER, RECEIVED or SEEN
    part: tuple[str, ...] = ()  # lines with further requests to this partner: its part in the agreement


def letter(guide: Guide, lang: str, facts: LetterFacts) -> Letter:
    """Return the letter in `lang` ("fr" or "en")."""
    paragraphs = [greeting(guide, lang, facts.people)]
    attached = "letter_attached_statement" if facts.asked == SEEN else "letter_attached"
    paragraphs.append(guide.word(attached, lang, title=facts.title, version=facts.version))
    if facts.reason:
        paragraphs.append(guide.word("letter_reason", lang, reason=_with_full_stop(facts.reason)))
    paragraphs += [*_changes(guide, lang, facts), _status_sentence(guide, lang, facts), _request(guide, lang, facts)]
    if facts.part:
        paragraphs.append("\n".join([guide.word("letter_part", lang), *(f"– {line}" for line in facts.part)]))
    paragraphs.append(guide.word("letter_bye", lang))
    if facts.sender:
        paragraphs.append(facts.sender)
    return Letter(_subject(guide, lang, facts), "\n\n".join(paragraphs) + "\n")


def _subject(guide: Guide, lang: str, facts: LetterFacts) -> str:
    """Return kind, title and version; kind and version are left out if the title contains them."""
    folded_title = fold(facts.title)
    version = "" if not facts.version or fold(facts.version) in folded_title else f" ({facts.version})"
    if not facts.kind or fold(facts.kind) in folded_title:
        return facts.title + version
    return guide.word("letter_subject", lang, kind=facts.kind, title=facts.title) + version


def greeting(guide: Guide, lang: str, people: Sequence[str]) -> str:
    """Return the first line of a letter in `lang`, which greets `people` (names), or nobody by name for ()."""
    if not people:
        return guide.word("letter_hello", lang)
    *others, last = people
    names = _AND[lang].join(filter(None, (", ".join(others), last)))
    return guide.word("letter_hello_to", lang, names=names)


def _changes(guide: Guide, lang: str, facts: LetterFacts) -> list[str]:
    """Return the paragraph on what changed since the text they saw; [] if they saw none, or it is unknown."""
    if not facts.seen or facts.changed is None:
        return []
    if not facts.changed:
        return [guide.word("letter_unchanged", lang, version=facts.seen)]
    return [guide.word("letter_changed", lang, version=facts.seen, sections="; ".join(facts.changed))]


def _status_sentence(guide: Guide, lang: str, facts: LetterFacts) -> str:
    """Return the status of the text: adopted, a change of an adopted text, or a draft; and how its holes are marked."""
    adopted = format_date(facts.adopted_on, lang) if facts.adopted_on else ""
    if not facts.draft and facts.consolidated:
        return facts.consolidated
    if not facts.draft:
        return guide.word("letter_adopted", lang, date=adopted) if adopted else guide.word("letter_adopted_text", lang)
    status = guide.word("letter_after_adoption", lang, date=adopted) if adopted else guide.word("letter_draft", lang)
    return f"{status} {guide.word('letter_holes', lang)}" if facts.holes else status


def _request(guide: Guide, lang: str, facts: LetterFacts) -> str:
    """Return what is asked, and by which day; for an adopted text a receipt is asked instead of an answer."""
    request = guide.word(RECEIVED if facts.asked == ANSWER and not facts.draft else facts.asked, lang)
    if not facts.answer_by:
        return request + "."
    # « d'ici le 3 mars », but « d'ici mars 2027 » for a month or a year.
    by = "letter_by" if len(facts.answer_by) >= _WHOLE_DAY_LENGTH else "letter_by_about"
    date = format_date(facts.answer_by, lang)
    return guide.word(by, lang, asked=request[:1].lower() + request[1:], date=date)


def _with_full_stop(text: str) -> str:
    """Return a text with a full stop at its end, unless it ends a sentence already, even within quotation marks."""
    return text if text.rstrip("»” \u00a0").endswith((".", "!", "?", "…")) else text + "."
