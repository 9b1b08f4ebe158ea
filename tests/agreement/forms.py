"""Forms of partners made from what was told, or from the samples."""

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
    """The form of one partner on today's text."""
    text = Composer(GUIDE).agreement(partnership, lang)
    made = partner_form(GUIDE, published(GUIDE, partnership), text, partner, facts)
    assert made is not None
    return made


def forms_of(partnership: Partnership, lang: str = "fr") -> list[PartnerForm]:
    """The forms of all who take part."""
    return [form_of(partnership, one.id, lang) for one in active(partnership)]


def sample(number: int) -> Partnership:
    """One of the worked examples."""
    return samples()[number - 1].partnership


@lru_cache(maxsize=8)
def sample_forms(number: int, lang: str) -> tuple[PartnerForm, ...]:
    """The forms of all partners of a sample."""
    return tuple(forms_of(sample(number), lang))


def item(form: PartnerForm, item_id: str) -> FormItem:
    """The item of that id."""
    return next(one for one in form.items if one.id == item_id)
