"""Two languages from one set of answers: which texts lack the second language yet, and which
changed since they were translated.

Headings, dates, amounts and choices are worded in both by the program; only what was typed takes a second text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide
from tui.i18n import _, ngettext
from tui.partnership.partners import WHO
from tui.partnership.positions import POSITIONS, digest
from tui.partnership.privacy import public_view
from tui.partnership.values import Change, Entry, Partnership

MISSING, STALE, DONE = "missing", "stale", "done"
# Questions that feed no section, and whose words the document says all the same: in its title and its headings.
_HEADING_QUESTIONS = frozenset({"extra.name", "extra.title", "extra.groups", "extra.order"})
LANGUAGE_NAMES = {"fr": "français", "en": "English"}  # each in its own language
# Beginnings of cells, with the id of a field behind: the language ("fr", "en") in which its text was negotiated, so
# that the other is the translation; and the digest of two texts that somebody read and found to say the same.
_NEGOTIATED = "#negotiated:"
_READ = "#read:"


@dataclass(frozen=True, slots=True)
class Pair:
    """One text of the document in both languages, "" where it has none in one.

    `state` is MISSING (it has one alone), STALE (the one written first changed after the other) or DONE; a name that is
    the same in both languages is DONE with one text.
    """

    entry: Entry
    field: Field
    texts: tuple[str, str]  # in French, in English
    state: str

    @property
    def partner(self) -> str:
        """The id of the partner whose text it is, the first of several; "" when it is the partnership's."""
        return (self.entry.givers or ("",))[0]

    def text(self, lang: str) -> str:
        """Return the text in one language ("fr", "en"), "" where it has none."""
        french, english = self.texts
        return english if lang == "en" else french


def pairs(guide: Guide, partnership: Partnership, view: Partnership | None = None) -> tuple[Pair, ...]:
    """Return the texts that the document says, in the order of the questions, each with its state; none is private.

    `view` is the partnership's public view where the caller has it already; None: it is made here.
    """
    view = view or public_view(guide, partnership)
    positions = {question_id: position for position, question_id in enumerate(guide.by_id)}
    in_document = (entry for entry in view.entries.values() if _is_in_document(guide, entry))
    entries = sorted(in_document, key=lambda entry: _sort_key(positions, entry))
    found = [pair for entry in entries for pair in _pairs_of(guide, entry)]
    first = source_language(found, str(partnership.setting("lang", "fr")))
    return tuple(Pair(pair.entry, pair.field, pair.texts, _state(pair, first)) for pair in found)


def _is_in_document(guide: Guide, entry: Entry) -> bool:
    """Return whether the document says something of an answer: it stands, is not private and feeds a section."""
    question = guide.by_id.get(entry.question)
    if question is None or question.private or entry.question in POSITIONS or not entry.stands:
        return False
    return bool(question.feeds or question.id in _HEADING_QUESTIONS or any(part.feeds for part in question.parts))


def _sort_key(positions: dict[str, int], entry: Entry) -> tuple[int, str, str, str]:
    return positions.get(entry.question, 0), entry.part, entry.order, entry.id


def _pairs_of(guide: Guide, entry: Entry) -> list[Pair]:
    """Return the translatable texts of an answer; the state of each is MISSING, for `pairs` to find out."""
    part = guide.question(entry.question).part(entry.part)
    made = []
    for field in part.fields if part is not None else ():
        texts = _text_in(entry, field, "fr"), _text_in(entry, field, "en")
        if field.translatable and not field.private and any(texts):
            made.append(Pair(entry, field, texts, MISSING))
    return made


def _text_in(entry: Entry, field: Field, lang: str) -> str:
    """Return the text in one language, "" for none: the other language does not stand in for it."""
    value = entry.get(f"{field.id}@{lang}")
    return value if isinstance(value, str) and value.strip() else ""


def source_language(found: Sequence[Pair], setting: str) -> str:
    """Return the language ("fr", "en") that is written first, of which the other is the translation.

    It is the one with more texts; of as many the one that was written first in more pairs; of as many again `setting`,
    the language of the document, and French where that is neither.
    """
    french, english = (sum(1 for pair in found if pair.text(lang)) for lang in ("fr", "en"))
    if french != english:
        return "fr" if french > english else "en"
    both = [(_rev(pair, "fr"), _rev(pair, "en")) for pair in found if all(pair.texts)]
    balance = sum(1 if in_french < in_english else -1 for in_french, in_english in both)
    if balance:
        return "fr" if balance > 0 else "en"
    return setting if setting in ("fr", "en") else "fr"


def typed_language(guide: Guide, partnership: Partnership, lang: str) -> str:
    """Return the language ("fr", "en") of what somebody types whose interface speaks `lang`.

    It is `lang` where the document is set to it or has a text in it; else the other, where the document has a text in
    that or is set to it; else `lang`. Names, which are the same in both, say nothing.
    """
    document_lang = str(partnership.setting("lang", ""))
    if document_lang == lang:
        return lang
    other = "en" if lang == "fr" else "fr"
    has_other = False
    for entry in partnership.entries.values():
        for pair in _pairs_of(guide, entry) if _is_in_document(guide, entry) else ():
            if pair.field.proper:  # a name is the same in both
                continue
            if pair.text(lang):
                return lang
            has_other = True
    return other if has_other or document_lang == other else lang


