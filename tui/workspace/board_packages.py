"""The package for a partner's board: a page that explains, a resolution ready to be passed, and the text itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tui.agreement.blocks import Agreement
from tui.agreement.board_package import board_package
from tui.agreement.compose import Composer
from tui.export.formats import by_id, file_stem, plain_name, render
from tui.export.house_style import current_house_style
from tui.export.page_count import PageCount, count_pages
from tui.export.plain_text import to_text
from tui.export.word_height import estimate_word_pages
from tui.i18n import _
from tui.partnership.follow_up import language_of
from tui.partnership.partners import active, find_partner
from tui.partnership.positions import CONSENSUS
from tui.partnership.privacy import public_view
from tui.partnership.values import Change, Partnership, answer_id
from tui.partnership.versions import Version
from tui.workspace.cover_letters import kept_text
from tui.workspace.output_files import OutputFile, free_name, rendered_once
from tui.workspace.workspace import Workspace

LANGUAGES = ("fr", "en")
# The most lines that a list may have on the page (None: all), tried one after the other until the page is short enough.
_LONGEST = (None, 12, 6, 3, 1)
# The part of a page, as `estimate_word_pages` measures it, that LibreOffice fills at most: in our own look, and in an
# organisation's.
_FULL, _FULL_IN_A_HOUSE = 0.97, 0.88
_COLUMNS, _SURELY_ONE_PAGE = 80, 30  # up to 30 lines of 80 letters surely fit on one page


def texts_in_both(workspace: Workspace, partnership: Partnership) -> dict[str, Agreement]:
    """Return the text of `partnership` in French and in English, by "fr" and "en"."""
    composer = Composer(workspace.guide)
    return {lang: composer.agreement(partnership, lang, workspace.region) for lang in LANGUAGES}


def texts_for_board(workspace: Workspace, versions: Sequence[Version]) -> dict[str, Agreement]:
    """Return the text that a board is asked about, by language: of the last kept version, else today's."""
    todays = texts_in_both(workspace, workspace.partnership)
    if not versions:
        return todays
    return {lang: kept_text(versions[-1], lang) or todays[lang] for lang in LANGUAGES}


def package_of(
    workspace: Workspace, partnership: Partnership, texts: Mapping[str, Agreement], partner_id: str, lang: str = "",
    answer_by: str = "",
) -> Agreement | None:  # fmt: skip
    """Return the package for a partner's board, in `lang` or, for "", in the language that the partner is written to.

    `texts` are the text by language. None for a partner that may not be named yet, or that is not active.
    """
    lang = lang or language_of(partnership, partner_id, workspace.doc_lang)
    if partner_id not in {partner.id for partner in active(partnership)}:
        return None
    view = public_view(workspace.guide, partnership)
    return on_one_page(
        lambda longest, tight: board_package(
            workspace.guide, view, texts, partner_id, lang, answer_by, longest=longest, tight=tight
        )
    )


def on_one_page(package: Callable[[int | None, bool], Agreement | None]) -> Agreement | None:
    """Return the package with the longest lists with which its first part fits on one page; else with the shortest.

    `package` makes it for (the most lines of a list or None, whether smaller type is used).
    """
    text = package(None, False)
    for longest in _LONGEST:
        if text is None or page_length(text) <= 1:
            break
        text = package(longest, True)
    return text


def page_length(text: Agreement) -> int:
    """Return how many pages a package takes before its resolution, in Word or in the PDF, whichever is more.

    A text that is surely short is 1 without being rendered, unless an organisation's own look is used.
    """
    page = replace(text, sections=text.sections[:1], also=None)
    if current_house_style().reference is None and len(to_text(page, _COLUMNS).split("\n")) <= _SURELY_ONE_PAGE:
        return 1
    full = _FULL if current_house_style().reference is None else _FULL_IN_A_HOUSE
    in_word = math.ceil(estimate_word_pages(render(page, by_id("docx")).data) / full)
    return in_word if in_word > 1 else count_pages(page).pages


def package_files(
    workspace: Workspace, partnership: Partnership, texts: Mapping[str, Agreement], partners: Iterable[str],
    formats: Sequence[str], answer_by: str = "",
) -> dict[str, tuple[OutputFile, ...]]:  # fmt: skip
    """Return the files for each partner's board, one for each format, by partner id; none where there is no package."""
    files: dict[str, tuple[OutputFile, ...]] = {}
    used_names: set[str] = set()
    for partner_id in partners:
        text = package_of(workspace, partnership, texts, partner_id, answer_by=answer_by)
        partner = find_partner(partnership, partner_id)
        if text is None or partner is None:
            continue
        base = free_name(package_name(text, partner.short(text.lang)), used_names)
        pages = page_length(text)
        warning = PageCount(pages, exact=True).words if pages > 1 else ""  # it does not fit on one page
        label = " · ".join(filter(None, (partner.short(text.lang), warning)))
        files[partner_id] = tuple(_output_file(text, form, base, label) for form in formats)
    return files


def package_name(text: Agreement, name: str) -> str:
    """Return the name of a package's files without an ending: « une-porte-ebauche-3-fr-dossier-college »."""
    word = "dossier" if text.lang == "fr" else "board"
    partner_name = plain_name(name, 18) or ("partenaire" if text.lang == "fr" else "partner")
    return "-".join((file_stem(text), word, partner_name))


def _output_file(text: Agreement, form: str, base: str, name: str) -> OutputFile:
    kind = by_id(form)
    label = " · ".join((_("Board package"), kind.label, name))
    return OutputFile(base + kind.ending, label, rendered_once(lambda: render(text, kind)))


def asked_on_changes(partnership: Partnership, partners: Iterable[str], day: str) -> tuple[Change, ...]:
    """Return the changes that note the day on which each partner's board was asked, where none is noted yet."""
    changes = []
    for partner_id in partners:
        position_id = answer_id(CONSENSUS, (partner_id,))
        entry = partnership.entry(position_id)
        if entry is None or not entry.get("ratify_asked"):
            changes.append(Change(position_id, CONSENSUS, "ratify_asked", day, "", (partner_id,)))
    return tuple(changes)
