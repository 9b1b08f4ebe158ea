"""A partner's form that came back: kept as it was answered, laid beside what is known, and decided answer by answer.

What is accepted stands as « à confirmer », with its source and date; what is left open changes nothing.
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
_EXACT = frozenset({"exact", "correct", "confirme", "confirmed"})  # what answers the mail on what was noted
_POLITE = frozenset(
    {"bonjour", "hello", "merci", "thanks", "thank", "you", "c", "est", "oui", "yes", "it", "is", "that"}
)
_REMARK = "remark-"  # the key of words outside of all items begins so


def read_returned_form(workspace: Workspace, data: bytes, name: str) -> ReadForm | None:
    """Return the form of this partnership that a file or a text holds, None for none.

    Raises CannotRead for a form of another partnership or of an unknown partner, and as `read_form`.
    """
    return read_form(data, name, lambda code: present_forms(workspace, partner_of(workspace, code), code.number))


def partner_of(workspace: Workspace, code: FormCode) -> str:
    """Return the id of the partner that a form is of. CannotRead for another partnership's, or one that is not here."""
    partnership = workspace.partnership
    if code.partnership != code_of_id(partnership.id):
        raise CannotRead(
            _("This form is of another partnership. Nothing was taken in: open that one, and give it there.")
        )
    known = [row.id for row in partnership.rows(WHO)]
    name = id_meant(code.partner, known)
    if not name:
        raise CannotRead(_("This form is of a partner that is not in this partnership. Nothing was taken in."))
    return name


def present_forms(workspace: Workspace, partner_id: str, number: int) -> tuple[PartnerForm, ...]:
    """Return the form of a partner on today's text, in each language; `number` is the draft it was made on."""
    return PresentForms(workspace).of(partner_id, number)


