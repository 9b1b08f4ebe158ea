"""Write a partner's form as one HTML page, which needs no network and works without script.

The form asks a partner organisation the questions that are still open, and what it says of sentences of the agreement.
Without script, its button opens a mail in the reader's mail program (a `mailto:` form), whose lines begin with the
marks of the items: « [mark]=[x] choice », « [mark] Réponse :=words ». Where no mail program opens, the reader answers
the form as text in a field at the end of the page, and copies it. With script, both buttons write the answers into that
field, laid out as `partner_form_text` does, and the first sends that text by mail, whose accents every browser keeps.
What is typed is sent nowhere else.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from tui.agreement.partner_form import FormItem, PartnerForm
from tui.export.formats import Rendered
from tui.export.legible_text import make_legible
from tui.export.partner_form_text import form_text, plain_line

_STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#1d2430;font:1.05rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:44rem;margin:0 auto;padding:1rem}
h1,h2{color:#1f4e79;line-height:1.25}
h2{margin:2rem 0 .5rem}
h3{margin:1.2rem 0 .3rem;font-size:1rem}
fieldset{margin:0 0 .8rem;padding:.5rem .8rem;border:1px solid #8a94a6;border-radius:.3rem;min-width:0}
legend{padding:0 .3rem;font-weight:600}
.said{font-weight:400}
.code,.mark{color:#565f70;font-size:.8rem}
.choice{display:flex;gap:.5rem;align-items:baseline;padding:.35rem 0}
label{display:block}
input{width:1.1rem;height:1.1rem;flex:none}
textarea{width:100%;font:inherit;padding:.4rem;border:1px solid #565f70;border-radius:.2rem}
button{font:inherit;padding:.6rem 1rem;margin:.5rem 0;border:1px solid #1f4e79;border-radius:.3rem}
button{background:#1f4e79;color:#fff}
:focus-visible{outline:3px solid #b45309;outline-offset:2px}
summary{padding:.5rem 0}
"""

_MAX_ADDRESS = 2000  # characters of a mailto address that every system passes to its mail program uncut
_LABEL_WORDS = 8  # of an item's label in that mail, so that a dozen answers fit in it
# LONGEST and WORDS in the script are replaced by these two numbers.
_SCRIPT = """
(function () {
  var form = document.getElementById("form"), text = document.getElementById("text");
  var gather = document.getElementById("gather");
  function gathered() {
    var lines = [document.getElementById("code").textContent.trim(), ""];
    form.querySelectorAll("fieldset").forEach(function (item) {
      var box = item.querySelector("input:checked"), words = item.querySelector("textarea");
      var chosen = box ? box.value : "", said = words ? words.value.trim() : "";
      if (!chosen && !said) { return; }
      var asked = item.dataset.label.split(" "), label = asked.slice(0, WORDS).join(" ");
      lines.push((item.dataset.mark + " " + label + (asked.length > WORDS ? " …" : "")).trim());
      if (chosen) { lines.push(chosen); }
      if (words) { lines.push(item.dataset.answer + " " + said); }
      lines.push("");
    });
    lines.push(text.dataset.end);
    text.value = lines.join("\\n");
    document.getElementById("copy").open = true;
    text.focus();
    text.select();
    return text.value;
  }
  gather.hidden = false;
  gather.addEventListener("click", gathered);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var body = encodeURIComponent(gathered().replace(/\\n/g, "\\r\\n"));
    var mail = form.getAttribute("action") + "&body=" + body;
    if (mail.length <= LONGEST) { window.location.href = mail; }
  });
}());
""".replace("LONGEST", str(_MAX_ADDRESS)).replace("WORDS", str(_LABEL_WORDS))


def form_page(form: PartnerForm) -> Rendered:
    """Return the .html file in UTF-8; equal forms give equal bytes."""
    clean, warnings = make_legible(form)
    return Rendered("\n".join((*_head(clean), *_body(clean), "")).encode(), warnings)


