"""A change to an adopted text as an amendment: its words, the texts that go with it, and its adoption.

A joinder is an amendment by which a partner joins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from tui.agreement.agreed_words import FRONT as FRONT_PART
from tui.agreement.agreed_words import PARTS
from tui.agreement.amendment import (
    ADDED,
    DELETED,
    FRONT,
    REPLACED,
    TITLE,
    ArticleChange,
    amendment_document,
    article_changes,
    consolidated_agreement,
)
from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, NotASnapshot, Paragraph, from_json, to_json
from tui.agreement.compose import Composer
from tui.agreement.joinder import SECTIONS_OF_PARTIES, joinder_document
from tui.agreement.phrasing import Phrasing
from tui.export.formats import Rendered, by_id, plain_name, render, stem_from_title
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.changes import apply
from tui.partnership.completion import answer_entry
from tui.partnership.cover_letter import Letter
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO, active, find_partner
from tui.partnership.values import SETTINGS, Change
from tui.partnership.versions import ADOPTED, ADOPTED_MARK, Version
from tui.workspace.adoption import AdoptionOptions, CannotAdopt
from tui.workspace.adoption_obstacles import obstacles
from tui.workspace.amendment_letter import amendment_letter
from tui.workspace.draft_sending import SendingStore, adopt
from tui.workspace.kept_versions import VersionStore, changes_between, text_of, versions_of
from tui.workspace.output_files import OutputFile, WrittenFiles, write
from tui.workspace.workspace import Workspace, current_moment

_FORMATS = ("docx", "pdf")
_LETTERS = {"fr": "lettre", "en": "letter"}  # in the name of the file
_PARTNER_LETTERS = 18  # at most, in the name of a file


@dataclass(frozen=True, slots=True)
class Amendment:
    """The amendment that today's text makes: its number, the version it changes, its effect (ISO day or "")."""

    number: int
    before: Version
    of_date: str  # ISO date of the agreement that is amended, the first of its versions
    effect_on: str = ""
    joinder: str = ""  # the id of the partner that joins by it, "" for a change of the text


def amendment_to_make(workspace: Workspace, store: VersionStore, effect_on: str, joinder: str) -> Amendment:
    """Return the amendment that would be adopted now, or the `joinder` of a partner (its id).

    Raises BadValue where nothing was adopted or nothing changed, and for a joinder where the partner signed already or
    may not be named, or where other articles changed too.
    """
    adopted = [version for version in versions_of(workspace, store) if version.status == ADOPTED]
    if not adopted:
        raise BadValue(_("No text is adopted yet: what changes is still the draft."))
    if workspace.adoption != "changed":
        raise BadValue(_("No word has changed since the adoption: there is nothing to amend."))
    if text_of(workspace, adopted[-1], workspace.doc_lang) is None:
        raise BadValue(_("The adopted text is not kept in this language, so that no amendment can be made of it."))
    # Back to the agreement that was amended first: only amendments that are no joinder are numbered.
    number, first = 1, adopted[-1]
    for version in reversed(adopted):
        first = version
        if not version.amendment:
            break
        if not version.amendment.get("joinder"):
            number += 1
    amendment = Amendment(number, adopted[-1], first.date, effect_on, joinder)
    if joinder:
        _require_possible_joinder(workspace, amendment)
    elif not changes_made(workspace, amendment):
        raise BadValue(_no_change_words(workspace, amendment))
    return amendment


def _no_change_words(workspace: Workspace, amendment: Amendment) -> str:
    """Return why no article of a changed text differs in the document's language."""
    is_french = workspace.doc_lang == "fr"
    others = _texts(workspace, amendment, "en" if is_french else "fr")
    if others is not None and article_changes(*others):
        words = _("No word of the {language} text has changed, only of the other: choose that language.")
        return words.format(language=_("French") if is_french else _("English"))
    return _("Only the order of the sections has changed, which no amendment tells: adopt the whole text anew.")


