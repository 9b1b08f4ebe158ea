"""The worked examples in the folder sample_projects, and an invented partnership to practise on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.guide.guide_types import Words
from tui.i18n import _
from tui.partnership.ids import new_id, order_between
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, PRACTICE, SETTINGS, TRIAL, Change, Value, answer_id
from tui.resources import samples_dir
from tui.workspace.place import NOTE
from tui.workspace.workspace import PartnershipStore

if TYPE_CHECKING:
    from tui.partnership.values import Partnership


def practice(lang: str, today: str) -> list[Change]:
    """Return the changes that make the partnership to practise on: three invented organisations, and a call's note.

    `today` is the ISO day of that call.
    """
    changes = [Change(SETTINGS, SETTINGS, "lang", lang), Change(SETTINGS, SETTINGS, TRIAL, PRACTICE)]
    changes.append(Change("extra.name", "extra.name", f"name@{lang}", _("Practice: a door open in the evening")))
    names = (_("Your own organization"), _("The youth centre (invented)"), _("The North clinic (invented)"))
    order, ids = "", []
    for name, status in zip(names, ("interested", "contacted", "prospective"), strict=True):
        partner_id, order = new_id(), order_between(order, "")
        ids.append(partner_id)
        cells: dict[str, Value] = {ORDER: order, f"name@{lang}": name, "status": status}
        changes += [Change(partner_id, WHO, cell, value, "", (partner_id,)) for cell, value in cells.items()]
    note = "\n".join((
        _("Marie Roy, director, marie@youth.example, signs"),
        _("upset about the 2015 project, stopped without a word"),
        _("3 h a week"),
        _("make the service known in the neighbourhood"),
        _("Marie's cat is called Filou"),
        _("lend a room on Tuesday evenings"),
    ))  # fmt: skip
    subject = (ids[1],)
    note_id = answer_id(NOTE, subject)
    changes.append(Change(note_id, NOTE, f"text@{lang}", note, "", subject))
    changes.append(Change(note_id, NOTE, "on", today, "", subject))
    return changes


def mark_as_trial(store: PartnershipStore, partnership_id: str) -> None:
    """Mark a copy of an example as a trial, which does not change the directory and is thrown away by one key."""
    store.save(partnership_id, [Change(SETTINGS, SETTINGS, TRIAL, True)])


# What each sample shows, for the first page. Those not called invented are made from what was published of real cases.
SUMMARIES = {
    1: Words("deux partenaires, cinq points encore ouverts", "two partners, five points still open"),
    2: Words("une entente de services à compléter", "a service agreement to be completed"),
    3: Words("trois partenaires inégaux, en anglais", "three unequal partners"),
    4: Words("cinq partenaires, prêt à adopter (inventé)", "five partners, ready to be adopted (invented)"),
}


@dataclass(frozen=True)
class Sample:
    """One worked example: its number as `entente sample` takes it, and its file."""

    number: int
    file: Path

    @property
    def id(self) -> str:
        """The name of its file, without the ending."""
        return self.file.stem

    @cached_property
    def document(self) -> dict[str, Any]:
        """The partnership as its file has it: the documents by table and number."""
        document: dict[str, Any] = json.loads(self.file.read_text(encoding="utf-8"))
        return document

    @cached_property
    def partnership(self) -> Partnership:
        """The partnership as a value; entries that cannot be read are left out."""
        from tui.guide.guide_loading import load_guide
        from tui.partnership.value_types import value_types
        from tui.store.public_private import join_halves, read_half
        from tui.store.records import meta_of

        half = read_half(self.document, value_types(load_guide()))
        return join_halves(str(meta_of(self.document).get("id", "")), half, None).partnership

    def title(self, lang: str) -> str:
        """Return the partnership's own name, in `lang` ("fr" or "en") where it has one."""
        name = self.partnership.entry("extra.name")
        return (name.text("name", lang) if name is not None else "") or self.id

    def summary(self, lang: str) -> str:
        """Return what it shows, in a few words of `lang`."""
        return SUMMARIES[self.number].get(lang) if self.number in SUMMARIES else ""


def samples() -> tuple[Sample, ...]:
    """Return all worked examples in their order. Raises FileNotFoundError if the installation is damaged."""
    files = sorted(samples_dir().glob("[0-9][0-9]-*.json"))
    return tuple(Sample(int(file.name[:2]), file) for file in files)
