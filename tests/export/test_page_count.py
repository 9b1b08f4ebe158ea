"""How many pages a document takes: those of its PDF, about as many where there is none."""

from __future__ import annotations

import re

import pytest

from tests.export.agreements import english, french
from tests.export.pdf_reading import pages_of
from tests.partnership.told import GUIDE, Told
from tui.agreement.bilingual import joined_texts, text_in_both_languages
from tui.agreement.compose import Composer
from tui.export import page_count
from tui.export.formats import CannotExport, render
from tui.export.page_count import PageCount, count_pages, estimate_pages
from tui.partnership.privacy import published
from tui.partnership.text_checks import read_over
from tui.workspace.samples import samples

pytestmark = pytest.mark.sampled


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("number", range(4))
def test_the_pages_are_those_of_the_pdf_and_about_as_many_without_it(number: int, lang: str) -> None:
    agreement = Composer(GUIDE).agreement(samples()[number].partnership, lang)
    count, about = count_pages(agreement), estimate_pages(agreement)
    assert count == PageCount(len(pages_of(render(agreement, "pdf").data)), exact=True)
    assert abs(about.pages - count.pages) <= 1 and not about.exact


def test_a_document_of_both_languages_counts_both() -> None:
    count = count_pages(joined_texts(GUIDE, french(), english()))
    assert count.pages == len(pages_of(render(joined_texts(GUIDE, french(), english()), "pdf").data))


def test_pages_signed_apart_and_a_second_language_are_reckoned() -> None:
    told = Told(*(f"Maison {number}" for number in range(1, 15)), status="signatory")
    told.say("gather.objectives", {"rows": [{"text": f"Ouvrir la salle {number}"} for number in range(30)]})
    told.say("extra.legal", {"counterparts": True})
    for agreement in (
        Composer(GUIDE).agreement(told.partnership, "fr"),
        text_in_both_languages(GUIDE, told.partnership, "fr", "en"),
    ):
        pages = count_pages(agreement).pages
        assert abs(estimate_pages(agreement).pages - pages) <= 0.15 * pages
    (said,) = (
        words for kind, words, *_ in read_over(GUIDE, published(GUIDE, told.partnership), "fr") if kind == "too_long"
    )
    found = re.search(r"(\d+) pages environ", said)
    pages = count_pages(Composer(GUIDE).agreement(told.partnership, "fr")).pages
    assert found is not None and abs(int(found[1]) - pages) <= 0.15 * pages


def test_where_no_pdf_can_be_made_it_says_about(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise CannotExport("typst")

    monkeypatch.setattr(page_count, "render", refuse)
    found = count_pages(french())
    assert found == estimate_pages(french()) and found.words.startswith("environ ")
    assert PageCount(1, exact=True).words == "1 page" and PageCount(4, exact=True).words == "4 pages"
