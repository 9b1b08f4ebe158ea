"""A partnership of two partners, one of which has sent a form back: the scene of the tests of returned forms."""

from __future__ import annotations

from typing import Any

from tests.comparison.answered_forms import WAYS, Answers
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.agreement.partner_form import PartnerForm
from tui.comparison.form_proposals import FormProposal
from tui.partnership.answer_list import answer_list
from tui.partnership.ids import new_id
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.received_answers import RECEIVED
from tui.partnership.values import Change, Partnership, order_behind
from tui.workspace.form_review import FormReview, present_forms, read_returned_form, receive
from tui.workspace.workspace import Workspace

CONSENSUS, DAY = "commit.consensus", "2026-11-30"


class Scene:
    """Two partners and a text; the form of the first one comes back."""

    def __init__(self) -> None:
        told = Told("Collège", "Clinique")
        self.whose, self.other = told.ids["Collège"], told.ids["Clinique"]
        told.say("gather.vision", {"vision": "un accueil chaque soir"})
        self.offer = told.say(
            "open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "Collège", op="add"
        )[0]
        self.mine = told.say("open.contributions", {"text": "payer le café", "state": "accepted"}, "Collège", op="add")[
            0
        ]
        self.shared = told.say("open.contributions", {"text": "venir aux réunions", "state": "confirmed",
                                                      "partners": ["Collège", "Clinique"]}, op="add")[0]  # fmt: skip
        told.say("open.history", {"note": "secret"}, "Collège")
        store = Memory()
        store.partnership = told.partnership
        self.workspace = Workspace(GUIDE, told.partnership, store)

    @property
    def partnership(self) -> Partnership:
        return self.workspace.partnership

    def form(self, lang: str = "fr", whose: str = "") -> PartnerForm:
        """The form of a partner on today's text."""
        return next(one for one in present_forms(self.workspace, whose or self.whose, 0) if one.lang == lang)

    def review(self, answers: Answers, form: PartnerForm | None = None, way: str = "mail") -> FormReview:
        """The review of a reply."""
        data, name = WAYS[way](form or self.form(), answers)
        return self.received(data, name)

    def received(self, data: bytes, name: str = "") -> FormReview:
        """The review of what came back as bytes."""
        read = read_returned_form(self.workspace, data, name)
        assert read is not None
        return FormReview(self.workspace, receive(self.workspace, read, data, name, DAY).id)

    def set(self, entry: str, cell: str, value: Any) -> None:
        """Change one cell by hand."""
        self.workspace.set(self.partnership.entries[entry], cell, value)

    def person(self, name: str, signs: bool | None = None) -> str:
        """Add a person to the first partner, and return its id."""
        row = new_id()
        order = order_behind(self.partnership, WHO, PEOPLE)
        cells = {"#order": order, "name": name, "signs": signs}
        self.workspace.edit([Change(row, WHO, cell, value, PEOPLE, (self.whose,)) for cell, value in cells.items()])
        return row

    def position(self) -> dict[str, Any]:
        """What the position of the first partner holds."""
        entry = self.partnership.entry(f"{CONSENSUS}:{self.whose}")
        return {} if entry is None else {name: entry.get(name) for name in entry.cells if entry.get(name) is not None}

    def group(self) -> str:
        """Where the first partner is in the list of answers."""
        found = answer_list(self.partnership, self.workspace.public.answers, DAY)
        return next(one.group for one in found if one.partner == self.whose)


def said_of(partnership: Partnership) -> dict[str, Any]:
    """All that stands but what came back."""
    return {
        name: {cell: one.value for cell, one in entry.cells.items() if one.value is not None}
        for name, entry in partnership.entries.items()
        if entry.question != RECEIVED and entry.is_in_use
    }


def proposed(review: FormReview, key: str, form: PartnerForm) -> FormProposal:
    """What is proposed of the item of that id."""
    mark = next(one.mark.key for one in form.items if one.id == key)
    return next(one for one in review.proposals if mark in one.keys)
