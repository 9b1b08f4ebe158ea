"""Tests of the package for a board: what concerns the partner, a resolution in both languages, nothing private."""

from __future__ import annotations

import io
import json

import docx
import pytest

from tests.export import pdf_reading
from tests.partnership.told import GUIDE
from tui.agreement.blocks import Agreement, to_json
from tui.agreement.board_package import board_package
from tui.agreement.compose import Composer
from tui.export.formats import FORMATS, render
from tui.export.plain_text import to_text
from tui.partnership.changes import apply
from tui.partnership.ids import new_id
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS
from tui.partnership.privacy import is_public, public_view
from tui.partnership.values import SETTINGS, Change, Entry, Partnership, answer_id
from tui.workspace.board_packages import on_one_page, page_length
from tui.workspace.samples import samples

SECRET = "zanzibar"


def package(
    partnership: Partnership, at: int = 0, lang: str = "fr", whom: str = "", *, longest: int | None = None,
    tight: bool = False,
) -> Agreement | None:  # fmt: skip
    composer = Composer(GUIDE)
    texts = {one: composer.agreement(partnership, one) for one in ("fr", "en")}
    view = public_view(GUIDE, partnership)
    who = whom or active(partnership)[at].id
    return board_package(GUIDE, view, texts, who, lang, "2026-12-15", longest=longest, tight=tight)


def told(partnership: Partnership, at: int = 0, lang: str = "fr") -> str:
    found = package(partnership, at, lang)
    assert found is not None
    return to_text(found, None).replace("\u00a0", " ").replace("’", "'")


@pytest.fixture
def partnership() -> Partnership:
    return samples()[3].partnership


def changed(partnership: Partnership, *changes: Change) -> Partnership:
    return apply(partnership, changes, by="", at="2026-11-22T10:00:00-05:00").partnership


def test_the_page_holds_what_concerns_that_partner_alone(partnership: Partnership) -> None:
    page, _text = told(partnership).split("\n* * *\n")
    assert "prêter le salon du pavillon A" in page and "un service du soir" in page
    assert "respecter la confidentialité" in page, "what all the partners undertake is asked of it too"
    assert "gérer les fonds" not in page, "another partner's commitment"
    assert "3 h par mois" in page and "deux fins de semaine" not in page
    assert "15 décembre 2026" in page and "Nadia Caron" in page and "Personne, dans notre région" in page


@pytest.mark.slow
def test_what_is_long_is_counted_so_that_the_page_is_one_page(partnership: Partnership) -> None:
    who = active(partnership)[0].id
    rows = [
        Change(f"more{at}", "open.contributions", cell, value, "rows", (who,))
        for at in range(45)
        for cell, value in {"#order": f"z{at:02}", "text@fr": f"prêter la salle {at}", "state": "accepted"}.items()
    ]
    kept = changed(partnership, *rows)
    whole = package(kept)
    short = on_one_page(lambda longest, tight: package(kept, longest=longest, tight=tight))
    assert whole is not None and short is not None
    assert page_length(whole) > 1 and page_length(short) == 1
    page = to_text(short, None).split("\n* * *\n")[0].replace("\u00a0", " ")
    assert "48 engagements : section 7 du texte" in page and "prêter la salle" not in page
    assert "15 décembre 2026" in page and "prêter la salle 44" in to_text(short, None), "the text behind it is whole"


@pytest.mark.slow
def test_the_resolution_begins_a_page_of_its_own_in_every_paged_format(partnership: Partnership) -> None:
    whole = package(partnership)
    assert whole is not None
    first, second = pdf_reading.pages_of(render(whole, "pdf").data)[:2]
    assert "IL EST RÉSOLU" not in first and "IL EST RÉSOLU" in second and "RESOLVED THAT" in second
    word = docx.Document(io.BytesIO(render(whole, "docx").data))
    breaks = [one.text for one in word.paragraphs if one.paragraph_format.page_break_before]
    assert breaks[:1] == ["2. Projet de résolution"]
    page = render(whole, "html").data.decode()
    assert (
        '<section class="apart" aria-labelledby="fr1-s2">' in page and "section.apart { break-before: page; }" in page
    )


