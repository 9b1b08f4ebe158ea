"""A form that came back reads as it was answered, in each of its formats; nothing else is taken for an answer."""

from __future__ import annotations

import textwrap
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.agreement.forms import sample, sample_forms
from tests.comparison.answered_forms import (
    WAYS,
    Answer,
    Answers,
    answered_text,
    forms_of,
    mail,
    quoted,
    replied,
    word_file,
)
from tui.agreement.partner_form import PartnerForm
from tui.comparison.returned_form import ReadForm, read_form
from tui.comparison.returned_lines import CannotRead
from tui.partnership.form_codes import find_mark

pytestmark = pytest.mark.sampled

LANGUAGES = ("fr", "en")
WORDS = (
    st.text("abcé XYZ'’«»!?;,.:-0123456789$%", min_size=1, max_size=120)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(map(str.isalnum, text)))
)
GARBAGE = st.sampled_from(
    ["Bonjour !", "> ", "[ ]", "[x]", "( x )", "Réponse", "Answer", "oui", "x", "----", "ENT-", "[abc]", "«", "",
     "\x1b[31mrouge", "\u202ecaché", "=HYPERLINK(\"x\")", "**oui**", "Le 3 déc., Ann a écrit :", "merci encore"]
)  # fmt: skip


@lru_cache(maxsize=4)
def form(lang: str) -> PartnerForm:
    """The form of a partner with commitments, people and a text of some forty sentences."""
    return sample_forms(4, lang)[0]


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """Any answers to some items: one box at most, words where words are taken."""
    found = {}
    for item in draw(st.lists(st.sampled_from(form("fr").items), unique_by=lambda one: one.id, max_size=12)):
        codes = [one.code for one in item.choices]
        chosen = draw(st.sampled_from([(), *((code,) for code in codes)]))
        text = draw(st.one_of(st.just(""), WORDS)) if item.words else ""
        if chosen or text:
            found[item.id] = Answer(chosen, text)
    return found


def read(data: bytes, name: str = "") -> ReadForm:
    """What it brings."""
    found = read_form(data, name, forms_of(sample(4)))
    assert found is not None
    return found