def _require_possible_joinder(workspace: Workspace, amendment: Amendment) -> None:
    """Raise BadValue if the partner may not be named, is a party already, or if other articles changed too."""
    partner = find_partner(workspace.view, amendment.joinder)
    name = partner.name(workspace.lang) if partner is not None else ""
    if not name:
        raise BadValue(_("This partner may not be named yet: it cannot join by its name."))
    if amendment.joinder in amendment.before.points:
        raise BadValue(_("{name} is a party to the adopted text already.").format(name=name))
    others = [
        article_change for article_change in changes_made(workspace, amendment) if not _names_parties(article_change)
    ]
    if others:
        listed = ", ".join(change_words(workspace, article_change) for article_change in others)
        raise BadValue(_("Other sections changed too, so that it takes an amendment: {list}").format(list=listed))


def _names_parties(article_change: ArticleChange) -> bool:
    """Return whether a joinder may change this article: it names a party, and its words on anything else stay."""
    if article_change.section_id != FRONT:
        return article_change.section_id in SECTIONS_OF_PARTIES
    before, after = (
        [block for block in section.blocks if not _is_of_parties(block)] if section is not None else []
        for section in (article_change.before, article_change.after)
    )
    return before == after


def _is_of_parties(block: Block) -> bool:
    """Return whether a block before the first section is a party clause, or a line around those (« ET : »)."""
    return isinstance(block, Paragraph) and (block.lead or block.origin.question == WHO)


def joiners(workspace: Workspace, store: VersionStore) -> tuple[tuple[str, str], ...]:
    """Return the id and the name of each partner that may join: named, and no party to the text adopted last."""
    adopted = [version for version in versions_of(workspace, store) if version.status == ADOPTED]
    points = adopted[-1].points if adopted else {}
    lang = workspace.lang
    return tuple(
        (partner.id, partner.name(lang))
        for partner in active(workspace.view)
        if partner.name(lang) and partner.id not in points
    )


def _texts(workspace: Workspace, amendment: Amendment, lang: str) -> tuple[Agreement, Agreement] | None:
    """Return the adopted text and today's; None where the adopted one is not kept in `lang`.

    Where the words before the sections are those that were adopted, of the same parties, they are given as adopted: a
    resolution that was noted since then stands in the clause of a party, and changes nothing. A title made of the
    partners' names stays as it was adopted too: who joins or leaves is said elsewhere.
    """
    before = text_of(workspace, amendment.before, lang)
    if before is None:
        return None
    after = _final_text(workspace, lang)
    if _parties(before) == _parties(after) and _has_adopted_front(workspace, lang):
        after = replace(after, kind=before.kind, title=before.title, preamble=before.preamble)
    own_name = answer_entry(workspace.view, "extra.name", ())
    if own_name is None or not own_name.text("name", lang):
        after = replace(after, title=before.title)
    return before, after


def _parties(agreement: Agreement) -> list[str]:
    """Return the ids of the partners of which a contract has a clause, in their order; who left has none any more."""
    return [
        block.origin.partner for block in agreement.preamble if isinstance(block, Paragraph) and _is_of_parties(block)
    ]


def _has_adopted_front(workspace: Workspace, lang: str) -> bool:
    """Return whether the words before the sections are those adopted last; False where no digest of them is kept."""
    mark = workspace.partnership.setting(ADOPTED_MARK)
    words = mark.get("words") if isinstance(mark, Mapping) else None
    recorded = words.get(PARTS) if isinstance(words, Mapping) else None
    parts = recorded.get(lang) if isinstance(recorded, Mapping) else None
    if not isinstance(parts, Mapping):
        return False
    present = Composer(workspace.guide).words(workspace.partnership, final=True)[PARTS]
    return isinstance(present, Mapping) and present[lang].get(FRONT_PART) == parts.get(FRONT_PART)


