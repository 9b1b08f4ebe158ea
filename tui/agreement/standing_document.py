"""« Où nous en sommes »: objectives and commitments with what came of them, and the dates ahead, as one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Row, Run, Section, Table
from tui.agreement.compose import REGIONS, title
from tui.agreement.phrasing import DASH, Phrasing, line, origin
from tui.guide.guide_types import Guide
from tui.partnership.due import DueItem, due_words
from tui.partnership.outcomes import last_outcome, promises
from tui.partnership.values import Entry, Partnership
from tui.text.dates import format_date


def standing_document(
    guide: Guide, view: Partnership, items: Sequence[DueItem], day: str, lang: str, region: str = ""
) -> Agreement:
    """Return the page for the yearly meeting in `lang` ("fr" or "en"), as seen on an ISO day.

    `view` is the public view and `items` what is due without what is private: nothing private can be in it.
    """
    region = region or str(view.setting(f"region_{lang}", REGIONS[lang]))
    voice = Phrasing(guide, view, lang)
    heads = (("objectives", _objectives(voice)), ("commitments", _commitments(voice)), ("dates", _dates(voice, items)))
    shown = [(name, blocks) for name, blocks in heads if blocks]
    sections = tuple(
        Section(name, number, polished(voice.word(f"standing_{name}"), region), polished(blocks, region))
        for number, (name, blocks) in enumerate(shown, 1)
    )
    empty = Section("none", 1, polished(voice.word("standing"), region), (line(voice.word("standing_none")),))
    return Agreement(
        lang=lang,
        region=region,
        kind=polished(voice.word("standing"), region),
        title=polished(title(guide, view, lang), region),
        version="",
        date=format_date(day, lang),
        iso_date=day,
        partners=(),
        draft=False,
        sections=sections or (empty,),
        page_label=(voice.word("page"), voice.word("of_pages")),
    )


def _objectives(voice: Phrasing) -> tuple[Block, ...]:
    rows = tuple(
        _row(voice, row, (voice.text(row, "text"), voice.text(row, "indicator"), voice.shown(row, "due")))
        for row in promises(voice.view)
        if row.question == "gather.objectives" and voice.text(row, "text")
    )
    return _table(voice, ("objective", "indicator", "due", "standing_outcome"), rows, "standing_objectives")


def _commitments(voice: Phrasing) -> tuple[Block, ...]:
    rows = tuple(
        _row(voice, row, (voice.given_by(row), voice.text(row, "text"), voice.shown(row, "due")))
        for row in promises(voice.view)
        if row.question != "gather.objectives" and voice.text(row, "text") and voice.givers(row)
    )
    return _table(voice, ("partner", "standing_commitment", "due", "standing_outcome"), rows, "standing_commitments")


def _dates(voice: Phrasing, items: Sequence[DueItem]) -> tuple[Block, ...]:
    told = [(format_date(one.date, voice.lang), due_words(voice.guide, voice.view, one, voice.lang)) for one in items
            if one.date]  # fmt: skip
    rows = tuple(Row((_cell(date), _cell(words))) for date, words in told)
    return _table(voice, ("date", "standing_what"), rows, "standing_dates")


def _row(voice: Phrasing, row: Entry, texts: tuple[str, ...]) -> Row:
    return Row(tuple(map(_cell, (*texts, outcome_words(voice, row.id)))), origin(row, "text"))


def outcome_words(voice: Phrasing, about: str) -> str:
    """« tenu depuis octobre 2026, par un mot de Solange Viau : deux soirs »; "" where nothing was noted."""
    row = last_outcome(voice.view, about)
    if row is None:
        return ""
    return " ".join(_outcome(voice, row))


def _outcome(voice: Phrasing, row: Entry) -> Iterator[str]:
    since, by, text = voice.shown(row, "on"), voice.shown(row, "by"), voice.text(row, "text")
    said = [voice.shown(row, "state")]
    said += [voice.word("outcome_since", date=since)] if since else []
    said += [voice.word("outcome_by", name=by)] if by else []
    apart = " : " if voice.lang == "fr" else ": "
    yield ", ".join(said) + (apart + text if text else "")


def _cell(text: str) -> tuple[Run, ...]:
    return (Run(text or DASH),)


def _table(voice: Phrasing, heads: tuple[str, ...], rows: tuple[Row, ...], caption: str) -> tuple[Block, ...]:
    head = tuple((Run(voice.word(name)),) for name in heads)
    return (Table(head, rows, voice.word(caption)),) if rows else ()
