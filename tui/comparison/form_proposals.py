"""Makes a proposal of each answer in a returned form: the changes that accept it. Nothing is applied here.

An answer belongs to the words that its form printed. If they have changed since, the proposal has a doubt, which the
user reads before accepting it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tui.agreement.partner_form import CAPACITY, CONTACT, LEAVE, LEVEL, REASON, SIGNATORY, FormItem, PartnerForm
from tui.comparison.returned_form import ReadAnswer, ReadForm
from tui.comparison.typed_answers import says_no, says_nothing, speaks_about_it, typed_choice
from tui.fast_dataclass import dataclass
from tui.form import giving
from tui.form.form import FormContext
from tui.form.form_words import answer_words
from tui.guide.guide_types import Field, Part
from tui.i18n import _
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import BadValue, address_error
from tui.partnership.form_codes import FormCode, item_key, words_of_points
from tui.partnership.ids import id_for_key
from tui.partnership.partners import PEOPLE, WHO, find
from tui.partnership.positions import CONSENSUS, EXCEPTIONS, YES
from tui.partnership.values import Change, Entry, Partnership
from tui.partnership.versions import Version, sendings

_CONTRIBUTIONS = "open.contributions"
_POSITION_ITEMS = (LEVEL, REASON, LEAVE, CAPACITY)  # items that together give the position on the whole text
# LEAVE asks what may be published. By its code: whether the position may be, and whether remarks on sentences may be.
_POSITION_LEAVES = {"all": "yes", "answer_only": "yes", "no": "no"}
_REMARK_LEAVES = {"all": "yes", "answer_only": "no", "no": "no"}


@dataclass(frozen=True, slots=True)
class FormProposal:
    """One answer of a form, and what accepting it would change."""

    keys: tuple[str, ...]  # of the marks of its items
    label: str  # the question, in words
    known: str  # the present value, in words
    said: str  # the answer, in words
    changes: tuple[Change, ...] | None  # None if it cannot be accepted as it is, () if it confirms what is known
    doubt: str = ""  # why the user has to read it, "" for no reason
    plain: bool = False  # whether it is a yes to the present words without any doubt
    entries: tuple[str, ...] = ()  # the ids of the entries it is about
    item: FormItem | None = None  # the first item it answers, None if it is no longer asked
    answer: ReadAnswer | None = None  # the answer to that item


def points_of_form(
    partnership: Partnership, code: FormCode, points: Mapping[str, str], versions: Sequence[Version]
) -> Mapping[str, str] | None:
    """Return the fingerprints of the text a form was made on: today's (`points`), or those of a sending or version.

    The form's code holds a hash of that text's words. None if no kept text has it. A fingerprint is the hash of a
    sentence, by the id of its entry.
    """
    if words_of_points(points) == code.words:
        return points
    sent = (row.get("seen") for row in reversed(sendings(partnership)))
    earlier = (
        *(item for item in sent if isinstance(item, Mapping)),
        *(version.points for version in reversed(versions)),
    )
    return next((dict(record) for record in earlier if words_of_points(record) == code.words), None)


def form_proposals(
    context: FormContext, forms: Sequence[PartnerForm], partner: str, reply: ReadForm, versions: Sequence[Version]
) -> tuple[FormProposal, ...]:
    """Return what each answer of a reply would change, in the order of the form.

    `context` is in the language of the reply, `forms` are the present forms of the partner.
    """
    return tuple(_ReplyProposals(context, forms, partner, reply, versions).proposals())


class _ReplyProposals:
    """Makes the proposals of one reply."""

    def __init__(
        self,
        context: FormContext,
        forms: Sequence[PartnerForm],
        partner: str,
        reply: ReadForm,
        versions: Sequence[Version],
    ) -> None:
        self._context, self._partnership, self._partner = context, context.partnership, partner
        self._forms = sorted(forms, key=lambda form: form.lang != reply.lang)  # the language of the reply first
        self._reply = reply
        points = context.public.points
        self._seen = points_of_form(self._partnership, reply.code, points, versions)
        self._is_on_present_text = self._seen == points
        self._items = self._items_by_key()
        self._leave = self._choice_of(LEAVE)

    def proposals(self) -> Iterator[FormProposal]:
        """Yield the proposals in the order of the form; the items of the position make one together."""
        order = {key: index for index, key in enumerate(self._items)}
        position: list[tuple[FormItem, ReadAnswer]] = []
        for key, answer in sorted(self._reply.answers.items(), key=lambda item: order.get(item[0], len(order))):
            item = self._item(answer)
            if item is None:
                gone = _("What this answers is no longer asked: the text has changed since.")
                yield FormProposal(
                    (key,), answer.printed or _("An answer"), "", _given_words(None, answer), None, gone, answer=answer
                )
            elif item.id in _POSITION_ITEMS:
                position.append((item, answer))
            else:
                if position and item.is_sentence:
                    yield self._position(position)
                    position = []
                yield self._proposed(item, answer)
        if position:
            yield self._position(position)

    def _item(self, answer: ReadAnswer) -> FormItem | None:
        """Return the item of the present forms that was answered, None if it is asked no more.

        Of the items in each language, the one whose words are those that were answered is preferred.
        """
        items = self._items.get(answer.mark.key, [])
        return next((item for item in items if item.mark.words == answer.mark.words), items[0] if items else None)

    def _items_by_key(self) -> Mapping[str, list[FormItem]]:
        """Return the items of the present forms by the key of the mark that an answer to them has.

        If this reply was accepted before, the person that it names is known by now. Their items are found by the key of
        the empty signatory or contact too, which the reply has.
        """
        accepted = {self._person_id(new): new for new in (SIGNATORY, CONTACT)}
        by_key: dict[str, list[FormItem]] = {}
        for item in (item for form in self._forms for item in form.items):
            by_key.setdefault(item.mark.key, []).append(item)
            if new := accepted.get(item.target.entry):
                by_key.setdefault(item_key(f"{new}/{PEOPLE}/{item.target.field}"), []).append(item)
        return by_key

    def _person_id(self, new: str) -> str:
        """Return the id of the new person of a reply: its signatory or its contact (`new`)."""
        return id_for_key(self._reply.code.text, self._partner, new)

    def _choice_of(self, item_id: str) -> str:
        """Return the code of the one box that was marked in an item; "" for none or several."""
        for answer in self._reply.answers.values():
            item = self._item(answer)
            if item is not None and item.id == item_id and len(answer.choices) == 1:
                return answer.choices[0]
        return ""

    def _proposed(self, item: FormItem, answer: ReadAnswer) -> FormProposal:
        """Return the proposal of one answer, with its doubts."""
        typed = typed_choice(answer.text, [item])
        if typed and answer.choices in ((), (typed,)):
            answer = replace(answer, choices=(typed,), text="")
        doubts = list(_doubts(answer))
        same_words = item.mark.words == answer.mark.words
        if not same_words:
            message = _("The words have changed since this form was made. It said: “{text}”")
            bare = _("The words have changed since this form was made.")
            doubts.append(message.format(text=answer.printed) if answer.printed else bare)
        present_words, entries = item.known, (item.target.entry,) if item.target.entry else ()
        changes: tuple[Change, ...] | None = None
        try:
            if len(answer.choices) < 2 and (answer.text or answer.choices):
                changes = tuple(self._changes(item, answer, same_words))
                entries = tuple(dict.fromkeys((*entries, *(change.entry for change in changes))))
        except BadValue as error:
            doubts.append(str(error))
        label = item.label or item.above or self._heading(item)
        only_confirms = answer.choices == ("confirmed",) and not answer.text
        return FormProposal(
            (answer.mark.key,), label, present_words, _given_words(item, answer), changes, " ".join(doubts),
            changes is not None and not doubts and same_words and only_confirms,
            self._about(item, entries), item, answer,
        )  # fmt: skip

    def _about(self, item: FormItem, entries: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of the entries an answer is about, without that of the sentence it remarks on."""
        return tuple(entry for entry in entries if not (item.is_sentence and entry == item.target.entry))

    def _heading(self, item: FormItem) -> str:
        """Return the heading of the question an item belongs to."""
        for form in self._forms:
            for question in form.questions:
                if any(form_item.mark.key == item.mark.key for form_item in question.items):
                    return question.heading
        return ""

    # -- what each kind of item changes --------------------------------------------------------------------------------

    def _changes(self, item: FormItem, answer: ReadAnswer, same_words: bool) -> Iterable[Change]:
        """Return the changes that accept an answer; `same_words`: it answers the present words. Raises BadValue."""
        if item.is_sentence:
            return self._sentence(item, answer)
        if speaks_about_it(answer.text):
            raise BadValue(_("It says yes or no to this and goes on: these words are no value."))
        if item.id.startswith("row/"):
            return self._row(item, answer, same_words)
        if item.id.startswith("new/"):
            return self._new_row(item, answer)
        return self._fact(item, answer, same_words)

    def _fact(self, item: FormItem, answer: ReadAnswer, same_words: bool) -> Iterable[Change]:
        """Return the changes of a single field: of the organisation, a person or a ratification. Raises BadValue."""
        if answer.choices and answer.text and answer.text != item.known:
            raise BadValue(_("It confirms what we had, and writes something else: decide which."))
        if not answer.text:
            if not same_words:
                raise BadValue(_("It confirms words that are no longer there."))
            return ()
        if says_no(answer.text) or (says_nothing(answer.text) and not item.known):
            if not item.known:
                return ()  # There is none, as was known.
            raise BadValue(_("It says no, and not what is right."))
        target = item.target
        if (target.question, target.part, target.field) == (WHO, "", "name"):
            others = [partner for partner in find(self._partnership, answer.text) if partner.id != self._partner]
            if others:
                raise BadValue(_("Another partner has this name: no two can bear one."))
        if target.part == PEOPLE:
            return self._person(item, answer.text)
        entry = single_entry(self._partnership, target.question, (self._partner,))
        return giving.give(self._context, entry, self._field(target.question, target.part, target.field), answer.text)

    def _person(self, item: FormItem, text: str) -> list[Change]:
        """Return the changes of a field of a person, who is made if this reply names them first. Raises BadValue."""
        target = item.target
        field = self._field(WHO, PEOPLE, target.field)
        new = item.id.partition("/")[0]  # SIGNATORY or CONTACT for a new person
        person_id = target.entry or self._person_id(new)
        if field.addresses and (error := address_error(text)):
            raise BadValue(error)
        entry = self._partnership.entry(person_id)
        if entry is not None and entry.removed:
            raise BadValue(_("This line was taken out since."))
        if entry is not None:
            return giving.give(self._context, entry, field, text)
        empty_row = Entry(person_id, WHO, PEOPLE, (self._partner,))
        cells = {"signs": True} if new == SIGNATORY else {}
        row, row_changes = giving.new_row(self._context, empty_row, self._part(WHO, PEOPLE), cells)
        return [*row_changes, *giving.give(self._context, row, field, text)]

    def _row(self, item: FormItem, answer: ReadAnswer, same_words: bool) -> Iterable[Change]:
        """Return the changes of a row of the partner: confirmed, changed or refused. Raises BadValue.

        A row shared with other partners is never changed: a refusal only takes this partner out of it.
        """
        row = self._partnership.entries[item.target.entry]
        choice = answer.choices[0] if answer.choices else ""
        if choice != "changed" and choice and answer.text:
            raise BadValue(_("It marks a box and writes something else: decide which."))
        if choice and not same_words and choice != "changed":
            raise BadValue(_("It answers words that are no longer there."))
        is_shared = len(row.givers) > 1
        if choice == "confirmed":
            return self._confirmed(row, is_shared)
        if choice == "refused":
            return [self._without_partner(row) if is_shared else giving.remove(row)]
        if not answer.text or says_nothing(answer.text):
            raise BadValue(_("It says that this is to be changed, and not how."))
        if is_shared:
            raise BadValue(_("Other partners share this line: a change is to be settled with them."))
        return giving.give(self._context, row, self._field(row.question, row.part, item.target.field), answer.text)

    def _confirmed(self, row: Entry, is_shared: bool) -> list[Change]:
        """Return the change that a confirmed row needs: only a contribution is noted as accepted. Raises BadValue."""
        if row.question != _CONTRIBUTIONS or row.get("state") == "accepted":
            return []
        if is_shared:
            raise BadValue(_("Other partners share this line: a change is to be settled with them."))
        return [Change(row.id, row.question, "state", "accepted", row.part, row.subject)]

    def _without_partner(self, row: Entry) -> Change:
        """Return the change that takes the partner out of a shared row."""
        others = [giver for giver in row.givers if giver != self._partner]
        return Change(row.id, row.question, "partners", {"ids": others, "group": ""}, row.part, row.subject)

    def _new_row(self, item: FormItem, answer: ReadAnswer) -> list[Change]:
        """Return the changes that add a row, once: its id follows from the reply. Raises BadValue."""
        if says_nothing(answer.text):
            return []
        target = item.target
        row_id = id_for_key(self._reply.code.text, item.id, answer.text)
        empty_row = Entry(row_id, target.question, target.part, (self._partner,))
        existing = self._partnership.entry(row_id)
        if existing is not None:
            raise BadValue(
                _("This line is there already.") if not existing.removed else _("This line was taken out since.")
            )
        cells = {"state": "confirmed"} if target.question == _CONTRIBUTIONS else {}
        row, row_changes = giving.new_row(self._context, empty_row, self._part(target.question, target.part), cells)
        return [
            *row_changes,
            *giving.give(self._context, row, self._field(target.question, target.part, target.field), answer.text),
        ]

    def _sentence(self, item: FormItem, answer: ReadAnswer) -> list[Change]:
        """Return the changes for a sentence the partner does not accept: an exception of its position.

        Raises BadValue.
        """
        if not answer.choices:
            raise BadValue(_("It writes beside a sentence and marks no box: a point, or a box of yours."))
        subject = (self._partner,)
        part = self._part(CONSENSUS, EXCEPTIONS)
        rows = self._partnership.rows(CONSENSUS, EXCEPTIONS, subject)
        row = next((row for row in rows if row.get("point") == item.target.entry), None)
        row_changes: list[Change] = []
        if row is None:
            printed = item.known if item.mark.words == answer.mark.words else answer.printed or item.known
            empty_row = Entry(id_for_key(self._reply.code.text, item.target.entry), CONSENSUS, EXCEPTIONS, subject)
            first_cells = {"point": item.target.entry, f"text@{self._context.lang}": " ".join(printed.split())}
            row, row_changes = giving.new_row(self._context, empty_row, part, first_cells)
        cells = {"level": answer.choices[0], f"reservation@{self._context.lang}": answer.text or None}
        if self._leave:
            cells["leave"] = _REMARK_LEAVES[self._leave]
        return [
            *row_changes,
            *(Change(row.id, CONSENSUS, cell, value, EXCEPTIONS, subject) for cell, value in cells.items() if value),
        ]

    def _position(self, answered: Sequence[tuple[FormItem, ReadAnswer]]) -> FormProposal:
        """Return the proposal of the answer to the whole text: level, reservation, leave to publish, in whose name."""
        answers = {item.id: answer for item, answer in answered}
        doubts = [doubt for _item, answer in answered for doubt in _doubts(answer)]
        entry = single_entry(self._partnership, CONSENSUS, (self._partner,))
        changes: tuple[Change, ...] | None = None
        try:
            changes = tuple(self._position_changes(entry, answers))
        except BadValue as error:
            doubts.append(str(error))
        if changes and not self._is_on_present_text:
            doubts.append(_("The text has changed since this form was made: the answer stands on the words of then."))
        level = answers[LEVEL].choices[0] if LEVEL in answers and answers[LEVEL].choices else ""
        exceptions = any(self._is_sentence(answer) for answer in self._reply.answers.values())
        capacity = answers[CAPACITY].choices if CAPACITY in answers else ()
        is_plain_yes = level in YES and REASON not in answers and not exceptions
        plain = changes is not None and not doubts and is_plain_yes
        present = self._context.public.answers.get((CONSENSUS, self._partner))
        present_words = ""
        if present:
            reason = entry.text("reservation", self._context.lang)
            words = answer_words(self._context.guide, present, self._context.lang)
            present_words = " · ".join(filter(None, (words, reason)))
        message = " · ".join(_given_words(item, answer) for item, answer in answered)
        return FormProposal(
            tuple(item.mark.key for item, _answer in answered), _("Answer to the text"), present_words, message,
            changes,
            " ".join(dict.fromkeys(doubts)), plain and capacity == ("organisation",), (entry.id,), *answered[0],
        )  # fmt: skip

    def _is_sentence(self, answer: ReadAnswer) -> bool:
        """Return whether an answer remarks on a sentence; True if nobody can tell, because it is asked no more."""
        item = self._item(answer)
        return item is None or item.is_sentence

    def _position_changes(self, entry: Entry, answers: Mapping[str, ReadAnswer]) -> list[Change]:
        """Return the changes of the position, `answers` by the id of their item. Raises BadValue."""
        if any(len(answer.choices) > 1 for answer in answers.values()):
            raise BadValue(_("Several boxes are marked: decide which counts."))
        if CAPACITY in answers and answers[CAPACITY].choices == ("personal",):
            raise BadValue(_("It answers in its own name, not for its organization."))
        level = answers[LEVEL].choices if LEVEL in answers else ()
        reason = answers[REASON].text if REASON in answers and not says_nothing(answers[REASON].text) else ""
        if not level:
            if reason or (LEAVE in answers and answers[LEAVE].choices):
                raise BadValue(_("It marks no answer to the text: silence is no yes."))
            return []
        if level[0] in YES and reason:
            raise BadValue(_("It says yes and writes a reservation: decide which."))
        lang = self._context.lang
        cells: dict[str, object] = {"level": level[0], "seen": dict(self._seen or {})}
        if reason or entry.text("reservation", lang):
            cells[f"reservation@{lang}"] = reason or None
        leave = answers[LEAVE].choices if LEAVE in answers else ()
        cells["leave"] = _POSITION_LEAVES[leave[0]] if leave else None
        changed = {cell: value for cell, value in cells.items() if entry.get(cell) != value}
        return [Change(entry.id, CONSENSUS, cell, value, "", entry.subject) for cell, value in changed.items()]

    def _part(self, question: str, part: str) -> Part:
        """Return a part of a question of the guide."""
        guide_part = self._context.guide.question(question).part(part)
        assert guide_part is not None  # The form is made from the same guide.
        return guide_part

    def _field(self, question: str, part: str, field: str) -> Field:
        """Return a field of a part of a question of the guide."""
        guide_field = self._part(question, part).field(field)
        assert guide_field is not None
        return guide_field


def _doubts(answer: ReadAnswer) -> Iterator[str]:
    """Yield the reasons, in the answer itself, why the user has to read it."""
    if len(answer.choices) > 1:
        yield _("Several boxes are marked: decide which counts.")
    if answer.stray:
        yield _("Other words stand beside it: “{text}”").format(text=answer.stray)


def _given_words(item: FormItem | None, answer: ReadAnswer) -> str:
    """Return an answer in words: the labels of the marked boxes, then what was written."""
    labels = {choice.code: choice.label for choice in item.choices} if item is not None else {}
    return " · ".join(filter(None, (*(labels.get(code, code) for code in answer.choices), answer.text or "")))