def _final_text(workspace: Workspace, lang: str) -> Agreement:
    """Return today's text as an adopted one reads, without the line that tells of the adoption before."""
    unmarked = (Change(SETTINGS, SETTINGS, ADOPTED_MARK, None),)
    partnership = apply(workspace.partnership, unmarked, by="", at=current_moment()).partnership
    return Composer(workspace.guide).agreement(partnership, lang, workspace.region, final=True)


def changes_made(workspace: Workspace, amendment: Amendment) -> tuple[ArticleChange, ...]:
    """Return what the amendment does to each article, in the document's language."""
    texts = _texts(workspace, amendment, workspace.doc_lang)
    return article_changes(*texts) if texts is not None else ()


def change_words(workspace: Workspace, article_change: ArticleChange) -> str:
    """Return « Section 7, Engagements de chacun : remplacée » in the interface's language."""
    if article_change.section_id == TITLE:
        return _("Title: replaced")
    if article_change.section_id == FRONT:
        front_words = {
            REPLACED: _("Text before section 1: replaced"),
            ADDED: _("Text before section 1: added"),
            DELETED: _("Text before section 1: deleted"),
        }
        return front_words[article_change.kind]
    section = article_change.after or article_change.before
    heading = section.heading if section is not None else ""
    words = {
        REPLACED: _("Section {number}, {heading}: replaced"),
        ADDED: _("Section {number}, {heading}: added"),
        DELETED: _("Section {number}, {heading}: deleted"),
    }
    return words[article_change.kind].format(number=article_change.label, heading=heading)


def amendment_text(workspace: Workspace, amendment: Amendment, lang: str, *, adopted: bool = False) -> Agreement | None:
    """Return the amendment in `lang`, `adopted` or as proposed; None where the adopted text is not kept in it."""
    texts = _texts(workspace, amendment, lang)
    if texts is None:
        return None
    if amendment.joinder:
        return joinder_document(workspace.guide, workspace.view, texts[1], amendment.joinder, of_date=amendment.of_date,
                                effect_on=amendment.effect_on, adopted=adopted)  # fmt: skip
    kind = _kind_in_words(workspace.guide, texts[0])
    return amendment_document(workspace.guide, *texts, kind=kind, number=amendment.number, of_date=amendment.of_date,
                              effect_on=amendment.effect_on, adopted=adopted)  # fmt: skip


def _kind_in_words(guide: Guide, agreement: Agreement) -> str:
    """Return the code of the kind that a kept text says it is: "agreement"; "own" for words of one's own."""
    for code in guide.choices["document_kind"]:
        if polished(guide.choice("document_kind", code, agreement.lang), agreement.region) == agreement.kind:
            return code
    return "own"


def consolidated_text(workspace: Workspace, amendment: Amendment, lang: str) -> Agreement:
    """Return the whole text as the amendment leaves it, said to be without official value."""
    joined = Phrasing(workspace.guide, workspace.view, lang).name(amendment.joinder) if amendment.joinder else ""
    return consolidated_agreement(
        workspace.guide, _final_text(workspace, lang), amendment.number, amendment.effect_on, joined
    )


def letter_of(workspace: Workspace, amendment: Amendment, lang: str, sender: str = "") -> Letter | None:
    """Return the letter that goes with it, with the words before and after; None without the adopted text in `lang`.

    `sender` is who signs it, "" for nobody.
    """
    texts, document = _texts(workspace, amendment, lang), amendment_text(workspace, amendment, lang)
    if texts is None or document is None:
        return None
    letter = amendment_letter(
        workspace.guide, document, *texts, effect_on=amendment.effect_on, joinder=bool(amendment.joinder)
    )
    return letter.signed(sender)


