"""The form that one partner answers, as a value: at most eight questions, prefilled with what is known and public.

Every format prints this value, and whatever comes back is read by the marks that it prints. It is made from the
public view alone: trust, history, satisfaction, answers and anything noted privately are not in it.
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
LEVEL, REASON, LEAVE, CAPACITY = "text/level", "text/reason", "text/leave", "capacity"
SIGNATORY, CONTACT = "signatory", "contact"  # what the ids of the items begin with that ask of a person not known yet


@dataclass(frozen=True, slots=True)
class FormChoice:
    """One box that can be marked: its code, and its words in the form's language."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class FormTarget:
    """Where an answer is kept: question, part, entry ("" for a row that is new) and field of the guide's data.

    A sentence's target is the entry that says it: the answer becomes an exception of the partner's position.
    """

    question: str = ""
    part: str = ""
    entry: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class FormItem:
    """One thing that is asked. `known` is what is printed beside it: what we noted, or a sentence of the text.

    `above` is the heading it stands under within its question, "" for none; `choices` the boxes that can be marked,
    of which one is meant; `words` tells whether an answer in words is taken too.
    """

    id: str
    mark: FormMark
    label: str
    known: str = ""
    above: str = ""
    choices: tuple[FormChoice, ...] = ()
    words: bool = True
    target: FormTarget = FormTarget()

    @property
    def is_sentence(self) -> bool:
        """Whether it is a sentence of the text, answered only where the partner wants to."""
        return self.id.startswith("sentence/")


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question of the form: its number from 1, its heading, and its items."""

    number: int
    heading: str
    items: tuple[FormItem, ...]


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What a form says besides what is known: the draft it asks about (0: today's text), by when, who reads it."""

    number: int = 0
    answer_by: str = ""  # ISO date
    sender: str = ""
    reply_to: str = ""  # the e-mail address that answers go to, "" where it is not known


USUAL = FormFacts()


@dataclass(frozen=True, slots=True)
class PartnerForm:
    """The form of one partner in one language; `sentences` stand under the last question but one."""

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
        """Every item, the sentences last."""
        return (*(item for question in self.questions for item in question.items), *self.sentences)

    def phrase(self, key: str, **values: object) -> str:
        """Return a set phrase in the form's language, with its typography."""
        return polished(form_word(key, self.lang, **values), self.region)


def partner_form(
    guide: Guide, public: Published, agreement: Agreement, partner_id: str, facts: FormFacts = USUAL
) -> PartnerForm | None:
    """Return the form of a partner in the language of `agreement`, which is the text it asks about.

    `public` is what anyone may see of the partnership. None for an id that is no partner's.
    """
    known = find_partner(public.view, partner_id)
    if known is None:
        return None
    return _Asking(guide, public, agreement, partner_id, known.name(agreement.lang)).form(facts)