def _rev(pair: Pair, lang: str) -> int:
    """Return the revision at which the text in one language was set, 0 where it never was."""
    cell = pair.entry.cells.get(f"{pair.field.id}@{lang}")
    return 0 if cell is None else cell.rev


def _state(pair: Pair, first: str) -> str:
    """Return the state of a pair, as `Pair` says, where `first` is the language that is written first."""
    if not all(pair.texts):
        return DONE if pair.field.proper else MISSING
    if pair.entry.get(_READ + pair.field.id) == digest(pair.texts):
        return DONE
    return STALE if _rev(pair, first) > _rev(pair, "en" if first == "fr" else "fr") else DONE


def untranslated_words(guide: Guide, partnership: Partnership, languages: Sequence[str]) -> str:
    """Return in a sentence how many texts documents in these languages lack; "" where they lack none.

    Each of `languages` is that of a document: "fr", "en", or both in one, as "en+fr", where such a text is marked. A
    text that lacks one language counts once; names, which are the same in both, do not count.
    """
    needed = {lang for code in languages for lang in code.split("+")}
    typed = (pair for pair in pairs(guide, partnership) if not pair.field.proper)
    count = sum(any(not pair.text(lang) for lang in needed) for pair in typed)
    if not count:
        return ""
    marked = any("+" in code for code in languages)
    sentence = ngettext(
        "{n} text is not translated: it stands in the other language.",
        "{n} texts are not translated: they stand in the other language.",
        count,
    )
    if marked:
        sentence = ngettext(
            "{n} text is not translated: it stands in the other language, and is marked.",
            "{n} texts are not translated: they stand in the other language, and are marked.",
            count,
        )
    return sentence.format(n=count)


def translated(pair: Pair, lang: str, text: str) -> Change:
    """Return the change that sets a text in one language ("fr", "en"); "" as `text` takes it away."""
    entry = pair.entry
    return Change(entry.id, entry.question, f"{pair.field.id}@{lang}", text or None, entry.part, entry.subject)


def in_other_places(found: Iterable[Pair], pair: Pair, lang: str) -> list[Change]:
    """Return the changes that give the text of `pair` in `lang` to the same words elsewhere that have none in it yet.

    The same words are those of a field with the same id in `found`: what kind of help is given, how often a committee
    meets. No change where `pair` lacks one of its texts.
    """
    other_lang, text = ("en" if lang == "fr" else "fr"), pair.text(lang)
    if not text or not pair.text(other_lang):
        return []
    words = pair.text(other_lang)
    same = (other for other in found if other.field.id == pair.field.id and other.text(other_lang) == words)
    return [translated(other, lang, text) for other in same if not other.text(lang)]


def negotiated_language(entry: Entry, field: Field) -> str:
    """Return the language ("fr", "en") in which a text that stands in both was negotiated; "" while it stands in one.

    Where nobody said, it is the language of the text that was set first.
    """
    texts = {lang: _text_in(entry, field, lang) for lang in ("fr", "en")}
    if not field.translatable or not all(texts.values()):
        return ""
    said = entry.get(_NEGOTIATED + field.id)
    if said in texts:
        return str(said)
    revs = {lang: entry.cells[f"{field.id}@{lang}"].rev for lang in texts}
    return "en" if revs["en"] < revs["fr"] else "fr"


def other_wording(entry: Entry, field: Field, lang: str) -> str:
    """Return the text that is not in `lang`, behind its language: « English (traduction) : Care for … ».

    In parentheses stands, in the interface's language, whether this text was negotiated or is the translation. "" while
    the text stands in one language alone, and for a partner's names and roles, which nobody negotiates.
    """
    negotiated = negotiated_language(entry, field)
    if not negotiated or entry.question == WHO:
        return ""
    other = "en" if lang == "fr" else "fr"
    kind = _("negotiated") if other == negotiated else _("translation")
    return f"{LANGUAGE_NAMES[other]} ({kind})" + _(": ") + " ".join(entry.text(field.id, other).split())


def translation_begun(entry: Entry, field: Field, lang: str) -> tuple[Change, ...]:
    """Return the change that notes a text as negotiated in its one language, when it is to get the other, `lang`.

    Without it a word that is changed later would make the text that was negotiated look like the translation. () where
    the text has `lang` already or no other language, is not translatable, or the language is noted already.
    """
    other = "en" if lang == "fr" else "fr"
    is_settled = _text_in(entry, field, lang) or entry.get(_NEGOTIATED + field.id)
    if not field.translatable or is_settled or not _text_in(entry, field, other):
        return ()
    return (negotiated_in(entry, field, other),)


def negotiated_in(entry: Entry, field: Field, lang: str) -> Change:
    """Return the change that says in which language ("fr", "en") a text was negotiated."""
    return Change(entry.id, entry.question, _NEGOTIATED + field.id, lang, entry.part, entry.subject)


def read_again(pair: Pair) -> Change:
    """Return the change that notes that somebody read both texts, as they stand, and found that they say the same."""
    entry = pair.entry
    return Change(entry.id, entry.question, _READ + pair.field.id, digest(pair.texts), entry.part, entry.subject)


def bilingual(found: Sequence[Pair]) -> bool:
    """Return whether one text at least is written in both languages, partners' names and roles set aside."""
    return any(all(pair.texts) for pair in found if pair.entry.question != WHO)
