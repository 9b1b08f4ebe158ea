"""The files for partners' boards: for each a page, a resolution ready to be passed and the text they are about."""

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
from tui.workspace.output_files import OutputFile, free_name, made_once
from tui.workspace.workspace import Workspace

LANGUAGES = ("fr", "en")
_LONGEST = (None, 12, 6, 3, 1)  # lines of a list that the page still tells, tried one after the other
_FULL, _FULL_IN_A_HOUSE = 0.97, 0.88  # of a page as `estimate_word_pages` reckons it: LibreOffice sets no more on one
_COLUMNS, _SURELY_ONE_PAGE = 80, 30  # letters in a line of the page, lines (empty ones too) that fill no page


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
    return on_one_page(
        lambda longest, tight: board_package(
            workspace.guide, view, texts, partner_id, lang, answer_by, longest=longest, tight=tight
        )
    )


def on_one_page(package: Callable[[int | None, bool], Agreement | None]) -> Agreement | None:
    """Return the package of which the fewest lists are told by their length, so that its page is one page.

    Smaller type comes before that. `package` makes it of how long a list may be, and whether the page is tight.

    Where even the shortest takes more, it is that one. Writes the page out only where it is long enough to matter.
    """
    text = package(None, False)
    for longest in _LONGEST:
        if text is None or page_length(text) <= 1:
            break
        text = package(longest, True)
    return text


def page_length(text: Agreement) -> int:
    """Return how many pages a package takes before its resolution, in Word or in the PDF, whichever takes more.

    Without a look of the house it is 1 without a try for what is surely short.
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
    """Return the files for each partner's board, by its id, one a format; none for a partner without a name."""
    found: dict[str, tuple[OutputFile, ...]] = {}
    taken: set[str] = set()
    for name in partners:
        text = package_of(workspace, partnership, texts, name, answer_by=answer_by)
        known = find_partner(partnership, name)
        if text is None or known is None:
            continue
        base = free_name(package_name(text, known.short(text.lang)), taken)
        pages = page_length(text)
        long = PageCount(pages, exact=True).words if pages > 1 else ""  # the page could not be brought on one
        whom = " · ".join(filter(None, (known.short(text.lang), long)))
        found[name] = tuple(_sheet(text, form, base, whom) for form in formats)
    return found


def package_name(text: Agreement, name: str) -> str:
    """« une-porte-ebauche-3-fr-dossier-college »: the name of a package's files, without an ending."""
    word = "dossier" if text.lang == "fr" else "board"
    whom = plain_name(name, 18) or ("partenaire" if text.lang == "fr" else "partner")
    return "-".join((file_stem(text), word, whom))


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
