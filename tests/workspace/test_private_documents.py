"""No document holds a private answer: in no format, copy, minutes, version, mail or attachment."""

from __future__ import annotations

import email
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.agreement.reading import everything
from tests.partnership.private_places import Places, everywhere
from tests.partnership.told import AT, GUIDE, Told
from tests.workspace.unpacked import unpacked
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.agreement.minutes import minutes
from tui.agreement.partner_copies import addressed_copy, addressees
from tui.export.formats import FORMATS, Format, render
from tui.partnership.meetings import HELD, MEETINGS, source_of
from tui.partnership.values import Change, Partnership
from tui.store import Store, open_store
from tui.workspace.draft_sending import SentDraft, adopt, send
from tui.workspace.kept_versions import changes_between, present_text, versions_of
from tui.workspace.output_files import SendOptions
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled

MEETING = "meeting00a"
VISION = Change("gather.vision", "gather.vision", "vision@fr", "Une porte ouverte")


@pytest.fixture(scope="module")
def made() -> Places:
    return everywhere()


@pytest.fixture(scope="module")
def text(made: Places) -> Agreement:
    """The agreement in both languages, as the copy of one partner."""
    store_less = Workspace(GUIDE, made.partnership(), open_store(Path("nowhere")))
    both = present_text(store_less, "fr+en")
    return addressed_copy(GUIDE, both, addressees(both)[0].id)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_no_format_tells_a_private_place(made: Places, text: Agreement, form: Format) -> None:
    said = unpacked(render(text, form).data)
    assert "clair" in said and made.told_in_words(said) == []


def test_the_agreement_tells_what_a_state_lets_out() -> None:
    opened = everywhere(opened=True)
    said = everything(Composer(GUIDE).agreement(opened.partnership(), "fr"))
    heard = {one.partition(" of ")[0] for one in opened.told_in_words(said)}
    assert heard >= {
        "open.who/.name@fr", "open.who/.address@fr", "open.who/.auth_date", "open.who/people.name",
        "open.involvement/.level", "open.contributions/rows.text@fr", "open.contributions/rows.due",
        "commit.funding/rows.source@fr", "commit.funding/rows.amount",
    }  # fmt: skip
    assert not [one for one in heard if "~2" in one], "a second wording says nothing"


def reworded(made: Places) -> list[Change]:
    """New words in every private place, on whatever stands there."""
    return [one.change for one in made.private]


def changes_of(partnership: Partnership) -> list[Change]:
    """The changes that make a partnership."""
    return [
        Change(one.id, one.question, key, cell.value, one.part, one.subject)
        for one in partnership.entries.values()
        for key, cell in one.cells.items()
    ]


def test_no_minutes_tell_what_was_private_when_it_was_said(made: Places, store: Store) -> None:
    """What is said at a meeting, let out at it, let out after it, and taken back."""
    cells = {"on": "2026-11-25", "opened": AT, "#order": "5"}
    name = store.create([Change(MEETING, HELD, key, value, MEETINGS) for key, value in cells.items()]).id
    second, third, after = (everywhere(number * 10_000) for number in (1, 2, 3))
    steps = {
        "said": [*made.changes, VISION], "let out": [*made.opens, *reworded(second)], "taken back": made.closing(),
        "said again": reworded(third), "after": [*made.opens, *reworded(after)],
    }  # fmt: skip
    for step, changes in steps.items():
        partnership = store.load(name)
        meeting = partnership.entries[MEETING]
        source = "" if step == "after" else source_of(meeting)
        partnership = store.save(name, [replace(one, source=source) for one in changes]).partnership
        past = store.history(name)
        said = "\n".join(everything(minutes(GUIDE, partnership, past, meeting, lang)) for lang in ("fr", "en"))
        assert "Une porte ouverte" in said
        assert made.told_in_words(said) == third.told_in_words(said) == [], step
        assert bool(second.told_in_words(said)) is (step == "let out"), step


def sent(workspace: Workspace, store: Store, folder: Path) -> SentDraft:
    """A draft sent in both languages, carried by mail to one partner and to one more address."""
    signing = tuple(one.id for one in addressees(workspace.agreement))[:1]
    forms = ("docx", "eml")
    return send(workspace, store, SendOptions(folder, ("fr+en",), forms, signing, ("a@exemple.ca",), 1))


def words_of(parcel: SentDraft) -> Iterator[str]:
    """All that one sending gives out: names of files, what they hold and carry, the letter."""
    yield parcel.letter.subject + parcel.letter.body
    for path in parcel.files:
        yield path.name + unpacked(path.read_bytes())


def test_no_sending_no_version_and_no_difference_tells_a_private_place(
    made: Places, store: Store, tmp_path: Path
) -> None:
    workspace = Workspace(GUIDE, store.create(made.changes), store)
    parcel = sent(workspace, store, tmp_path / "out")
    assert any(path.suffix == ".eml" for path in parcel.files)
    assert made.told_in_words("\n".join(words_of(parcel))) == []
    workspace.edit([VISION, *reworded(everywhere(10_000))])
    adopt(workspace, store, resolution="CA-1")
    known = json.dumps(store.versions(workspace.partnership.id))
    assert len(versions_of(workspace, store)) == 2 and "Une porte ouverte" in known
    workspace.edit(made.opens)
    workspace.edit(made.closing())
    differences = [
        everything(changed)
        for before in versions_of(workspace, store) for lang in ("fr", "en")
        if (changed := changes_between(workspace, before, None, lang)) is not None
    ]  # fmt: skip
    assert len(differences) == 4
    for places in (made, everywhere(10_000)):
        assert places.told_in_words("\n".join((known, *differences))) == []


def test_a_mail_tells_its_subject_and_what_it_carries(store: Store, tmp_path: Path) -> None:
    """The same look into a mail does find words, so that silence above means something."""
    told = Told("Centre zanzibar00001z")
    told.say("extra.name", {"name": "Projet zanzibar00002z"})
    workspace = Workspace(GUIDE, store.create(changes_of(told.partnership)), store)
    (mail,) = (path for path in sent(workspace, store, tmp_path).files if path.suffix == ".eml")
    parts = list(email.message_from_bytes(mail.read_bytes()).walk())
    carried = next(part.get_payload(decode=True) for part in parts if part.get_filename())
    assert isinstance(carried, bytes) and "zanzibar00001z" in unpacked(carried)
    only_headers = re.sub(rb"(?s)\n\n.*", b"\n\n", mail.read_bytes())
    assert "zanzibar00002z" in unpacked(only_headers)
