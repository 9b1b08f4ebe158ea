"""What partners type where a form asks for a box or a value is read as they meant it, or shown; never taken for one."""

from __future__ import annotations

import pytest

from tests.agreement.forms import sample, sample_forms
from tests.comparison.answered_forms import Answer, forms_of, mail, quoted
from tests.workspace.form_scene import Scene
from tui.agreement.partner_form import FormChoice, FormItem
from tui.comparison.returned_form import ReadAnswer, ReadForm, read_form
from tui.comparison.typed_answers import says_no, says_nothing, speaks_about_it, typed_choice, with_box
from tui.export.partner_form_text import form_text

pytestmark = pytest.mark.sampled

FORM = sample_forms(4, "fr")[0]
ROW = next(item for item in FORM.items if item.id.startswith("row/") and len(item.known.split()) > 5)
NAME = next(item for item in FORM.items if item.id.endswith("/answer/name") and item.known)


def answered(item: FormItem, old: str, new: str, sign: str = "> ") -> ReadForm:
    """The form that comes back with one change in the lines of an item."""
    text = form_text(FORM)
    start = text.index(item.mark.text)
    end = text.index("\n\n", start)
    assert old in text[start:end]
    text = text[:start] + text[start:end].replace(old, new, 1) + text[end:]
    found = read_form(mail(quoted(text) if sign else text), "r.eml", forms_of(sample(4)))
    assert found is not None
    return found


def answer(item: FormItem, old: str, new: str, sign: str = "> ") -> ReadAnswer:
    """What is read of the item; nothing else is answered."""
    found = answered(item, old, new, sign)
    assert list(found.answers) == [item.mark.key] and found.remarks == ()
    return found.answers[item.mark.key]


@pytest.mark.parametrize("mark", ["[X ]", "[ x ]", "[✓]"])
def test_a_mark_in_our_brackets_may_have_blanks(mark: str) -> None:
    choice = ROW.choices[0]
    assert answer(ROW, f"[ ] {choice.label}", f"{mark} {choice.label}").choices == (choice.code,)


@pytest.mark.parametrize("mark", ["(x)", "( X )", "X", "✓", "x :", "→", "==>", "• x"])
def test_a_mark_in_any_brackets_or_none_marks_its_box(mark: str) -> None:
    choice = ROW.choices[0]
    for typed in (f"{mark} {choice.label}", f"{mark} [ ] {choice.label}"):
        found = answer(ROW, f"[ ] {choice.label}", typed)
        assert (found.choices, found.text, found.stray) == ((choice.code,), "", "")


def test_boxes_of_which_some_were_taken_out_are_shown() -> None:
    """« Biffer les mentions inutiles »: what is left may be the answer, and nothing says it for certain."""
    lines = form_text(FORM).split("\n")
    boxes = [f"[ ] {choice.label}" for choice in ROW.choices]
    start = next(number for number, line in enumerate(lines) if ROW.mark.text in line)
    at = lines.index(boxes[1], start)
    left = "\n".join(lines[:at] + lines[at + 2 :])
    for text in (quoted(left), left):
        found = read_form(mail(text), "r.eml", forms_of(sample(4)))
        assert found is not None and list(found.answers) == [ROW.mark.key]
        answer_read = found.answers[ROW.mark.key]
        assert answer_read.stray == " ".join(boxes[0].split()) and answer_read.choices == ()
    without = "\n".join(lines[: at - 1] + lines[at + 2 :])
    found = read_form(mail(quoted(without)), "r.eml", forms_of(sample(4)))
    assert found is not None and found.answers == {}


@pytest.mark.parametrize(
    ("said", "code"),
    [("oui", "confirmed"), ("OUI.", "confirmed"), ("d'accord", "confirmed"), ("non", "refused"),
     ("Non, à retirer", "refused"), ("à changer", "changed"), ("peut-être", ""), ("nos locaux", "")],
)  # fmt: skip
def test_a_yes_a_no_or_a_label_that_is_typed_is_its_box(said: str, code: str) -> None:
    scene = Scene()
    row = next(item for item in scene.form().items if item.id.startswith("row/"))
    (found,) = scene.review({row.id: Answer((), said)}).proposals
    assert found.answer is not None and found.plain == (code == "confirmed")
    assert (found.answer.choices, found.answer.text) == (((code,), "") if code else ((), said))
    (marked,) = scene.review({row.id: Answer((code,), said) if code else Answer((), said)}).proposals
    assert marked.changes == found.changes


def test_a_yes_to_what_is_known_is_no_new_value() -> None:
    scene = Scene()
    (found,) = scene.review({f"{scene.whose}/answer/name": Answer((), "oui")}).proposals
    assert found.changes == () and found.said == "c’est exact"
    (other,) = scene.review({f"{scene.whose}/answer/name": Answer((), "Oui-Clair")}).proposals
    assert other.said == "Oui-Clair" and other.changes


