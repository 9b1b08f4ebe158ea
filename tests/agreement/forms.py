"""Helpers that make the forms of partners, of a built partnership or of the samples."""

from __future__ import annotations

from functools import lru_cache

from tests.partnership.told import GUIDE
from tui.agreement.compose import Composer
from tui.agreement.partner_form import FormFacts, FormItem, PartnerForm, partner_form
from tui.partnership.partners import active
from tui.partnership.privacy import published
from tui.partnership.values import Partnership
from tui.workspace.samples import samples

FACTS = FormFacts(3, "2026-12-15", "Solange Viau")
SAMPLES = (1, 2, 3, 4)


def form_of(partnership: Partnership, partner: str, lang: str = "fr", facts: FormFacts = FACTS) -> PartnerForm:
    """Return the form of one partner on today's text."""
    text = Composer(GUIDE).agreement(partnership, lang)
    form = partner_form(GUIDE, published(GUIDE, partnership), text, partner, facts)
    assert form is not None
    return form


def forms_of(partnership: Partnership, lang: str = "fr") -> list[PartnerForm]:
    """Return the forms of all active partners."""
    return [form_of(partnership, partner.id, lang) for partner in active(partnership)]


def sample(number: int) -> Partnership:
    """Return a sample partnership by its number, from 1."""
    return samples()[number - 1].partnership


@lru_cache(maxsize=8)
def sample_forms(number: int, lang: str) -> tuple[PartnerForm, ...]:
    """Return the forms of all partners of a sample."""
    return tuple(forms_of(sample(number), lang))


def item(form: PartnerForm, item_id: str) -> FormItem:
    """Return the item of that id."""
    return next(item for item in form.items if item.id == item_id)