class PresentForms:
    """The forms of partners on today's text, which is composed once for all of them, until it changes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._texts: tuple[Partnership, Published, tuple[Agreement, ...]] | None = None

    def of(self, partner_id: str, number: int) -> tuple[PartnerForm, ...]:
        """Return the form of a partner, in each language; `number` is the draft it was made on."""
        workspace, partnership = self._workspace, self._workspace.partnership
        if self._texts is None or self._texts[0] is not partnership:
            composer = Composer(workspace.guide)
            texts = tuple(composer.agreement(partnership, lang, workspace.region) for lang in LANGUAGES)
            self._texts = partnership, composer.public(partnership), texts
        _partnership, public, texts = self._texts
        made = (partner_form(workspace.guide, public, text, partner_id, FormFacts(number)) for text in texts)
        return tuple(answer for answer in made if answer is not None)


# -- kept --------------------------------------------------------------------------------------------------------------


def receive(workspace: Workspace, read: ReadForm, raw: bytes, name: str, day: str) -> Entry:
    """Keep a form as it was answered, on an ISO day, and return its row; the same file again is the same row.

    Nothing of it is applied. One step of undo takes the row away.
    """
    whose = partner_of(workspace, read.code)
    mark = hashlib.sha256(raw).hexdigest()[:32]
    known = next((row for row in workspace.partnership.rows(RECEIVED, ROWS, (whose,)) if row.get("mark") == mark), None)
    if known is not None:
        return known
    row = id_for_key(whose, mark)  # whoever takes the same file in at the same time makes the same row
    fields: dict[str, Any] = {
        "on": read.date if is_date(read.date) else day,
        "means": read.means,
        "said_by": one_line(read.author).strip() or None,
        "file": one_line(name).strip() or None,
        "code": read.code.text,
        "mark": mark,
        "said": _said(read),
    }
    cells = {cell: value for cell, value in fields.items() if value is not None}
    workspace.edits.end_typing()
    workspace.edit(list(noted_changes(workspace.partnership, row, whose, cells)))
    workspace.edits.end_typing()
    return workspace.partnership.entries[row]


def _said(read: ReadForm) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for key, answer in read.answers.items():
        told = {
            "words": answer.mark.words, "lang": read.lang, "choices": list(answer.choices), "text": answer.text,
            "stray": answer.stray, "printed": answer.printed,
        }  # fmt: skip
        found[key] = {name: value for name, value in told.items() if value}
    for number, text in enumerate(read.remarks, 1):
        found[f"{_REMARK}{number}"] = {"text": text, "lang": read.lang}
    return found


def _kept(row: Entry | None) -> ReadForm | None:
    """Return the form that a row keeps; None where it keeps none that can be read."""
    if row is None:
        return None
    codes = find_codes(str(row.get("code", "")))
    said = row.get("said")
    if not codes or not isinstance(said, Mapping):
        return None
    answers: dict[str, ReadAnswer] = {}
    remarks, lang = [], LANGUAGES[0]
    for key, kept in said.items():
        if not isinstance(kept, Mapping):
            continue
        lang = "en" if kept.get("lang") == "en" else "fr"
        if key.startswith(_REMARK):
            remarks.append(_text(kept, "text"))
            continue
        given = kept.get("choices")
        choices = tuple(str(code) for code in given) if isinstance(given, list) else ()
        mark = FormMark(key, _text(kept, "words"))
        answers[key] = ReadAnswer(mark, choices, _text(kept, "text"), _text(kept, "stray"), _text(kept, "printed"))
    return ReadForm(codes[0], lang, answers, tuple(remarks), date=str(row.get("on", "")))


def _text(record: Mapping[str, Any], name: str) -> str:
    """Return a text of a row as this program or another one wrote it, cleaned once more."""
    return " ".join(clean(str(record.get(name, ""))).split())


# -- decided -----------------------------------------------------------------------------------------------------------


class FormReview:
    """A kept form at the open partnership; what is decided is kept with it, so that it can be taken up again."""

    def __init__(
        self, workspace: Workspace, row: str, versions: Sequence[Version] = (), forms: PresentForms | None = None
    ) -> None:
        """`row` is the id of its row; `versions` are those kept, by which older words are known.

        `forms` are the present ones, where several reviews share them.
        """
        self.workspace = workspace
        self._forms = forms or PresentForms(workspace)
        self._row = row
        self._versions = versions
        self._known: tuple[Partnership, tuple[FormProposal, ...]] | None = None  # as the partnership stands now

    @property
    def row(self) -> Entry | None:
        """Its row; None once it was taken away."""
        entry = self.workspace.partnership.entry(self._row)
        return entry if entry is not None and entry.stands else None

    @property
    def partner(self) -> str:
        """Whose form it is: the partner's id."""
        row = self.row
        return row.subject[0] if row is not None and row.subject else ""

    @property
    def source(self) -> str:
        """« répondu par courriel par Joan Whitlow, le 30 novembre 2026 »."""
        return source_words(self.workspace.guide, self.row, self.workspace.lang) if self.row is not None else ""

    @property
    def settled(self) -> Mapping[str, str]:
        """What was decided of each answer, by its key."""
        return {key: str(what) for key, what in record_of(self.row, SETTLED).items()}

    @property
    def proposals(self) -> tuple[FormProposal, ...]:
        """Each answer laid beside what is known now, decided or not; words outside of all items last."""
        partnership = self.workspace.partnership
        if self._known is None or self._known[0] is not partnership:
            self._known = partnership, tuple(self._proposed())
        return self._known[1]

    def _proposed(self) -> Iterable[FormProposal]:
        reply = _kept(self.row)
        if reply is None:
            return
        yield from self._laid_beside(reply)
        for number, text in enumerate(reply.remarks, 1):
            bare = FormProposal((f"{_REMARK}{number}",), _("Written outside of the questions"), "", text, None)
            yield self._confirmation(bare, reply) or bare

    def _laid_beside(self, reply: ReadForm) -> tuple[FormProposal, ...]:
        """Return what each answer of a reply would change, as the partnership stands now."""
        workspace = self.workspace
        context = FormContext(workspace.guide, workspace.partnership, reply.lang, lambda: workspace.public)
        forms = self._forms.of(self.partner, reply.code.number)
        return form_proposals(context, forms, self.partner, reply, self._versions)

    def _confirmation(self, bare: FormProposal, reply: ReadForm) -> FormProposal | None:
        """« exact » in answer to the mail on what was noted by telephone, while that still says the same; else None."""
        workspace, partnership = self.workspace, self.workspace.partnership
        said = [fold(word) for word in re.findall(r"\w+", bare.said)]
        rows = noted_by_telephone(partnership, self.partner)
        code = confirmation_code(partnership, self.partner)
        if not rows or reply.code.words != code.words or not _EXACT & set(said):
            return None
        known = " · ".join(noted_words(workspace, rows, self.partner, reply.lang))
        changes = tuple(change for row in rows for change in confirmed_changes(partnership, row, reply.date))
        doubt = "" if set(said) <= _EXACT | _POLITE else _("It says more than “correct”: read it first.")
        label = _("What was noted by telephone")
        return replace(bare, label=label, known=known, changes=changes, doubt=doubt, plain=not doubt)

    @property
    def open(self) -> list[FormProposal]:
        """What is still to be decided."""
        settled = self.settled
        return [proposal for proposal in self.proposals if not all(key in settled for key in proposal.keys)]

    @property
    def plain(self) -> list[FormProposal]:
        """The plain yeses on present words: these alone may be accepted together, once they were shown."""
        return [form_proposal for form_proposal in self.open if form_proposal.plain]

    def accept(self, form_proposal: FormProposal) -> bool:
        """Take an answer as it is, to be confirmed. Returns whether it could be."""
        return self._accepted([form_proposal]) if form_proposal.changes is not None else False

    def accept_plain(self) -> int:
        """Accept the plain yeses; how many. One step of undo takes them back."""
        found = self.plain
        if found:
            self._accepted(found)
        return len(found)

    def changed(
        self, form_proposal: FormProposal, choices: Sequence[str] | None = None, text: str | None = None
    ) -> FormProposal:
        """Return what an answer would change if it were another one: the boxes given, or the words given.

        An answer to the whole text keeps its leave to publish; words beside it have been read by whoever changes it.
        """
        reply = _kept(self.row)
        if reply is None or form_proposal.answer is None:
            return form_proposal
        answers = dict(reply.answers)
        for key in form_proposal.keys:
            before = answers[key]
            given = before.choices if choices is None or key != form_proposal.answer.mark.key else tuple(choices)
            said = (
                before.text if text is None or key != form_proposal.answer.mark.key else one_line(clean(text)).strip()
            )
            answers[key] = replace(before, choices=given, text=said, stray="")
        found = self._laid_beside(replace(reply, answers=answers))
        return next((other for other in found if set(other.keys) & set(form_proposal.keys)), form_proposal)

    def refuse(self, form_proposal: FormProposal) -> None:
        """Leave what is known as it is."""
        self._decide([form_proposal], REFUSED, [])

    def set_aside(self, form_proposal: FormProposal) -> None:
        """Make a point to settle of what was said."""
        workspace = self.workspace
        name = short_name(workspace.partnership, self.partner, workspace.doc_lang)
        answer = form_proposal.answer
        said = " · ".join(filter(None, (form_proposal.said, answer.stray if answer is not None else "")))
        text = _("{author}: {text}").format(author=name, text=one_line(said))
        row = id_for_key(self._row, *form_proposal.keys)
        order = order_behind(workspace.partnership, POINTS, "rows")
        cells = {ORDER: order, f"text@{workspace.doc_lang}": text}
        changes = [Change(row, POINTS, cell, value, "rows", source=self.source) for cell, value in cells.items()]
        self._decide([form_proposal], ASIDE, changes)

    def undo(self) -> bool:
        """Take back the last decision."""
        return bool(self.workspace.undo())

    def _accepted(self, found: Sequence[FormProposal]) -> bool:
        partnership = self.workspace.partnership
        changes: list[Change] = []
        for form_proposal in found:
            made = [replace(change, source=self.source) for change in form_proposal.changes or ()]
            partnership = with_changes(partnership, made)
            changes += made
        touched = [partnership.entries[name] for name in dict.fromkeys(change.entry for change in changes)]
        answered = [change.entry for change in changes if change.cell != STATE and change.question != RECEIVED]
        asked = questions_of(partnership.entries[name] for name in dict.fromkeys(answered))
        given = {name for form_proposal in found for name in form_proposal.entries}
        digests = {
            name: words_digest(partnership.entries[name])
            for name in (*record_of(self.row, ENTRIES), *given)
            if name in partnership.entries and (name in given or name in {entry.id for entry in touched})
        }
        marks = list(to_confirm_changes(partnership, self.partner, asked))
        return self._decide(found, TAKEN, [*changes, *marks], digests)

    def _decide(
        self,
        found: Sequence[FormProposal],
        what: str,
        changes: Sequence[Change],
        digests: Mapping[str, str] | None = None,
    ) -> bool:
        """Keep a decision together with what it changes: undo takes both back."""
        row = self.row
        if row is None:
            return False
        fields = record_cells(SETTLED, {key: what for form_proposal in found for key in form_proposal.keys})
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
    here = {partner.id for partner in workspace.partnership.rows(WHO)}  # whoever was taken out has nothing to decide
    forms = PresentForms(workspace)
    return tuple(
        FormReview(workspace, row.id, versions, forms) for row in rows if undecided(row) and row.subject[0] in here
    )


def accept_all_plain(workspace: Workspace, reviews: Sequence[FormReview]) -> int:
    """Accept the plain yeses of several forms, after they were shown; how many. One step of undo takes them back."""
    count = 0
    workspace.edits.end_typing()
    with workspace.edits.as_one():
        for review in reviews:
            count += review.accept_plain()
    workspace.edits.end_typing()
    return count
