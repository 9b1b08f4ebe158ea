"""`directory`: the organisations kept across partnerships, listed, or two entries made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.cli.call import DONE, Call, Wrong, print_json, warn
from tui.cli.listing import print_columns
from tui.console import print_line
from tui.words import _, language

if TYPE_CHECKING:
    from tui.project.organisations import Known, Organisation

_PRIVATE = frozenset({"email", "phone", "language"})


def directory(call: Call) -> int:
    """Print the organisations that stand, one's own first; with --merge, make the first part of the second."""
    from tui.project.organisations import listed, read

    known = read(call.store.directory())
    if call.args.merge:
        _merge(call, known, *call.args.merge)
        return DONE
    found = listed(known, language())
    if call.args.json:
        if call.args.with_private:
            warn(_("What follows holds private addresses and telephones: keep it to yourself."))
        print_json([_as_data(one, private=call.args.with_private) for one in found])
    elif call.args.with_private:
        raise Wrong(_("--with-private goes with --json."))
    elif found:
        heads = (_("Id"), _("Organisation"), _("People"))
        print_columns([heads, *((one.id, _name(one), ", ".join(who.name for who in one.people)) for one in found)])
    else:
        warn(_("The directory is empty: the organisations of a partnership come there by themselves."))
    return DONE


def _name(one: Organisation) -> str:
    name = one.name(language())
    return _("{name} (your own)").format(name=name) if one.own else name


def _as_data(one: Organisation, *, private: bool) -> dict[str, Any]:
    cells = {key: value for key, value in one.cells.items() if not key.startswith("person/")}
    people = [{key: value for key, value in who.cells.items() if private or key not in _PRIVATE} for who in one.people]
    return {"id": one.id, **cells, "people": people}


def _merge(call: Call, known: Known, first: str, second: str) -> None:
    from tui.project.organisations import merging

    one, kept = _meant(known, first), _meant(known, second)
    if one.id == kept.id:
        raise Wrong(_("“{first}” and “{second}” are one entry already.").format(first=first, second=second))
    call.store.mend_directory(lambda _rows: merging(kept, one))
    print_line(kept.id)


def _meant(known: Known, text: str) -> Organisation:
    from tui.project.organisations import called, meant

    found = meant(known, text) or called(known, text)
    if found is None:
        raise Wrong(_("No organisation of the directory is called “{name}”; “entente directory” lists them.").format(
            name=text))  # fmt: skip
    return found
