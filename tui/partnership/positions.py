"""The exact words a position is given on, as fingerprints, and what the position is worth on the present words."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import LANGUAGES, Guide
from tui.partnership.partners import WHO, active, staying
from tui.partnership.silence import BY_RULE, by_rule
from tui.partnership.values import STATE, Entry, Partnership, is_second
from tui.text.name_matching import words_of

CONSENSUS, EXCEPTIONS = "commit.consensus", "exceptions"
RESERVATION = "reservation"  # the level « accord avec réserve », and the field that says it
LONG = frozenset({"rallies", "stands_aside", "opposes"})  # the levels that the long form adds
DISSENT = frozenset({"disagree", "stands_aside", "opposes"})
REASONED = DISSENT | {RESERVATION}  # the levels whose reason is asked for, in the field of the reservation
UNSAID = frozenset({"", "absent", "none"})  # never counted as a yes
YES = frozenset({"agree", "rallies"})
REOPENED, EXCEPT = "reopened", "except"  # what a count says besides the levels themselves
BEFORE = "before_"  # … and what precedes the level of a disagreement that was given on an earlier text
TEXT = "text"  # beside stored counts: the words they were counted on
_PROCEDURES = frozenset({"gather.level", "gather.governance", "gather.lead", "extra.decision_rule"})


@dataclass(frozen=True, slots=True)
class PositionStatus:
    """One partner's answer to one question: its level, the points changed since, the sentences it leaves out.

    `unseen` tells that nothing says which words it was given on; `silent` that an exception may not be published.
    """

    question: str
    partner: str
    level: str
    changed: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    unseen: bool = False
    silent: bool = False
    left_out: tuple[str, ...] = ()  # the ids of the points it leaves out, published or not

    @property
    def reopened(self) -> bool:
        """Whether it was given on other words than the present ones and has to be confirmed: a disagreement stands."""
        return self.level not in UNSAID | DISSENT and self._on_other_words

    @property
    def stands_from_before(self) -> bool:
        """Whether it is a disagreement with other words than the present ones: it stands until changed."""
        return self.level in DISSENT and self._on_other_words

    @property
    def _on_other_words(self) -> bool:
        return self.unseen or bool(self.changed)

    @property
    def code(self) -> str:
        """Under what it is counted: its level, "before_" and its level, "except" or "reopened"."""
        if self.reopened:
            return REOPENED
        if self.stands_from_before:
            return BEFORE + self.level
        return EXCEPT if self.exceptions and self.level in YES else self.level


Heard = Mapping[tuple[str, str], PositionStatus]  # by question and partner


def position_statuses(partnership: Partnership, now: Mapping[str, str]) -> dict[tuple[str, str], PositionStatus]:
    """Return every active partner's answers; `now` are the `points` of today's public view."""
    present = {partner.id for partner in active(partnership)}
    found = {}
    for question in POSITIONS:
        for entry in partnership.rows(question):
            if entry.subject[:1] and entry.subject[0] in present and entry.get("level"):
                found[question, entry.subject[0]] = standing(partnership, now, entry)
    return found


def standing(partnership: Partnership, now: Mapping[str, str], position: Entry) -> PositionStatus:
    """Return what one position is worth on the present words."""
    partner = position.subject[0] if position.subject else ""
    seen = position.get("seen")
    rows = exceptions_of(partnership, position)
    left_out = {point for row in rows if (point := excepted_point(partnership, row))}
    changed = changed_since(seen, now) if isinstance(seen, Mapping) else ()
    return PositionStatus(
        position.question,
        partner,
        str(position.get("level", "")),
        tuple(point for point in changed if point not in left_out and _about(position.question, partnership, point)),
        tuple(row.id for row in rows),
        unseen=not isinstance(seen, Mapping),
        silent=any(row.get("leave") != "yes" for row in rows),
        left_out=tuple(sorted(left_out)),
    )


def exceptions_of(partnership: Partnership, position: Entry) -> tuple[Entry, ...]:
    """Return the rows « sauf » of a position that name a sentence or say something of it."""
    rows = partnership.rows(position.question, EXCEPTIONS, position.subject)
    return tuple(row for row in rows if row.get("point") or row.text("text", "fr"))


def excepted_point(partnership: Partnership, row: Entry) -> str:
    """Return the id of the sentence that a row « sauf » names: the one picked, or the commitment it quotes in full.

    "" where it quotes none, or more than one.
    """
    point = row.get("point")
    if isinstance(point, str) and point:
        return point
    quoted = {words for lang in LANGUAGES if (words := words_of(row.text("text", lang)))}
    rows = partnership.rows("open.contributions", "rows") if quoted else ()
    found = [entry.id for entry in rows if quoted & {words_of(entry.text("text", lang)) for lang in LANGUAGES}]
    return found[0] if len(found) == 1 else ""


def _about(question: str, partnership: Partnership, point: str) -> bool:
    """Whether a point belongs to what the question asks about: « ces procédures » are those of structure and lead."""
    entry = partnership.entry(point)
    return question == CONSENSUS or entry is None or entry.question in _PROCEDURES


def tallies(partnership: Partnership, standings: Heard, now: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Return how many active partners hold each position, by question; stored counts stand where they know of more.

    `now` are the `points` of today's public view. Stored counts were made on words of their own: on any others they are
    all to be confirmed. Whom the rule of silence counts stands under codes that no position has, and under no other.
    """
    counts: dict[str, dict[str, int]] = {}
    on = partnership.tallies.get(TEXT, {})
    for question in POSITIONS:
        answers = {partner: status for (asked, partner), status in standings.items() if asked == question}
        ruled = by_rule(partnership, question, {partner: status.level for partner, status in answers.items()})
        known = Counter(status.code for partner, status in answers.items() if partner not in ruled)
        apart = Counter(ruled.values())
        kept = partnership.tallies.get(question, {})
        stored = _at_most({code: n for code, n in kept.items() if code not in BY_RULE}, partnership)
        if sum(stored.values()) > known.total() + apart.total():
            same = not on or _mark(now) in on
            known = Counter(stored) if same else _reopened(stored)
            apart = Counter({code: kept[code] for code in BY_RULE if same and code in kept})
        if known or apart:
            counts[question] = {**known, **apart}
    return counts


