"""The versions of an agreement: drafts that were sent, who received which words, and texts that were adopted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from operator import itemgetter
from typing import Any

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.partnership.completion import is_filled
from tui.partnership.meetings import POINTS
from tui.partnership.partners import WHO, active, people
from tui.partnership.positions import NOT_APPLICABLE, POSITIONS, canonical, digest_of_items
from tui.partnership.privacy import is_public
from tui.partnership.values import (
    ORDER,
    SETTINGS,
    STATE,
    Change,
    Entry,
    Partnership,
    is_second_wording_cell,
    order_behind,
)
from tui.text.mail_addresses import read_addresses

_EntryText = tuple[tuple[object, ...], str]  # (the key by which an entry sorts, its words as canonical JSON)

SENT = "note.sent"  # the private question whose rows say what went to whom
# The status of a version; RESENT is a sending of the text as it was adopted.
DRAFT, ADOPTED, REPLACED, RESENT = "draft", "adopted", "replaced", "sent"
# The settings that record what was adopted last (a mapping), and the digests of the answers and of the words of the
# draft that was sent last.
ADOPTED_MARK, DRAFT_TEXT, DRAFT_WORDS = "adopted", "draft_text", "draft_words"
# The fields of a partner that may change while a text is signed; they are no part of its words.
SIGNING_FIELDS = frozenset({"status", "left_as", "from", "until", "auth_body", "auth_number", "auth_date"})


@dataclass(frozen=True, slots=True)
class Contact:
    """A partner's person with one e-mail address; a person with two addresses makes two contacts."""

    partner: str  # its id
    name: str
    address: str
    person: str = ""  # the id of the person's row


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many answers to a question hold something private, which stays out of a document that is sent."""

    question: str
    count: int


def contacts(partnership: Partnership, lang: str) -> tuple[Contact, ...]:
    """Return a contact for each address of the people of active partners, partner by partner.

    Of each partner, those who are accountable or sign come first. Addresses are in the form of a mail header
    (`tui.text.mail_addresses`).
    """
    all_contacts = []
    for partner in active(partnership):
        rows = [row for row in people(partnership, partner.id) if row.text("email", lang)]
        rows.sort(key=lambda row: not (row.get("accountable") or row.get("signs")))
        for row in rows:
            for address in read_addresses(row.text("email", lang)).found:
                all_contacts.append(Contact(partner.id, row.text("name", lang), address, row.id))
    return tuple(all_contacts)


def names_to_greet(partnership: Partnership, partner: str, lang: str) -> tuple[str, ...]:
    """Return the names that a letter to a partner greets if it goes to no address: accountable or signing, else all."""
    rows = people(partnership, partner)
    chosen = [row for row in rows if row.get("accountable") or row.get("signs")] or rows
    return tuple(dict.fromkeys(filter(None, (row.text("name", lang) for row in chosen))))


def first_person(all_contacts: Sequence[Contact], partner: str) -> tuple[Contact, ...]:
    """Return the contacts of a partner's first person who has an address, one for each address they have."""
    own = [contact for contact in all_contacts if contact.partner == partner]
    return tuple(contact for contact in own if contact.person == own[0].person)


def unreadable_addresses(partnership: Partnership, lang: str) -> dict[str, str]:
    """Return by partner id the first text that was typed as an e-mail address and is none, of active partners."""
    unreadable: dict[str, str] = {}
    for partner in active(partnership):
        for row in people(partnership, partner.id):
            for text in read_addresses(row.text("email", lang)).unreadable:
                unreadable.setdefault(partner.id, text)
    return unreadable


def left_out(guide: Guide, partnership: Partnership) -> tuple[LeftOut, ...]:
    """Return how many answers hold something private, by question in the order of the page."""
    counts: dict[str, int] = {}
    for entry in partnership.entries.values():
        is_answer = entry.is_in_use and entry.question in guide.by_id and entry.question != SENT
        if is_answer and _holds_private(guide, partnership, entry):
            counts[entry.question] = counts.get(entry.question, 0) + 1
    return tuple(LeftOut(name, counts[name]) for name in guide.by_id if name in counts)


def _holds_private(guide: Guide, partnership: Partnership, entry: Entry) -> bool:
    hidden = {field.id for part in guide.question(entry.question).parts for field in part.fields if field.hidden}
    return any(
        key[:1] != "#" and key not in hidden and is_filled(cell.value) and not is_public(guide, partnership, entry, key)
        for key, cell in entry.cells.items()
    )


