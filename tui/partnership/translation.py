"""Two languages from one set of answers: which texts have no second language yet, and which changed since they had.

Headings, dates, amounts and choices say themselves in both; only what was typed takes a second text.
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
_HEADS = frozenset(
    {"extra.name", "extra.title", "extra.groups", "extra.order"}
)  # said in the document, by no section of their own
LANGUAGE_NAMES = {"fr": "français", "en": "English"}  # each in its own words
_NEGOTIATED = "#negotiated:"  # the language ("fr", "en") in which a text was negotiated; the other is its translation
_READ = "#read:"  # the mark that two texts were read and say the same


@dataclass(frozen=True, slots=True)
class Pair:
    """One text of the document in both languages; `state` is MISSING, STALE (the first changed since) or DONE."""

    entry: Entry
    field: Field
    texts: tuple[str, str]  # in French, in English
    state: str

    @property
    def partner(self) -> str:
        """Whose text it is; "" when it is the partnership's."""
        return (self.entry.givers or ("",))[0]

    def text(self, lang: str) -> str:
        """Return the text in one language, "" where it has none."""
        return self.texts[lang == "en"]


def pairs(guide: Guide, partnership: Partnership, view: Partnership | None = None) -> tuple[Pair, ...]:
    """The texts that the document says, in the order of the questions, each with its state; none of them private.

    `view` is the partnership's public view, where it is kept.
    """
    view = view or public_view(guide, partnership)
    places = {name: at for at, name in enumerate(guide.by_id)}
    entries = sorted(
        (pair for pair in view.entries.values() if _told(guide, pair)), key=lambda item: _place(places, item)
    )
    found = [pair for entry in entries for pair in _of(guide, entry)]
    first = source_language(found, str(partnership.setting("lang", "fr")))
    return tuple(Pair(pair.entry, pair.field, pair.texts, _state(pair, first)) for pair in found)


def _told(guide: Guide, entry: Entry) -> bool:
    question = guide.by_id.get(entry.question)
    if question is None or question.private or entry.question in POSITIONS or not entry.stands:
        return False
    return bool(question.feeds or question.id in _HEADS or any(part.feeds for part in question.parts))


def _place(places: dict[str, int], entry: Entry) -> tuple[int, str, str, str]:
    return places.get(entry.question, 0), entry.part, entry.order, entry.id


def _of(guide: Guide, entry: Entry) -> list[Pair]:
    part = guide.question(entry.question).part(entry.part)
    made = []
    for field in part.fields if part is not None else ():
        texts = _only(entry, field, "fr"), _only(entry, field, "en")
        if field.translatable and not field.private and any(texts):
            made.append(Pair(entry, field, texts, MISSING))
    return made


def _only(entry: Entry, field: Field, lang: str) -> str:
    """Return the text in that very language: the other one does not stand in for it."""
    value = entry.get(f"{field.id}@{lang}")
    return value if isinstance(value, str) and value.strip() else ""


def source_language(found: Sequence[Pair], setting: str) -> str:
    """Return the language that is written first: the one with more texts, else the one whose texts are the older."""
    french, english = (sum(1 for pair in found if pair.texts[at]) for at in (0, 1))
    if french != english:
        return "fr" if french > english else "en"
    both = [(_rev(pair, "fr"), _rev(pair, "en")) for pair in found if all(pair.texts)]
    older = sum(1 if first < second else -1 for first, second in both)
    return "fr" if older > 0 else "en" if older < 0 else setting if setting in ("fr", "en") else "fr"


def typed_language(guide: Guide, partnership: Partnership, lang: str) -> str:
    """Return the language of what somebody types whose interface speaks `lang`: that of the document while it has one.

    A document whose texts are all in the other language is written on in it, until it is set to `lang` itself.
    """
    said = str(partnership.setting("lang", ""))
    if said == lang:
        return lang
    other = "en" if lang == "fr" else "fr"
    found = False
    for entry in partnership.entries.values():
        for pair in _of(guide, entry) if _told(guide, entry) else ():
            if pair.field.proper:  # a name is the same in both
                continue
            if pair.text(lang):
                return lang
            found = True
    return other if found or said == other else lang


def _rev(pair: Pair, lang: str) -> int:
    cell = pair.entry.cells.get(f"{pair.field.id}@{lang}")
    return 0 if cell is None else cell.rev


