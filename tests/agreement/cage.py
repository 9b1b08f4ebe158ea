"""Fills a partnership with a canary (a rare word) in every place that the guide data calls private."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.agreement.reading import GUIDE, Told
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.ids import order_between
from tui.partnership.partners import GONE, MAY_APPEAR
from tui.partnership.values import ORDER, Change

CANARY = "zanzibar"
STATUSES = sorted(GUIDE.choices["status"])
PARTNERS = st.lists(st.tuples(st.sampled_from(STATUSES), st.booleans()), min_size=1, max_size=4)
TEXTS = ("line", "prose", "effort", "reference")


@dataclass
class Cage:
    """Fills a partnership with canaries."""

    told: Told
    hidden: int = 0  # how many answers and rows hold the canary
    rows: int = 0  # how many answers and rows were written

    def put(self, question: Question, part: Part, subject: tuple[str, ...], cells: dict[str, Any]) -> None:
        """Write the cells of an answer, or of one new row."""
        self.rows += 1
        row = f"row{self.rows:07}" if part.list else f"{question.id}:{'+'.join(subject)}" if subject else question.id
        if question.id == "open.who" and not part.list:
            row = subject[0]
        if part.list:
            cells = {ORDER: order_between(f"{self.rows:04}".rstrip("0") + "5", ""), **cells}
        self.hidden += CANARY in repr(cells)
        self.told.take(*(Change(row, question.id, key, value, part.id, subject) for key, value in cells.items()))


def song(field: Field) -> dict[str, Any]:
    """Return the cells that put the canary into one field, in the form of its kind and in both languages."""
    values: dict[str, Any] = {
        "record": {CANARY: CANARY}, "someone": {"name": CANARY}, "someones": [{"name": CANARY}], "flag": True,
        "number": 424242, "amount": {"amount": "424242", "currency": "CAD"}, "date": "2042-04", "partner": CANARY,
        "period": {"start": "2042-04", "end": ""}, "partners": None, "choice": CANARY,
    }  # fmt: skip
    value = values.get(field.kind, f"le {CANARY} chante")
    if field.translatable:
        return {f"{field.id}@fr": value, f"{field.id}@en": value}
    return {field.id: value}


def subjects(question: Question, ids: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Everyone a question is asked of."""
    if question.scope == "project":
        return [()]
    pairs = [tuple(sorted((ids[at], ids[at - 1]))) for at in range(len(ids))] if len(ids) > 1 else []
    single = [(one,) for one in ids]
    return [*(pairs if "pair" in question.scope else []), *(single if "partner" in question.scope else [])]


def partner(cage: Cage, name: str, status: str, named: bool) -> str:
    """Add a partner with a person; who may not appear is itself the canary."""
    appears = status in MAY_APPEAR or named
    word = "clair" if appears else CANARY
    people = [{"name": f"Marie {word} {name}", "title": word, "accountable": True, "signs": True}]
    fields = {"role": word, "address": word, "short_name": f"{word} {name}", "auth_body": word, "people": people}
    cage.hidden += not appears
    return cage.told.join(f"{word} {name}", status=status, named=named, **fields)


def private_cells(cage: Cage, ids: tuple[str, ...]) -> None:
    """The canary in each field that is private whatever happens."""
    for question in GUIDE.by_id.values():
        for part in question.parts:
            for field in part.fields:
                if field.private and not part.store:
                    for subject in subjects(question, ids):
                        cage.put(question, part, subject, song(field))


def by_state(cage: Cage, ids: tuple[str, ...], state: str, money: str, leave: str | None, agreed: bool) -> None:
    """The canary where a state keeps it private; a plain word where the state lets it out."""
    for name, cell, value, public in (
        ("open.contributions", "state", state, state != "wished"),
        ("commit.funding", "status", money, money == "acquired"),
        ("gather.procedures", "leave", leave, leave == "yes"),
        ("commit.consensus", "leave", leave, leave == "yes"),
        ("open.involvement", "agreed", agreed, agreed),
    ):
        question = GUIDE.question(name)
        for part in question.parts:
            if part.store or part.field(cell) is None:
                continue
            texts = [field for field in part.fields if field.kind in TEXTS and not field.private]
            cells = {key: one for field in texts for key, one in song(field).items()}
            if name == "open.involvement":
                cells["level"] = CANARY
            if public:
                cells = dict.fromkeys(cells, "clair")
            for subject in subjects(question, ids):
                cage.put(question, part, subject, {cell: value, **cells})


def named_elsewhere(cage: Cage, ids: tuple[str, ...]) -> None:
    """Every partner and person referred to in public rows: only those who may appear are named."""
    told = cage.told
    people = [row.id for row in told.partnership.rows("open.who", "people")]
    someone = [{"partner": one} for one in ids] + [{"person": one} for one in people]
    told.say("gather.governance", {"bodies": [{"name": "comité", "members": someone}]})
    told.say("gather.governance", {"reports": [{"what": "budget", "who": one, "to": one} for one in someone]})
    told.say("gather.lead", {"rows": [{"partner": one, "person": two} for one, two in zip(ids, someone, strict=False)]})
    told.say("gather.objectives", {"rows": [{"text": "offrir", "owner": one} for one in someone]})
    told.say("commit.funding", {"fiscal_agent": ids[0]})
    told.say("extra.groups", {"name": "les voisins", "members": list(ids)})
    row = {"text@fr": "prêter", "state": "accepted", "effort@fr": "3 h", "type": "space"}
    for group in ("", "all", told.partnership.rows("extra.groups", "rows")[0].id):
        cells = {**row, "partners": {"ids": list(ids), "group": group}}
        cage.put(GUIDE.question("open.contributions"), GUIDE.question("open.contributions").parts[0], (), cells)


def caged(
    partners: list[tuple[str, bool]], state: str = "wished", money: str = "sought", leave: str | None = None,
    agreed_level: bool = False,
) -> Cage:  # fmt: skip
    """A partnership of partners of these statuses (and whether they may be named), whose every secret is the canary."""
    cage = Cage(Told())
    ids = tuple(partner(cage, str(at), *one) for at, one in enumerate(partners))
    if {one for one, _named in partners} - GONE:
        named_elsewhere(cage, ids)
    private_cells(cage, ids)
    by_state(cage, ids, state, money, leave, agreed_level)
    return cage
