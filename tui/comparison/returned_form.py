"""Reads a partner's form that came back in a mail, a Word file or a page: its code, and the answer to each item.

Nothing is guessed. Each item of a form begins with its mark, a short code in brackets. An answer is a box that was
marked, or words behind the label « Réponse : », below the mark of its item. Other words that the form did not print
are kept apart (`stray` within an item, `remarks` elsewhere): they are shown, and never applied.
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
from tui.comparison.typed_answers import with_box
from tui.fast_dataclass import dataclass
from tui.guide.partner_form_words import form_word
from tui.i18n import _
from tui.partnership.form_codes import FormCode, FormMark, find_codes, find_mark
from tui.text.name_matching import fold

LONGEST_ANSWER_CHARACTERS = 4000  # a longer text is no answer to a form
# A box to mark, such as "[ ]" or "[x]".
_BOX = re.compile(r"\[([^\[\]\n]{0,4})\]")
_RULE_START = "==="  # how a rule begins: one above and one below each heading of a form sent as text
_HEADING_LINES = 4  # a mail program may have wrapped a heading into so many lines
_DAY_WORDS = 8  # at most, of « d'ici le mardi 1er décembre 2026 »
_SIGNATURE = "--"  # the line above the signature of a mail
_UNMARKED_CHARACTERS = "_-.…\u200b\u200c\u200d\u2060"  # may stand in a box that nobody marked
# A line was printed by the form if it has at least so many words, and this share of them are words of the form.
_PRINTED_SHARE, _PRINTED_WORDS = 0.8, 6
_LEFT_SHARE = 1 / 3  # of the words of an item: with fewer, its words were left out of the answer
_LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What was answered to one item."""

    mark: FormMark  # of the item
    choices: tuple[str, ...] = ()  # the codes of the boxes that were marked
    text: str = ""  # the words behind « Réponse : », on one line
    stray: str = ""  # words elsewhere in the item that the form did not print
    printed: str = ""  # the words the form printed above the boxes

    @property
    def given(self) -> bool:
        """Whether anything was answered: an item left as it was confirms nothing."""
        return bool(self.choices or self.text or self.stray)


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that came back."""

    code: FormCode  # tells the partner, and the text the form was made on
    lang: str  # the language of the form
    answers: Mapping[str, ReadAnswer]  # those given, by the key of their mark, in the order of the form
    remarks: tuple[str, ...] = ()  # words outside of all items
    means: str = ""  # how it came back: a code of choices.toml [answer_means]
    author: str = ""  # the name that the file gives, "" for none
    date: str = ""  # the ISO date that the file gives, "" for none


# Gives the present forms of the partner that a code names, one for each language.
FormsOfCode = Callable[[FormCode], Sequence[PartnerForm]]


def read_form(data: bytes, name: str, forms_of: FormsOfCode) -> ReadForm | None:
    """Return the form that a file or a text holds, None where it holds none.

    `name` is the name of the file. Raises CannotRead for a damaged code, for two forms in one mail, for a form answered
    twice with differences, and, from `forms_of`, for a code that is not of this partnership.
    """
    given = form_files(data, name)
    files = [file for file in given if _is_form(file)]
    if not files:
        return None
    others = [file.name for file in given if file.name and not _is_form(file)]
    codes = {code for file in files for code in _codes(file)}
    if len(codes) > 1:
        raise CannotRead(_("This file holds two different forms. Nothing was taken in: give each form by itself."))
    if not codes:
        raise CannotRead(
            _("The code of this form is damaged: nothing tells whose it is. Ask for the form with its code, as sent.")
        )
    (code,) = codes
    forms = forms_of(code)
    read_forms = [_read_file(file, code, forms) for file in files]
    answered = [form for form in read_forms if form.answers]
    if len({tuple(form.answers.items()) for form in answered}) > 1:
        raise CannotRead(
            _("This form was answered twice, and not alike. Nothing was taken in: give the one that counts.")
        )
    refused = [file.refused for file in given if file.refused]
    if refused and not answered:
        raise CannotRead(refused[0])  # The answers may be in the file that cannot be read.
    if others and not answered:
        return None  # It quotes the empty form, and brings another text.
    return _with_others((answered or read_forms)[0], others)


def _with_others(form: ReadForm, others: Sequence[str]) -> ReadForm:
    """Return the form with a remark for each other file attached to its mail, which is to be read by itself."""
    added = tuple(_("Also attached, to be given by itself: {name}").format(name=name) for name in others)
    return replace(form, remarks=(*form.remarks, *added))


def _is_form(file: FormFile) -> bool:
    """Return whether a file holds a form: two marks of items, a code, or one mark and « ENT- », which begins a code."""
    marks = sum(find_mark(line.text) is not None for line in file.lines)
    return marks > 1 or bool(_codes(file)) or (marks > 0 and "ENT-" in "".join(line.text for line in file.lines))


def _codes(file: FormFile) -> tuple[FormCode, ...]:
    """Return the codes of forms in a file: « ENT-… » tells the partner and the text."""
    return find_codes("\n".join(line.text for line in file.lines))


# -- items -------------------------------------------------------------------------------------------------------------


def _read_file(file: FormFile, code: FormCode, forms: Sequence[PartnerForm]) -> ReadForm:
    """Return the answers in one file; `forms` are the present forms of the partner, one for each language."""
    items, outside = _split_items(_with_joined_headings(file.lines, forms))
    answers: dict[str, ReadAnswer] = {}
    for mark, lines in items:
        present_items = [item for form in forms for item in form.items if item.mark.key == mark.key]
        read_answer = _read_answer(mark, lines, present_items, file.quotes)
        if read_answer.given:
            before = answers.get(mark.key)
            answers[mark.key] = read_answer if before is None else _merge_answers(before, read_answer)
    remarks = tuple(_remarks(outside, forms, file.quotes))
    return ReadForm(code, _language(file, forms), answers, remarks, file.means, file.author, file.date)


def _language(file: FormFile, forms: Sequence[PartnerForm]) -> str:
    """Return the language of most lines « Réponse : » of a form, else that of the first of the present forms."""
    texts = [line.text.casefold() for line in file.lines]
    labels = {lang: form_word("answer", lang).rstrip(" :\u00a0\u202f").casefold() for lang in _LANGUAGES}
    # The label ends its line, unless an answer was typed behind it.
    counts = {lang: sum(label in text[-80:] for text in texts) for lang, label in labels.items()}
    first = forms[0].lang if forms else _LANGUAGES[0]
    return max(_LANGUAGES, key=lambda lang: (counts[lang], lang == first))


def _merge_answers(read_answer: ReadAnswer, other: ReadAnswer) -> ReadAnswer:
    """Return two answers to one item as one: a second text that differs becomes stray words, which raise a doubt."""
    choices = tuple(dict.fromkeys((*read_answer.choices, *other.choices)))
    texts = tuple(dict.fromkeys(filter(None, (read_answer.text, other.text))))
    strays = dict.fromkeys(filter(None, (read_answer.stray, other.stray, *texts[1:])))
    return ReadAnswer(
        read_answer.mark, choices, texts[0] if texts else "", " / ".join(strays), read_answer.printed or other.printed
    )


def _with_joined_headings(lines: Sequence[FormLine], forms: Sequence[PartnerForm]) -> list[FormLine]:
    """Return the lines; each printed heading becomes one line, which `ends` the answer above it.

    This finds the headings of a form that was copied as text, which has no rules around them.
    """
    headings = {" ".join(_words(text)) for form in forms for text in _headings(form)} - {""}
    joined: list[FormLine] = []
    at = 0
    while at < len(lines):
        size = next(
            (size for size in range(1, _HEADING_LINES + 1) if _words_of_lines(lines[at : at + size]) in headings), 0
        )
        text = " ".join(line.text for line in lines[at : at + max(size, 1)])
        joined.append(replace(lines[at], text=text, ends=True) if size else lines[at])
        at += max(size, 1)
    return joined


def _words_of_lines(lines: Sequence[FormLine]) -> str:
    """Return the words of several lines, as by `_words`, with spaces between them."""
    return " ".join(word for line in lines for word in _words(line.text))


def _headings(form: PartnerForm) -> Iterator[str]:
    """Yield the headings that the form prints, those of questions with their number and without."""
    for question in form.questions:
        yield question.heading
        yield f"{question.number}. {question.heading}"
    yield from (item.above for item in form.items)
    yield from (form_word("sentences", form.lang), form_word("end", form.lang))


def _split_items(lines: Sequence[FormLine]) -> tuple[list[tuple[FormMark, list[FormLine]]], list[FormLine]]:
    """Return the marks in their order, each with the lines of its item, and the lines outside of all items."""
    items: list[tuple[FormMark, list[FormLine]]] = []
    outside: list[FormLine] = []
    current: list[FormLine] = outside  # takes the lines that follow
    heading = 0  # how many lines of a heading may still come
    for line in lines:
        text = line.text.strip()
        mark_and_rest = find_mark(text)
        if mark_and_rest is not None:
            mark, rest = mark_and_rest
            current, heading = [FormLine(rest, line.quoted)], 0
            items.append((mark, current))
        elif text.startswith(_RULE_START) or (heading and not line.ends):
            # « === heading === » on one line, or a rule, up to four lines of heading, a rule.
            closed = text.endswith(_RULE_START) and len(text) > len(_RULE_START)
            if closed or not text:
                heading = 0
            elif text.startswith(_RULE_START):
                heading = _HEADING_LINES
            else:
                heading -= 1
            current = outside
        elif line.ends:
            current = outside
            current.append(line)
        elif text == _SIGNATURE:
            current = []  # Lines of a signature are dropped.
        else:
            current.append(line)
    return items, outside


def _read_answer(
    mark: FormMark, lines: Sequence[FormLine], present_items: Sequence[FormItem], quotes: bool
) -> ReadAnswer:
    """Return the answer in the lines of one item.

    `present_items` are the present items of its mark, one for each language; `quotes` says whether the file quotes the
    form.
    """
    labels = (number for number, line in enumerate(lines) if _text_behind_label(line.text) is not None)
    label_line = next(labels, len(lines))  # the number of the line « Réponse : »
    head, behind = lines[:label_line], lines[label_line:]
    answer_texts = [_text_behind_label(line.text) or "" for line in behind[:1]] + [line.text for line in behind[1:]]
    choices, strays, printed = _read_boxes(head, mark, present_items, quotes)
    text = _one_line(" ".join(answer_texts))
    if len(text) > LONGEST_ANSWER_CHARACTERS:
        text, strays = "", [*strays, text]
    if not (choices or text or strays):
        strays = _boxes_left(head, present_items)
    stray = _one_line(" ".join(strays))
    if len(stray) > LONGEST_ANSWER_CHARACTERS:
        stray = stray[:LONGEST_ANSWER_CHARACTERS] + "…"
    return ReadAnswer(mark, choices, text, stray, printed)


def _text_behind_label(text: str) -> str | None:
    """Return the text behind « Réponse : » (« Réponse := » on a page); None for a line without this label."""
    line = text.strip().lstrip("=").strip()
    for lang in _LANGUAGES:
        label = form_word("answer", lang).rstrip(" :\u00a0\u202f")
        match = re.match(rf"{re.escape(label)}[ \u00a0\u202f]*:[ \u00a0]*=?", line, re.IGNORECASE)
        if match is not None:
            return line[match.end() :].strip()
    return None


def _read_boxes(
    head: Sequence[FormLine], mark: FormMark, present_items: Sequence[FormItem], quotes: bool
) -> tuple[tuple[str, ...], list[str], str]:
    """Return the codes of the marked boxes, the texts the form did not print, and the text it printed above the boxes.

    `head` are the lines of the item before « Réponse : ». The codes stand in the order of the form.
    """
    # By the code of a choice, its label in each language as words.
    labels: dict[str, list[list[str]]] = {choice.code: [] for item in present_items for choice in item.choices}
    for item in present_items:
        for choice in item.choices:
            labels[choice.code].append(_words(choice.label))
    head = [replace(line, text=line.text.lstrip("=")) if at == 0 else line for at, line in enumerate(head)]
    marked_lines = (with_box(line.text) for line in head)
    head = [
        replace(line, text=text) if text.startswith("[x]") and _find_label(text[3:], labels)[0] else line
        for line, text in zip(head, marked_lines, strict=True)
    ]
    text = "\n".join(line.text for line in head)
    boxes = list(_BOX.finditer(text))
    chosen: list[str] = []
    strays: list[str] = []
    for box, following in zip_longest(boxes, boxes[1:]):
        words = text[box.end() : following.start() if following is not None else len(text)]
        code, rest = _find_label(words, labels)
        marked = any(not char.isspace() and char not in _UNMARKED_CHARACTERS for char in box[1])
        if code and marked:
            chosen.append(code)
        # Words of an unknown box are stray, unless it is blank and the present form does not ask this any more.
        if not code and (marked or present_items):
            strays.append(box[0] + words)
        elif any(map(str.isalnum, rest)):
            strays.append(rest)
    before = head if not boxes else _lines_before(head, boxes[0].start())
    printed = " ".join(line.text.strip() for line in before).strip()
    unprinted = _unprinted_lines(before, mark, present_items, quotes)
    if not unprinted and _is_changed(printed, mark, present_items):
        unprinted = [printed]
    strays = [*unprinted, *strays]
    order = [choice.code for item in present_items[:1] for choice in item.choices]
    codes = tuple(sorted(dict.fromkeys(chosen), key=lambda code: order.index(code) if code in order else len(order)))
    return codes, [stray for stray in strays if stray.strip()], printed


def _boxes_left(head: Sequence[FormLine], present_items: Sequence[FormItem]) -> list[str]:
    """Return the empty boxes of an item of which somebody took out or struck some: what is left may be the answer."""
    text = "\n".join(line.text for line in head)
    boxes = list(_BOX.finditer(text))
    behind = [text[box.end() : end] for box, end in zip_longest(boxes, (box.start() for box in boxes[1:]))]
    for item in present_items:
        labels = {choice.code: [_words(choice.label)] for choice in item.choices}
        left = {_find_label(words, labels)[0] for words in behind} - {""}
        if 0 < len(left) < len(item.choices):
            return [f"[ ] {choice.label}" for choice in item.choices if choice.code in left]
    return []


def _lines_before(head: Sequence[FormLine], end: int) -> list[FormLine]:
    """Return the lines before the offset `end` of their joined text, the last one cut there."""
    lines: list[FormLine] = []
    start = 0  # of the line, in the joined text
    for line in head:
        if start >= end:
            break
        lines.append(FormLine(line.text[: end - start], line.quoted))
        start += len(line.text) + 1
    return lines


def _find_label(words: str, labels: Mapping[str, Sequence[Sequence[str]]]) -> tuple[str, str]:
    """Return the code whose label these words begin with, and the words behind it; "" and all words for none.

    Of several labels the longest counts.
    """
    folded = _words(words)
    best_size, best_code = 0, ""
    for code, code_labels in labels.items():
        for label in code_labels:
            if len(label) > best_size and folded[: len(label)] == list(label):
                best_size, best_code = len(label), code
    if not best_code:
        return "", words
    return best_code, _text_behind_words(words, best_size)


def _text_behind_words(text: str, count: int) -> str:
    """Return the text behind the first `count` words of a text, without punctuation before it."""
    for match in re.finditer(r"\w+", text):
        count -= 1
        if not count:
            return text[match.end() :].lstrip(" .,;:\u00a0\u202f")
    return ""


def _words(text: str) -> list[str]:
    """Return the words of a text without capitals and accents."""
    return [fold(word) for word in re.findall(r"\w+", text)]


def _unprinted_lines(
    head: Sequence[FormLine], mark: FormMark, present_items: Sequence[FormItem], quotes: bool
) -> list[str]:
    """Return the lines above the boxes of an item that the form did not print.

    If the file quotes the form, they are the lines behind the first that are neither quoted nor printed; else the lines
    with words that the item lacks. Without quotes nothing is returned if the words of the item have changed since.
    """
    if quotes:
        return [line.text for line in head[1:] if not line.quoted and not _is_printed(line.text, present_items)]
    if not present_items or all(item.mark.words != mark.words for item in present_items):
        return []
    item_words = Counter[str]()
    for item in present_items:
        printed = " ".join(
            (item.label, item.known, form_word("noted", "fr", known=""), form_word("noted", "en", known=""))
        )
        item_words |= Counter(_words(printed))
    return [line.text for line in head if Counter(_words(line.text)) - item_words]


def _is_changed(printed: str, mark: FormMark, present_items: Sequence[FormItem]) -> bool:
    """Return whether somebody typed into the words that the form printed above the boxes of an item.

    Words that are gone for the most part were left out of an answer. Where the words of the item have changed since,
    nothing tells what it printed.
    """
    words = Counter(_words(printed))
    items = [
        item
        for item in present_items
        if item.known and item.mark.words == mark.words
        and (words & Counter(_words(item.known))).total() >= _LEFT_SHARE * len(_words(item.known))
    ]  # fmt: skip
    return bool(items) and not any(_holds_as_printed(printed, item) for item in items)


def _holds_as_printed(printed: str, item: FormItem) -> bool:
    """Return whether words that came back hold the value of an item in a row, and no words that the form lacks.

    Our page shortens the value in the mail that it sends: « une personne formée par … ».
    """
    noted = (form_word("noted", lang, known="") for lang in _LANGUAGES)
    added = Counter(_words(printed)) - Counter(_words(" ".join((item.label, item.known, *noted))))
    is_whole = " ".join(_words(item.known)) in " ".join(_words(printed))
    return not added and (is_whole or printed.rstrip().endswith("…"))


def _is_printed(text: str, present_items: Sequence[FormItem]) -> bool:
    """Return whether the words of a line stand in a row in the label and value of an item."""
    words = " ".join(_words(text))
    return any(words in " ".join(_words(f"{item.label} {item.known}")) for item in present_items)


def _remarks(outside: Iterable[FormLine], forms: Sequence[PartnerForm], quotes: bool) -> Iterator[str]:
    """Yield the paragraphs written outside of all items, without lines that the form or a mail program printed."""
    frame = [" ".join(_words(text)) for form in forms for text in _frame_texts(form)]
    frame_words = set(" ".join(frame).split())
    paragraph: list[str] = []
    # A mail program without quote signs repeats the mail it answers below a line « On … X wrote: ».
    in_repeated_mail = False
    before = FormLine("")
    for line in (*outside, FormLine("")):
        text, may_be_wrapped = line.text.strip(), quotes and before.quoted and not line.quoted
        if may_be_wrapped and text and set(_words(text)) <= frame_words:
            continue  # It is the end of a quoted line, wrapped without its quote sign.
        before = line
        in_repeated_mail = in_repeated_mail or (not quotes and bool(ATTRIBUTION.fullmatch(text)))
        if (
            text
            and not in_repeated_mail
            and not (quotes and line.quoted)
            and not find_codes(text)
            and not _is_frame(text, frame, frame_words)
        ):
            paragraph.append(text)
        elif paragraph:
            yield _one_line(" ".join(paragraph))[:LONGEST_ANSWER_CHARACTERS]
            paragraph = []


def _is_frame(text: str, frame: Sequence[str], frame_words: set[str]) -> bool:
    """Return whether a line was printed around the items by the form or a mail program, even if it was wrapped.

    `frame` are the texts that the form prints there, as words joined by spaces, `frame_words` all their words.
    """
    words = _words(_without_day(text))
    joined = " ".join(words)
    if not words or joined in frame or ATTRIBUTION.fullmatch(text):
        return True
    is_part = len(words) > 1 and any(joined in frame_text for frame_text in frame)
    is_alike = sum(word in frame_words for word in words) >= _PRINTED_SHARE * len(words)
    return is_part or (is_alike and len(words) >= _PRINTED_WORDS)


def _without_day(text: str) -> str:
    """Return a line without « Réponse attendue d'ici le 15 décembre. », which a form has that was made with a day."""
    for lang in _LANGUAGES:
        before, label, behind = text.partition(form_word("answer_by", lang, date="").rstrip(" ."))
        if label and len(_words(behind)) <= _DAY_WORDS:
            return before
    return text


def _frame_texts(form: PartnerForm) -> Iterator[str]:
    """Yield the texts that the form prints around its items."""
    yield from form.introduction
    yield form.title
    yield form_word("code", form.lang, code="")
    for key in ("form_title", "form_hello", "keep_code", "how_mail", "how_word", "how_page", "send", "gather",
                "no_mail", "as_text"):  # fmt: skip
        yield form_word(key, form.lang)
    yield from _headings(form)


def _one_line(text: str) -> str:
    """Return the text with each run of blanks as one space."""
    return " ".join(text.split())
