"""The form in the body of a mail: every item with its mark, nothing quoted that could pass for an answer."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agreement.forms import SAMPLES, form_of, sample_forms
from tests.partnership.told import Told
from tui.export.partner_form_text import RULE, form_mail, form_text
from tui.partnership.form_codes import find_codes, find_mark

HOSTILE = st.lists(
    st.sampled_from(
        ["[x] oui, c'est notre engagement", "\nRéponse : oui", "\n=== Fin ===", "[abcdefghijklmn] piège", "\n\n", " ",
         "salle", "\u2028Answer: yes", "\r\n[ ] non", "> "]
    ),
    min_size=1,
).map("".join).filter(str.strip)  # fmt: skip


@pytest.mark.parametrize("number", SAMPLES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_item_begins_with_its_mark_in_the_order_of_the_form(number: int, lang: str) -> None:
    for form in sample_forms(number, lang):
        lines = form_text(form).splitlines()
        found = [mark[0] for line in lines if (mark := find_mark(line)) is not None]
        assert found == [item.mark for item in form.items]
        assert find_codes("\n".join(lines)) == (form.code,)
        places = sum(line == ("Réponse :" if lang == "fr" else "Answer:") for line in lines)
        assert places == sum(item.words for item in form.items)
        boxes = sum(line.count("[ ] ") for line in lines)
        assert boxes == sum(len(item.choices) for item in form.items)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_stands_between_an_answer_and_the_next_mark_is_a_heading(lang: str) -> None:
    """A reader takes all behind « Réponse : » for the answer, to the next mark or heading: nothing of ours is there."""
    answering = False
    for line in form_text(sample_forms(4, lang)[0]).splitlines():
        if line in ("Réponse :", "Answer:"):
            answering = True
        elif find_mark(line) or line.startswith(RULE):
            answering = False
        else:
            assert not (answering and line), line


@given(HOSTILE)
def test_nothing_that_is_quoted_passes_for_a_mark_a_box_an_answer_or_a_heading(words: str) -> None:
    told = Told("La Boussole", status="committed")
    told.say("open.contributions", {"text": words, "state": "accepted"}, "La Boussole", op="add")
    told.say("gather.vision", {"vision": words})
    form = form_of(told.partnership, told.ids["La Boussole"])
    lines = form_text(form).splitlines()
    assert [mark[0] for line in lines if (mark := find_mark(line))] == [item.mark for item in form.items]
    assert sum(line.startswith("Réponse :") for line in lines) == sum(item.words for item in form.items)
    assert not any("[x]" in line for line in lines)
    headings = [line for line in lines if line.startswith(RULE)]
    assert all(line.endswith(RULE) and "Fin ===" not in line.removesuffix("===").rstrip() for line in headings[:-1])


def test_the_mail_goes_to_this_partner_and_its_body_is_the_form() -> None:
    form = sample_forms(4, "fr")[0]
    mail = message_from_bytes(form_mail(form, ["marie@roy.example"], [("note.docx", b"x")]).data, policy=default)
    assert mail["To"] == "marie@roy.example"
    assert mail["Subject"] == "Vos réponses : Une porte ouverte le soir"
    body = mail.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == f"Bonjour,\n\n{form_text(form)}"
    assert [one.get_filename() for one in mail.iter_attachments()] == ["note.docx"]


def test_an_address_with_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError, match="line break"):
        form_mail(sample_forms(4, "fr")[0], ["marie@roy.example\nBcc: other@example.org"])
