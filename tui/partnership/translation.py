"""Finds the texts that are not translated yet, and those that changed since they were translated.

Headings, dates, amounts and choices are worded in both languages by the program; only typed texts need a translation.
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

MISSING, STALE, DONE = "missing", "stale", "done"  # the states of a Pair
# Questions that feed no section, but whose words the document prints in its title and headings.
_HEADING_QUESTIONS = frozenset({"extra.name", "extra.title", "extra.groups", "extra.order"})
LANGUAGE_NAMES = {"fr": "français", "en": "English"}  # each in its own language
# These begin the keys of two cells, followed by the id of a field: the language ("fr", "en") in which its text was
# negotiated, so that the other is the translation; and the digest of two texts that somebody found to say the same.
_NEGOTIATED = "#negotiated:"
_READ = "#read:"


@dataclass(frozen=True, slots=True)
class Pair:
    """One text of the document in both languages."""

    entry: Entry
    field: Field
    texts: tuple[str, str]  # (French, English), "" where there is none
    # MISSING: one text is ""; STALE: the text that is written first changed after the other; DONE: neither. A name that
    # is the same in both languages is DONE with one text.
    state: str

    @property
    def partner(self) -> str:
        """The id of the partner whose text it is, the first of several; "" when it is the partnership's."""
        return (self.entry.givers or ("",))[0]

    def text(self, lang: str) -> str:
        """Return the text in one language ("fr", "en"), "" for none."""
        french, english = self.texts
        return english if lang == "en" else french


def pairs(guide: Guide, partnership: Partnership, view: Partnership | None = None) -> tuple[Pair, ...]:
    """Return the texts that the document prints, in the order of the questions; none is private.

    `view` is the partnership's public view, made here if not given.
    """
    view = view or public_view(guide, partnership)
    positions = {question_id: position for position, question_id in enumerate(guide.by_id)}
    in_document = (entry for entry in view.entries.values() if _is_in_document(guide, entry))
    entries = sorted(in_document, key=lambda entry: _sort_key(positions, entry))
    all_pairs = [pair for entry in entries for pair in _pairs_of(guide, entry)]
    first = source_language(all_pairs, str(partnership.setting("lang", "fr")))
    return tuple(Pair(pair.entry, pair.field, pair.texts, _state(pair, first)) for pair in all_pairs)


def _is_in_document(guide: Guide, entry: Entry) -> bool:
    """Return whether the document prints an answer: it is not removed, not private, and feeds a section or heading."""
    question = guide.by_id.get(entry.question)
    if question is None or question.private or entry.question in POSITIONS or not entry.is_in_use:
        return False
    return bool(question.feeds or question.id in _HEADING_QUESTIONS or any(part.feeds for part in question.parts))


def _sort_key(positions: dict[str, int], entry: Entry) -> tuple[int, str, str, str]:
    return positions.get(entry.question, 0), entry.part, entry.order, entry.id


def _pairs_of(guide: Guide, entry: Entry) -> list[Pair]:
    """Return the translatable texts of an answer, each with the state MISSING; `pairs` sets the right state."""
    part = guide.question(entry.question).part(entry.part)
    entry_pairs = []
    for field in part.fields if part is not None else ():
        texts = _text_in(entry, field, "fr"), _text_in(entry, field, "en")
        if field.translatable and not field.private and any(texts):
            entry_pairs.append(Pair(entry, field, texts, MISSING))
    return entry_pairs


def _text_in(entry: Entry, field: Field, lang: str) -> str:
    """Return the text in one language, "" for none, even if there is one in the other language."""
    value = entry.get(f"{field.id}@{lang}")
    return value if isinstance(value, str) and value.strip() else ""


def source_language(pairs: Sequence[Pair], setting: str) -> str:
    """Return the language ("fr", "en") that is written first, so that the other is the translation.

    It is the language with more texts; if equal, the one that was written first in more pairs; if equal again,
    `setting`, the language of the document, or French if that is neither.
    """
    french, english = (sum(1 for pair in pairs if pair.text(lang)) for lang in ("fr", "en"))
    if french != english:
        return "fr" if french > english else "en"
    both = [(_rev(pair, "fr"), _rev(pair, "en")) for pair in pairs if all(pair.texts)]
    balance = sum(1 if french_rev < english_rev else -1 for french_rev, english_rev in both)
    if balance:
        return "fr" if balance > 0 else "en"
    return setting if setting in ("fr", "en") else "fr"


def typed_language(guide: Guide, partnership: Partnership, lang: str) -> str:
    """Return the language ("fr", "en") of what somebody types whose interface is in `lang`.

    It is `lang` if the document is set to it or has a text in it; else the other language if the document has a text in
    that or is set to it; else `lang`. Names do not count, since they are the same in both.
    """
    document_lang = str(partnership.setting("lang", ""))
    if document_lang == lang:
        return lang
    other = "en" if lang == "fr" else "fr"
    has_other = False
    for entry in partnership.entries.values():
        for pair in _pairs_of(guide, entry) if _is_in_document(guide, entry) else ():
            if pair.field.proper:
                continue
            if pair.text(lang):
                return lang
            has_other = True
    return other if has_other or document_lang == other else lang


