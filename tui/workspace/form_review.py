"""A partner's form that came back: kept as it was answered, compared with what is known, decided answer by answer.

An answer that is accepted is stored as « à confirmer » (to confirm) with its source and date; one that is not decided
changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.agreement.partner_form import FormFacts, PartnerForm, partner_form
from tui.comparison.form_proposals import FormProposal, form_proposals
from tui.comparison.returned_form import ReadAnswer, ReadForm, read_form
from tui.comparison.returned_lines import CannotRead
from tui.form.form import FormContext
from tui.form.form_words import short_name
from tui.i18n import _
from tui.partnership.answer_list import undecided
from tui.partnership.changes import with_changes
from tui.partnership.form_codes import FormCode, FormMark, code_of_id, confirmation_code, find_codes, id_meant
from tui.partnership.ids import id_for_key
from tui.partnership.meetings import POINTS
from tui.partnership.partners import WHO
from tui.partnership.privacy import Published
from tui.partnership.received_answers import (
    ASIDE,
    ENTRIES,
    RECEIVED,
    REFUSED,
    ROWS,
    SETTLED,
    TAKEN,
    confirmed_changes,
    noted_by_telephone,
    noted_changes,
    questions_of,
    source_words,
    to_confirm_changes,
    words_digest,
)
from tui.partnership.record_cells import record_cells, record_of
from tui.partnership.values import ORDER, STATE, Change, Entry, Partnership, order_behind
from tui.partnership.versions import Version
from tui.text.clean import clean, one_line
from tui.text.dates import is_date
from tui.text.name_matching import fold
from tui.workspace.noted_answers import noted_words
from tui.workspace.workspace import Workspace

LANGUAGES = ("fr", "en")
# Words, without accents, that confirm what was noted by telephone, in answer to the mail that tells it.
_EXACT = frozenset({"exact", "correct", "confirme", "confirmed"})
_POLITE = frozenset(  # words that may stand beside these and say nothing more
    {"bonjour", "hello", "merci", "thanks", "thank", "you", "c", "est", "oui", "yes", "it", "is", "that"}
)
_REMARK = "remark-"  # begins the key of a text that was written outside of all questions: "remark-1"


def read_returned_form(workspace: Workspace, data: bytes, name: str) -> ReadForm | None:
    """Return the answered form that `data` holds, None for none; `data` is a file called `name`, or a pasted text.

    Raises CannotRead for a form of another partnership or of an unknown partner, and as `read_form`.
    """
    return read_form(data, name, lambda code: present_forms(workspace, partner_of(workspace, code), code.number))


def partner_of(workspace: Workspace, code: FormCode) -> str:
    """Return the id of the partner that a form is of.

    Raises CannotRead for a form of another partnership, or of a partner that this one does not have.
    """
    partnership = workspace.partnership
    if code.partnership != code_of_id(partnership.id):
        raise CannotRead(
            _("This form is of another partnership. Nothing was taken in: open that one, and give it there.")
        )
    partner_id = id_meant(code.partner, [row.id for row in partnership.rows(WHO)])
    if not partner_id:
        raise CannotRead(_("This form is of a partner that is not in this partnership. Nothing was taken in."))
    return partner_id


def present_forms(workspace: Workspace, partner_id: str, number: int) -> tuple[PartnerForm, ...]:
    """Return the form of a partner on today's text, in each language; `number` is the draft it was made on."""
    return PresentForms(workspace).of(partner_id, number)


