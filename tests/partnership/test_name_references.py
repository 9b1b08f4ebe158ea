"""Tests that any name is read as itself, even one with a word for everyone, a comma or a number in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.agreement.compose import Composer
from tui.export.plain_text import to_text
from tui.form.form_words import complete_last_name, is_complete_name, suggestions
from tui.guide.guide_types import Field, Words
from tui.partnership.field_kinds import ParseContext, format_value, read_value
from tui.partnership.partners import active
from tui.text.french_names import capitalize
from tui.workspace.typed_values import partner_of, partners_of
from tui.workspace.workspace import Workspace

# Words for everyone, for what is left out, for yes and no, signs between names, numbers of a list.
WORDS = (
    "Tous", "toutes", "ALL", "Everyone", "tous les partenaires", "all the partners", "Sauf", "except", "Tous sauf nous",
    "All except some", "Oui", "no", "1", "2", "12", "Aide; écoute", "Nord, Sud et Est", "et", "and", "settings",
    "interested", "un organisme à confirmer",
)  # fmt: skip
TOWN = Told(*WORDS, "Alpha", "Alpha Beta")
IDS = dict(zip((*WORDS, "Alpha", "Alpha Beta"), [one.id for one in active(TOWN.partnership)], strict=True))
LANG = st.sampled_from(["fr", "en"])


def read(told: Told, kind: str, raw: Any, lang: str = "fr") -> Any:
    return read_value(ParseContext(GUIDE, told.partnership, lang), field(kind), raw)


def field(kind: str) -> Field:
    return Field(kind, kind, Words(kind, kind))


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_organisation_means_itself_in_every_kind_of_field(name: str, lang: str) -> None:
    one = IDS[name]
    for said in (name, name.upper(), f" {name} "):
        assert read(TOWN, "partner", said, lang) == one
        assert read(TOWN, "partners", said, lang) == {"ids": [one], "group": ""}
        assert read(TOWN, "someone", said, lang) == {"partner": one}
        assert read(TOWN, "someones", said, lang) == [{"partner": one}]
    assert read(TOWN, "partners", [name], lang) == {"ids": [one], "group": ""}
    reading = ParseContext(GUIDE, TOWN.partnership, lang)
    assert format_value(reading, field("partner"), one) == name, "it is shown by its name, never by an id"


@given(st.lists(st.sampled_from(sorted(IDS)), min_size=1, max_size=5, unique=True), LANG)
def test_organisations_in_a_row_mean_themselves(names: list[str], lang: str) -> None:
    assert read(TOWN, "partners", "; ".join(names), lang) == {"ids": [IDS[one] for one in names], "group": ""}
    assert read(TOWN, "someones", "; ".join(names), lang) == [{"partner": IDS[one]} for one in names]


@pytest.mark.parametrize("text", ["{} et {}", "{} and {}", "{} & {}", "{}, et {}", "{}; and {}"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_organisations_joined_by_a_word_mean_themselves(text: str, lang: str) -> None:
    told = Told("Clinique", "Halte")
    both = list(told.ids.values())
    assert read(told, "partners", text.format("Clinique", "Halte"), lang) == {"ids": both, "group": ""}
    assert read(told, "someones", text.format("Clinique", "Halte"), lang) == [{"partner": one} for one in both]


@given(st.sets(st.sampled_from(sorted(IDS)), min_size=1), LANG)
def test_what_is_shown_of_any_organisations_is_read_again_as_them(names: set[str], lang: str) -> None:
    reading = ParseContext(GUIDE, TOWN.partnership, lang)
    for group in ("", "all"):
        value = {"ids": [one for name, one in IDS.items() if name in names], "group": group}
        said = format_value(reading, field("partners"), value)
        assert read(TOWN, "partners", said, lang)["ids"] == value["ids"]


@pytest.mark.parametrize("name", [one for one in WORDS if one not in ("settings", "interested")])
def test_a_group_and_a_person_mean_themselves(name: str) -> None:
    told = Told("Alpha", "Beta", "Gamma")
    told.say("extra.groups", {"name": name, "members": ["Alpha", "Beta"]})
    group = told.partnership.rows("extra.groups", "rows")[0].id
    value = read(told, "partners", name)
    assert value == {"ids": [told.ids["Alpha"], told.ids["Beta"]], "group": group}
    assert format_value(ParseContext(GUIDE, told.partnership), field("partners"), value) == name
    left = read(told, "partners", f"{name}, sauf Beta")
    assert left == {"ids": [told.ids["Alpha"]], "group": group}
    told = Told("Alpha", "Beta")
    told.say("open.who", {"people": [name]}, partner="Alpha")
    person = told.partnership.rows("open.who", "people")[0].id
    assert read(told, "someones", name) == [{"person": person}]
    assert read(told, "someone", name) == {"person": person}


@pytest.mark.parametrize("word", ["tous", "all", "Toutes", "tous les partenaires", "all the partners"])
def test_a_word_of_ours_is_still_one_where_nobody_is_so_called(word: str) -> None:
    told = Told("Alpha", "Beta")
    ids = [told.ids["Alpha"], told.ids["Beta"]]
    assert read(told, "partners", word) == {"ids": ids, "group": "all"}
    assert read(told, "someones", word) == [{"partner": one} for one in ids]
    guest = [{"name": word}]
    said = format_value(ParseContext(GUIDE, told.partnership), field("someones"), guest)
    assert read(told, "someones", said) == guest, "a guest of that name is no word of ours either"


@pytest.mark.parametrize("name", IDS)
def test_a_name_means_itself_in_line_mode(name: str) -> None:
    workspace = Workspace(GUIDE, TOWN.partnership, Memory())
    assert partner_of(workspace, name, active(TOWN.partnership)).id == IDS[name]
    assert [one.id for one in partners_of(workspace, name)] == [IDS[name]]


def test_a_number_that_is_nobodys_name_is_the_number_of_the_list() -> None:
    workspace = Workspace(GUIDE, TOWN.partnership, Memory())
    assert partner_of(workspace, "3", active(TOWN.partnership)).id == IDS["ALL"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_document_says_each_name_as_it_is(lang: str) -> None:
    for name in WORDS:
        told = Told(name, "Beta", "Gamma")
        told.say("open.contributions", {"text": "prêter", "state": "accepted", "partners": f"{name}; Beta"}, op="add")
        text = to_text(Composer(GUIDE).agreement(told.partnership, lang), None).replace("\xa0", " ")
        word = {"fr": "et", "en": "and"}[lang]
        at_head = (
            capitalize(name) if name.startswith("un ") else name
        )  # an article takes a capital, a name keeps its own
        assert f"{at_head} {word} Beta" in text


@pytest.mark.parametrize("kind", ["partner", "partners", "someone", "someones"])
def test_enter_replaces_no_whole_name_by_a_longer_one(kind: str) -> None:
    workspace = Workspace(GUIDE, TOWN.partnership, Memory())
    for name in IDS:
        assert is_complete_name(workspace.form_context, field(kind), name), name
        if kind in ("partners", "someones") and ";" not in name:
            assert is_complete_name(workspace.form_context, field(kind), f"Alpha Beta; {name}"), name
    assert not is_complete_name(workspace.form_context, field(kind), "Alph")


def test_a_completed_name_that_holds_a_comma_is_read_as_one() -> None:
    workspace = Workspace(GUIDE, TOWN.partnership, Memory())
    for begun in ("Alpha, nord", "Alpha; nord"):
        name = suggestions(workspace.form_context, field("partners"), begun)[0]
        said = complete_last_name(field("partners"), begun, name)
        assert read(TOWN, "partners", said) == {"ids": [IDS["Alpha"], IDS["Nord, Sud et Est"]], "group": ""}
