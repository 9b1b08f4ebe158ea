"""Positions: what each partner says of the text, on which words, and what that is worth on the present words.

A point is a sentence of the agreement, named by the id of the entry it comes from. Its fingerprint is a hash of its
words. A position keeps the fingerprints of all points it was given on; those that differ now tell what has changed.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import LANGUAGES, Guide
from tui.partnership.completion import has_field
from tui.partnership.partners import WHO, active, staying
from tui.partnership.silence import RULE_CODES, partners_by_rule
from tui.partnership.values import STATE, Entry, Partnership, is_second_wording_cell
from tui.text.name_matching import words_of
from tui.text.result_cache import CachedByText

CONSENSUS, EXCEPTIONS = "commit.consensus", "exceptions"
RESERVATION = "reservation"  # the level « accord avec réserve », and the field that says it
LONG_FORM_LEVELS = frozenset({"rallies", "stands_aside", "opposes"})  # the levels that the long form adds
DISSENT = frozenset({"disagree", "stands_aside", "opposes"})
REASONED = DISSENT | {RESERVATION}  # the levels whose reason is asked for, in the field of the reservation
UNSAID = frozenset({"", "absent", "none"})  # levels of a partner that has said nothing: never counted as a yes
YES = frozenset({"agree", "rallies"})
DISCUSS_FIRST = "discuss"  # the level of a partner that asks to talk before it answers
# Codes under which positions are counted, besides their levels: « to be confirmed, since the words changed » and
# « yes, except some points ».
REOPENED, EXCEPT = "reopened", "except"
BEFORE_PREFIX = "before_"  # before the level of a disagreement: it was given on an earlier text
COUNTED_TEXT = "text"  # the key, among stored counts, that holds the digest of the words they were counted on
POSITIONS = ("gather.procedures", CONSENSUS)  # the questions that ask for a position
NOT_APPLICABLE = "not_applicable"  # a state set by hand
UNPRINTED_QUESTIONS = frozenset({WHO, "open.involvement", "extra.points", "extra.needed", *POSITIONS})  # make no points
# The questions whose points a position on procedures is about.
_PROCEDURE_QUESTIONS = frozenset({"gather.level", "gather.governance", "gather.lead", "extra.decision_rule"})


@dataclass(frozen=True, slots=True)
class PositionStatus:
    """One partner's position on one question, and what it is worth on the present words."""

    question: str
    partner: str  # its id
    level: str  # a code of choices.toml [position]
    changed: tuple[str, ...] = ()  # the ids of points that changed since it was given
    exceptions: tuple[str, ...] = ()  # the ids of its rows « sauf »
    unseen: bool = False  # whether it is unknown on which words it was given
    silent: bool = False  # whether one of its exceptions may not be published: the document says only that there is one
    left_out: tuple[str, ...] = ()  # the ids of the points that its exceptions name, published or not

    @property
    def reopened(self) -> bool:
        """Whether it has to be confirmed, since it was given on other words; a disagreement counts on any words."""
        return self.level not in UNSAID | DISSENT and self._on_other_words

    @property
    def is_from_earlier_text(self) -> bool:
        """Whether it is a disagreement that was given on other words; it counts until it is changed."""
        return self.level in DISSENT and self._on_other_words

    @property
    def _on_other_words(self) -> bool:
        return self.unseen or bool(self.changed)

    @property
    def code(self) -> str:
        """The code under which it is counted: its level, BEFORE_PREFIX and its level, EXCEPT or REOPENED."""
        if self.reopened:
            return REOPENED
        if self.is_from_earlier_text:
            return BEFORE_PREFIX + self.level
        return EXCEPT if self.exceptions and self.level in YES else self.level


PositionStatuses = Mapping[tuple[str, str], PositionStatus]  # by question id and partner id


