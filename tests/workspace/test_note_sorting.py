"""Lines of a call note: what is sent and what never is, where each lands, and whether the page says that it is read."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.completion import single_entry
from tui.partnership.values import Change
from tui.workspace.note_preview import made_public_by
from tui.workspace.note_sorting import (
    DESTINATIONS,
    SENT,
    Destination,
    deliver,
    is_printed_at_once,
    mark_between_us,
    note_of,
    other_destinations,
    position_to_sort,
    send,
    texts_at,
    unsorted_lines,
)
from tui.workspace.place import NOTE, Place
from tui.workspace.workspace import Workspace

OTHERS = tuple(other_destinations(GUIDE))
# What a line says that a field of this kind can read.
SAID = {"date": "2027-03-04", "number": "3", "amount": "3 $", "period": "mars 2027", "effort": "3 h par semaine"}


def at_clinic(status: str = "interested", note: str = "", **fields: object) -> tuple[Workspace, Told]:
    """A partnership of two, open at the call note of the first, which has a text."""
    told = Told("Clinique", "Collège", status=status)
    if fields:
        told.say("open.who", fields, "Clinique")
    if note:
        told.say("note.call", {"text": note}, "Clinique")
    memory = Memory()
    memory.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, memory)
    workspace.place = Place(NOTE, told.ids["Clinique"])
    return workspace, told


def to(letter: str) -> Destination:
    """Where a letter sends a line."""
    return next(place for place in DESTINATIONS if place.letter == letter)


@pytest.mark.parametrize("secret", ["entre nous : il part", "– ENTRE NOUS, il part", "  between us: he leaves"])
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("backwards", [False, True])
def test_no_selection_takes_along_what_is_between_us(secret: str, at: int, backwards: bool) -> None:
    lines = ["prêter une salle", "payer le gardien", "offrir le café"]
    lines[at] = secret
    note = "\n".join(lines)
    workspace, _told = at_clinic(note=note)
    first, last = (0, 0), (2, len(lines[2]))
    marked, _next = send(workspace, note, last if backwards else first, first if backwards else last, to("c"))
    assert marked == note and not workspace.partnership.rows("open.contributions", "rows")


@pytest.mark.parametrize(("end", "sent"), [((1, 0), ["un"]), ((1, 4), ["un", "deux"]), ((2, 0), ["un", "deux"])])
def test_selection_that_ends_before_a_line_leaves_it(end: tuple[int, int], sent: list[str]) -> None:
    note = "un\ndeux\ntrois"
    workspace, _told = at_clinic(note=note)
    marked, place = send(workspace, note, (0, 0), end, to("c"))
    assert [row.text("text", "fr") for row in workspace.partnership.rows("open.contributions", "rows")] == sent
    assert marked.split("\n") == [SENT + line if line in sent else line for line in note.split("\n")]
    assert place == (len(sent), 0)


@pytest.mark.parametrize(("left", "words"), [(0, "prêter une"), (1, "prêter une"), (len(SENT) + 7, "une")])
def test_words_of_a_sent_line_go_again_without_its_mark(left: int, words: str) -> None:
    note = SENT + "prêter une salle"
    workspace, _told = at_clinic(note=note)
    marked, _next = send(workspace, note, (0, left), (0, len(SENT) + len("prêter une")), to("c"))
    assert marked == note
    assert [row.text("text", "fr") for row in workspace.partnership.rows("open.contributions", "rows")] == [words]


@pytest.mark.parametrize("end", [1, len(SENT)])
def test_the_mark_of_a_sent_line_alone_is_no_words(end: int) -> None:
    note = SENT + "prêter une salle"
    workspace, _told = at_clinic(note=note)
    assert send(workspace, note, (0, 0), (0, end), to("c"))[0] == note
    assert not workspace.partnership.rows("open.contributions", "rows")


@pytest.mark.parametrize("at", [0, 4, len(SENT) + 6])
def test_a_sent_line_goes_again_only_where_words_are_selected(at: int) -> None:
    note = f"{SENT}prêter une salle\noffrir le café"
    workspace, _told = at_clinic(note=note)
    marked, place = send(workspace, note, (0, at), (0, at), to("c"))
    assert (marked, place) == (note, (1, 0))
    assert not workspace.partnership.rows("open.contributions", "rows")


@pytest.mark.parametrize("screen", ["fr", "en"])
def test_note_is_read_in_the_language_it_is_typed_in(screen: str) -> None:
    told = Told("Clinique")
    told.say("extra.name", {"name": "Le soir"})
    told.say("note.call", {"text": {"fr": "un\ndeux", "en": "one"}}, "Clinique")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.lang, workspace.typing = screen, True
    assert note_of(workspace, told.ids["Clinique"]) == "un\ndeux"
    assert unsorted_lines(workspace, told.ids["Clinique"]) == 2


@pytest.mark.parametrize(
    ("note", "line", "position"),
    [
        ("a\nb\nc", 1, (1, 0)), (f"a\n{SENT}b\nc", 1, (2, 0)), (f"a\n{SENT}b\nentre nous : c", 1, (0, 0)),
        (f"a\n{SENT}b\n", 2, (0, 0)), (f"{SENT}a\n\n{SENT}b", 0, (2, len(SENT) + 1)),
    ],
)  # fmt: skip
def test_line_to_sort_is_this_one_a_later_or_the_first(note: str, line: int, position: tuple[int, int]) -> None:
    assert position_to_sort(note, line) == position


def test_only_open_lines_are_marked_between_us_and_counted() -> None:
    note = f"un\n{SENT}deux\n\nentre nous : trois\n  quatre"
    workspace, told = at_clinic(note=note)
    assert unsorted_lines(workspace, told.ids["Clinique"]) == 2
    mark_between_us(workspace, note, (4, 2), (0, 1))
    now = note_of(workspace, told.ids["Clinique"]).replace("\u00a0", " ")
    assert now == f"entre nous : un\n{SENT}deux\n\nentre nous : trois\nentre nous : quatre"
    assert unsorted_lines(workspace, told.ids["Clinique"]) == 0
    workspace.undo()
    assert note_of(workspace, told.ids["Clinique"]) == note, "one step of undo"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("2 à 4 organismes", {"min": 2, "max": 4}), ("entre 9 et 5", {"min": 5, "max": 9}),
        ("8 personnes", {"people_min": 8}), ("8 people of 3 organizations", {"min": 3, "max": 8}),
        ("depuis 2015, 3 organismes", {"min": 3}), ("en 2015", {}), ("3, 4 ou 5", {}), ("quelques-uns", {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("known", [{}, {"min": 6}, {"max": 6}, {"people_max": 6}])
def test_counts_are_read_where_neither_is_known(text: str, counts: dict[str, int], known: dict[str, int]) -> None:
    workspace, _told = at_clinic()
    entry = single_entry(workspace.partnership, "open.how_many", ())
    workspace.edit([Change(entry.id, entry.question, name, number) for name, number in known.items()])
    deliver(workspace, to("n"), text)
    entry = single_entry(workspace.partnership, "open.how_many", ())
    found = {name: entry.get(name) for name in ("min", "max", "people_min", "people_max")}
    taken = any(name.startswith("people_") == any(key.startswith("people_") for key in counts) for name in known)
    assert {name: value for name, value in found.items() if value is not None} == (
        known if taken else {**known, **counts}
    )
    assert entry.text("reason", "fr") == text


@pytest.mark.parametrize("place", [place for place in (*DESTINATIONS, *OTHERS) if not place.part], ids=lambda at: at.id)
def test_second_line_stands_behind_the_first_one(place: Destination) -> None:
    field = GUIDE.question(place.question).part("").field(place.field)  # type: ignore[union-attr]
    assert field is not None
    workspace, _told = at_clinic()
    first, second = SAID.get(field.kind, "le premier mot"), SAID.get(field.kind, "le second mot")
    name = deliver(workspace, place, first).partition("/")[0]
    before = workspace.form_context.field_text(workspace.partnership.entries[name], field)
    deliver(workspace, place, second)
    now = workspace.form_context.field_text(workspace.partnership.entries[name], field)
    joined = {"prose": f"{before}\n{second}", "line": f"{before} ; {second}", "effort": f"{before} ; {second}"}
    if place.field != "name":  # a partner has one already
        assert now == joined.get(field.kind, before)


@pytest.mark.parametrize("letter", [place.letter for place in DESTINATIONS])
def test_only_texts_of_this_partner_can_be_replaced(letter: str) -> None:
    place = to(letter)
    workspace, told = at_clinic()
    mine = deliver(workspace, place, "3 h").partition("/")[0]
    workspace.place = Place(NOTE, told.ids["Collège"])
    theirs = deliver(workspace, place, "4 h").partition("/")[0]
    shared = GUIDE.question(place.question).scope == "project"
    found = [entry for entry, _words in texts_at(workspace, place)]
    assert found == (list(dict.fromkeys((mine, theirs))) if shared else [theirs])


@pytest.mark.parametrize("letter", [place.letter for place in DESTINATIONS if place.letter != "n"])
def test_a_text_that_is_replaced_goes_and_no_blank_one_is_offered(letter: str) -> None:
    place = to(letter)
    workspace, _told = at_clinic()
    before = texts_at(workspace, place)
    slot = deliver(workspace, place, "les mots d'avant")
    entry, _field = slot.split("/")
    assert deliver(workspace, place, "ceux d'après", replaced=entry) == slot
    assert [words for name, words in texts_at(workspace, place) if name == entry] == ["ceux d'après"]
    row = workspace.partnership.entries[entry]
    cells = [cell for cell, value in row.cells.items() if value.value == "ceux d'après"]
    workspace.edit([Change(entry, row.question, cell, None, row.part, row.subject) for cell in cells])
    assert texts_at(workspace, place) == before


# What stays private without the partner's leave; a number is no words.
GUARDED = tuple(
    place
    for place in OTHERS
    if place.question in ("gather.procedures", "commit.consensus") and place.field not in ("note", "ratify_papers")
)


@pytest.mark.parametrize("place", (*DESTINATIONS, *GUARDED), ids=lambda at: f"{at.letter}{at.id}{at.state}")
@pytest.mark.parametrize("leave", ["", "no", "yes"])
def test_private_is_said_only_of_what_nobody_will_read(place: Destination, leave: str) -> None:
    workspace, _told = at_clinic()
    if place in GUARDED:
        entry = single_entry(workspace.partnership, place.question, (workspace.place.partner,))
        workspace.edit([Change(entry.id, entry.question, "leave", leave or None, "", entry.subject)])
    said = is_printed_at_once(workspace, place)
    part = GUIDE.question(place.question).part(place.part)
    assert part is not None
    field = part.field(place.field) if place.field else part.main
    assert field is not None
    public = made_public_by(workspace, place, lambda trial: deliver(trial, place, SAID.get(field.kind, "mot à mot")))
    assert said == (public is not None)
