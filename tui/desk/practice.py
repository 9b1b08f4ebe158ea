"""A partnership to practise on: three invented organisations and a call just noted, to be thrown away afterwards."""

from __future__ import annotations

from tui.desk.desk import Keeping
from tui.desk.place import NOTE
from tui.project.ids import new_id, order_between
from tui.project.partners import WHO
from tui.project.values import ORDER, SETTINGS, TRIAL, Change, Value, answer_id
from tui.words import _


def practice(lang: str, today: str) -> list[Change]:
    """The changes that make the partnership to practise on: three invented organisations, and a call just noted."""
    changes = [Change(SETTINGS, SETTINGS, "lang", lang), Change(SETTINGS, SETTINGS, TRIAL, True)]
    changes.append(Change("extra.name", "extra.name", f"name@{lang}", _("Practice: a door open in the evening")))
    names = (_("Your own organisation"), _("The youth centre (invented)"), _("The North clinic (invented)"))
    order, ids = "", []
    for at, name in enumerate(names):
        one, order = new_id(), order_between(order, "")
        ids.append(one)
        status = ("interested", "contacted", "prospective")[at]
        cells: dict[str, Value] = {ORDER: order, f"name@{lang}": name, "status": status}
        changes += [Change(one, WHO, cell, value, "", (one,)) for cell, value in cells.items()]
    note = "\n".join((
        _("Marie Roy, director, marie@youth.example, signs"),
        _("upset about the 2015 project, stopped without a word"),
        _("3 h a week"),
        _("make the service known in the neighbourhood"),
        _("Marie's cat is called Filou"),
        _("lend a room on Tuesday evenings"),
    ))  # fmt: skip
    whom = (ids[1],)
    called = answer_id(NOTE, whom)
    changes += [Change(called, NOTE, cell, value, "", whom) for cell, value in ((f"text@{lang}", note), ("on", today))]
    return changes


def mark_as_trial(store: Keeping, project_id: str) -> None:
    """A copy of an example is a trial too: it teaches the directory nothing, and one key throws it away."""
    store.save(project_id, [Change(SETTINGS, SETTINGS, TRIAL, True)])