def sendings(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the rows that note each sending, oldest first."""
    return partnership.rows(SENT, "rows")


def last_sent_to(partnership: Partnership, partner: str) -> Entry | None:
    """Return the row that notes the last draft sent to a partner, None when none was."""
    return next((row for row in reversed(sendings(partnership)) if partner in row.givers), None)


def shows_sending(version: Version, partner: str, number: int, by: str) -> bool:
    """Return whether a version, which is public, shows that the draft `number` went to a partner for an answer by `by`.

    `by` is an ISO date or "".
    """
    sent = version.sent
    return sent is not None and partner in sent.partners and (version.draft_number, sent.answer_by) == (number, by)


def words_seen(partnership: Partnership, now: Mapping[str, str], partner: str) -> Mapping[str, str]:
    """Return the fingerprints of the text that a partner answers on: of the draft sent to it last, else `now`.

    For an answer given on today's text, as in a meeting, the caller passes today's (tui.workspace.shared_answers).
    """
    row = last_sent_to(partnership, partner)
    seen = row.get("seen") if row is not None else None
    return seen if isinstance(seen, Mapping) else now


def sending_changes(partnership: Partnership, row_id: str, fields: Mapping[str, object]) -> Iterator[Change]:
    """Yield the changes that add a last row for one sending, with the id `row_id` and these fields."""
    for cell, value in {ORDER: order_behind(partnership, SENT, "rows"), **fields}.items():
        yield Change(row_id, SENT, cell, value, "rows")


@dataclass(frozen=True, slots=True)
class Sent:
    """To whom a version was sent. It holds ids of partners only, since names and addresses may be private."""

    on: str  # ISO date
    means: str  # a code of choices.toml [means]
    partners: tuple[str, ...] = ()
    others: int = 0  # how many addresses of no partner
    answer_by: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One text kept for good: a draft that was sent, or an adopted text.

    `snapshots` holds the agreement by language, as JSON of tui.agreement.blocks. If the text was adopted by an
    amendment, that is the consolidated text, and `amendment` is what was agreed and is signed. `file` and `file_hash`
    (SHA-256, hexadecimal) name the paper, if the text was adopted on one that the program did not write.
    """

    id: str
    number: int  # of the draft; of a RESENT text that of the adopted version it is
    status: str  # DRAFT, ADOPTED or RESENT; `status_of` says whether it was replaced since
    date: str  # ISO date
    reason: str = ""
    snapshots: Mapping[str, Any] = field(default_factory=dict)
    points: Mapping[str, str] = field(default_factory=dict)  # its fingerprints, by entry id
    text: str = ""  # the digest of all its words (whole_text)
    sent: Sent | None = None  # None for a text that was not sent
    resolution: str = ""  # the decision by which it was adopted
    file: str = ""
    file_hash: str = ""
    at: str = ""  # the moment of `date`, ISO date and time with its offset; "" in versions kept by release 0.1
    # {"number", "effect": ISO date, "of": ISO date of the amended text, "snapshots"}; {} for no amendment.
    amendment: Mapping[str, Any] = field(default_factory=dict)
    zone: str = ""  # the IANA name of the time zone of `date`, "" for the system's

    @property
    def draft_number(self) -> int:
        """The number of the draft that it is or, for an adopted text, was; 0 for an adopted text sent again."""
        return 0 if self.status == RESENT else self.number

    @property
    def outside(self) -> bool:
        """Whether the text was adopted on a paper that the program did not write."""
        return self.status == ADOPTED and bool(self.file)


def version_document(version: Version) -> dict[str, Any]:
    """Return the version as the store keeps it: a JSON object of its fields by their names."""
    sent = version.sent
    sent_document = None if sent is None else {
        "on": sent.on, "means": sent.means, "partners": list(sent.partners), "others": sent.others,
        "answer_by": sent.answer_by,
    }  # fmt: skip
    return {
        "id": version.id,
        "number": version.number,
        "status": version.status,
        "date": version.date,
        "reason": version.reason,
        "snapshots": dict(version.snapshots),
        "points": dict(version.points),
        "text": version.text,
        "sent": sent_document,
        "resolution": version.resolution,
        "file": version.file,
        "file_hash": version.file_hash,
        **{name: value for name, value in (("at", version.at), ("zone", version.zone)) if value},
        **({"amendment": dict(version.amendment)} if version.amendment else {}),
    }


def read_versions(documents: Iterable[Mapping[str, Any]]) -> tuple[Version, ...]:
    """Return the versions that the documents of the store hold, in their order; other documents are left out."""
    return tuple(_read(raw) for raw in documents if isinstance(raw.get("id"), str) and "status" in raw)


_TEXTS = ("date", "reason", "text", "resolution", "file", "file_hash", "at", "zone")  # fields that hold a text


def _read(raw: Mapping[str, Any]) -> Version:
    """Return the version that a stored document describes. Raises KeyError without an id or a status."""
    sent = raw.get("sent")
    texts = {name: str(raw.get(name, "")) for name in _TEXTS}
    return Version(
        id=raw["id"],
        number=_whole_number(raw.get("number")),
        status=raw["status"] if raw["status"] in (ADOPTED, RESENT) else DRAFT,
        snapshots=_mapping(raw.get("snapshots")),
        points=_mapping(raw.get("points")),
        sent=_sent(sent) if isinstance(sent, Mapping) else None,
        amendment=_mapping(raw.get("amendment")),
        **texts,
    )


def _sent(raw: Mapping[str, Any]) -> Sent:
    ids = raw.get("partners")
    return Sent(
        on=str(raw.get("on", "")),
        means=str(raw.get("means", "")),
        partners=tuple(map(str, ids)) if isinstance(ids, list) else (),
        others=_whole_number(raw.get("others")),
        answer_by=str(raw.get("answer_by", "")),
    )


def _mapping(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _whole_number(raw: object) -> int:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else 0


def status_of(versions: Sequence[Version], version: Version) -> str:
    """Return the status of a version: DRAFT, RESENT, ADOPTED, or REPLACED if another text was adopted after it."""
    if version.status != ADOPTED:
        return version.status
    last = next((other for other in reversed(versions) if other.status == ADOPTED), version)
    return ADOPTED if last.id == version.id else REPLACED


def next_number(versions: Sequence[Version], partnership: Partnership) -> int:
    """Return the number of the next draft; no number is given twice, even if the save of a version was lost."""
    last_number = max((version.draft_number for version in versions), default=0)
    return max(last_number, _whole_number(partnership.setting("drafts", 0))) + 1


def adopted_number(versions: Sequence[Version], partnership: Partnership) -> int:
    """Return the number of the version adopted last, 0 before an adoption; release 0.1 kept none, so it is counted."""
    mark = partnership.setting(ADOPTED_MARK)
    if not isinstance(mark, Mapping):
        return 0
    return _whole_number(mark.get("number")) or max(sum(version.status == ADOPTED for version in versions), 1)


def whole_text(guide: Guide, view: Partnership) -> str:
    """Return the digest of all answers of a public view that the document prints, in any language, in their order.

    What may change after an adoption (status, authorisation, positions) is left out, and so are marks (`?`, `!`) and
    hidden fields.
    """
    return WholeText(guide).of(view)


def is_later_point(entry: Entry) -> bool:
    """Return whether an entry is a point to discuss noted after an adoption, which is no part of the adopted text."""
    return entry.question == POINTS and bool(entry.get("version"))


class WholeText:
    """Gives the `whole_text` of a view that changes; only entries that changed are written out again."""

    def __init__(self, guide: Guide, *, with_marks: bool = False) -> None:
        """`with_marks` gives the digest of release 0.1, which texts adopted then still have: it includes marks and
        order keys."""
        self._guide = guide
        self._with_marks = with_marks
        steps = (step for step in guide.steps if step.aside)
        aside = {question.id for step in steps for question in step.questions if not question.sections}
        self._unprinted = frozenset({*aside, *POSITIONS, SETTINGS})
        self._entry_texts: dict[str, tuple[Entry, _EntryText | None]] = {}  # by id, each entry with its text
        self._items_by_digest: dict[str, list[str]] = {}  # by digest: the answers (`_items`) that have it

    def is_text(self, view: Partnership, text: str) -> bool:
        """Return whether the digest of the answers is `text`; it is computed only until answers with it are known."""
        items = self._items(view)
        known_items = self._items_by_digest.get(text)
        if known_items is not None:
            return items == known_items
        same = digest_of_items(items) == text
        if same:
            self._items_by_digest[text] = items
        return same

    def of(self, view: Partnership) -> str:
        """Return the digest of the answers of a public view, 32 hexadecimal digits."""
        return digest_of_items(self._items(view))

    def _items(self, view: Partnership) -> list[str]:
        """Return the words of each entry that the document prints as canonical JSON, in their order."""
        texts: list[_EntryText] = []
        for entry in view.entries.values():
            record = self._entry_texts.get(entry.id)
            if record is None or record[0] is not entry:
                record = self._entry_texts[entry.id] = entry, self._read(entry)
            if record[1] is not None:
                texts.append(record[1])
        texts.sort(key=itemgetter(0))
        return [item for _sort_key, item in texts]

    def _read(self, entry: Entry) -> _EntryText | None:
        """Return the sort key and the words of an entry; None if it has no words in the document."""
        question = self._guide.by_id.get(entry.question)
        if question is None or entry.question in self._unprinted or not entry.is_in_use or is_later_point(entry):
            return None
        words = _cells(entry)
        if not self._with_marks:
            hidden = {field.id for part in question.parts for field in part.fields if field.hidden}
            words = {
                key: value
                for key, value in words.items()
                if key != ORDER and key not in hidden and (key != STATE or value == NOT_APPLICABLE)
            }
        if not words:
            return None
        sort_key = () if self._with_marks else (entry.question, entry.part, entry.order)
        return (*sort_key, entry.id), canonical([entry.id, entry.question, entry.part, list(entry.subject), words])


def _cells(entry: Entry) -> dict[str, object]:
    """Return the filled cells of an entry by key, without second wordings and those of `SIGNING_FIELDS`."""
    skipped = SIGNING_FIELDS if entry.question == WHO else frozenset[str]()
    return {
        key: cell.value
        for key, cell in entry.cells.items()
        if cell.value not in (None, "", False)
        and (key[:1] != "#" or key in (ORDER, STATE))
        and key not in skipped
        and not is_second_wording_cell(key)
    }
