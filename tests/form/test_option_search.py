"""Typed letters find an option by the beginnings of its words, all of them, and no other option."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.form.form import MORE, Fields, FormContext, FormField, form_of
from tui.form.option_search import join_text, matching_options, nearest_text_field, options_of
from tui.partnership.partners import WHO

OPTIONS = (
    ("prospective", "à approcher"),
    ("interested", "intéressé"),
    ("later", "intéressé plus tard"),
    ("withdrawn", "retiré"),
    ("public", "personne morale de droit public"),
    ("town", "municipalité"),
)


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("r", ("withdrawn",)),
        ("interesse", ("interested",)),
        ("INTÉRESSÉ", ("interested",)),
        ("inter", ("interested", "later")),
        ("plus t", ("later",)),
        ("droit pub", ("public",)),
        ("personne morale de droit public", ("public",)),
        ("personne morale de droit privé", ()),
        ("intéressé mais pas retiré", ()),
        ("t", ("later",)),
        ("", ()),
        ("?!", ()),
    ],
)
def test_all_the_letters_mean_an_option_or_nothing(letters: str, found: tuple[str, ...]) -> None:
    assert matching_options(OPTIONS, letters) == found


def test_words_stand_behind_what_a_field_says() -> None:
    assert join_text("", "peut-être", prose=False) == "peut-être"
    assert join_text("hôte ", "peut-être", prose=False) == "hôte ; peut-être"
    assert join_text("hôte", "peut-être", prose=True) == "hôte\npeut-être"


def fields_of_partner() -> dict[str, FormField]:
    """The fields of a partner by id, and the place that unfolds the others."""
    told = Told("Ruche")
    fields = form_of(FormContext(GUIDE, told.partnership, "fr"), GUIDE.question(WHO), told.ids["Ruche"]).groups[0]
    assert isinstance(fields, Fields) and fields.more is not None
    return {place.field.id: place for place in fields.fields if place.field is not None} | {MORE: fields.more}


def test_a_box_says_yes_or_no_and_what_is_folded_its_labels() -> None:
    found = fields_of_partner()
    assert [code for code, _words in options_of(found["named"])] == ["yes", ""]
    assert options_of(found[MORE]) == tuple((name, name) for name in found[MORE].names) != ()
    assert "interested" in dict(options_of(found["status"])) and options_of(found["role"]) == ()


@pytest.mark.parametrize(
    ("order", "here", "nearest"),
    [
        ("name status role named", "status", "role"),
        ("name role status named", "status", "role"),  # the one before, where none follows
        ("role status reason named", "status", "reason"),
        ("name status named", "status", ""),  # its name is no place for other words
        ("status named", "named", ""),
    ],
)
def test_words_that_are_no_option_are_offered_the_nearest_text(order: str, here: str, nearest: str) -> None:
    found = fields_of_partner()
    place = nearest_text_field([found[name] for name in order.split()], found[here])
    assert (place.field.id if place is not None and place.field is not None else "") == nearest
