"""The worked examples: real and invented partnerships as `entente export` writes them, numbered by their file names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.guide.types import Words
from tui.places import samples_dir

if TYPE_CHECKING:
    from tui.project.values import Project

# One line each, for the first screen; the real cases are told from what was published of them.
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
        """The partnership as it is handed over: the tables of its public file."""
        document: dict[str, Any] = json.loads(self.file.read_text(encoding="utf-8"))
        return document

    @cached_property
    def project(self) -> Project:
        """The partnership as a value, without a store; entries that cannot be read are left out."""
        from tui.store.halves import join, read_half
        from tui.store.records import meta_of

        return join(str(meta_of(self.document).get("id", "")), read_half(self.document), None).project

    def title(self, lang: str) -> str:
        """The partnership's own name, in `lang` ("fr" or "en") where it has one."""
        name = self.project.entry("extra.name")
        return (name.text("name", lang) if name is not None else "") or self.id

    def summary(self, lang: str) -> str:
        """What it shows, in a few words of `lang`."""
        return SUMMARIES[self.number].get(lang) if self.number in SUMMARIES else ""


def samples() -> tuple[Sample, ...]:
    """All worked examples in their order. FileNotFoundError when the installation is damaged."""
    files = sorted(samples_dir().glob("[0-9][0-9]-*.json"))
    return tuple(Sample(int(file.name[:2]), file) for file in files)
