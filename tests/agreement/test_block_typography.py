"""Tests of typography: all text of a document has that of its language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from tests.agreement.reading import GUIDE, Told
from tui.agreement.block_typography import polished
from tui.agreement.blocks import (
    Agreement,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Row,
    Run,
    Signatory,
    Signature,
    Subheading,
    Table,
)
from tui.agreement.compose import Composer
from tui.text.typography import regional_typography

TYPED = "l'aide : 12 000 $, « oui » ? non !"
POLISHED = {
    "fr-CA": "l’aide\u00a0: 12\u00a0000\u00a0$, «\u00a0oui\u00a0»? non!",
    "fr-FR": "l’aide\u00a0: 12\u202f000\u00a0$, «\u00a0oui\u00a0»\u202f? non\u202f!",
    "en-CA": "l’aide : 12 000 $, « oui » ? non !",
}
CHOSEN = {"region_fr": "fr-FR", "region_en": "en-CA"}  # by the partnership, for each language


def texts(value: object) -> Iterator[str]:
    """Every text of an agreement that is printed, code apart; what says where a line comes from is no text."""
    if isinstance(value, Run):
        yield "" if value.code else value.text
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value) and not isinstance(value, Origin):
        for field in fields(value):
            held = getattr(value, field.name)
            if not isinstance(held, str):
                yield from texts(held)
            elif field.name in ("kind", "title", "heading", "partner", "name", "authorisation", "note"):
                yield held


def told() -> Told:
    """A partnership whose texts, in both languages, hold all that typography changes."""
    made = Told(f"A, {TYPED}", "B")
    both = {"fr": TYPED, "en": TYPED}
    made.say("open.who", {"people": [{"name": TYPED, "signs": True}], "auth_body": both}, f"A, {TYPED}")
    made.say("extra.name", {"name": both})
    made.say("gather.vision", {"vision": both, "goal": both})
    made.say("gather.objectives", {"rows": [{"text": both}]})
    made.say("extra.preamble", {"text": both})
    return made


def composed(made: Told, lang: str, region: str) -> Agreement:
    """The agreement as a person of that region reads it."""
    return Composer(GUIDE).agreement(made.partnership, lang, region)


@pytest.mark.parametrize("setting", [None, *CHOSEN])
@pytest.mark.parametrize("person", ["", "fr-CA", "fr-FR", "en-CA"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_document_has_the_typography_of_its_language(lang: str, person: str, setting: str | None) -> None:
    made = told()
    if setting is not None:
        made.setting(setting, CHOSEN[setting])
    agreement = composed(made, lang, person)
    chosen = CHOSEN["region_fr"] if lang == "fr" and setting == "region_fr" else ""
    assert agreement.region == (chosen or (person if person.startswith(lang) else {"fr": "fr-CA", "en": "en-CA"}[lang]))
    said = list(texts(agreement))
    assert [one for one in said if one != regional_typography(one, agreement.region)] == []
    assert sum(POLISHED[agreement.region] in one for one in said) >= 6
    assert [one for one in said for other, form in POLISHED.items() if other != agreement.region and form in one] == []


@pytest.mark.parametrize("region", POLISHED)
def test_every_kind_of_block_has_the_typography_of_its_region(region: str) -> None:
    runs = (Run("un mot "), Run(TYPED, strong=True))
    code = (Run(TYPED, code=True), Run(" : ici"))
    blocks = (
        Paragraph(runs), Subheading(runs), ListBlock((Item((Paragraph(runs), Paragraph(runs))),)),
        Table(((Run(TYPED),),), (Row(((Run(TYPED),),)),)),
        Signature(TYPED, (Signatory(TYPED, TYPED),), authorisation=TYPED, note=TYPED),
    )  # fmt: skip
    said = [one for one in texts(polished(blocks, region)) if "oui" in one]
    assert len(said) == 11 and {POLISHED[region] in one for one in said} == {True}
    (kept,) = polished((Paragraph(code),), region)
    assert isinstance(kept, Paragraph) and kept.runs[0].text == TYPED, "code stays as it was typed"
