"""The life of a sentence (written, reworded, asked about, said yes to …) in words, for page, line mode and command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from tui.agreement.blocks import Section, entries_of
from tui.form.form import first_field, main_field
from tui.form.form_words import short_name
from tui.guide.guide_types import Field, Guide
from tui.i18n import _, ngettext
from tui.partnership.decisions import number_of
from tui.partnership.received_answers import source_words
from tui.partnership.rounds import answers_to
from tui.partnership.sentence_life import (
    ADOPTION,
    ASKED,
    DECIDED,
    DRAFT,
    NOT_YET,
    OUTCOME,
    RECEIVED_AS,
    REWORDED,
    SET_ASIDE,
    TRANSLATED,
    WRITTEN,
    YESES,
    LifeStep,
    public_part,
    sentence_life,
)
from tui.partnership.translation import LANGUAGE_NAMES, negotiated_language
from tui.partnership.values import Entry, HistoryEntry
from tui.text.dates import format_date, format_day_and_time
from tui.workspace.cover_letters import kept_text
from tui.workspace.kept_versions import VersionStore, name_of, versions_of
from tui.workspace.workspace import Workspace


class LifeStore(VersionStore, Protocol):
    """What the life of a sentence needs of a store: the history of an entry, and the versions."""

    def history(self, partnership_id: str, *, entry: str = "") -> Sequence[HistoryEntry]: ...


class SentenceLife:
    """The life of one sentence: `field` holds its words, in the row `entry`."""

    def __init__(self, workspace: Workspace, store: LifeStore, entry: Entry, field: Field) -> None:
        self._workspace, self._field = workspace, field
        self.entry = workspace.partnership.entry(entry.id) or entry
        self._versions = versions_of(workspace, store)
        past = store.history(workspace.partnership.id, entry=entry.id)
        cells = tuple(dict.fromkeys(field.cell(lang) for lang in (workspace.lang, "fr", "en")))
        self._steps = sentence_life(
            workspace.partnership, workspace.public, self.entry, cells, past, self._versions,
            negotiated_language(self.entry, field),
        )  # fmt: skip

    def sentence_and_steps(self, *, for_all: bool) -> tuple[str, tuple[LifeStep, ...]]:
        """Return (the present sentence in one line, its steps); with `for_all` only what is public of both."""
        entry = self._workspace.view.entry(self.entry.id) if for_all else self.entry
        text = entry.text(self._field.id, self._workspace.lang) if entry is not None else ""
        return " ".join(text.split()), public_part(self._steps) if for_all else self._steps

    def words(self, step: LifeStep) -> str:
        """Return one step in a line, without its date."""
        workspace, text = self._workspace, " ".join(step.text.split())
        if step.kind in (WRITTEN, REWORDED, TRANSLATED, SET_ASIDE):
            words = {
                TRANSLATED: _("Translated: “{text}”"),
                WRITTEN: _("Written: “{text}”"),
                REWORDED: _("Worded anew: “{text}”"),
                SET_ASIDE: _("Wording set aside: “{text}”"),
            }[step.kind].format(text=text)
            kind = _("negotiated") if step.lang and step.kind != TRANSLATED else ""
            remark = ", ".join(filter(None, (LANGUAGE_NAMES.get(step.lang), kind, step.by)))
            return f"{words} ({remark})" if remark else words
        if step.kind in (DRAFT, ADOPTION):
            return self._version_words(step)
        names = ", ".join(short_name(workspace.partnership, partner, workspace.lang) for partner in step.partners)
        if step.kind == YESES:
            yeses = ngettext("{n} yes to these words", "{n} yeses to these words", step.count).format(n=step.count)
            return _(": ").join(filter(None, (yeses, names)))
        if step.kind == NOT_YET:
            return _("Not said yes to these words: {names}").format(names=names)
        return self._row_words(step, names)

    def date(self, step: LifeStep) -> str:
        """Return when a step took place, in words; "" where it is not known."""
        lang = self._workspace.lang
        has_time = len(step.at) > len("2026-11-22")
        if has_time:
            return format_day_and_time(step.at, lang)
        return format_date(step.at, lang) if step.at else ""

    def _version_words(self, step: LifeStep) -> str:
        """Return the name of the version of a step, with the section that the sentence had in it."""
        version = next(version for version in self._versions if version.id == step.version)
        text = kept_text(version, self._workspace.doc_lang)
        sections = text.sections if text is not None else ()
        number = next((section.label for section in sections if self.entry.id in entries_of(section)), "")
        name = name_of(version, self._workspace.lang)
        return _("{version}, section {number}").format(version=name, number=number) if number else name

    def _row_words(self, step: LifeStep, names: str) -> str:
        """Return a step that a row tells of: a decision, a question asked, a received answer, an outcome."""
        workspace = self._workspace
        row = workspace.partnership.entries[step.entry]
        if step.kind == DECIDED:
            words = _("Decision {number}: {text}")
            return words.format(number=number_of(workspace.partnership, row), text=row.text("text", workspace.lang))
        if step.kind == ASKED:
            return self._asked_words(row)
        if step.kind == RECEIVED_AS:
            return _(": ").join((names, source_words(workspace.guide, row, workspace.lang)))
        assert step.kind == OUTCOME
        words = workspace.guide.choice("outcome", str(row.get("state", "")), workspace.lang)
        note = row.text("note", workspace.lang)
        return _(": ").join(filter(None, (words, note)))

    def _asked_words(self, row: Entry) -> str:
        """Return the answers: « Demandé à la table : « … » — Collège : d'accord ; Clinique : réserve »."""
        lang, partnership = self._workspace.lang, self._workspace.partnership
        answers = (
            short_name(partnership, partner, lang) + _(": ") + answer.text("text", lang)
            for partner, answer in answers_to(partnership, row).items()
        )
        question = _("Asked at the table: “{text}”").format(text=" ".join(row.text("text", lang).split()))
        return " — ".join(filter(None, (question, _("; ").join(answers))))


def sentence_field(guide: Guide, entry: Entry) -> Field | None:
    """Return the field that holds the words of an entry; None where the guide has no such field."""
    question = guide.by_id.get(entry.question)
    part = question.part(entry.part) if question is not None else None
    if part is None or not part.fields:
        return None
    return main_field(part) if part.main is not None else first_field(part)


def sentences_of(workspace: Workspace, section: Section) -> Iterator[Entry]:
    """Yield the entries that the lines of a section come from, in the order of the questions."""
    printed = entries_of(section)
    for entry in workspace.view.entries.values():
        if entry.id in printed and sentence_field(workspace.guide, entry) is not None:
            yield entry


def life_lines(life: SentenceLife, *, for_all: bool) -> Iterator[str]:
    """Yield the sentence, then each step with its date."""
    text, steps = life.sentence_and_steps(for_all=for_all)
    yield f"{text}  ({life.entry.id})"
    for step in steps:
        yield "  – " + " · ".join(filter(None, (life.date(step), life.words(step))))


def life_data(life: SentenceLife, *, for_all: bool) -> dict[str, Any]:
    """Return the life of a sentence as JSON values; unknown moments, entries and versions are null."""
    text, steps = life.sentence_and_steps(for_all=for_all)
    return {
        "id": life.entry.id,
        "text": text,
        "steps": [
            {
                "kind": step.kind,
                "at": step.at or None,
                "text": life.words(step),
                "entry": step.entry or None,
                "version": step.version or None,
                "private": step.private,
            }
            for step in steps
        ],
    }
