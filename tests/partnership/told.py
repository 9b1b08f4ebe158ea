"""A builder of partnerships for tests, which gives answers one by one as `entente answer` does."""

from __future__ import annotations

from typing import Any

from tui.form.answer_json import answer
from tui.guide.guide_loading import load_guide
from tui.guide.guide_types import Guide
from tui.partnership.changes import apply
from tui.partnership.values import SETTINGS, Change, Partnership

GUIDE = load_guide()
AT = "2026-11-22T14:02:00-05:00"


class Told:
    """Builds a partnership answer by answer.

    `partnership` is the present value, `ids` holds the ids of the partners by the names they were given.
    """

    def __init__(self, *partners: str, guide: Guide = GUIDE, status: str = "interested") -> None:
        self.guide = guide
        self.partnership = Partnership("aaaaaaaaaa")
        self.ids: dict[str, str] = {}
        for name in partners:
            self.join(name, status=status)

    def join(self, name: str, **fields: Any) -> str:
        """Add a partner and return its id."""
        self.ids[name] = self.say("open.who", {"name": name, **fields}, op="add")[0]
        return self.ids[name]

    def say(self, question: str, value: Any = None, partner: str = "", **line: Any) -> list[str]:
        """Give one answer and return the ids of the rows that it changed.

        `line` holds further keys of a line of `entente answer`, such as `op` or `lang`.
        """
        request = {"question": question, **line}
        if value is not None:
            request["value"] = value
        if partner:
            request["partner"] = self.ids.get(partner, partner)
        draft = answer(self.guide, self.partnership, request)
        self.take(*draft.changes)
        return draft.rows

    def take(self, *changes: Change) -> None:
        """Apply changes."""
        self.partnership = apply(self.partnership, changes, by="Marie", at=AT).partnership

    def setting(self, name: str, value: Any) -> None:
        """Set a setting of the partnership."""
        self.take(Change(SETTINGS, SETTINGS, name, value))

    def state(self, question: str, state: str, partner: str = "") -> None:
        """Mark an answer with a state set by hand, such as "to_confirm"."""
        self.say(question, None, partner, state=state)
