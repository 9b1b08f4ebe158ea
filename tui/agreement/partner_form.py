"""Makes the form that one partner answers: eight questions, prefilled with what is known and public.

Every format (mail, Word, web page) prints this value. A form that comes back is read by its marks, short codes printed
beside each item (tui.partnership.form_codes). The form is made from the public view alone, so it holds nothing private.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement
from tui.agreement.form_sentences import BETWEEN, form_sentences
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.guide.partner_form_words import form_choices, form_word
from tui.partnership.completion import single_entry
from tui.partnership.form_codes import FormCode, FormMark, code_of_id, item_mark, words_of_points
from tui.partnership.partners import PEOPLE, WHO, find_partner, people, rows_of
from tui.partnership.positions import CONSENSUS, EXCEPTIONS, levels_to_choose
from tui.partnership.privacy import Published
from tui.partnership.values import Entry, answer_id
from tui.text.dates import format_by, format_date

GIVES, RECEIVES, TIME = "open.contributions", "commit.win_win", "commit.time"
LEVEL, REASON, LEAVE, CAPACITY = "text/level", "text/reason", "text/leave", "capacity"  # ids of items
SIGNATORY, CONTACT = "signatory", "contact"  # begin the ids of items that ask about a person who is not known yet


@dataclass(frozen=True, slots=True)
class FormChoice:
    """One box that can be marked: its code, and its words in the form's language."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class FormTarget:
    """Where an answer is stored: question, part, entry ("" for a new row) and field, by the guide's ids.

    For a sentence of the text, `entry` is the one that holds the sentence: the answer to it is stored as an exception
    of the partner's position.
    """

    question: str = ""
    part: str = ""
    entry: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class FormItem:
    """One item that is asked: a field, a row, or a sentence of the text."""

    id: str  # « row/ID », « sentence/ID/FIELD », « text/level » …
    mark: FormMark  # the short code printed beside the item, by which its answer is read
    label: str
    known: str = ""  # printed beside the item: what is on record, or the sentence of the text
    above: str = ""  # the small heading above the item within its question, "" for none
    choices: tuple[FormChoice, ...] = ()  # the boxes, of which one is to be marked
    words: bool = True  # whether the item takes an answer in words too
    target: FormTarget = FormTarget()

    @property
    def is_sentence(self) -> bool:
        """Whether the item is a sentence of the text; partners may leave these unanswered."""
        return self.id.startswith("sentence/")


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question of the form: its number from 1, its heading, and its items."""

    number: int
    heading: str
    items: tuple[FormItem, ...]


@dataclass(frozen=True, slots=True)
class FormFacts:
    """The facts of one sending that a form prints."""

    number: int = 0  # of the draft that it asks about; 0 for today's text
    answer_by: str = ""  # ISO date, "" for none
    sender: str = ""  # who reads the answers, "" if unknown
    reply_to: str = ""  # the e-mail address for answers, "" if unknown


USUAL = FormFacts()


@dataclass(frozen=True, slots=True)
class PartnerForm:
    """The form of one partner in one language; formats print `sentences` after the question "text", the seventh."""

    lang: str
    region: str
    code: FormCode
    partner: str  # its id
    name: str  # its name, "" while it may not be named
    title: str  # of the partnership
    introduction: tuple[str, ...]
    questions: tuple[FormQuestion, ...]
    sentences: tuple[FormItem, ...]
    reply_to: str = ""

    @property
    def items(self) -> tuple[FormItem, ...]:
        """All items, the sentences last."""
        return (*(item for question in self.questions for item in question.items), *self.sentences)

    def phrase(self, key: str, **values: object) -> str:
        """Return a set phrase in the form's language, with its typography."""
        return polished(form_word(key, self.lang, **values), self.region)


def partner_form(
    guide: Guide, public: Published, agreement: Agreement, partner_id: str, facts: FormFacts = USUAL
) -> PartnerForm | None:
    """Return the form of a partner in the language of `agreement`, the text it asks about; None for an unknown id.

    `public` is the public view of the partnership.
    """
    partner = find_partner(public.view, partner_id)
    if partner is None:
        return None
    return _FormMaker(guide, public, agreement, partner_id, partner.name(agreement.lang)).form(facts)