@pytest.mark.slow
def test_a_long_vision_is_told_by_its_section_and_smaller_type_comes_first(partnership: Partnership) -> None:
    tried: list[tuple[int | None, bool]] = []

    def made(kept: Partnership) -> str:
        def package_as(longest: int | None, tight: bool) -> Agreement | None:
            tried.append((longest, tight))
            return package(kept, longest=longest, tight=tight)

        short = on_one_page(package_as)
        assert short is not None and page_length(short) == 1
        assert short.sections[0].tight is tried[-1][1], "set in smaller type before anything is left out"
        return to_text(short, None).split("\n* * *\n")[0].replace("\u00a0", " ")

    assert "Personne, dans notre région" in made(partnership) and tried[-1][0] is None
    vision = answer_id("gather.vision")
    long = changed(partnership, Change(vision, "gather.vision", "vision@fr", "Un service du soir. " * 200))
    page = made(long)
    assert "Section 3 du texte." in page and "Un service du soir. Un" not in page and "3 h par mois" in page


def test_a_sum_that_a_commitment_promises_is_on_the_page_of_who_pays_and_who_is_paid(partnership: Partnership) -> None:
    payer, paid = (partner.id for partner in active(partnership)[:2])
    row = {
        "#order": "zz", "text@fr": "verser sa part", "type": "money", "state": "accepted",
        "value": {"amount": "7777", "currency": "CAD"}, "recipients": {"ids": [paid], "group": ""},
    }  # fmt: skip
    changes = [Change("sum", "open.contributions", cell, value, "rows", (payer,)) for cell, value in row.items()]
    kept = changed(partnership, *changes)
    pages = [told(kept, at).split("\n* * *\n")[0] for at in range(3)]
    assert ["7 777" in page for page in pages] == [True, True, False]
    assert not any("section 6" in page or "section 7" in page for page in pages), "on the page a number means another"
    assert pages[0].count("verser sa part") == 2 and pages[1].count("verser sa part") == 1, "asked of its payer alone"


def test_time_and_money_said_elsewhere_are_on_the_page_and_what_is_not_said_is_one_line(
    partnership: Partnership,
) -> None:
    payer, paid = (partner.id for partner in active(partnership)[:2])
    lend = {
        "#order": "zy",
        "text@fr": "affecter une personne",
        "state": "accepted",
        "effort": "3 jours par semaine",
    }
    sum_of = {"source@fr": "Budget", "status": "acquired", "amount": {"amount": "40", "currency": "CAD"},
              "partners": {"ids": [payer], "group": ""}, "recipients": {"ids": [paid], "group": ""}}  # fmt: skip
    rows = (("lend", "open.contributions", (paid,), lend), ("sum", "commit.funding", (), sum_of))
    changes = [Change(name, question, cell, value, "rows", subject)
               for name, question, subject, row in rows for cell, value in row.items()]  # fmt: skip
    page = told(changed(partnership, *changes), 1).split("\n* * *\n")[0]
    assert "3 jours par semaine : affecter une personne" in page and "de l'argent, comme dit plus bas" in page
    assert "section" not in page.partition("L'argent")[2].partition("Les dates")[0] and "7." not in page
    bare = changed(partnership, *(Change(row.id, row.question, "#removed", True, row.part, row.subject)
                                  for question, part in (("commit.win_win", "receives"), ("commit.time", "rows"))
                                  for row in partnership.rows(question, part)))  # fmt: skip
    assert "Pour vous, le texte ne dit rien de ceci : " in told(bare, 2).split("\n* * *\n")[0]


def test_money_goes_to_its_fiscal_agent(partnership: Partnership) -> None:
    assert "Organisme fiduciaire : La Boussole." in told(partnership, 1).split("\n* * *\n")[0]
    assert "fiduciaire" not in told(partnership, 2).split("\n* * *\n")[0]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_resolution_is_ready_in_both_languages(partnership: Partnership, lang: str) -> None:
    page = told(partnership, 1, lang)
    assert "IL EST RÉSOLU d'approuver l'entente « Une porte ouverte le soir », ébauche du 22 novembre 2026" in page
    assert "et d'autoriser Patrick Lizotte, directeur, à la signer." in page
    assert "RESOLVED THAT the agreement “An Open Door in the Evening”, draft dated November 22, 2026" in page
    assert "be authorized to sign it." in page


