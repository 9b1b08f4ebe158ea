"""A partner's form that came back, in a mail, a Word file or a page: its code, and what was answered to each item.

Nothing is guessed. An answer is a box that was marked, or words behind « Réponse : », both below the mark of their
item. Other words that nobody of us printed are kept apart (`stray`, `remarks`), to be shown and never applied.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from tui.agreement.partner_form import FormItem, PartnerForm
from tui.comparison.form_lines import FormFile, FormLine, form_files
from tui.comparison.returned_lines import CannotRead
from tui.comparison.returned_text import ATTRIBUTION
from tui.fast_dataclass import dataclass
from tui.guide.partner_form_words import form_word
from tui.i18n import _
from tui.partnership.form_codes import FormCode, FormMark, find_codes, find_mark
from tui.text.name_matching import fold

LONGEST = 4000  # letters of one answer; a longer one is no answer to a form
_BOX = re.compile(r"\[([^\[\]\n]{0,4})\]")
_RULE = "==="
_HEADING_LINES = 4  # into which a mail program may have wrapped a heading
_SIGNATURE = "--"
_EMPTY = "_-.…\u200b\u200c\u200d\u2060"  # what may stand between brackets that nobody marked
_PRINTED_SHARE, _PRINTED_WORDS = 0.8, 6  # of the words of a line, at least so many, are of the form: it printed it
_LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What was answered to one item: the codes of the boxes that were marked, and the words behind « Réponse : ».

    `stray` are words that stand elsewhere in the item and are not ours; `printed` what the form said there.
    """

    mark: FormMark
    choices: tuple[str, ...] = ()
    text: str = ""
    stray: str = ""
    printed: str = ""

    @property
    def given(self) -> bool:
        """Whether anything was answered at all: what was left as it was confirms nothing."""
        return bool(self.choices or self.text or self.stray)


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that came back; `answers` are those that were given, by the key of their mark, in the form's order.

    `lang` is the language of the form, `remarks` are words outside of all items. `means` is a code of choices.toml
    [answer_means]; `author` and `date` (an ISO date) are those that the file names, "" for none.
    """

    code: FormCode
    lang: str
    answers: Mapping[str, ReadAnswer]
    remarks: tuple[str, ...] = ()
    means: str = ""
    author: str = ""
    date: str = ""


FormsOf = Callable[[FormCode], Sequence[PartnerForm]]


def read_form(data: bytes, name: str, forms_of: FormsOf) -> ReadForm | None:
    """Return the form that a file or a text holds, None where it holds none.

    `forms_of` gives the present forms of the partner that a code names, in each language; it raises CannotRead for
    one that is not of this partnership. CannotRead too for a damaged code, and for two forms in one mail.
    """
    given = form_files(data, name)
    files = [form_file for form_file in given if _is_form(form_file)]
    if not files:
        return None
    others = [form_file.name for form_file in given if form_file.name and not _is_form(form_file)]
    codes = {code for file in files for code in _codes(file)}
    if len(codes) > 1:
        raise CannotRead(_("There are two different forms in this. Nothing was taken in: give each by itself."))
    if not codes:
        raise CannotRead(
            _("The code of this form is damaged: nothing tells whose it is. Ask for the form with its code, as sent.")
        )
    (code,) = codes
    forms = forms_of(code)
    found = [_read(file, code, forms) for file in files]
    answered = [form for form in found if form.answers]
    if len({tuple(form.answers.items()) for form in answered}) > 1:
        raise CannotRead(
            _("This form was answered twice, and not alike. Nothing was taken in: give the one that counts.")
        )
    refused = [form_file.refused for form_file in given if form_file.refused]
    if refused and not answered:
        raise CannotRead(refused[0])  # the answers may be in there
    if others and not answered:
        return None  # it quotes the form untouched, and brings another text
    return _with_others((answered or found)[0], others)


def _with_others(form: ReadForm, others: Sequence[str]) -> ReadForm:
    """The form, with what else was attached to its mail said among its remarks: it is read by itself."""
    said = tuple(_("Also attached, to be given by itself: {name}").format(name=name) for name in others)
    return replace(form, remarks=(*form.remarks, *said))


def _is_form(file: FormFile) -> bool:
    marks = sum(find_mark(line.text) is not None for line in file.lines)
    return marks > 1 or bool(_codes(file)) or (marks > 0 and "ENT-" in "".join(line.text for line in file.lines))


def _codes(file: FormFile) -> tuple[FormCode, ...]:
    return find_codes("\n".join(line.text for line in file.lines))


# -- items -------------------------------------------------------------------------------------------------------------


def _read(file: FormFile, code: FormCode, forms: Sequence[PartnerForm]) -> ReadForm:
    items, outside = _parted(_without_headings(file.lines, forms))
    answers: dict[str, ReadAnswer] = {}
    for mark, lines in items:
        known = [item for form in forms for item in form.items if item.mark.key == mark.key]
        read_answer = _answer(mark, lines, known, file.quotes)
        if read_answer.given:
            before = answers.get(mark.key)
            answers[mark.key] = read_answer if before is None else _joined(before, read_answer)
    remarks = tuple(_remarks(outside, forms, file.quotes))
    return ReadForm(code, _language(file, forms), answers, remarks, file.means, file.author, file.date)


def _language(file: FormFile, forms: Sequence[PartnerForm]) -> str:
    """The language of a form: that of most of its lines « Réponse : », else of the first of the present forms."""
    said = [line.text.casefold() for line in file.lines]
    labels = {lang: form_word("answer", lang).rstrip(" :\u00a0\u202f").casefold() for lang in _LANGUAGES}
    counts = {lang: sum(label in text[-80:] for text in said) for lang, label in labels.items()}
    first = forms[0].lang if forms else _LANGUAGES[0]
    return max(_LANGUAGES, key=lambda lang: (counts[lang], lang == first))


def _joined(read_answer: ReadAnswer, other: ReadAnswer) -> ReadAnswer:
    """Two answers to one item: where they differ, both are kept, and nobody can take them for one."""
    choices = tuple(dict.fromkeys((*read_answer.choices, *other.choices)))
    texts = tuple(dict.fromkeys(filter(None, (read_answer.text, other.text))))
    strays = dict.fromkeys(filter(None, (read_answer.stray, other.stray, *texts[1:])))
    return ReadAnswer(
        read_answer.mark, choices, texts[0] if texts else "", " / ".join(strays), read_answer.printed or other.printed
    )


def _without_headings(lines: Sequence[FormLine], forms: Sequence[PartnerForm]) -> list[FormLine]:
    """The lines, each printed heading made one that ends an answer: a form that was copied as text has no rules."""
    headings = {" ".join(_words(text)) for form in forms for text in _headings(form)} - {""}
    found: list[FormLine] = []
    at = 0
    while at < len(lines):
        size = next((size for size in range(1, _HEADING_LINES + 1) if _said(lines[at : at + size]) in headings), 0)
        text = " ".join(line.text for line in lines[at : at + max(size, 1)])
        found.append(replace(lines[at], text=text, ends=True) if size else lines[at])
        at += max(size, 1)
    return found


def _said(lines: Sequence[FormLine]) -> str:
    return " ".join(word for line in lines for word in _words(line.text))


def _headings(form: PartnerForm) -> Iterator[str]:
    """What the form prints above its items, with its number and without."""
    for question in form.questions:
        yield question.heading
        yield f"{question.number}. {question.heading}"
    yield from (item.above for item in form.items)
    yield from (form_word("sentences", form.lang), form_word("end", form.lang))


def _parted(lines: Sequence[FormLine]) -> tuple[list[tuple[FormMark, list[FormLine]]], list[FormLine]]:
    """The lines below each mark, and those outside of all items."""
    items: list[tuple[FormMark, list[FormLine]]] = []
    outside: list[FormLine] = []
    here: list[FormLine] = outside
    heading = 0  # lines of a heading that may still come
    for line in lines:
        text = line.text.strip()
        found = find_mark(text)
        if found is not None:
            mark, rest = found
            here, heading = [FormLine(rest, line.quoted, line.asked)], 0
            items.append((mark, here))
        elif text.startswith(_RULE) or (heading and not line.ends):
            closed = text.endswith(_RULE) and len(text) > len(_RULE)
            heading = 0 if closed or not text else _HEADING_LINES if text.startswith(_RULE) else heading - 1
            here = outside
        elif line.ends:
            here = outside
            here.append(line)
        elif text == _SIGNATURE:
            here = []  # what a mail program writes below every mail
        else:
            here.append(line)
    return items, outside


def _answer(mark: FormMark, lines: Sequence[FormLine], known: Sequence[FormItem], quotes: bool) -> ReadAnswer:
    """What was answered below one mark; `known` are the items that it is of, one a language."""
    at = next((at for at, line in enumerate(lines) if _behind_answer(line.text) is not None), len(lines))
    head = lines[:at]
    said = [_behind_answer(lines[at].text) or "", *(line.text for line in lines[at + 1 :])] if at < len(lines) else []
    choices, strays, printed = _boxes(head, mark, known, quotes)
    text = _one_line(" ".join(said))
    if len(text) > LONGEST:
        text, strays = "", [*strays, text]
    stray = _one_line(" ".join(strays))
    if len(stray) > LONGEST:
        stray = stray[:LONGEST] + "…"
    return ReadAnswer(mark, choices, text, stray, printed)


def _behind_answer(text: str) -> str | None:
    """What stands behind « Réponse : » (« Réponse := » of a page); None for another line."""
    line = text.strip().lstrip("=").strip()
    for lang in _LANGUAGES:
        label = form_word("answer", lang).rstrip(" :\u00a0\u202f")
        found = re.match(rf"{re.escape(label)}[ \u00a0\u202f]*:[ \u00a0]*=?", line, re.IGNORECASE)
        if found is not None:
            return line[found.end() :].strip()
    return None


def _boxes(
    head: Sequence[FormLine], mark: FormMark, known: Sequence[FormItem], quotes: bool
) -> tuple[tuple[str, ...], list[str], str]:
    """The codes that were marked, words that are not ours, and what the form printed."""
    labels: dict[str, list[list[str]]] = {code.code: [] for item in known for code in item.choices}
    for item in known:
        for choice in item.choices:
            labels[choice.code].append(_words(choice.label))
    whole = "\n".join(line.text.lstrip("=") if at == 0 else line.text for at, line in enumerate(head))
    found = list(_BOX.finditer(whole))
    chosen: list[str] = []
    strays: list[str] = []
    for box, following in zip_longest(found, found[1:]):
        words = whole[box.end() : following.start() if following is not None else len(whole)]
        code, rest = _labelled(words, labels)
        marked = any(not char.isspace() and char not in _EMPTY for char in box[1])
        if code and marked:
            chosen.append(code)
        if not code and (marked or known):
            strays.append(box[0] + words)
        elif any(map(str.isalnum, rest)):
            strays.append(rest)
    before = head if not found else _lines_before(head, found[0].start())
    printed = " ".join(line.text.lstrip("=").strip() for line in before).strip()
    strays = [*_not_ours(before, mark, known, quotes), *strays]
    order = [choice.code for item in known[:1] for choice in item.choices]
    codes = tuple(sorted(dict.fromkeys(chosen), key=lambda item: order.index(item) if item in order else len(order)))
    return codes, [stray for stray in strays if stray.strip()], printed


def _lines_before(head: Sequence[FormLine], end: int) -> list[FormLine]:
    """The lines that stand before a place of their joined text; the last one to that place."""
    found: list[FormLine] = []
    at = 0
    for line in head:
        if at >= end:
            break
        found.append(FormLine(line.text[: end - at], line.quoted, line.asked))
        at += len(line.text) + 1
    return found


def _labelled(words: str, labels: Mapping[str, Sequence[Sequence[str]]]) -> tuple[str, str]:
    """The code whose label these words begin with, the longest of several, and what stands behind it; "" for none."""
    said = _words(words)
    best: tuple[int, str] = (0, "")
    for code, forms in labels.items():
        for label in forms:
            if len(label) > best[0] and said[: len(label)] == list(label):
                best = len(label), code
    if not best[1]:
        return "", words
    return best[1], _behind(words, best[0])


def _behind(text: str, count: int) -> str:
    """What stands behind the first `count` words of a text."""
    for found in re.finditer(r"\w+", text):
        count -= 1
        if not count:
            return text[found.end() :].lstrip(" .,;:\u00a0\u202f")
    return ""


def _words(text: str) -> list[str]:
    return [fold(word) for word in re.findall(r"\w+", text)]


def _not_ours(head: Sequence[FormLine], mark: FormMark, known: Sequence[FormItem], quotes: bool) -> list[str]:
    """Words above the boxes of an item that no form of ours printed.

    Where the reply quotes, they are the lines that are not quoted; else those that hold words the item does not. Of an
    item whose words changed since, what it printed is not known, and only quotes tell.
    """
    if quotes:
        return [line.text for line in head[1:] if not line.quoted and not _is_printed(line.text, known)]
    if not known or all(item.mark.words != mark.words for item in known):
        return []
    said, ours = Counter(_words(" ".join(line.text for line in head))), Counter[str]()
    for item in known:
        printed = " ".join(
            (item.label, item.known, form_word("noted", "fr", known=""), form_word("noted", "en", known=""))
        )
        ours |= Counter(_words(printed))
    if sum((said - ours).values()) == 0:
        return []
    return [line.text for line in head if Counter(_words(line.text)) - ours]


def _is_printed(text: str, known: Sequence[FormItem]) -> bool:
    words = " ".join(_words(text))
    return any(words in " ".join(_words(f"{item.label} {item.known}")) for item in known)


def _remarks(outside: Iterable[FormLine], forms: Sequence[PartnerForm], quotes: bool) -> Iterator[str]:
    """What was written outside of all items, as paragraphs; what the form or a mail program prints says nothing."""
    frame = [" ".join(_words(text)) for form in forms for text in _frame_words(form)]
    everything = set(" ".join(frame).split())
    held: list[str] = []
    below = False  # what a program without quote signs quotes stands below its line of who wrote when
    before = FormLine("")
    for line in (*outside, FormLine("")):
        said, wrapped = line.text.strip(), quotes and before.quoted and not line.quoted
        if wrapped and said and set(_words(said)) <= everything:
            continue  # the end of a quoted line, which a mail program wrapped without its sign
        before = line
        below = below or (not quotes and bool(ATTRIBUTION.fullmatch(said)))
        if (
            said
            and not below
            and not (quotes and line.quoted)
            and not find_codes(said)
            and not _is_frame(said, frame, everything)
        ):
            held.append(said)
        elif held:
            yield _one_line(" ".join(held))[:LONGEST]
            held = []


def _is_frame(said: str, frame: Sequence[str], everything: set[str]) -> bool:
    """Whether a line is what the form or a mail program prints around the items, as a whole or as it was wrapped."""
    words = _words(said)
    whole = " ".join(words)
    if not words or whole in frame or ATTRIBUTION.fullmatch(said):
        return True
    near = sum(word in everything for word in words) >= _PRINTED_SHARE * len(words)
    return (any(whole in text for text in frame) and len(words) > 1) or (near and len(words) >= _PRINTED_WORDS)


def _frame_words(form: PartnerForm) -> Iterator[str]:
    yield from form.introduction
    yield form.title
    yield form_word("code", form.lang, code="")
    for key in ("form_title", "form_hello", "keep_code", "end", "how_mail", "how_word", "how_page", "send", "gather",
                "no_mail", "as_text", "sentences"):  # fmt: skip
        yield form_word(key, form.lang)
    yield from _headings(form)


def _one_line(text: str) -> str:
    return " ".join(text.split())
