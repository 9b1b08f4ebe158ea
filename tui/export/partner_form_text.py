"""A partner's form as plain text to be answered between its lines: the body of a mail.

Every item begins with its mark, and what is answered to it stands from there to the next mark or heading: boxes that
were marked, and words behind « Réponse : ». Nothing that is printed can pass for either: what we quote stands on the
line of its own words, its square brackets made round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.agreement.partner_form import FormItem, PartnerForm
from tui.export.formats import Rendered
from tui.export.legible_text import make_legible
from tui.export.mail_draft import compose_draft

RULE = "==="  # begins and ends a heading: an answer ends there
_ROUND = str.maketrans({"[": "(", "]": ")", "\u00a0": " ", "\u202f": " "})


def form_mail(form: PartnerForm, to: Sequence[str], attachments: Sequence[tuple[str, bytes]] = ()) -> Rendered:
    """Return the mail draft (.eml) whose body is the form; `to` are addresses of this partner alone."""
    clean, warnings = make_legible(form, laid_out=False)
    return Rendered(compose_draft(to, form_subject(clean), form_message(clean), attachments), warnings)


def form_subject(form: PartnerForm) -> str:
    """Return the subject of the mail, on one line."""
    return plain_line(form.phrase("form_subject", title=form.title))


def form_message(form: PartnerForm) -> str:
    """Return the body of the mail: a greeting, then the form."""
    return f"{plain_line(form.phrase('form_hello'))}\n\n{form_text(form)}"


def form_text(form: PartnerForm) -> str:
    """Return the form as text, ended by one newline; no line is wrapped, mail programs do that."""
    clean, _warnings = make_legible(form, laid_out=False)
    return "\n".join(_lines(clean)) + "\n"


def _lines(form: PartnerForm) -> Iterator[str]:
    code = plain_line(form.phrase("code", code=form.code.text))
    for text in form.introduction:
        yield from (plain_line(text), "")
    yield from (plain_line(form.phrase("how_mail")), "", code, plain_line(form.phrase("keep_code")), "")
    for question in form.questions:
        yield from (f"{RULE} {question.number}. {plain_line(question.heading)} {RULE}", "")
        yield from _items(form, question.items)
    if form.sentences:
        yield from (f"{RULE} {plain_line(form.phrase('sentences'))} {RULE}", "")
        yield from _items(form, form.sentences)
    yield from (f"{RULE} {plain_line(form.phrase('end'))} {RULE}", code)


def _items(form: PartnerForm, items: Sequence[FormItem]) -> Iterator[str]:
    above = ""
    for item in items:
        if item.above and item.above != above:
            yield from (f"{RULE} {plain_line(item.above)} {RULE}", "")
        above = item.above
        yield from _item(form, item)
        yield ""


def _item(form: PartnerForm, item: FormItem) -> Iterator[str]:
    """One item: its mark with what it asks, what we noted, its boxes, and the place for words."""
    own = item.label or item.known
    yield f"{item.mark.text} {plain_line(own)}".rstrip()
    if item.known and item.label:
        yield plain_line(form.phrase("noted", known=item.known))
    boxes = [f"[ ] {plain_line(choice.label)}" for choice in item.choices]
    if item.is_sentence:
        yield "   ".join(boxes)  # one line for each of some forty sentences is enough
    else:
        yield from boxes
    if item.words:
        yield plain_line(form.phrase("answer"))


def plain_line(text: str) -> str:
    """Return the text on one line, with spaces and brackets that mail keeps apart from ours."""
    return " ".join(text.translate(_ROUND).split())