def _rev(pair: Pair, lang: str) -> int:
    """Return the revision at which the text in one language was set, 0 if it never was."""
    cell = pair.entry.cells.get(f"{pair.field.id}@{lang}")
    return 0 if cell is None else cell.rev


def _state(pair: Pair, first: str) -> str:
    """Return the state of a pair (see `Pair.state`); `first` is the language that is written first."""
    if not all(pair.texts):
        return DONE if pair.field.proper else MISSING
    if pair.entry.get(_READ + pair.field.id) == digest(pair.texts):
        return DONE
    return STALE if _rev(pair, first) > _rev(pair, "en" if first == "fr" else "fr") else DONE


def untranslated_words(guide: Guide, partnership: Partnership, languages: Sequence[str]) -> str:
    """Return a sentence with the number of texts that documents in these languages lack; "" for none.

    Each of `languages` is that of a document: "fr", "en", or "en+fr" for a bilingual one, which marks such texts. A
    text that lacks one language counts once; names do not count, since they are the same in both.
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
    """Return the change that sets a text in one language ("fr", "en"), or removes it if `text` is ""."""
    entry = pair.entry
    return Change(entry.id, entry.question, f"{pair.field.id}@{lang}", text or None, entry.part, entry.subject)


def in_other_places(pairs: Iterable[Pair], pair: Pair, lang: str) -> list[Change]:
    """Return the changes that use the translation of `pair` into `lang` for equal texts that lack one.

    Texts are compared in the other language, within fields of the same id in `pairs`: how often a committee meets, say.
    No change if `pair` lacks one of its texts.
    """
    other_lang, text = ("en" if lang == "fr" else "fr"), pair.text(lang)
    if not text or not pair.text(other_lang):
        return []
    words = pair.text(other_lang)
    same = (other for other in pairs if other.field.id == pair.field.id and other.text(other_lang) == words)
    return [translated(other, lang, text) for other in same if not other.text(lang)]


def negotiated_language(entry: Entry, field: Field) -> str:
    """Return the language ("fr", "en") in which a text was negotiated; "" while it exists in one language only.

    Unless somebody noted it, it is the language of the text that was set first.
    """
    texts = {lang: _text_in(entry, field, lang) for lang in ("fr", "en")}
    if not field.translatable or not all(texts.values()):
        return ""
    noted = entry.get(_NEGOTIATED + field.id)
    if noted in texts:
        return str(noted)
    revs = {lang: entry.cells[f"{field.id}@{lang}"].rev for lang in texts}
    return "en" if revs["en"] < revs["fr"] else "fr"


def other_wording(entry: Entry, field: Field, lang: str) -> str:
    """Return the text in the language other than `lang` with a label: « English (traduction) : Care for … ».

    The label says, in the interface's language, whether that text was negotiated or is the translation. "" while the
    text exists in one language only, and for a partner's names and roles, which nobody negotiates.
    """
    negotiated = negotiated_language(entry, field)
    if not negotiated or entry.question == WHO:
        return ""
    other = "en" if lang == "fr" else "fr"
    kind = _("negotiated") if other == negotiated else _("translation")
    return f"{LANGUAGE_NAMES[other]} ({kind})" + _(": ") + " ".join(entry.text(field.id, other).split())


def translation_begun(entry: Entry, field: Field, lang: str) -> tuple[Change, ...]:
    """Return the change that notes in which language a text was negotiated, before it is translated into `lang`.

    Without it, a word changed later would make the negotiated text look like the translation. () if that is noted
    already, if the text is not translatable, exists in `lang` already, or in neither language.
    """
    other = "en" if lang == "fr" else "fr"
    is_settled = _text_in(entry, field, lang) or entry.get(_NEGOTIATED + field.id)
    if not field.translatable or is_settled or not _text_in(entry, field, other):
        return ()
    return (negotiated_in(entry, field, other),)


def negotiated_in(entry: Entry, field: Field, lang: str) -> Change:
    """Return the change that notes in which language ("fr", "en") a text was negotiated."""
    return Change(entry.id, entry.question, _NEGOTIATED + field.id, lang, entry.part, entry.subject)


def read_again(pair: Pair) -> Change:
    """Return the change that notes that somebody found both present texts to say the same."""
    entry = pair.entry
    return Change(entry.id, entry.question, _READ + pair.field.id, digest(pair.texts), entry.part, entry.subject)


def bilingual(pairs: Sequence[Pair]) -> bool:
    """Return whether at least one text, besides partners' names and roles, is written in both languages."""
    return any(all(pair.texts) for pair in pairs if pair.entry.question != WHO)