class _Asking:
    """Puts one form together."""

    def __init__(self, guide: Guide, public: Published, agreement: Agreement, partner_id: str, name: str) -> None:
        self._guide, self._public, self._view = guide, public, public.view
        self._agreement, self._lang, self._partner, self._name = agreement, agreement.lang, partner_id, name
        self._sentences = form_sentences(agreement, public.points)
        self._own: set[str] = set()  # the entries that a question asks about: as a sentence they are not asked again

    def form(self, facts: FormFacts) -> PartnerForm:
        asked = (
            ("organisation", self._organisation()), ("signatory", self._signatories()), ("approval", self._approval()),
            ("contact", self._contact()), ("commitments", self._commitments()), ("receives", self._receives()),
            ("text", self._position()), ("capacity", self._capacity()),
        )  # fmt: skip
        questions = tuple(
            FormQuestion(number, self._word(key), tuple(items)) for number, (key, items) in enumerate(asked, 1)
        )
        words = words_of_points(self._public.points)
        code = FormCode(code_of_id(self._view.id), code_of_id(self._partner), facts.number, words)
        return PartnerForm(
            self._lang, self._agreement.region, code, self._partner, self._name, self._agreement.title,
            tuple(self._introduction(facts)), questions, tuple(self._each_sentence()),
            facts.reply_to,
        )  # fmt: skip

    def _introduction(self, facts: FormFacts) -> Iterator[str]:
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
        yield self._fact("organisation_name", FormTarget(WHO, "", self._partner, "name"), self._name)

    def _signatories(self) -> Iterator[FormItem]:
        signing = self._signing()
        for row in signing:
            yield from self._person(row)
        if not signing:
            yield from self._person(None, SIGNATORY)

    def _contact(self) -> Iterator[FormItem]:
        """Whoever is no signatory, else a new person: addresses and telephones are private and never printed."""
        signing = self._signing()
        others = [row for row in people(self._view, self._partner) if row not in signing][:1]
        for row in (*others, *(() if others else (None,))):
            yield from self._person(row, CONTACT)
            for field in ("email", "phone"):
                yield self._fact(f"person_{field}", self._of_person(row, field), "", "" if row else CONTACT)

    def _signing(self) -> list[Entry]:
        return [row for row in people(self._view, self._partner) if row.get("signs")]

    def _person(self, row: Entry | None, new: str = "") -> Iterator[FormItem]:
        for field in ("name", "title"):
            known = row.text(field, self._lang) if row is not None else ""
            yield self._fact(f"person_{field}", self._of_person(row, field), known, "" if row else new)

    def _of_person(self, row: Entry | None, field: str) -> FormTarget:
        return FormTarget(WHO, PEOPLE, row.id if row is not None else "", field)

    def _approval(self) -> Iterator[FormItem]:
        entry = single_entry(self._view, CONSENSUS, (self._partner,))
        who = find_partner(self._view, self._partner)
        body = entry.text("ratify_by", self._lang) or (who.entry.text("auth_body", self._lang) if who else "")
        position = answer_id(CONSENSUS, (self._partner,))
        yield self._fact("approval_body", FormTarget(CONSENSUS, "", position, "ratify_by"), body)
        on = entry.get("ratify_on")
        day = format_date(on, self._lang) if isinstance(on, str) else ""
        yield self._fact("approval_date", FormTarget(CONSENSUS, "", position, "ratify_on"), day)

    def _commitments(self) -> Iterator[FormItem]:
        known = list(self._rows(rows_of(self._view, GIVES, "rows", self._partner), "", "commitment"))
        yield from known
        yield self._new("commitment_new" if known else "commitment_first", FormTarget(GIVES, "rows", "", "text"))

    def _receives(self) -> Iterator[FormItem]:
        received = rows_of(self._view, RECEIVES, "receives", self._partner)
        known = list(self._rows(received, "receives_known", "row"))
        yield from known
        yield self._new("receives_new" if known else "receives_first", FormTarget(RECEIVES, "receives", "", "text"))
        yield from self._rows(rows_of(self._view, TIME, "rows", self._partner), "time_known", "row")
        yield self._new("time_new", FormTarget(TIME, "rows", "", "effort"))

    def _rows(self, rows: Iterable[Entry], label: str, choices: str) -> Iterator[FormItem]:
        """Ask about each row as the text prints it: the partner confirms that sentence, changes it or takes it out."""
        for row in rows:
            told = [sentence for sentence in self._sentences if sentence.origin.entry == row.id]
            if not told:
                continue
            self._own.add(row.id)
            main = told[0]
            target = FormTarget(row.question, row.part, row.id, "effort" if row.question == TIME else "text")
            item_id = f"row/{row.id}"
            mark = item_mark(item_id, self._public.points[row.id])
            text = "\n".join(form_sentence.text for form_sentence in told)
            head = self._word(label) if label else BETWEEN.join(main.heading.split(BETWEEN)[1:])
            yield FormItem(item_id, mark, "", text, head, self._choices(choices), target=target)

    def _position(self) -> Iterator[FormItem]:
        position = answer_id(CONSENSUS, (self._partner,))
        words = words_of_points(self._public.points)
        allowed = levels_to_choose(self._guide, self._view)
        for name, field, choices in ((LEVEL, "level", "level"), (REASON, "reservation", ""), (LEAVE, "leave", "leave")):
            boxes = self._choices(choices, allowed if choices == "level" else ()) if choices else ()
            target = FormTarget(CONSENSUS, "", position, field)
            label = self._word(name.replace("/", "_"))
            yield FormItem(name, item_mark(name, words), label, choices=boxes, words=not boxes, target=target)

    def _capacity(self) -> Iterator[FormItem]:
        yield FormItem(CAPACITY, item_mark(CAPACITY, ""), "", choices=self._choices("capacity"), words=False)

    def _each_sentence(self) -> Iterator[FormItem]:
        for sentence in self._sentences:
            if sentence.origin.entry in self._own:
                continue
            item_id = f"sentence/{sentence.origin.entry}/{sentence.origin.field}"
            mark = item_mark(item_id, self._public.points[sentence.origin.entry])
            target = FormTarget(CONSENSUS, EXCEPTIONS, sentence.origin.entry, sentence.origin.field)
            yield FormItem(item_id, mark, "", sentence.text, sentence.heading, self._choices("sentence"), target=target)

    def _fact(self, key: str, target: FormTarget, known: str, new: str = "") -> FormItem:
        """Ask about one field; `new` names whose row it is of where there is none yet."""
        known = " ".join(known.split())
        item_id = f"{new or target.entry}/{target.part or 'answer'}/{target.field}"
        boxes = self._choices("known") if known else ()
        return FormItem(item_id, item_mark(item_id, known), self._word(key), known, choices=boxes, target=target)

    def _new(self, key: str, target: FormTarget) -> FormItem:
        item_id = f"new/{target.question}/{target.field}"
        return FormItem(item_id, item_mark(item_id, ""), self._word(key), target=target)

    def _choices(self, name: str, only: Sequence[str] = ()) -> tuple[FormChoice, ...]:
        listed = form_choices(name).items()
        return tuple(
            FormChoice(code, polished(words.get(self._lang), self._agreement.region))
            for code, words in listed
            if not only or code in only
        )

    def _word(self, key: str, **values: object) -> str:
        return polished(form_word(key, self._lang, **values), self._agreement.region)