def as_answers(found: ReadForm, of: PartnerForm) -> dict[str, Answer]:
    """What was read, by the ids of the items; words that stand elsewhere are none."""
    ids = {item.mark.key: item.id for item in of.items}
    assert not any(one.stray for one in found.answers.values()), found
    return {ids[key]: Answer(one.choices, one.text) for key, one in found.answers.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(given_answers=answers())
def test_any_answers_read_back_as_they_were_given(way: str, lang: str, given_answers: Answers) -> None:
    data, name = WAYS[way](form(lang), given_answers)
    found = read(data, name)
    assert as_answers(found, form(lang)) == given_answers
    assert (found.code, found.lang if any(one.text for one in given_answers.values()) else lang) == (
        form(lang).code, lang,
    )  # fmt: skip
    assert found.remarks == ()


@pytest.mark.parametrize("way", WAYS)
def test_silence_answers_nothing(way: str) -> None:
    assert read(*WAYS[way](form("fr"), {})).answers == {}


@settings(max_examples=30, deadline=None)
@given(given_answers=answers(), garbage=st.lists(st.tuples(st.integers(0, 400), GARBAGE), max_size=25))
def test_what_is_typed_elsewhere_answers_nothing(given_answers: Answers, garbage: list[tuple[int, str]]) -> None:
    """Lines put in anywhere mark no box; what they add to an item is words, or stands apart."""
    lines = answered_text(form("fr"), given_answers).split("\n")
    for at, line in sorted(garbage, reverse=True):
        lines.insert(at % len(lines), line)
    found = read("\n".join(lines).encode())
    marked = {key: one.choices for key, one in found.answers.items() if one.choices}
    keys = {item.id: item.mark.key for item in form("fr").items}
    assert marked == {keys[name]: one.choices for name, one in given_answers.items() if one.choices}
    for name, one in given_answers.items():
        assert one.text in found.answers[keys[name]].text
    said = " ".join(f"{one.text} {one.stray}" for one in found.answers.values()) + " ".join(found.remarks)
    assert "\x1b" not in said and "\u202e" not in said


@pytest.mark.parametrize("text", [True, False])
def test_words_beside_the_boxes_stand_apart(text: bool) -> None:
    of = form("fr")
    item = next(one for one in of.items if one.id.startswith("row/"))
    said = answered_text(of, {item.id: Answer(("confirmed",))})
    said = said.replace("c’est notre engagement", "c’est notre engagement mais le mardi seulement", 1)
    one = read((said if text else quoted(said)).encode()).answers[item.mark.key]
    assert (one.choices, one.text, one.stray) == (("confirmed",), "", "mais le mardi seulement")


def test_boxes_that_a_program_draws_and_two_marks_are_read() -> None:
    of = form("fr")
    item = next(one for one in of.items if one.id == "text/level")
    said = answered_text(of, {})
    at = said.index(item.mark.text)
    for sign in ("[X]", "[ x ]", "[✓]", "☒", "☑", "[*]"):
        ticked = said[:at] + said[at:].replace("[ ]", sign, 1)
        assert read(ticked.encode()).answers[item.mark.key].choices == ("agree",), sign
    both = said[:at] + said[at:].replace("[ ]", "[x]", 2)
    assert read(both.encode()).answers[item.mark.key].choices == ("agree", "reservation")


def test_words_above_the_quote_are_remarks() -> None:
    said = "Bonjour Marie,\n\nnous en avons parlé hier, tout nous convient.\n\n" + replied(form("fr"), {})
    found = read(said.encode())
    assert found.answers == {} and found.remarks == ("Bonjour Marie,", "nous en avons parlé hier, tout nous convient.")


def test_two_different_forms_are_refused() -> None:
    one, other = sample_forms(4, "fr")[:2]
    with pytest.raises(CannotRead, match=r"deux formulaires|two different"):
        read((answered_text(one, {}) + answered_text(other, {})).encode())


def test_the_word_file_of_a_mail_is_read_where_the_quote_below_is_unanswered() -> None:
    given_answers = {"text/level": Answer(("agree",))}
    message = message_from_bytes(mail(quoted(answered_text(form("fr"), {}))), policy=SMTP)
    assert isinstance(message, EmailMessage)
    message.add_attachment(word_file(form("fr"), given_answers), maintype="application",
                           subtype="octet-stream", filename="formulaire.docx")  # fmt: skip
    found = read(bytes(message), "r.eml")
    assert as_answers(found, form("fr")) == given_answers and found.means == "word"
    message.add_attachment(word_file(form("fr"), {"text/level": Answer(("disagree",))}), maintype="application",
                           subtype="octet-stream", filename="autre.docx")  # fmt: skip
    with pytest.raises(CannotRead):
        read(bytes(message), "r.eml")


@pytest.mark.parametrize("file", ["f.odt", "f.rtf", "f.doc", "f.pdf"])
def test_an_attachment_that_cannot_be_read_says_what_to_do(file: str) -> None:
    data = {
        "f.odt": b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
        "f.rtf": b"{\\rtf1 x}", "f.doc": b"\xd0\xcf\x11\xe0" + b"\0" * 600, "f.pdf": b"%PDF-1.7 x",
    }[file]  # fmt: skip
    message = message_from_bytes(mail(quoted(answered_text(form("fr"), {}))), policy=SMTP)
    assert isinstance(message, EmailMessage)
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=file)
    with pytest.raises(CannotRead, match=rf"{file}.*\.docx"):
        read(bytes(message), "r.eml")
    answered = message_from_bytes(mail(answered_text(form("fr"), {"text/level": Answer(("agree",))})), policy=SMTP)
    assert isinstance(answered, EmailMessage)
    answered.add_attachment(data, maintype="application", subtype="octet-stream", filename=file)
    assert as_answers(read(bytes(answered), "r.eml"), form("fr")) == {"text/level": Answer(("agree",))}


def test_headings_copied_as_text_end_an_answer() -> None:
    """The Word file copied into a mail has no rules around its headings, and LibreOffice wraps none."""
    lines = [
        line.strip("= ") for line in answered_text(form("fr"), {"text/reason": Answer((), "le loyer")}).split("\n")
    ]
    found = read("\n".join(line for line in lines if line).encode())
    assert as_answers(found, form("fr")) == {"text/reason": Answer((), "le loyer")}


@settings(max_examples=3, deadline=None)
@given(given_answers=answers(), width=st.integers(50, 76))
def test_quotes_wrapped_without_their_sign_read_back(given_answers: Answers, width: int) -> None:
    """Some programs wrap what they quoted before: the end of a line stands without its sign."""
    lines = quoted(answered_text(form("fr"), given_answers), 10_000).split("\n")
    broken = "\n".join("\n".join(textwrap.wrap(line, width, break_on_hyphens=False) or [""]) for line in lines)
    found = read(broken.encode())
    assert as_answers(found, form("fr")) == given_answers
    assert found.remarks == ()