def test_an_adopted_text_is_named_by_its_version(partnership: Partnership) -> None:
    mark = {"version": "v", "on": "2026-11-20", "text": "", "number": 2}
    page = told(changed(partnership, Change(SETTINGS, SETTINGS, "adopted", mark)), 1)
    assert "« Une porte ouverte le soir », version 2 du 20 novembre 2026, et d'autoriser" in page


def test_a_board_is_named_with_leave_alone(partnership: Partnership) -> None:
    one = active(partnership)[1].id
    cells = {"level": "agree", "ratify_by@fr": f"conseil {SECRET}", "ratify_on": "2027-01-12", "leave": None}
    known = changed(partnership, *(Change(answer_id(CONSENSUS, (one,)), CONSENSUS, cell, value, "", (one,))
                                   for cell, value in cells.items()))  # fmt: skip
    assert SECRET not in told(known, 1) and "12 janvier 2027" not in told(known, 1)
    leave = changed(known, Change(answer_id(CONSENSUS, (one,)), CONSENSUS, "leave", "yes", "", (one,)))
    assert SECRET in told(leave, 1) and "12 janvier 2027" in told(leave, 1)


def test_nothing_private_is_in_it(partnership: Partnership) -> None:
    subject = (active(partnership)[0].id,)
    changes = []
    for question in GUIDE.by_id.values():
        for part in question.parts:
            for field in part.fields:
                entry = Entry(new_id(), question.id, part.id, subject)
                cell = f"{field.id}@fr" if field.translatable else field.id
                texts = field.kind in ("line", "prose") and not part.store
                if texts and not is_public(GUIDE, partnership, entry, cell):
                    changes.append(Change(entry.id, question.id, cell, f"{SECRET} {field.id}", part.id, subject))
    found = package(changed(partnership, *changes), whom=subject[0])
    assert len(changes) > 10 and found is not None and SECRET not in json.dumps(to_json(found))


def test_one_who_may_not_be_named_has_no_package(partnership: Partnership) -> None:
    one = active(partnership)[0]
    hidden = changed(partnership, *(Change(one.id, "open.who", cell, value, "", one.entry.subject)
                                    for cell, value in {"status": "contacted", "named": None}.items()))  # fmt: skip
    assert package(hidden) is None


@pytest.mark.slow
@pytest.mark.parametrize("form", [one.id for one in FORMATS])
def test_every_format_holds_the_page_and_the_text(partnership: Partnership, form: str) -> None:
    found = package(partnership)
    assert found is not None and len(render(found, form).data) > 2000


def test_two_texts_of_one_language_have_anchors_of_their_own(partnership: Partnership) -> None:
    found = package(partnership)
    assert found is not None
    page = render(found, "html").data.decode()
    anchors = [piece.split('"')[0] for piece in page.split(' id="')[1:]]
    assert len(anchors) == len(set(anchors)) and 'class="languages"' not in page


def test_the_resolution_that_ratifies_is_the_authority_to_sign(partnership: Partnership) -> None:
    one = active(partnership)[1].id
    cells = {"level": "agree", "leave": "yes", "ratify_by@fr": "conseil d'administration",
             "resolution": "CA-9", "resolution@fr": "CA-9", "ratified_on": "2026-12-01"}  # fmt: skip
    known = changed(partnership, *(Change(answer_id(CONSENSUS, (one,)), CONSENSUS, cell, value, "", (one,))
                                   for cell, value in cells.items()))  # fmt: skip
    text = to_text(Composer(GUIDE).agreement(known, "fr"), None).replace("\u00a0", " ").replace("’", "'")
    assert "de la résolution n° CA-9 adoptée par son conseil d'administration le 1er décembre 2026" in text
    private = changed(known, Change(answer_id(CONSENSUS, (one,)), CONSENSUS, "leave", None, "", (one,)))
    assert "CA-9" not in to_text(Composer(GUIDE).agreement(private, "fr"), None)