class _FormMaker:
    """Makes one form; each method yields the items of one question."""

    def __init__(self, guide: Guide, public: Published, agreement: Agreement, partner_id: str, name: str) -> None:
        self._guide, self._public, self._view = guide, public, public.view
        self._agreement, self._lang, self._partner, self._name = agreement, agreement.lang, partner_id, name
        self._sentences = form_sentences(agreement, public.points)
        self._asked_rows: set[str] = set()  # the entries that a question asks about; no sentence asks about them again

    def form(self, facts: FormFacts) -> PartnerForm:
        """Return the form. The questions come before the sentences, which leave out what a question asks about."""
        questions_by_key = (
            ("organisation", self._organisation()), ("signatory", self._signatories()), ("approval", self._approval()),
            ("contact", self._contact()), ("commitments", self._commitments()), ("receives", self._receives()),
            ("text", self._position()), ("capacity", self._capacity()),
        )  # fmt: skip
        questions = tuple(
            FormQuestion(number, self._word(key), tuple(items))
            for number, (key, items) in enumerate(questions_by_key, 1)
        )
        text_digest = words_of_points(self._public.points)
        code = FormCode(code_of_id(self._view.id), code_of_id(self._partner), facts.number, text_digest)
        return PartnerForm(
            self._lang, self._agreement.region, code, self._partner, self._name, self._agreement.title,
            tuple(self._introduction(facts)), questions, tuple(self._each_sentence()),
            facts.reply_to,
        )  # fmt: skip

    def _introduction(self, facts: FormFacts) -> Iterator[str]:
        """Yield the paragraphs above the questions: purpose, which text and by when, who reads it, rights."""
        yield self._word("purpose", title=self._agreement.title)
        goal = single_entry(self._view, "gather.vision", ())
        text = " ".join(goal.text("goal", self._lang).split())
        if text:
            yield self._word("purpose_goal", goal=text)
        about = self._word("on_draft", number=facts.number) if facts.number else self._word("on_today")
        by = self._word("answer_by", date=format_by(facts.answer_by, self._lang)) if facts.answer_by else ""
        yield " ".join(filter(None, (about, by)))
        yield self._word("readers", sender=facts.sender or form_word("readers_nobody", self._lang))
        yield f"{self._word('rights')} {self._word('silence')}"

    def _organisation(self) -> Iterator[FormItem]:
        """Ask for the partner's name."""
        yield self._fact("organisation_name", FormTarget(WHO, "", self._partner, "name"), self._name)

    def _signatories(self) -> Iterator[FormItem]:
        """Ask about each person who signs, or about a new one."""
        signing = self._signing()
        for row in signing:
            yield from self._person(row)
        if not signing:
            yield from self._person(None, SIGNATORY)

    def _contact(self) -> Iterator[FormItem]:
        """Ask about the first person who does not sign, or a new one; e-mail and telephone are never printed."""
        signing = self._signing()
        others = (row for row in people(self._view, self._partner) if row not in signing)
        contact = next(others, None)
        yield from self._person(contact, CONTACT)
        for field in ("email", "phone"):
            yield self._fact(f"person_{field}", self._of_person(contact, field), "", "" if contact else CONTACT)

    def _signing(self) -> list[Entry]:
        """Return the people of the partner who sign."""
        return [row for row in people(self._view, self._partner) if row.get("signs")]

    def _person(self, row: Entry | None, new: str = "") -> Iterator[FormItem]:
        """Ask about the name and title of a person; `new` is SIGNATORY or CONTACT if there is none yet."""
        for field in ("name", "title"):
            present_words = row.text(field, self._lang) if row is not None else ""
            yield self._fact(f"person_{field}", self._of_person(row, field), present_words, "" if row else new)

    def _of_person(self, row: Entry | None, field: str) -> FormTarget:
        """Return where an answer about a person is stored; None is a person who is not known yet."""
        return FormTarget(WHO, PEOPLE, row.id if row is not None else "", field)

    def _approval(self) -> Iterator[FormItem]:
        """Ask which body approves the text, and when."""
        entry = single_entry(self._view, CONSENSUS, (self._partner,))
        who = find_partner(self._view, self._partner)
        body = entry.text("ratify_by", self._lang) or (who.entry.text("auth_body", self._lang) if who else "")
        position = answer_id(CONSENSUS, (self._partner,))
        yield self._fact("approval_body", FormTarget(CONSENSUS, "", position, "ratify_by"), body)
        on = entry.get("ratify_on")
        day = format_date(on, self._lang) if isinstance(on, str) else ""
        yield self._fact("approval_date", FormTarget(CONSENSUS, "", position, "ratify_on"), day)

    def _commitments(self) -> Iterator[FormItem]:
        """Ask about the partner's commitments, and for a new one."""
        items = list(self._rows(rows_of(self._view, GIVES, "rows", self._partner), "", "commitment"))
        yield from items
        yield self._new("commitment_new" if items else "commitment_first", FormTarget(GIVES, "rows", "", "text"))

    def _receives(self) -> Iterator[FormItem]:
        """Ask about what the partner receives, then about the time that it gives."""
        received = rows_of(self._view, RECEIVES, "receives", self._partner)
        items = list(self._rows(received, "receives_known", "row"))
        yield from items
        yield self._new("receives_new" if items else "receives_first", FormTarget(RECEIVES, "receives", "", "text"))
        yield from self._rows(rows_of(self._view, TIME, "rows", self._partner), "time_known", "row")
        yield self._new("time_new", FormTarget(TIME, "rows", "", "effort"))

    def _rows(self, rows: Iterable[Entry], label: str, choices: str) -> Iterator[FormItem]:
        """Ask about each row that the text prints: the partner confirms its sentence, changes it or takes it out.

        `label` is the set phrase above the item; "" for the sentence's own heading in the text. `choices` names a list
        of the form's choices.
        """
        for row in rows:
            sentences = [sentence for sentence in self._sentences if sentence.origin.entry == row.id]
            if not sentences:
                continue
            self._asked_rows.add(row.id)
            target = FormTarget(row.question, row.part, row.id, "effort" if row.question == TIME else "text")
            item_id = f"row/{row.id}"
            mark = item_mark(item_id, self._public.points[row.id])
            text = "\n".join(sentence.text for sentence in sentences)
            # The heading of a sentence is « section, subheading »: the section itself is left out here.
            head = self._word(label) if label else BETWEEN.join(sentences[0].heading.split(BETWEEN)[1:])
            yield FormItem(item_id, mark, "", text, head, self._choices(choices), target=target)

    def _position(self) -> Iterator[FormItem]:
        """Ask for the partner's position on the whole text: its level, its reason, and leave to publish it."""
        position = answer_id(CONSENSUS, (self._partner,))
        text_digest = words_of_points(self._public.points)
        allowed = levels_to_choose(self._guide, self._view)
        items = (  # (id of the item, field, boxes)
            (LEVEL, "level", self._choices("level", allowed)),
            (REASON, "reservation", ()),
            (LEAVE, "leave", self._choices("leave")),
        )
        for item_id, field, boxes in items:
            target = FormTarget(CONSENSUS, "", position, field)
            label = self._word(item_id.replace("/", "_"))
            mark = item_mark(item_id, text_digest)
            yield FormItem(item_id, mark, label, choices=boxes, words=not boxes, target=target)

    def _capacity(self) -> Iterator[FormItem]:
        """Ask in which capacity the person answers."""
        yield FormItem(CAPACITY, item_mark(CAPACITY, ""), "", choices=self._choices("capacity"), words=False)

    def _each_sentence(self) -> Iterator[FormItem]:
        """Ask about each sentence of the text that no question asks about."""
        for sentence in self._sentences:
            if sentence.origin.entry in self._asked_rows:
                continue
            item_id = f"sentence/{sentence.origin.entry}/{sentence.origin.field}"
            mark = item_mark(item_id, self._public.points[sentence.origin.entry])
            target = FormTarget(CONSENSUS, EXCEPTIONS, sentence.origin.entry, sentence.origin.field)
            yield FormItem(item_id, mark, "", sentence.text, sentence.heading, self._choices("sentence"), target=target)

    def _fact(self, key: str, target: FormTarget, present_words: str, new: str = "") -> FormItem:
        """Ask about one field that holds `present_words` ("" for nothing); `new` is that of `_person`."""
        present_words = " ".join(present_words.split())
        item_id = f"{new or target.entry}/{target.part or 'answer'}/{target.field}"
        boxes = self._choices("known") if present_words else ()
        return FormItem(
            item_id, item_mark(item_id, present_words), self._word(key), present_words, choices=boxes, target=target
        )

    def _new(self, key: str, target: FormTarget) -> FormItem:
        """Ask for a row that does not exist yet."""
        item_id = f"new/{target.question}/{target.field}"
        return FormItem(item_id, item_mark(item_id, ""), self._word(key), target=target)

    def _choices(self, name: str, only: Sequence[str] = ()) -> tuple[FormChoice, ...]:
        """Return the boxes of a list of choices; of the codes in `only`, if any are given."""
        return tuple(
            FormChoice(code, polished(words.get(self._lang), self._agreement.region))
            for code, words in form_choices(name).items()
            if not only or code in only
        )

    def _word(self, key: str, **values: object) -> str:
        """Return a set phrase of the form in its language, with its typography."""
        return polished(form_word(key, self._lang, **values), self._agreement.region)