def test_a_mail_that_is_a_page_alone_is_read() -> None:
    given_answers = {"text/level": Answer(("reservation",)), "text/reason": Answer((), "le loyer <trop> haut")}
    said = escape(answered_text(form("fr"), given_answers)).replace("\n", "<br>\n")
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"], message["To"] = "Ann Roy <a@b.example>", "Re", "c@d.example"
    head = "<p>Bonjour,</p><p>c'est rempli.</p><hr><div>De : Marie<br>Envoyé : lundi<br>Objet : formulaire</div>"
    message.set_content(f"<html><body>{head}<blockquote>{said}</blockquote></body></html>", subtype="html")
    found = read(bytes(message), "r.eml")
    assert as_answers(found, form("fr")) == given_answers and found.author == "Ann Roy"
    assert found.remarks in (("Bonjour, c'est rempli.",), ("Bonjour,", "c'est rempli."), ("c'est rempli.",))


@pytest.mark.parametrize(
    "text", ["ENT" + " " * 200_000, "ENT-" * 60_000, "[" * 200_000, "> " * 200_000, "Réponse" * 40_000]
)
def test_hostile_texts_end_within_the_limit_of_a_test(text: str) -> None:
    said = answered_text(form("fr"), {}).replace("Fin du formulaire", text)
    assert read(said.encode()).answers == {}


@pytest.mark.parametrize("letter", range(3, 38, 5))
def test_a_damaged_code_is_refused(letter: int) -> None:
    code = form("fr").code.text
    wrong = "2" if code[letter] != "2" else "3"
    said = answered_text(form("fr"), {"text/level": Answer(("agree",))})
    said = said.replace(code, code[:letter] + wrong + code[letter + 1 :])
    with pytest.raises(CannotRead):
        read(said.encode())


@pytest.mark.parametrize("said", ["Merci, tout est parfait.", "ENT-abcdefghij-1", "[ ] oui\n[x] non", ""])
def test_what_is_no_form_is_none(said: str) -> None:
    assert read_form(said.encode(), "", forms_of(sample(4))) is None


def test_a_huge_answer_is_no_answer() -> None:
    item = next(one for one in form("fr").items if one.id == "text/reason")
    said = answered_text(form("fr"), {item.id: Answer((), "mot " * 5000)})
    one = read(said.encode()).answers[item.mark.key]
    assert one.text == "" and len(one.stray) < 5000


def test_an_item_answered_twice_keeps_its_first_words() -> None:
    reason, level = (next(one for one in form("fr").items if one.id == f"text/{name}") for name in ("reason", "level"))
    first = answered_text(form("fr"), {reason.id: Answer((), "le loyer"), level.id: Answer(("agree",))})
    found = read(f"{first}\n{answered_text(form('fr'), {reason.id: Answer((), 'le bruit')})}".encode())
    assert (found.answers[reason.mark.key].text, found.answers[reason.mark.key].stray) == ("le loyer", "le bruit")
    assert found.answers[level.mark.key].choices == ("agree",)


def test_every_line_of_a_mark_is_one_of_ours() -> None:
    said = answered_text(form("fr"), {})
    assert sum(find_mark(line) is not None for line in said.split("\n")) == len(form("fr").items)


@pytest.mark.parametrize("sign", ["-- ", "--"])
def test_a_signature_below_the_answers_answers_nothing_and_remarks_nothing(sign: str) -> None:
    given_answers = {form("fr").items[-1].id: Answer((), "le mardi")} if form("fr").items[-1].words else {}
    below = f"\n{sign}\nJoan Whitlow, coordonnatrice\n418 555-0101\n"
    for text in (replied(form("fr"), given_answers), answered_text(form("fr"), given_answers)):
        found = read(mail(text + below), "r.eml")
        assert as_answers(found, form("fr")) == given_answers
        assert not any("Whitlow" in one or "555" in one for one in found.remarks), found.remarks


def test_a_mail_that_quotes_the_empty_form_and_brings_a_text_is_no_form() -> None:
    message = message_from_bytes(mail(quoted(answered_text(form("fr"), {}))), policy=SMTP)
    assert isinstance(message, EmailMessage)
    message.add_attachment(b"Entente, revue par nous\n", maintype="text", subtype="plain", filename="entente.txt")
    assert read_form(bytes(message), "r.eml", forms_of(sample(4))) is None
    answered = message_from_bytes(mail(answered_text(form("fr"), {"text/level": Answer(("agree",))})), policy=SMTP)
    assert isinstance(answered, EmailMessage)
    answered.add_attachment(b"Entente\n", maintype="text", subtype="plain", filename="entente.txt")
    found = read(bytes(answered), "r.eml")
    assert as_answers(found, form("fr")) == {"text/level": Answer(("agree",))}
    assert [one for one in found.remarks if "entente.txt" in one], "the text is to be given by itself"