def _at_most(stored: Mapping[str, int], partnership: Partnership) -> dict[str, int]:
    """Stored counts cut down to the partners there still are: who left is not known, so that the most common go first.

    A count above the number of partners would contradict every list of them. Counts of more partners than are known
    here, those who left and were taken out included, stand: they were made where partners that may not be named
    were known too, and outlive them.
    """
    counts = dict(stored)
    known = sum(entry.question == WHO and not entry.part for entry in partnership.entries.values()) if counts else 0
    counted = sum(counts.values())
    for _one in range(counted - len(staying(partnership)) if counted <= known else 0):
        most = max(counts, key=lambda code: counts[code])
        counts[most] -= 1
    return {code: n for code, n in counts.items() if n > 0}


def _reopened(stored: Mapping[str, int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for level, n in stored.items():
        stands = level in UNSAID or level.startswith(BEFORE)
        counts[level if stands else BEFORE + level if level in DISSENT else REOPENED] += n
    return counts


def with_text(counts: Mapping[str, Mapping[str, int]], now: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Counts as they are stored: with the mark of the words they were made on."""
    return {**{name: dict(found) for name, found in counts.items()}, **({TEXT: {_mark(now): 1}} if counts else {})}


def levels(guide: Guide, partnership: Partnership, standing: str = "") -> tuple[str, ...]:
    """The levels that may be chosen: the short form, the long one where the partnership has it set.

    `standing` is the level that a position has now, "" for none; it may be kept in either form.
    """
    long = partnership.setting("positions") == "long"
    return tuple(level for level in guide.choices["position"] if long or level not in LONG or level == standing)


def count_words(guide: Guide, counts: Mapping[str, int], lang: str) -> str:
    """Return a count as it is said aloud: « 5 accords, 1 réserve, 1 à discuter »; "" when there is nothing to count."""
    short = {"reservation": "round_reservation"}
    codes = counted_codes(guide)
    said = (guide.word(short.get(code, f"count_{code}"), lang, n=counts[code]) for code in codes if counts.get(code))
    return ", ".join(said)


def counted_codes(guide: Guide) -> tuple[str, ...]:
    """Return all that a count may say, in its order."""
    codes = tuple(guide.choices["position"])
    return (*codes, *(BEFORE + code for code in codes if code in DISSENT), EXCEPT, REOPENED)


def dissents(answers: Heard) -> tuple[PositionStatus, ...]:
    """Return the disagreements with the text: no readiness is said without them."""
    found = (status for (asked, _partner), status in answers.items() if asked == CONSENSUS)
    return tuple(status for status in found if status.level in DISSENT)


def _mark(now: Mapping[str, str]) -> str:
    return digest(dict(now))


POSITIONS = ("gather.procedures", CONSENSUS)
NOT_APPLICABLE = "not_applicable"
NO_POINT = frozenset({WHO, "open.involvement", "extra.points", "extra.needed", *POSITIONS})


class Fingerprints:
    """The points of a view that changes; what nobody touched is not fingerprinted again."""

    def __init__(self, guide: Guide) -> None:
        """`guide` says which fields feed the agreement."""
        self._guide = guide
        self._kept: dict[str, tuple[Entry, tuple[str, ...], str]] = {}  # "" for what the agreement does not say
        self._present: set[str] = set()
        self._members: dict[tuple[str, bool], str] = {}

    def of(self, view: Partnership) -> dict[str, str]:
        """Return the points of a public view: entry id → fingerprint, for everything the agreement says."""
        members = staying(view)
        present = {member.id for member in members}
        # Who takes part is said too: one who joins, leaves or comes to be named changes what the others said yes to.
        found = {member.id: self._member(member.id, member.may_appear) for member in members}
        same, self._present = present == self._present, present
        for entry in view.entries.values():
            kept = self._kept.get(entry.id)
            if kept is None or kept[0] is not entry or not same:
                kept = self._kept[entry.id] = self._read(entry, kept, present)
            if kept[2]:
                found[entry.id] = kept[2]
        return found

    def _member(self, name: str, may_appear: bool) -> str:
        known = self._members.get((name, may_appear))
        if known is None:
            known = self._members[name, may_appear] = digest([WHO, name, may_appear])
        return known

    def _read(
        self, entry: Entry, kept: tuple[Entry, tuple[str, ...], str] | None, present: set[str]
    ) -> tuple[Entry, tuple[str, ...], str]:
        gone = tuple(giver for giver in entry.givers if giver not in present)
        if not self._tells(entry) or (gone and len(gone) == len(entry.givers)):
            return entry, gone, ""  # the document prints nothing of those who left
        same = kept is not None and kept[0] is entry and kept[1] == gone and kept[2]
        return kept if kept is not None and same else (entry, gone, fingerprint(entry, gone))

    def _tells(self, entry: Entry) -> bool:
        question = self._guide.by_id.get(entry.question)
        if question is None or entry.removed or entry.question in NO_POINT:
            return False
        part = question.part(entry.part)
        return bool(question.feeds or (part is not None and part.feeds)) and _says(entry)


def points(guide: Guide, view: Partnership) -> dict[str, str]:
    """Return the points of one public view: entry id → fingerprint, for everything the agreement says."""
    return Fingerprints(guide).of(view)


def fingerprint(entry: Entry, gone: tuple[str, ...] = ()) -> str:
    """32 hexadecimal digits over the NFC words and values of one entry and whom it concerns.

    `gone` are those of its givers who left: what is left of « A and B » is another sentence.
    """
    words = {
        key: cell.value
        for key, cell in entry.cells.items()
        if key[:1] != "#" and cell.value is not None and not is_second(key)
    }
    if entry.state == NOT_APPLICABLE:  # takes its heading out of the document; the other states change no word of it
        words[STATE] = NOT_APPLICABLE
    return digest([entry.question, entry.part, entry.subject, words, *([gone] if gone else [])])


def digest(value: object) -> str:
    """32 hexadecimal digits over the NFC form of any JSON value, the order of keys set aside."""
    return _hash(canonical(value))


def digest_of_items(items: Iterable[str]) -> str:
    """`digest` of a list whose items are given as `canonical` writes each."""
    return _hash(f"[{', '.join(items)}]")


def canonical(value: object) -> str:
    """The NFC form of a JSON value as text, the order of keys set aside."""
    return unicodedata.normalize("NFC", json.dumps(value, sort_keys=True, ensure_ascii=False))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _says(entry: Entry) -> bool:
    # How far a row has come (wished for, accepted) is said of its words: where it has none, nothing is printed.
    said = (cell.value for key, cell in entry.cells.items() if key[:1] != "#" and key != "state" and not is_second(key))
    return entry.state == NOT_APPLICABLE or any(value not in (None, "", False) for value in said)


def changed_since(seen: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the points that are new, different or gone since a position was given."""
    return tuple(sorted({key for key in (*seen, *now) if seen.get(key) != now.get(key)}))
