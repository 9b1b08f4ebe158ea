"""The answer of the present partner: on which text it was given, and the sentences it leaves out."""

from __future__ import annotations

from tui.agreement.blocks import Agreement
from tui.agreement.compare import flat, units
from tui.desk.desk import Desk
from tui.project.answers import single_entry
from tui.project.ids import new_id, order_between
from tui.project.partners import WHO
from tui.project.positions import CONSENSUS, EXCEPTIONS
from tui.project.values import ORDER, Change, Entry
from tui.project.versions import Version
from tui.project.wording import points

_NO_SENTENCES = frozenset({"partners", "open_points", "signatures"})


def saw(desk: Desk, version: Version | None) -> bool:
    """Say which text the present partner's answer was given on: a version, or today's text for None."""
    seen = dict(version.points) if version is not None else points(desk.guide, desk.view)
    question = desk.question.id
    done = desk.set(single_entry(desk.project, question, desk.subject), "seen", seen)
    desk.edits.end_stretch()
    return done


def sentences(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The sentences of today's text that can be left out, each once: (entry id, words)."""
    now = points(desk.guide, desk.view)
    found: dict[str, str] = {}
    for name, words in _told(desk.agreement):
        if name in now:
            found.setdefault(name, words)
    return tuple(found.items())


def _told(agreement: Agreement) -> list[tuple[str, str]]:
    return [
        (unit.origin.entry, flat(unit.cells[0]))
        for section in agreement.sections
        if section.id not in _NO_SENTENCES
        for unit in units(section.blocks)
        if unit.origin.entry and unit.origin.question != WHO and unit.kind != "subheading"
    ]


def leave_out(desk: Desk, point: str) -> Entry:
    """Note that the present partner says yes but for one sentence; the row, made once a sentence."""
    subject = desk.subject
    rows = desk.project.rows(CONSENSUS, EXCEPTIONS, subject)
    known = next((row for row in rows if row.get("point") == point), None)
    if known is not None:
        return known
    words = dict(sentences(desk)).get(point, "")
    name = new_id()
    last = max((row.order for row in rows), default="")
    cells = {ORDER: order_between(last, ""), "point": point, f"text@{desk.doc_lang}": words, "level": "disagree"}
    changes = [Change(name, CONSENSUS, cell, value, EXCEPTIONS, subject) for cell, value in cells.items()]
    desk.edit(changes)
    desk.edits.end_stretch()
    return desk.project.entries[name]
