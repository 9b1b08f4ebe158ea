"""Write a partner's form as plain text, the body of a mail that the partner answers between its lines.

Each item begins with its mark (a short code in square brackets). Its answer is what is written from there to the next
mark or heading: boxes that were marked « [x] », and words after « Réponse : ». A text of the agreement cannot be taken
for a mark or a heading: each is put on one line, its square brackets made round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.agreement.partner_form import FormItem, PartnerForm
from tui.export.formats import Rendered
from tui.export.legible_text import make_legible
from tui.export.mail_draft import compose_draft

RULE = "==="  # begins and ends the line of a heading, where the answer above it ends
_ROUND_BRACKETS = str.maketrans({"[": "(", "]": ")", "\u00a0": " ", "\u202f": " "})


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
    """Yield the lines of the form; the code, which tells which form this is, is both at its beginning and its end."""
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
    """Yield the lines of items, with the smaller heading (`FormItem.above`) above the first that has it."""
    above = ""  # the heading above the last item
    for item in items:
        if item.above and item.above != above:
            yield from (f"{RULE} {plain_line(item.above)} {RULE}", "")
        above = item.above
        yield from _item(form, item)
        yield ""


def _item(form: PartnerForm, item: FormItem) -> Iterator[str]:
    """Yield the lines of an item: mark and label, the answer that we noted, boxes, and the place for words."""
    yield f"{item.mark.text} {plain_line(item.label or item.known)}".rstrip()
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
    """Return `text` on one line, with ordinary spaces, and round brackets in the place of square ones."""
    return " ".join(text.translate(_ROUND_BRACKETS).split())
