"""No private word in any form, in any format: over the caged partnership, the samples and each other's addresses."""

from __future__ import annotations

import io
import zipfile
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.cage import CANARY, PARTNERS, caged, song, subjects
from tests.agreement.forms import SAMPLES, forms_of, sample
from tests.agreement.reading import GUIDE, Told
from tui.agreement.partner_form import PartnerForm
from tui.export.partner_form_page import form_page
from tui.export.partner_form_text import form_mail
from tui.export.partner_form_word import form_word_file
from tui.partnership.partners import WHO
from tui.partnership.values import Change, answer_id

pytestmark = pytest.mark.sampled


def printed(form: PartnerForm) -> str:
    """All the words of a form, in its three formats."""
    mail = message_from_bytes(form_mail(form, ["one@example.org"]).data, policy=default)
    body = mail.get_body()
    assert body is not None
    with zipfile.ZipFile(io.BytesIO(form_word_file(form).data)) as parts:
        word = "\n".join(parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels")))
    return "\n".join([str(mail["Subject"]), body.get_content(), word, form_page(form).data.decode()])


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(
    partners=PARTNERS,
    state=st.sampled_from(sorted(GUIDE.choices["contribution_state"])),
    leave=st.sampled_from(["yes", "no", "ask", None]),
    lang=st.sampled_from(["fr", "en"]),
)
def test_no_canary_sings_in_any_format(
    partners: list[tuple[str, bool]], state: str, leave: str | None, lang: str
) -> None:
    cage = caged(partners, state, "sought", leave, False)
    for form in forms_of(cage.told.partnership, lang):
        said = printed(form)
        assert CANARY not in said
        assert "424242" not in said


@pytest.mark.parametrize("number", SAMPLES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_canary_in_every_private_field_of_a_sample_sings_in_no_form(number: int, lang: str) -> None:
    told = Told()
    told.partnership = sample(number)
    ids = tuple(row.id for row in told.partnership.rows(WHO))
    rows = [row for row in told.partnership.entries.values() if row.part == "people"]
    for row in rows:
        told.take(*(Change(row.id, WHO, key, CANARY, "people", row.subject) for key in ("email@fr", "phone@fr")))
    for question in GUIDE.by_id.values():
        for part in question.parts:
            private = [field for field in part.fields if field.private and not part.list]
            for subject in subjects(question, ids):
                name = subject[0] if question.id == WHO else answer_id(question.id, subject)
                for field in private:
                    cells = song(field).items()
                    told.take(*(Change(name, question.id, key, value, part.id, subject) for key, value in cells))
    for name in ids:
        position = {"level": "disagree", "reservation": CANARY, "leave": "no"}
        told.say("commit.consensus", position, name, text="today")
    assert repr(told.partnership).count(CANARY) > 20
    for form in forms_of(told.partnership, lang):
        assert CANARY not in printed(form)


def test_the_canary_can_be_heard() -> None:
    told = Told("La Boussole", status="committed")
    told.say("open.contributions", {"text": CANARY, "state": "accepted"}, "La Boussole", op="add")
    (form,) = forms_of(told.partnership)
    mail = message_from_bytes(form_mail(form, []).data, policy=default)
    body = mail.get_body()
    assert body is not None and CANARY in body.get_content()
    assert printed(form).count(CANARY) > 3