def _state(pair: Pair, first: str) -> str:
    if not all(pair.texts):
        return DONE if pair.field.proper else MISSING
    if pair.entry.get(_READ + pair.field.id) == digest(pair.texts):
        return DONE
    return STALE if _rev(pair, first) > _rev(pair, "en" if first == "fr" else "fr") else DONE


def untranslated_words(guide: Guide, partnership: Partnership, languages: Iterable[str]) -> str:
    """How many texts a document in these languages ("fr", "en+fr") lacks, in a sentence; "" where it lacks none."""
    needed = {lang for code in languages for lang in code.split("+")}
    found = (pair for pair in pairs(guide, partnership) if not pair.field.proper)
    count = sum(any(not pair.text(lang) for lang in needed) for pair in found)
    if not count:
        return ""
    marked = any("+" in code for code in languages)
    said = ngettext(
        "{n} text is not translated: it stands in the other language.",
        "{n} texts are not translated: they stand in the other language.",
        count,
    )
    if marked:
        said = ngettext(
            "{n} text is not translated: it stands in the other language, and is marked.",
            "{n} texts are not translated: they stand in the other language, and are marked.",
            count,
        )
    return said.format(n=count)


def translated(pair: Pair, lang: str, text: str) -> Change:
    """Return the change that gives a text its second language."""
    entry = pair.entry
    return Change(entry.id, entry.question, f"{pair.field.id}@{lang}", text or None, entry.part, entry.subject)


def in_other_places(found: Iterable[Pair], pair: Pair, lang: str) -> list[Change]:
    """The changes that give the text of `pair` in `lang` to the same words elsewhere, where they have none in it yet.

    The same words are those of a field of that name: what kind of help is given, how often a committee meets.
    """
    first, text = ("en" if lang == "fr" else "fr"), pair.text(lang)
    if not text or not pair.text(first):
        return []
    alike = (other for other in found if other.field.id == pair.field.id and other.text(first) == pair.text(first))
    return [translated(other, lang, text) for other in alike if not other.text(lang)]


def negotiated_language(entry: Entry, field: Field) -> str:
    """The language in which a text of both was negotiated; "" while it has one. Where nobody said, the older one is."""
    texts = {lang: _only(entry, field, lang) for lang in ("fr", "en")}
    if not field.translatable or not all(texts.values()):
        return ""
    said = entry.get(_NEGOTIATED + field.id)
    if said in texts:
        return str(said)
    revs = {lang: entry.cells[f"{field.id}@{lang}"].rev for lang in texts}
    return "en" if revs["en"] < revs["fr"] else "fr"


def other_wording(entry: Entry, field: Field, lang: str) -> str:
    """« English (traduction) : Care for … »: a text in its other language than `lang`; "" while it has one alone.

    It says, in the interface's language, which of the two was negotiated. A partner's names and roles are no sentence
    that anybody negotiates: of them it is "" too.
    """
    negotiated = negotiated_language(entry, field)
    if not negotiated or entry.question == WHO:
        return ""
    other = "en" if lang == "fr" else "fr"
    kind = _("negotiated") if other == negotiated else _("translation")
    return f"{LANGUAGE_NAMES[other]} ({kind})" + _(": ") + " ".join(entry.text(field.id, other).split())


def translation_begun(entry: Entry, field: Field, lang: str) -> tuple[Change, ...]:
    """The change that notes a text as negotiated in its one language, as it gets the other, `lang`; () elsewhere.

    Without it a word that is changed later would make the text that was negotiated look like the translation.
    """
    other = "en" if lang == "fr" else "fr"
    known = _only(entry, field, lang) or entry.get(_NEGOTIATED + field.id)
    if not field.translatable or known or not _only(entry, field, other):
        return ()
    return (negotiated_in(entry, field, other),)


def negotiated_in(entry: Entry, field: Field, lang: str) -> Change:
    """Return the change that says in which language ("fr", "en") a text was negotiated."""
    return Change(entry.id, entry.question, _NEGOTIATED + field.id, lang, entry.part, entry.subject)


def read_again(pair: Pair) -> Change:
    """Return the change that says that both texts, as they stand, say the same."""
    entry = pair.entry
    return Change(entry.id, entry.question, _READ + pair.field.id, digest(pair.texts), entry.part, entry.subject)


def bilingual(found: Sequence[Pair]) -> bool:
    """Return whether the partnership is written in both languages: one text that has both says so, names set aside."""
    return any(all(pair.texts) for pair in found if pair.entry.question != WHO)