@pytest.mark.parametrize("sign", ["> ", ""])
def test_what_is_typed_into_our_own_words_is_shown(sign: str) -> None:
    words = ROW.known.split()
    for changed in (" ".join(words[:-2]), " ".join([*words[:2], "parfois", *words[2:]])):
        found = answer(ROW, ROW.known, changed, sign)
        assert "parfois" in found.stray or found.stray == changed
    assert "inc." in answer(NAME, NAME.known, f"{NAME.known} inc.", sign).stray


def test_our_own_words_left_out_are_no_answer() -> None:
    assert answered(ROW, ROW.known, "").answers == {} == answered(ROW, ROW.known, ROW.known.split()[0]).answers


def test_the_day_that_a_form_was_made_with_is_no_remark() -> None:
    text = form_text(FORM).replace("\n\n", "\n\nRéponse attendue d’ici le 15 décembre 2026.\n\n", 1)
    found = read_form(mail(text), "r.eml", forms_of(sample(4)))
    assert found is not None and not any("attendue" in remark for remark in found.remarks)


ABOUT = "Elle dit oui ou non et continue : ces mots ne sont pas une valeur."


@pytest.mark.parametrize(
    "said", ["oui, mais pas les samedis", "Non : c'est la Clinique", "oui mais moins", "no, thanks"]
)
def test_words_about_a_line_are_no_new_line(said: str) -> None:
    scene = Scene()
    for item in [item for item in scene.form().items if item.words and not item.is_sentence][:12]:
        if not item.id.startswith("text/"):
            (found,) = scene.review({item.id: Answer((), said)}).proposals
            assert found.changes is None and ABOUT in found.doubt.replace("\u00a0", " ")


@pytest.mark.parametrize("said", ["non", "aucun", "Rien.", "n/a", "—s.o.—"])
def test_nothing_to_add_adds_nothing(said: str) -> None:
    scene = Scene()
    for item in [item for item in scene.form().items if item.id.startswith("new/")]:
        (found,) = scene.review({item.id: Answer((), said)}).proposals
        assert found.changes == () and not found.plain


def test_a_no_to_a_name_names_nobody() -> None:
    scene = Scene()
    (found,) = scene.review({f"{scene.whose}/answer/name": Answer((), "Non")}).proposals
    assert found.changes is None and "sans dire ce qui est juste" in found.doubt


@pytest.mark.parametrize(
    ("said", "free"), [("zoe@ruche.example", True), ("zoe@ruche,example", False), ("zoé@ruche.example", False)]
)
def test_an_address_that_no_mail_reaches_is_asked_about(said: str, free: bool) -> None:
    scene = Scene()
    (item,) = [item for item in scene.form().items if item.id.startswith("contact/") and item.target.field == "email"]
    (found,) = scene.review({item.id: Answer((), said)}).proposals
    assert (found.changes is not None, found.doubt == "") == (free, free)


def test_a_yes_without_a_reservation_is_a_yes() -> None:
    scene = Scene()
    (found,) = scene.review({"text/level": Answer(("agree",)), "text/reason": Answer((), "aucune")}).proposals
    assert found.changes and not found.doubt
    (found,) = scene.review({"text/level": Answer(("agree",)), "text/reason": Answer((), "aucune, sauf une")}).proposals
    assert found.changes is None


def test_a_beginning_that_two_boxes_share_names_neither() -> None:
    choices = (FormChoice("agree", "d’accord"), FormChoice("but", "d’accord, avec une réserve"))
    item = FormItem("text/level", FORM.items[0].mark, "Au texte", choices=choices)
    assert typed_choice("d'accord", [item]) == "agree" and typed_choice("D'accord avec une réserve", [item]) == "but"
    others = (FormChoice("one", "oui, le lundi"), FormChoice("two", "oui, le mardi"))
    assert typed_choice("oui", [FormItem("x", FORM.items[0].mark, "", choices=others)]) == ""
    assert typed_choice("", [item]) == "" and typed_choice("oui", []) == ""


@pytest.mark.parametrize(
    ("text", "is_no", "is_nothing", "is_about"),
    [("Non.", True, True, False), ("NO", True, True, False), ("aucune", False, True, False), ("", False, False, False),
     ("No. 12, rue du Quai", False, False, False), ("Nonobstant la règle", False, False, False),
     ("non, merci", False, False, True), ("OK - mais tard", False, False, True), ("oui-da", False, False, False),
     ("Oui. Le lundi", False, False, True)],
)  # fmt: skip
def test_what_an_answer_says(text: str, is_no: bool, is_nothing: bool, is_about: bool) -> None:
    assert (says_no(text), says_nothing(text), speaks_about_it(text)) == (is_no, is_nothing, is_about)


def test_only_a_mark_before_words_becomes_a_box() -> None:
    assert with_box(" - x  oui") == "[x] oui"
    assert [with_box(line) for line in ("xylophone", "[ ] oui", "x", "(12) oui")] == [
        "xylophone", "[ ] oui", "x", "(12) oui"
    ]  # fmt: skip
