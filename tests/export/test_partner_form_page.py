"""The form as a page: no request, no script needed, every control labelled, its lines read as those of the mail."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.agreement.forms import SAMPLES, form_of, sample_forms
from tests.partnership.told import Told
from tui.export.partner_form_page import form_page
from tui.partnership.form_codes import find_codes, find_mark

_EMPTY = {"meta", "input", "link", "br", "img", "hr"}


class _Page(HTMLParser):
    """The elements of a page, each with its attributes and the tags around it; the text of some."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, tuple(self._open)))
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._open[-1] if self._open else "", []).append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes, _around in self.elements if name == tag]


def _page(number: int = 4, lang: str = "fr") -> _Page:
    return _Page(form_page(sample_forms(number, lang)[0]).data.decode())


@pytest.mark.slow
@pytest.mark.parametrize("number", SAMPLES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_control_has_a_label_and_every_item_a_legend(number: int, lang: str) -> None:
    page = _page(number, lang)
    for tag, attributes, around in page.elements:
        if tag in ("textarea", "input") and attributes.get("type") != "hidden":
            assert "label" in around
    items = page.all("fieldset")
    assert len(items) == len(page.all("legend")) == len(sample_forms(number, lang)[0].items)
    ids = [attributes["id"] for _tag, attributes, _around in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert page.all("html")[0]["lang"].startswith(lang)
    levels = [int(tag[1]) for tag, _attributes, _around in page.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_policy_allows_this_style_and_this_script_and_nothing_from_elsewhere() -> None:
    page = _page()
    policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        digest = b64encode(hashlib.sha256("".join(page.texts[tag]).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "form-action mailto:" in policy and "base-uri 'none'" in policy
    for _tag, attributes, _around in page.elements:
        assert not {"src", "href", "style", "srcset"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert "http" not in "".join(page.texts["script"]) + "".join(page.texts["style"])


def test_without_script_the_mail_s_lines_carry_the_marks_and_the_text_may_be_copied() -> None:
    form = sample_forms(4, "fr")[0]
    page = _page()
    sent = page.all("form")[0]
    assert sent["action"].startswith("mailto:?subject=") and sent["enctype"] == "text/plain"
    marks = {
        mark[0].key for one in page.all("input") + page.all("textarea") if (mark := find_mark(one.get("name", "")))
    }
    assert marks == {item.mark.key for item in form.items}
    hidden = [one["value"] for one in page.all("input") if one["type"] == "hidden"]
    assert find_codes(hidden[0]) == (form.code,)
    assert find_codes("".join(page.texts["textarea"])) == (form.code,)
    assert [one for one in page.all("button") if "hidden" in one] == [page.all("button")[-1]]


def test_the_address_that_answers_go_to_stands_in_the_form_where_it_is_known() -> None:
    form = replace(sample_forms(4, "fr")[0], reply_to="marie+ent@roy.example")
    action = _Page(form_page(form).data.decode()).all("form")[0]["action"]
    assert action.startswith("mailto:marie%2Bent@roy.example?subject=")


def test_hostile_words_stay_words() -> None:
    told = Told("La Boussole", status="committed")
    hostile = '</textarea><script>alert(1)</script><img src=x onerror="y">"><input name=q>'
    told.say("open.contributions", {"text": hostile, "state": "accepted"}, "La Boussole", op="add")
    told.say("gather.vision", {"vision": hostile})
    page = _Page(form_page(form_of(told.partnership, told.ids["La Boussole"])).data.decode())
    assert len(page.all("script")) == 1 and not page.all("img")
    assert not [one for one in page.all("input") if one.get("name") == "q"]


def test_what_the_script_gathers_quotes_nothing_that_passes_for_a_box() -> None:
    told = Told("La Boussole", status="committed")
    told.say("gather.vision", {"vision": "[x] d'accord\nRéponse : oui"})
    page = _Page(form_page(form_of(told.partnership, told.ids["La Boussole"])).data.decode())
    labels = [one["data-label"] for one in page.all("fieldset")]
    assert "(x) d’accord Réponse : oui" in labels
    assert not any("[" in label or "\n" in label for label in labels)
