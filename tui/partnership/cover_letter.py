"""The letter that goes with a text: whom it greets, what changed, where things stand, what is asked by when."""

from __future__ import annotations

from collections.abc import Sequence

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.text.typography import typographic

# What is asked: an answer to the text, that it came, that it was seen.
ANSWER, RECEIVED, SEEN = "letter_ask", "letter_ask_received", "letter_ask_seen"
_WHOLE_DAY = len("2026-11-22")
_AND = {"fr": " et ", "en": " and "}


@dataclass(frozen=True, slots=True)
class Letter:
    """A cover letter in the language of whom it goes to, with the apostrophes of print, as the text it goes with."""

    subject: str
    body: str

    def __post_init__(self) -> None:
        """Give it the apostrophes that every document has."""
        object.__setattr__(self, "subject", typographic(self.subject))
        object.__setattr__(self, "body", typographic(self.body))

    def signed(self, sender: str) -> Letter:
        """Return the letter with who signs it at its foot, as it stands for ""."""
        return Letter(self.subject, f"{self.body}\n{sender}\n") if sender else self


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter says besides the text it carries.

    `people` are the names it greets, `seen` the version that they were sent last (« ébauche 2 »), `changed` the
    headings of what changed since, None where that is not known. `adopted_on` and `answer_by` are ISO dates or "";
    `holes` tells whether the text has any; `sender` is who signs; `asked` the key of the set phrase of what is asked;
    `part` are the lines of what else is asked of this partner alone.
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
    """Return the letter in `lang`, which asks one thing by one day."""
    said = [greeting(guide, lang, facts.people)]
    attached = "letter_attached_statement" if facts.asked == SEEN else "letter_attached"
    said.append(guide.word(attached, lang, title=facts.title, version=facts.version))
    if facts.reason:
        said.append(guide.word("letter_reason", lang, reason=_ended(facts.reason)))
    said += [*_changes(guide, lang, facts), _standing(guide, lang, facts), _asked(guide, lang, facts)]
    if facts.part:
        said.append("\n".join([guide.word("letter_part", lang), *(f"– {line}" for line in facts.part)]))
    said.append(guide.word("letter_bye", lang))
    if facts.sender:
        said.append(facts.sender)
    return Letter(_subject(guide, lang, facts), "\n\n".join(said) + "\n")


def _subject(guide: Guide, lang: str, facts: LetterFacts) -> str:
    """Kind, title and version, none of them said twice."""
    title = fold(facts.title)
    version = "" if not facts.version or fold(facts.version) in title else f" ({facts.version})"
    if not facts.kind or fold(facts.kind) in title:
        return facts.title + version
    return guide.word("letter_subject", lang, kind=facts.kind, title=facts.title) + version


def greeting(guide: Guide, lang: str, people: Sequence[str]) -> str:
    """Return the first line of a letter in `lang`: it greets these people by their names, where there are any."""
    if not people:
        return guide.word("letter_hello", lang)
    *others, last = people
    names = _AND[lang].join(filter(None, (", ".join(others), last)))
    return guide.word("letter_hello_to", lang, names=names)


def _changes(guide: Guide, lang: str, facts: LetterFacts) -> list[str]:
    """Return what changed since the text they saw; nothing for those who saw none."""
    if not facts.seen or facts.changed is None:
        return []
    if not facts.changed:
        return [guide.word("letter_unchanged", lang, version=facts.seen)]
    return [guide.word("letter_changed", lang, version=facts.seen, sections="; ".join(facts.changed))]


def _standing(guide: Guide, lang: str, facts: LetterFacts) -> str:
    """Return where things stand: nothing adopted yet, a change of what was adopted, or the adopted text itself."""
    adopted = format_date(facts.adopted_on, lang) if facts.adopted_on else ""
    if not facts.draft:
        return guide.word("letter_adopted", lang, date=adopted) if adopted else guide.word("letter_adopted_text", lang)
    said = guide.word("letter_after_adoption", lang, date=adopted) if adopted else guide.word("letter_draft", lang)
    return f"{said} {guide.word('letter_holes', lang)}" if facts.holes else said


def _asked(guide: Guide, lang: str, facts: LetterFacts) -> str:
    """Return the one thing asked, with the day by which."""
    asked = guide.word(RECEIVED if facts.asked == ANSWER and not facts.draft else facts.asked, lang)
    if not facts.answer_by:
        return asked + "."
    by = "letter_by" if len(facts.answer_by) >= _WHOLE_DAY else "letter_by_about"  # a month or a year has no « le »
    return guide.word(by, lang, asked=asked[:1].lower() + asked[1:], date=format_date(facts.answer_by, lang))


def _ended(text: str) -> str:
    return text if text.rstrip("»” \u00a0").endswith((".", "!", "?", "…")) else text + "."