def position_statuses(partnership: Partnership, points_now: Mapping[str, str]) -> dict[tuple[str, str], PositionStatus]:
    """Return the positions of all active partners.

    `points_now` are the fingerprints of today's public view by entry id, as `points` returns them.
    """
    partner_ids = {partner.id for partner in active(partnership)}
    statuses = {}
    for question in POSITIONS:
        for entry in partnership.rows(question):
            if entry.subject[:1] and entry.subject[0] in partner_ids and entry.get("level"):
                statuses[question, entry.subject[0]] = status_of_position(partnership, points_now, entry)
    return statuses


def status_of_position(partnership: Partnership, points_now: Mapping[str, str], position: Entry) -> PositionStatus:
    """Return what one position is worth on the words with the fingerprints `points_now`."""
    seen_points = position.get("seen")
    rows = exceptions_of(partnership, position)
    left_out = {point for row in rows if (point := excepted_point(partnership, row))}
    changed = changed_since(seen_points, points_now) if isinstance(seen_points, Mapping) else ()
    return PositionStatus(
        position.question,
        position.subject[0],
        str(position.get("level")),
        tuple(
            point
            for point in changed
            if point not in left_out and _is_asked_about(position.question, partnership, point)
        ),
        tuple(row.id for row in rows),
        unseen=not isinstance(seen_points, Mapping),
        silent=any(row.get("leave") != "yes" for row in rows),
        left_out=tuple(sorted(left_out)),
    )


def exceptions_of(partnership: Partnership, position: Entry) -> tuple[Entry, ...]:
    """Return the exceptions of a position (its rows « sauf »), without empty rows."""
    rows = partnership.rows(position.question, EXCEPTIONS, position.subject)
    return tuple(row for row in rows if row.get("point") or has_field(row, "text"))


_words_of = CachedByText(words_of)  # at each key all commitments are compared with the sentences that are quoted


def excepted_point(partnership: Partnership, row: Entry) -> str:
    """Return the id of the point that a row « sauf » is about: the one picked, or the commitment it quotes in full.

    "" if its words are those of no commitment, or of more than one.
    """
    point = row.get("point")
    if isinstance(point, str) and point:
        return point
    quoted = {words for lang in LANGUAGES if (words := _words_of(row.text("text", lang)))}
    rows = partnership.rows("open.contributions", "rows") if quoted else ()
    quoted_ids = [entry.id for entry in rows if quoted & {_words_of(entry.text("text", lang)) for lang in LANGUAGES}]
    return quoted_ids[0] if len(quoted_ids) == 1 else ""


def _is_asked_about(question: str, partnership: Partnership, point: str) -> bool:
    """Return whether a position on `question` is about a point; on procedures, about structure and lead."""
    entry = partnership.entry(point)
    return question == CONSENSUS or entry is None or entry.question in _PROCEDURE_QUESTIONS


