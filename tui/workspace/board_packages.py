"""The files for partners' boards: for each a page, a resolution ready to be passed and the text they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.agreement.blocks import Agreement
from tui.agreement.board_package import board_package
from tui.agreement.compose import Composer
from tui.export.formats import by_id, plain_name, render, stem
from tui.i18n import _
from tui.partnership.follow_up import language_of
from tui.partnership.partners import active, find_partner
from tui.partnership.positions import CONSENSUS
from tui.partnership.privacy import public_view
from tui.partnership.values import Change, Partnership, answer_id
from tui.partnership.versions import Version
from tui.workspace.cover_letters import kept_text
from tui.workspace.output_files import OutputFile, free_name, made_once
from tui.workspace.workspace import Workspace

LANGUAGES = ("fr", "en")


def texts_in_both(workspace: Workspace, partnership: Partnership) -> dict[str, Agreement]:
    """Return the text of `partnership` in French and in English, by "fr" and "en"."""
    composer = Composer(workspace.guide)
    return {lang: composer.agreement(partnership, lang, workspace.region) for lang in LANGUAGES}


def frozen_texts(workspace: Workspace, versions: Sequence[Version]) -> dict[str, Agreement]:
    """Return the text that a board is asked about: that of the last version kept, today's where none was."""
    now = texts_in_both(workspace, workspace.partnership)
    if not versions:
        return now
    return {lang: kept_text(versions[-1], lang) or now[lang] for lang in LANGUAGES}


def package_of(
    workspace: Workspace, partnership: Partnership, texts: Mapping[str, Agreement], partner_id: str, lang: str = "",
    answer_by: str = "",
) -> Agreement | None:  # fmt: skip
    """Return the package for a partner's board, in `lang`, else in the language the partner is written to in.

    None for a partner that the text may not name yet, or that takes no part.
    """
    lang = lang or language_of(partnership, partner_id, workspace.doc_lang)
    if partner_id not in {partner.id for partner in active(partnership)}:
        return None
    view = public_view(workspace.guide, partnership)
    return board_package(workspace.guide, view, texts, partner_id, lang, answer_by)


def package_files(
    workspace: Workspace, partnership: Partnership, texts: Mapping[str, Agreement], partners: Iterable[str],
    formats: Sequence[str], answer_by: str = "",
) -> dict[str, tuple[OutputFile, ...]]:  # fmt: skip
    """Return the files for each partner's board, by its id, one a format; none for a partner without a name."""
    found: dict[str, tuple[OutputFile, ...]] = {}
    taken: set[str] = set()
    for name in partners:
        text = package_of(workspace, partnership, texts, name, answer_by=answer_by)
        known = find_partner(partnership, name)
        if text is None or known is None:
            continue
        base = free_name(package_name(text, known.short(text.lang)), taken)
        found[name] = tuple(_sheet(text, form, base, known.short(text.lang)) for form in formats)
    return found


def package_name(text: Agreement, name: str) -> str:
    """« une-porte-ebauche-3-fr-dossier-college »: the name of a package's files, without an ending."""
    word = "dossier" if text.lang == "fr" else "board"
    whom = plain_name(name, 18) or ("partenaire" if text.lang == "fr" else "partner")
    return "-".join((stem(text), word, whom))


def _sheet(text: Agreement, form: str, base: str, name: str) -> OutputFile:
    kind = by_id(form)
    label = " · ".join((_("Board package"), kind.label, name))
    return OutputFile(base + kind.ending, label, made_once(lambda: render(text, kind)))


def asked_on(partnership: Partnership, partners: Iterable[str], day: str) -> tuple[Change, ...]:
    """Return the changes that note the day on which each partner's board was asked, where none is noted yet."""
    changes = []
    for name in partners:
        entry = partnership.entry(answer_id(CONSENSUS, (name,)))
        if entry is None or not entry.get("ratify_asked"):
            changes.append(Change(answer_id(CONSENSUS, (name,)), CONSENSUS, "ratify_asked", day, "", (name,)))
    return tuple(changes)