class PresentForms:
    """Makes the forms of partners on today's text; the text is composed once for all of them, until it changes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        # What the forms are made from, and the partnership that this was composed from.
        self._texts: tuple[Partnership, Published, tuple[Agreement, ...]] | None = None

    def of(self, partner_id: str, number: int) -> tuple[PartnerForm, ...]:
        """Return the form of a partner, in each language; `number` is the draft it was made on."""
        workspace, partnership = self._workspace, self._workspace.partnership
        if self._texts is None or self._texts[0] is not partnership:
            composer = Composer(workspace.guide)
            texts = tuple(composer.agreement(partnership, lang, workspace.region) for lang in LANGUAGES)
            self._texts = partnership, composer.public(partnership), texts
        _partnership, public, texts = self._texts
        forms = (partner_form(workspace.guide, public, text, partner_id, FormFacts(number)) for text in texts)
        return tuple(form for form in forms if form is not None)


# -- kept --------------------------------------------------------------------------------------------------------------


def receive(workspace: Workspace, read: ReadForm, raw: bytes, name: str, day: str) -> Entry:
    """Keep a form as it was answered, on an ISO day, and return its row; the same file again is the same row.

    `raw` are the bytes that `read` was read from, `name` is their file's. No answer is applied. It is one step of undo.
    """
    partner_id = partner_of(workspace, read.code)
    mark = hashlib.sha256(raw).hexdigest()[:32]
    rows = workspace.partnership.rows(RECEIVED, ROWS, (partner_id,))
    same_form = next((row for row in rows if row.get("mark") == mark), None)
    if same_form is not None:
        return same_form
    row = id_for_key(partner_id, mark)  # two people who take in the same file at the same time make the same row
    fields: dict[str, Any] = {
        "on": read.date if is_date(read.date) else day,
        "means": read.means,
        "said_by": one_line(read.author).strip() or None,
        "file": one_line(name).strip() or None,
        "code": read.code.text,
        "mark": mark,
        "said": _answers_to_json(read),
    }
    cells = {cell: value for cell, value in fields.items() if value is not None}
    workspace.edits.end_typing()
    workspace.edit(list(noted_changes(workspace.partnership, row, partner_id, cells)))
    workspace.edits.end_typing()
    return workspace.partnership.entries[row]


def _answers_to_json(read: ReadForm) -> dict[str, dict[str, Any]]:
    """Return the answers and remarks of a form as its row keeps them: by key, without empty values."""
    records: dict[str, dict[str, Any]] = {}
    for key, answer in read.answers.items():
        record = {
            "words": answer.mark.words, "lang": read.lang, "choices": list(answer.choices), "text": answer.text,
            "stray": answer.stray, "printed": answer.printed,
        }  # fmt: skip
        records[key] = {name: value for name, value in record.items() if value}
    for number, text in enumerate(read.remarks, 1):
        records[f"{_REMARK}{number}"] = {"text": text, "lang": read.lang}
    return records


def _form_in(row: Entry | None) -> ReadForm | None:
    """Return the form that a row keeps; None where it keeps none that can be read."""
    if row is None:
        return None
    codes = find_codes(str(row.get("code", "")))
    records = row.get("said")
    if not codes or not isinstance(records, Mapping):
        return None
    answers: dict[str, ReadAnswer] = {}
    remarks, lang = [], LANGUAGES[0]
    for key, record in records.items():
        if not isinstance(record, Mapping):
            continue
        lang = "en" if record.get("lang") == "en" else "fr"
        if key.startswith(_REMARK):
            remarks.append(_text(record, "text"))
            continue
        codes_ticked = record.get("choices")
        choices = tuple(str(code) for code in codes_ticked) if isinstance(codes_ticked, list) else ()
        mark = FormMark(key, _text(record, "words"))
        texts = (_text(record, name) for name in ("text", "stray", "printed"))
        answers[key] = ReadAnswer(mark, choices, *texts)
    return ReadForm(codes[0], lang, answers, tuple(remarks), date=str(row.get("on", "")))


def _text(record: Mapping[str, Any], name: str) -> str:
    """Return a text of a record, cleaned: another program may have written it."""
    return " ".join(clean(str(record.get(name, ""))).split())


# -- decided -----------------------------------------------------------------------------------------------------------


class FormReview:
    """A form that came back, being decided answer by answer; the decisions are kept in its row, to go on later."""

    def __init__(
        self, workspace: Workspace, row: str, versions: Sequence[Version] = (), forms: PresentForms | None = None
    ) -> None:
        """`row` is the id of its row; `versions` are the kept versions, to recognise sentences of earlier texts.

        `forms` makes the present forms; several reviews may share it.
        """
        self.workspace = workspace
        self._forms = forms or PresentForms(workspace)
        self._row = row
        self._versions = versions
        # The partnership that the proposals were made for last, and these.
        self._cached_proposals: tuple[Partnership, tuple[FormProposal, ...]] | None = None

    @property
    def row(self) -> Entry | None:
        """The row that keeps the form; None once it was removed."""
        entry = self.workspace.partnership.entry(self._row)
        return entry if entry is not None and entry.is_in_use else None

    @property
    def partner(self) -> str:
        """The id of the partner whose form it is; "" once the row was removed."""
        row = self.row
        return row.subject[0] if row is not None and row.subject else ""

    @property
    def source(self) -> str:
        """How it came: « répondu par courriel par Joan Whitlow, le 30 novembre 2026 »; "" once the row was removed."""
        return source_words(self.workspace.guide, self.row, self.workspace.lang) if self.row is not None else ""

    @property
    def settled(self) -> Mapping[str, str]:
        """The decisions so far, by the answer's key: TAKEN, REFUSED or ASIDE."""
        return {key: str(decision) for key, decision in record_of(self.row, SETTLED).items()}

    @property
    def proposals(self) -> tuple[FormProposal, ...]:
        """What each answer would change now, decided or not; then what was written outside of the questions."""
        partnership = self.workspace.partnership
        if self._cached_proposals is None or self._cached_proposals[0] is not partnership:
            self._cached_proposals = partnership, tuple(self._proposed())
        return self._cached_proposals[1]

    def _proposed(self) -> Iterable[FormProposal]:
        """Yield the proposals of the kept form; none where its row cannot be read."""
        reply = _form_in(self.row)
        if reply is None:
            return
        yield from self._answer_proposals(reply)
        for number, text in enumerate(reply.remarks, 1):
            remark = FormProposal((f"{_REMARK}{number}",), _("Written outside of the questions"), "", text, None)
            yield self._confirmation(remark, reply) or remark

    def _answer_proposals(self, reply: ReadForm) -> tuple[FormProposal, ...]:
        """Return what each answer of a form would change in the partnership as it is now."""
        workspace = self.workspace
        context = FormContext(workspace.guide, workspace.partnership, reply.lang, lambda: workspace.public)
        forms = self._forms.of(self.partner, reply.code.number)
        return form_proposals(context, forms, self.partner, reply, self._versions)

    def _confirmation(self, remark: FormProposal, reply: ReadForm) -> FormProposal | None:
        """Return the proposal of a remark that confirms what was noted by telephone; None for any other remark.

        It does so by a word as « exact », while what was noted is still what the mail said.
        """
        workspace, partnership = self.workspace, self.workspace.partnership
        words = {fold(word) for word in re.findall(r"\w+", remark.said)}
        rows = noted_by_telephone(partnership, self.partner)
        code = confirmation_code(partnership, self.partner)
        if not rows or reply.code.words != code.words or not _EXACT & words:
            return None
        noted = " · ".join(noted_words(workspace, rows, self.partner, reply.lang))
        changes = tuple(change for row in rows for change in confirmed_changes(partnership, row, reply.date))
        doubt = "" if words <= _EXACT | _POLITE else _("It says more than “correct”: read it first.")
        label = _("What was noted by telephone")
        return replace(remark, label=label, known=noted, changes=changes, doubt=doubt, plain=not doubt)

    @property
    def open(self) -> list[FormProposal]:
        """The proposals that are still to be decided."""
        settled = self.settled
        return [proposal for proposal in self.proposals if not all(key in settled for key in proposal.keys)]

    @property
    def plain(self) -> list[FormProposal]:
        """The open proposals that are a yes without remark on present words: only these may be accepted together."""
        return [form_proposal for form_proposal in self.open if form_proposal.plain]

    def accept(self, form_proposal: FormProposal) -> bool:
        """Apply an answer as it is, to be confirmed; return False where it proposes no change that could be applied."""
        return self._accept([form_proposal]) if form_proposal.changes is not None else False

    def accept_plain(self) -> int:
        """Accept the `plain` proposals as one step of undo, and return how many they were."""
        plain = self.plain
        if plain:
            self._accept(plain)
        return len(plain)

    def changed(
        self, form_proposal: FormProposal, choices: Sequence[str] | None = None, text: str | None = None
    ) -> FormProposal:
        """Return the proposal as another answer would make it: with these codes ticked, or this text; None keeps it.

        An answer to the whole text keeps its leave to publish. Stray words beside the boxes are dropped: whoever
        changes the answer has read them.
        """
        reply = _form_in(self.row)
        if reply is None or form_proposal.answer is None:
            return form_proposal
        answers = dict(reply.answers)
        for key in form_proposal.keys:
            answer = replace(answers[key], stray="")
            if key == form_proposal.answer.mark.key:
                answer = replace(
                    answer,
                    choices=answer.choices if choices is None else tuple(choices),
                    text=answer.text if text is None else one_line(clean(text)).strip(),
                )
            answers[key] = answer
        proposals = self._answer_proposals(replace(reply, answers=answers))
        return next((other for other in proposals if set(other.keys) & set(form_proposal.keys)), form_proposal)

    def refuse(self, form_proposal: FormProposal) -> None:
        """Decide that an answer changes nothing."""
        self._decide([form_proposal], REFUSED, [])

    def set_aside(self, form_proposal: FormProposal) -> None:
        """Decide that an answer becomes a point to discuss."""
        workspace = self.workspace
        name = short_name(workspace.partnership, self.partner, workspace.doc_lang)
        answer = form_proposal.answer
        words = " · ".join(filter(None, (form_proposal.said, answer.stray if answer is not None else "")))
        text = _("{author}: {text}").format(author=name, text=one_line(words))
        row = id_for_key(self._row, *form_proposal.keys)
        order = order_behind(workspace.partnership, POINTS, "rows")
        cells = {ORDER: order, f"text@{workspace.doc_lang}": text}
        changes = [Change(row, POINTS, cell, value, "rows", source=self.source) for cell, value in cells.items()]
        self._decide([form_proposal], ASIDE, changes)

    def undo(self) -> bool:
        """Take back the last step; return whether there was one."""
        return bool(self.workspace.undo())

    def _accept(self, proposals: Sequence[FormProposal]) -> bool:
        """Apply proposals, mark the questions they answer as to confirm, and note hashes of the words answered on."""
        partnership = self.workspace.partnership
        changes: list[Change] = []
        for form_proposal in proposals:
            own_changes = [replace(change, source=self.source) for change in form_proposal.changes or ()]
            partnership = with_changes(partnership, own_changes)
            changes += own_changes
        changed_ids = {change.entry for change in changes}
        answered = [change.entry for change in changes if change.cell != STATE and change.question != RECEIVED]
        questions = questions_of(partnership.entries[entry_id] for entry_id in dict.fromkeys(answered))
        answer_ids = {entry_id for form_proposal in proposals for entry_id in form_proposal.entries}
        digests = {
            entry_id: words_digest(partnership.entries[entry_id])
            for entry_id in (*record_of(self.row, ENTRIES), *answer_ids)
            if entry_id in partnership.entries and entry_id in answer_ids | changed_ids
        }
        marks = list(to_confirm_changes(partnership, self.partner, questions))
        return self._decide(proposals, TAKEN, [*changes, *marks], digests)

    def _decide(
        self,
        proposals: Sequence[FormProposal],
        decision: str,
        changes: Sequence[Change],
        digests: Mapping[str, str] | None = None,
    ) -> bool:
        """Keep a decision (TAKEN, REFUSED, ASIDE) with the changes it makes, as one step of undo.

        `digests` are hashes of the words answered on, by entry id. Return whether anything changed.
        """
        row = self.row
        if row is None:
            return False
        fields = record_cells(SETTLED, {key: decision for form_proposal in proposals for key in form_proposal.keys})
        fields |= record_cells(ENTRIES, digests or {})
        noted = noted_changes(self.workspace.partnership, row.id, self.partner, fields)
        self.workspace.edits.end_typing()
        done = self.workspace.edit([*changes, *noted])
        self.workspace.edits.end_typing()
        return done


# -- of all partners ---------------------------------------------------------------------------------------------------


def waiting_reviews(workspace: Workspace, versions: Sequence[Version] = ()) -> tuple[FormReview, ...]:
    """Return the forms that came back and are not wholly decided, in the order in which they came."""
    rows = workspace.partnership.rows(RECEIVED, ROWS)
    partner_ids = {partner.id for partner in workspace.partnership.rows(WHO)}  # a removed one has nothing to decide
    forms = PresentForms(workspace)
    return tuple(
        FormReview(workspace, row.id, versions, forms)
        for row in rows
        if undecided(row) and row.subject[0] in partner_ids
    )


def accept_all_plain(workspace: Workspace, reviews: Sequence[FormReview]) -> int:
    """Accept the `plain` proposals of several forms as one step of undo, and return how many they were."""
    count = 0
    workspace.edits.end_typing()
    with workspace.edits.as_one():
        for review in reviews:
            count += review.accept_plain()
    workspace.edits.end_typing()
    return count