def tallies(
    partnership: Partnership, statuses: PositionStatuses, points_now: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Return how many active partners hold each position: question id → code → number.

    Stored counts are used where they cover more partners than `statuses`, as in a public copy without private
    positions. If they were made on other words than those with the fingerprints `points_now`, all are to be confirmed.
    Partners whose silence counts by a rule are counted under the codes of that rule (RULE_CODES) only.
    """
    counts: dict[str, dict[str, int]] = {}
    counted_text = partnership.tallies.get(COUNTED_TEXT)
    for question in POSITIONS:
        answers = {partner: status for (question_id, partner), status in statuses.items() if question_id == question}
        silent = partners_by_rule(partnership, question, {partner: status.level for partner, status in answers.items()})
        by_answer = Counter(status.code for partner, status in answers.items() if partner not in silent)
        by_silence = Counter(silent.values())
        stored = partnership.tallies.get(question, {})
        stored_by_answer = _limit_to_partners(
            {code: n for code, n in stored.items() if code not in RULE_CODES}, partnership
        )
        if sum(stored_by_answer.values()) > by_answer.total() + by_silence.total():
            same_text = not counted_text or _digest_of_points(points_now) in counted_text
            by_answer = Counter(stored_by_answer) if same_text else _count_as_reopened(stored_by_answer)
            by_silence = Counter({code: stored[code] for code in RULE_CODES if same_text and code in stored})
        if by_answer or by_silence:
            counts[question] = {**by_answer, **by_silence}
    return counts


def _limit_to_partners(stored: Mapping[str, int], partnership: Partnership) -> dict[str, int]:
    """Return stored counts reduced to the number of partners that there are now; the highest are reduced first.

    Which position belongs to a partner that left is not known, but a total above the number of partners would
    contradict every list of them. Counts of more partners than this copy knows, removed ones included, stay as they
    are: they come from a copy that knows partners which may not be named.
    """
    counts = dict(stored)
    if not counts:
        return counts
    known_partners = sum(entry.question == WHO and not entry.part for entry in partnership.entries.values())
    counted = sum(counts.values())
    for _partner in range(counted - len(staying(partnership)) if counted <= known_partners else 0):
        most = max(counts, key=lambda code: counts[code])
        counts[most] -= 1
    return {code: n for code, n in counts.items() if n > 0}


def _count_as_reopened(stored: Mapping[str, int]) -> Counter[str]:
    """Return the counts on changed words: disagreements as given before, all others to be confirmed."""
    counts: Counter[str] = Counter()
    for level, n in stored.items():
        if level in UNSAID or level.startswith(BEFORE_PREFIX):
            counts[level] += n
        elif level in DISSENT:
            counts[BEFORE_PREFIX + level] += n
        else:
            counts[REOPENED] += n
    return counts


def with_counted_text(
    counts: Mapping[str, Mapping[str, int]], points_now: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Return the counts as they are stored: with the digest of the words with the fingerprints `points_now`."""
    return {
        **{name: dict(by_code) for name, by_code in counts.items()},
        **({COUNTED_TEXT: {_digest_of_points(points_now): 1}} if counts else {}),
    }


def levels_to_choose(guide: Guide, partnership: Partnership, current: str = "") -> tuple[str, ...]:
    """Return the levels that may be chosen: without those of the long form, unless the setting "positions" is "long".

    `current` is the level that a position has points_now, "" for none; it may always be kept.
    """
    long = partnership.setting("positions") == "long"
    return tuple(
        level for level in guide.choices["position"] if long or level not in LONG_FORM_LEVELS or level == current
    )


def count_words(guide: Guide, counts: Mapping[str, int], lang: str) -> str:
    """Return counts in words, to be said aloud: « 5 accords, 1 réserve, 1 à discuter »; "" for no counts."""
    shorter = {"reservation": "round_reservation"}  # set phrases that are shorter than `count_…`
    codes = counted_codes(guide)
    words = (guide.word(shorter.get(code, f"count_{code}"), lang, n=counts[code]) for code in codes if counts.get(code))
    return ", ".join(words)


def counted_codes(guide: Guide) -> tuple[str, ...]:
    """Return all codes under which positions are counted, in the order in which they are printed."""
    codes = tuple(guide.choices["position"])
    return (*codes, *(BEFORE_PREFIX + code for code in codes if code in DISSENT), EXCEPT, REOPENED)


def dissents(answers: PositionStatuses) -> tuple[PositionStatus, ...]:
    """Return the disagreements with the text as a whole."""
    on_whole_text = (status for (question_id, _partner), status in answers.items() if question_id == CONSENSUS)
    return tuple(status for status in on_whole_text if status.level in DISSENT)


def _digest_of_points(points_now: Mapping[str, str]) -> str:
    return digest(dict(points_now))


class Fingerprints:
    """Gives the fingerprints of a public view that changes; only entries that changed are hashed again."""

    def __init__(self, guide: Guide) -> None:
        """`guide` says which fields feed the agreement."""
        self._guide = guide
        # By entry id: the entry, its givers who left, its fingerprint ("" if it is not in the agreement).
        self._records: dict[str, tuple[Entry, tuple[str, ...], str]] = {}
        self._member_ids: set[str] = set()  # the ids of partners at the last call
        self._members: dict[tuple[str, bool], str] = {}  # fingerprints by (partner id, whether it may be named)

    def of(self, view: Partnership) -> dict[str, str]:
        """Return the points of a public view: entry id → fingerprint, for everything that the agreement prints."""
        members = staying(view)
        member_ids = {member.id for member in members}
        # The agreement names its partners: if one joins, leaves or may now be named, the others accepted another text.
        fingerprints = {member.id: self._member(member.id, member.may_appear) for member in members}
        same_members, self._member_ids = member_ids == self._member_ids, member_ids
        for entry in view.entries.values():
            record = self._records.get(entry.id)
            if record is None or record[0] is not entry or not same_members:
                record = self._records[entry.id] = self._read(entry, record, member_ids)
            _entry, _gone, entry_fingerprint = record
            if entry_fingerprint:
                fingerprints[entry.id] = entry_fingerprint
        return fingerprints

    def _member(self, partner_id: str, may_appear: bool) -> str:
        """Return the fingerprint of a partner as a member, by whether it may be named."""
        fingerprint = self._members.get((partner_id, may_appear))
        if fingerprint is None:
            fingerprint = self._members[partner_id, may_appear] = digest([WHO, partner_id, may_appear])
        return fingerprint

    def _read(
        self, entry: Entry, old: tuple[Entry, tuple[str, ...], str] | None, member_ids: set[str]
    ) -> tuple[Entry, tuple[str, ...], str]:
        """Return the new record of an entry for `_records`; `old` is the one before, if any."""
        gone = tuple(giver for giver in entry.givers if giver not in member_ids)
        all_gone = gone and len(gone) == len(entry.givers)
        if not self._is_printed(entry) or all_gone:
            return entry, gone, ""
        if old is not None and old[0] is entry and old[1] == gone and old[2]:
            return old
        return entry, gone, fingerprint(entry, gone)

    def _is_printed(self, entry: Entry) -> bool:
        """Return whether the agreement prints an entry."""
        question = self._guide.by_id.get(entry.question)
        if question is None or entry.removed or entry.question in UNPRINTED_QUESTIONS:
            return False
        part = question.part(entry.part)
        return bool(question.feeds or (part is not None and part.feeds)) and _has_words(entry)


def points(guide: Guide, view: Partnership) -> dict[str, str]:
    """Return the points of one public view: entry id → fingerprint, for everything that the agreement prints."""
    return Fingerprints(guide).of(view)


def fingerprint(entry: Entry, gone: tuple[str, ...] = ()) -> str:
    """Return 32 hexadecimal digits: the hash of the words and values of one entry (NFC) and of its partners.

    `gone` are the ids of its givers that left: a sentence of « A and B » is another one when B has left.
    """
    words = {
        key: cell.value
        for key, cell in entry.cells.items()
        if key[:1] != "#" and cell.value is not None and not is_second_wording_cell(key)
    }
    if entry.state == NOT_APPLICABLE:  # Only this state changes the text: it drops the heading.
        words[STATE] = NOT_APPLICABLE
    return digest([entry.question, entry.part, entry.subject, words, *([gone] if gone else [])])


def digest(value: object) -> str:
    """Return 32 hexadecimal digits: the hash of a JSON value in NFC, whatever the order of its keys."""
    return _hash(canonical(value))


def digest_of_items(items: Iterable[str]) -> str:
    """Return the `digest` of a list, given what `canonical` returned for each of its items."""
    return _hash(f"[{', '.join(items)}]")


def canonical(value: object) -> str:
    """Return a JSON value as text in NFC, with its keys sorted."""
    return unicodedata.normalize("NFC", json.dumps(value, sort_keys=True, ensure_ascii=False))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _has_words(entry: Entry) -> bool:
    """Return whether an entry puts any words in the document."""
    # The field "state" (wished for, accepted) is no word by itself: a row with nothing else is not printed.
    values = (
        cell.value
        for key, cell in entry.cells.items()
        if key[:1] != "#" and key != "state" and not is_second_wording_cell(key)
    )
    return entry.state == NOT_APPLICABLE or any(value not in (None, "", False) for value in values)


def changed_since(seen_points: Mapping[str, str], points_now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the points that are new, different or gone since a position was given."""
    return tuple(sorted({key for key in (*seen_points, *points_now) if seen_points.get(key) != points_now.get(key)}))
