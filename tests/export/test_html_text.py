"""HTML: one file that fetches nothing, runs nothing, and says the same words."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import replace

import pytest

from tests.export.agreements import empty, english, french, hostile
from tests.export.reading import Page, agreement_texts, squeeze
from tui.agreement.blocks import Agreement
from tui.export.html_text import write
from tui.export.legible_text import make_legible

ALL = pytest.mark.parametrize(
    "agreement", [french(), english(), hostile(), empty()], ids=["fr", "en", "hostile", "empty"]
)

OURS = set("html head meta title style body main header section div p h1 h2 h3 h4 h5 h6 ul ol li table caption".split())  # noqa: SIM905
OURS |= set("thead tbody tr th td dl dt dd br wbr strong em s code mark a".split())  # noqa: SIM905


def to_html(agreement: Agreement) -> str:
    """Return the page as text."""
    return write(agreement).data.decode()


@ALL
def test_only_our_elements_and_attributes(agreement: Agreement) -> None:
    page = Page(to_html(agreement))
    assert page.open == []
    assert set(page.tags) <= OURS
    names = {name for _, name, _ in page.attributes}
    assert names <= {"lang", "charset", "http-equiv", "content", "name", "id", "class", "scope", "start", "href", "rel",
                     "aria-labelledby"}  # fmt: skip
    for _, name, value in page.attributes:
        assert name != "href" or value.startswith(("https://", "http://", "mailto:"))


@ALL
def test_the_policy_allows_this_style_and_nothing_else(agreement: Agreement) -> None:
    page = Page(to_html(agreement))
    policy = next(value for tag, name, value in page.attributes if name == "content" and "default-src" in value)
    digest = b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';") and f"style-src 'sha256-{digest}'" in policy
    assert "url(" not in page.style and "@import" not in page.style and "unsafe" not in policy


@ALL
def test_all_words_are_there(agreement: Agreement) -> None:
    clean, _ = make_legible(agreement)
    text = squeeze("".join(Page(to_html(clean)).texts)).replace(" ", "")
    missing = [one for one in agreement_texts(clean) if one.replace(" ", "") not in text]
    assert missing == []


def test_language_title_and_page_words() -> None:
    source = to_html(french())
    page = Page(source)
    assert ("html", "lang", "fr-CA") in page.attributes
    assert page.title == "Énoncé de partenariat — Mieux-être et relève dans la Vallée"
    assert '"Page " counter(page) " de " counter(pages)' in page.style and "size: letter" in page.style
    assert '" of "' in Page(to_html(english())).style


def test_table_heads_say_what_they_head() -> None:
    scopes = [value for tag, name, value in Page(to_html(french())).attributes if (tag, name) == ("th", "scope")]
    assert scopes.count("col") == 7 and scopes.count("row") == 8


def test_words_cannot_leave_the_style_sheet() -> None:
    page = Page(to_html(hostile()))
    assert "display: none }" not in page.style and page.tags.count("style") == 1
    assert page.tags.count("script") == 0


def test_the_draft_mark_leaves_with_adoption() -> None:
    assert '<p class="mark">Ébauche</p>' in to_html(french())
    assert 'class="mark"' not in to_html(french(draft=False))


def test_printed_pages_keep_signatures_with_what_stands_above_and_say_their_own_title() -> None:
    page = write(replace(french(), also=english())).data.decode()
    assert "p:has(+ div.signature) { break-after: avoid; }" in page
    # Of two rules that match, the one that names more classes wins: a page of its own is kept.
    assert "div.signature + div.signature.apart { break-before: page; }" in page
    other = page.partition("@page other")[2].partition("\n")[0]
    assert all(word in other for word in english().title.split() if word.isalnum()) and "Page" in other
    assert "@page other" not in write(french()).data.decode()
