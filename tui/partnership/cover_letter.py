"""The letter that goes with a text: whom it greets, what changed, where things stand, what is asked by when."""

from __future__ import annotations

from collections.abc import Sequence

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.text.typography import typographic

# What is asked, as keys of the guide's set phrases: an answer to the text, to say that it came, that it was seen.
ANSWER, RECEIVED, SEEN = "letter_ask", "letter_ask_received", "letter_ask_seen"
_WHOLE_DAY_LENGTH = len("2026-11-22")
_AND = {"fr": " et ", "en": " and "}


@dataclass(frozen=True, slots=True)
class Letter:
    """The subject and the text of a cover letter, with the apostrophes of print, as the document that it goes with."""

    subject: str
    body: str

    def __post_init__(self) -> None:
        """Give it the apostrophes that every document has."""
        object.__setattr__(self, "subject", typographic(self.subject))
        object.__setattr__(self, "body", typographic(self.body))

    def signed(self, sender: str) -> Letter:
        """Return the letter with the name of who signs it in a line at its end; for "" the letter as it stands."""
        return Letter(self.subject, f"{self.body}\n{sender}\n") if sender else self


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter says of the text that it goes with.

    `kind`, `title` and `version` are those of the text (« Entente », its name, « ébauche 2 »); `draft` tells whether it
    is one, and `holes` whether anything in it is still to be specified. `people` are the names that the letter greets,
    `reason` says why it is sent, `sender` who signs it, each empty for none. `seen` is the version that these people
    were sent last, "" for none, and `changed` the headings of what changed since, None where that is not known.
    `adopted_on` and `answer_by` are ISO dates or "". `asked` is ANSWER, RECEIVED or SEEN; `part` are the lines of what
    else is asked of this partner alone.
    """

    kind: str
    title: str
    version: str
    draft: bool = True
    people: tuple[str, ...] = ()
    reason: str = ""
    seen: str = ""
    changed: tuple[str, ...] | None = None
    holes: bool = False
    adopted_on: str = ""
    answer_by: str = ""
    sender: str = ""
    asked: str = ANSWER
    part: tuple[str, ...] = ()


def letter(guide: Guide, lang: str, facts: LetterFacts) -> Letter:
    """Return the letter in `lang` ("fr" or "en"): what it goes with, what changed, what is asked and by when."""
    paragraphs = [greeting(guide, lang, facts.people)]
    attached = "letter_attached_statement" if facts.asked == SEEN else "letter_attached"
    paragraphs.append(guide.word(attached, lang, title=facts.title, version=facts.version))
    if facts.reason:
        paragraphs.append(guide.word("letter_reason", lang, reason=_ended(facts.reason)))
    paragraphs += [*_changes(guide, lang, facts), _standing(guide, lang, facts), _request(guide, lang, facts)]
    if facts.part:
        paragraphs.append("\n".join([guide.word("letter_part", lang), *(f"– {line}" for line in facts.part)]))
    paragraphs.append(guide.word("letter_bye", lang))
    if facts.sender:
        paragraphs.append(facts.sender)
    return Letter(_subject(guide, lang, facts), "\n\n".join(paragraphs) + "\n")


def _subject(guide: Guide, lang: str, facts: LetterFacts) -> str:
    """Return the kind, the title and the version; kind and version only where the title does not hold them already."""
    folded_title = fold(facts.title)
    version = "" if not facts.version or fold(facts.version) in folded_title else f" ({facts.version})"
    if not facts.kind or fold(facts.kind) in folded_title:
        return facts.title + version
    return guide.word("letter_subject", lang, kind=facts.kind, title=facts.title) + version


def greeting(guide: Guide, lang: str, people: Sequence[str]) -> str:
    """Return the first line of a letter in `lang`; it greets `people`, which are names, or nobody by name."""
    if not people:
        return guide.word("letter_hello", lang)
    *others, last = people
    names = _AND[lang].join(filter(None, (", ".join(others), last)))
    return guide.word("letter_hello_to", lang, names=names)


def _changes(guide: Guide, lang: str, facts: LetterFacts) -> list[str]:
    """Return the paragraph on what changed since the text they saw; [] where they saw none or it is not known."""
    if not facts.seen or facts.changed is None:
        return []
    if not facts.changed:
        return [guide.word("letter_unchanged", lang, version=facts.seen)]
    return [guide.word("letter_changed", lang, version=facts.seen, sections="; ".join(facts.changed))]


def _standing(guide: Guide, lang: str, facts: LetterFacts) -> str:
    """Return where things stand: nothing adopted yet, a change of what was adopted, or the adopted text itself.

    Of a draft with holes it also says how these are marked.
    """
    adopted = format_date(facts.adopted_on, lang) if facts.adopted_on else ""
    if not facts.draft:
        return guide.word("letter_adopted", lang, date=adopted) if adopted else guide.word("letter_adopted_text", lang)
    said = guide.word("letter_after_adoption", lang, date=adopted) if adopted else guide.word("letter_draft", lang)
    return f"{said} {guide.word('letter_holes', lang)}" if facts.holes else said


def _request(guide: Guide, lang: str, facts: LetterFacts) -> str:
    """Return what is asked, with the day by which where there is one; of an adopted text no answer, only a receipt."""
    request = guide.word(RECEIVED if facts.asked == ANSWER and not facts.draft else facts.asked, lang)
    if not facts.answer_by:
        return request + "."
    # A month or a year has no « le » before it.
    by = "letter_by" if len(facts.answer_by) >= _WHOLE_DAY_LENGTH else "letter_by_about"
    date = format_date(facts.answer_by, lang)
    return guide.word(by, lang, asked=request[:1].lower() + request[1:], date=date)


def _ended(text: str) -> str:
    """Return a text with a full stop at its end, unless a sentence ends there, within quotation marks or not."""
    return text if text.rstrip("»” \u00a0").endswith((".", "!", "?", "…")) else text + "."
