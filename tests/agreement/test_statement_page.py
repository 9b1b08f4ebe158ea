"""Tests of the statement on one page: the guide's seven headings in its order, and nothing else."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from pypdf import PdfReader

from tests.partnership.told import GUIDE
from tui.agreement.blocks import Agreement, Paragraph, Run, Signature, from_json, to_json
from tui.agreement.compose import Composer
from tui.agreement.statement_page import statement_page
from tui.export.formats import render
from tui.export.plain_text import to_text
from tui.partnership.changes import apply
from tui.partnership.partners import active
from tui.partnership.values import Change, Partnership
from tui.workspace.samples import samples

SEVEN = ["commitments", "lead", "objectives", "vision", "structure", "responsibilities", "accountability"]


def page(number: int, lang: str = "fr", *changes: Change) -> Agreement:
    return statement_page(GUIDE, whole(number, lang, *changes))


def whole(number: int, lang: str = "fr", *changes: Change) -> Agreement:
    partnership: Partnership = samples()[number].partnership
    known = apply(partnership, changes, by="", at="2026-11-22T10:00:00-05:00").partnership
    return Composer(GUIDE).agreement(known, lang)


def plain(text: Agreement) -> str:
    return to_text(text, None).replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_seven_heads_and_nothing_else(number: int, lang: str) -> None:
    found = page(number, lang)
    assert [one.id for one in found.sections] == SEVEN and [one.label for one in found.sections] == list("1234567")
    blocks = [block for one in found.sections for block in one.blocks]
    assert blocks and not any(isinstance(block, Signature) for block in blocks)
    assert found.preamble == () and not found.parties and found.partners == ()


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_one_page_and_as_large_as_it_can_be(number: int, lang: str) -> None:
    found = page(number, lang)
    assert len(PdfReader(io.BytesIO(render(found, "pdf").data)).pages) == 1
    assert found.text_size >= (8 if number == 3 else 11), "larger than the document's own text where it is short"


def test_what_one_receives_is_none_of_the_seven() -> None:
    text = plain(page(3))
    assert "reçoit" not in text and "un service du soir" not in text
    assert "Le Collège s'engage à : prêter le salon du pavillon A et en assurer l'entretien; libérer" in text
    assert "la fréquentation, en nombres anonymes : La Boussole, Nadia Caron, chaque mois" in text


def test_a_heading_whose_table_runs_together_stands_above_nothing_else() -> None:
    answers = [
        Change(f"gather.procedures/{partner.id}", "gather.procedures", "level", "agree", subject=(partner.id,))
        for partner in active(samples()[3].partnership)
    ]
    text = plain(page(3, "fr", *answers))
    assert "Accord sur ces procédures" in text and "\nGouvernance\n" not in text


def test_a_head_that_was_said_not_to_apply_says_so() -> None:
    void = Change("gather.lead", "gather.lead", "#state", "not_applicable")
    found = page(3, "fr", void)
    assert (
        "lead" not in [one.id for one in whole(3, "fr", void).sections] and [one.id for one in found.sections] == SEVEN
    )
    assert " 2. Pilotage Sans objet " in " ".join(plain(found).split())


def test_a_section_that_is_named_bears_the_number_it_has_on_the_page() -> None:
    text = whole(3)
    (lead,) = [one.label for one in text.sections if one.id == "lead"]
    told = [
        replace(one, blocks=(Paragraph((Run(f"voir plus haut (section {lead}) et ailleurs (section 11)"),)),))
        if one.id == "responsibilities"
        else one
        for one in text.sections
    ]
    assert "voir plus haut (section 2) et ailleurs\n" in plain(
        statement_page(GUIDE, replace(text, sections=tuple(told)))
    )


def test_it_is_kept_like_any_text_and_holds_nothing_that_the_text_does_not() -> None:
    found = page(3)
    assert from_json(json.loads(json.dumps(to_json(found)))) == found
    words = set(plain(whole(3)).replace(":", " ").replace(";", " ").replace(".", " ").split())
    said = set(plain(found).replace(":", " ").replace(";", " ").replace(".", " ").split())
    heads = {"S'engage", "S'engagent", "Proposent"}  # they begin a line there, and run on behind a name here
    assert heads <= words
    words |= {word[:1].lower() + word[1:] for word in heads}
    new = {word for word in said - words if word.strip(",-–=")}
    assert new <= {"ÉNONCÉ", "SUR", "UNE", "PAGE"} | {word for word in new if word.rstrip(",") in words}


@pytest.mark.parametrize("form", ["docx", "html", "md", "text"])
def test_every_format_takes_it(form: str) -> None:
    assert len(render(page(0), form).data) > 300