def amendment_files(workspace: Workspace, amendment: Amendment, sender: str = "") -> tuple[OutputFile, ...]:
    """Return the amendment, the consolidated text, and the text before and after, as Word and PDF, and the letter.

    `sender` is who signs the letter, "" for nobody.
    """
    lang = workspace.doc_lang
    own_text = amendment_text(workspace, amendment, lang)
    whole = consolidated_text(workspace, amendment, lang)
    compared = changes_between(workspace, amendment.before, None, lang)
    own_words = file_words(workspace, amendment.number, amendment.joinder, lang)
    beside = {"fr": ("texte-consolide", "avant-apres"), "en": ("consolidated", "before-after")}[lang]
    words_of_files = [own_words, *((word, *own_words[1:]) for word in beside)]
    files = []
    for words, text in zip(words_of_files, (own_text, whole, compared), strict=True):
        for kind in map(by_id, _FORMATS):
            if text is not None:
                file = stem_from_title(whole.title, *words, lang) + kind.ending
                files.append(OutputFile(file, kind.label, partial(render, text, kind)))
    letter = letter_of(workspace, amendment, lang, sender)
    if letter is not None:
        data = f"{letter.subject}\n\n{letter.body}".encode()
        name = stem_from_title(whole.title, _LETTERS[lang], *own_words, lang) + ".txt"
        files.append(OutputFile(name, _("Letter"), partial(Rendered, data)))
    return tuple(files)


def file_words(workspace: Workspace, number: int, joinder: str, lang: str) -> tuple[str, str]:
    """Return what tells the files of an amendment apart: « avenant », « 2 »; « adhesion », « le-nid » of a joinder.

    `joinder` is the id of the partner that joins by it, "" for none. Joinders bear no number, so the name tells them.
    """
    if not joinder:
        return ("avenant" if lang == "fr" else "amendment"), str(number)
    partner = find_partner(workspace.view, joinder)
    name = plain_name(partner.short(lang), _PARTNER_LETTERS) if partner is not None else ""
    return ("adhesion" if lang == "fr" else "joinder"), name


def write_amendment(workspace: Workspace, amendment: Amendment, folder: Path, sender: str = "") -> WrittenFiles:
    """Write the files of `amendment_files`. OSError or CannotExport when one cannot be written: then none is there."""
    return write(folder, amendment_files(workspace, amendment, sender))


def adopt_amendment(
    workspace: Workspace, store: SendingStore, amendment: Amendment, options: AdoptionOptions
) -> Version:
    """Keep today's text as the consolidated one and the amendment with it, to be signed; return its version.

    Raises CannotAdopt when something stands in the way and no reason is given, OSError and StoreError as `adopt` does.
    """
    in_the_way = obstacles(workspace)
    if in_the_way and not options.reason.strip():
        raise CannotAdopt(in_the_way)
    texts = {lang: amendment_text(workspace, amendment, lang, adopted=True) for lang in ("fr", "en")}
    facts = {
        **({"joinder": amendment.joinder} if amendment.joinder else {}),
        "number": amendment.number - (1 if amendment.joinder else 0),  # a joinder takes no number of its own
        "effect": amendment.effect_on,
        "of": amendment.of_date,
        "snapshots": {lang: to_json(text) for lang, text in texts.items() if text is not None},
    }
    return adopt(
        workspace, store, resolution=options.resolution, file=options.file, reason=options.reason, day=options.day,
        amendment=facts,
    )  # fmt: skip


def adopted_words(amendment: Amendment) -> str:
    """Return the sentence that says that an amendment or a joinder is adopted, and what comes next."""
    if amendment.joinder:
        return _("The joinder is adopted: gather its signatures.")
    return _("The amendment is adopted: gather its signatures.")


def text_to_sign(workspace: Workspace, version: Version, lang: str) -> Agreement | None:
    """Return what is signed of a version in `lang`: the amendment where it is one, else its text; None for neither."""
    if not version.amendment:
        return text_of(workspace, version, lang)
    raw = version.amendment.get("snapshots", {}).get(lang)
    try:
        return from_json(raw) if raw is not None else None
    except NotASnapshot:
        return None