def _head(form: PartnerForm) -> Iterator[str]:
    """Yield the lines of the page up to its body; the policy allows only our own style and script."""
    policy = (
        f"default-src 'none'; style-src {_hash(_STYLE)}; script-src {_hash(_SCRIPT)}; base-uri 'none'; "
        "form-action mailto:"
    )
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(form.region or form.lang)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(form.phrase('form_title'))} — {escape(form.title)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"


def _body(form: PartnerForm) -> Iterator[str]:
    """Yield the lines of the page's body: the introduction, the form with its button, and the form as text."""
    yield "<body>"
    yield "<main>"
    yield f"<h1>{escape(form.phrase('form_title'))} — {escape(form.title)}</h1>"
    for text in (*form.introduction, form.phrase("how_page")):
        yield f"<p>{escape(text)}</p>"
    code = escape(form.phrase("code", code=form.code.text))
    subject = quote(form.phrase("form_subject", title=form.title))
    action = escape(f"mailto:{quote(form.reply_to, safe='@')}?subject={subject}")
    yield f'<p class="code" id="code">{code}</p>'
    yield f'<form id="form" action="{action}" method="post" enctype="text/plain" autocomplete="off">'
    yield f'<input type="hidden" name="Code" value="{escape(form.code.text)}">'
    for question in form.questions:
        yield from _question(form, f"{question.number}. {question.heading}", question.items)
    if form.sentences:
        yield from _question(form, form.phrase("sentences"), form.sentences)
    yield f'<button type="submit">{escape(form.phrase("send"))}</button>'
    yield "</form>"
    yield from _text_part(form)
    yield f"<script>{_SCRIPT}</script>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _question(form: PartnerForm, heading: str, items: Sequence[FormItem]) -> Iterator[str]:
    """Yield the lines of one question: its heading, then its items, which may have a smaller heading above them."""
    yield f"<h2>{escape(heading)}</h2>"
    last_heading = ""
    for item in items:
        if item.above and item.above != last_heading:
            yield f"<h3>{escape(item.above)}</h3>"
        last_heading = item.above
        yield from _item(form, item, heading)


def _item(form: PartnerForm, item: FormItem, heading: str) -> Iterator[str]:
    """Yield the lines of one item: its label, the answer that we noted, its choices, and a field for words.

    `item.mark` is the short code by which the answer is found in the mail that comes back. An item with neither label
    nor noted answer is labelled by the heading of its question.
    """
    mark, answer = escape(item.mark.text), escape(form.phrase("answer"))
    label = item.label or item.known or heading
    not_bold = "" if item.label else ' class="said"'
    plain = escape(plain_line(item.label or item.known))  # without square brackets: it comes back with the answers
    yield f'<fieldset data-mark="{mark}" data-label="{plain}" data-answer="{answer}" id="{item.mark.anchor}">'
    yield f'<legend><span{not_bold}>{escape(label)}</span> <span class="mark">{mark}</span></legend>'
    if item.known and item.label:
        yield f"<p>{escape(form.phrase('noted', known=item.known))}</p>"
    kind = "radio" if len(item.choices) > 1 else "checkbox"
    for choice in item.choices:
        words = escape(choice.label)
        yield f'<label class="choice"><input type="{kind}" name="{mark}" value="[x] {words}"> {words}</label>'
    if kind == "radio":  # A choice among radio buttons can only be taken back by choosing another one.
        unanswered = escape(form.phrase("unanswered"))
        yield f'<label class="choice"><input type="radio" name="{mark}" value="" checked> {unanswered}</label>'
    if item.words:  # whether it may be answered in words
        yield f'<label>{answer}<textarea name="{mark} {answer}" rows="2"></textarea></label>'
    yield "</fieldset>"


def _text_part(form: PartnerForm) -> Iterator[str]:
    """Yield the folded part for readers without a mail program: the form as text, to be answered and copied."""
    end = escape(f"=== {form.phrase('end')} ===")
    yield f'<button type="button" id="gather" hidden>{escape(form.phrase("gather"))}</button>'
    yield '<details id="copy">'
    yield f"<summary>{escape(form.phrase('no_mail'))}</summary>"
    yield f'<label>{escape(form.phrase("as_text"))}<textarea id="text" rows="20" data-end="{end}">'
    yield f"{escape(form_text(form))}</textarea></label>"
    yield "</details>"


def _hash(source: str) -> str:
    """Return the hash by which the page's policy allows an inline style or script (Content Security Policy)."""
    return f"'sha256-{b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
