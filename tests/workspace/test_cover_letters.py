"""Each letter of a sending is in its partner's language, by name, and tells what changed since the last text sent."""

from __future__ import annotations

import email
from email import policy
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE
from tui.partnership.cover_letter import ANSWER, SEEN
from tui.partnership.partners import active, people
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Change, answer_id
from tui.store import Store
from tui.workspace.cover_letters import CoverLetters
from tui.workspace.draft_sending import SentDraft, adopt, send
from tui.workspace.output_files import SendOptions
from tui.workspace.samples import samples
from tui.workspace.sending_choices import keep_address, recipients_named, with_recipients
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled


@pytest.fixture
def workspace(store: Store) -> Workspace:
    """Two partners with an address, the second one's people written to in English."""
    workspace = Workspace(GUIDE, store.load(store.import_document(samples()[3].document)), store)
    for at, one in enumerate(active(workspace.partnership)[:2]):
        row = people(workspace.partnership, one.id)[0]
        workspace.edit([Change(row.id, "open.who", cell, value, "people", row.subject)
                        for cell, value in {"name": f"Personne {at}", "email": f"p{at}@exemple.ca",
                                            "language": ("fr", "en")[at]}.items()])  # fmt: skip
    workspace.flush()
    return workspace


def sent(workspace: Workspace, store: Store, folder: Path, *whom: str, **more) -> SentDraft:
    options = SendOptions(folder, formats=("eml",), **more)
    return send(workspace, store, with_recipients(workspace, options, recipients_named(workspace, whom)))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("’", "'")


def mails(made: SentDraft) -> dict[str, str]:
    """The text of each mail draft, by whom it goes to."""
    found = {}
    for path in made.files:
        if path.suffix == ".eml":
            message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            body = message.get_body(("plain",))
            assert body is not None
            found[str(message["To"])] = plain(body.get_content())
    return found


def test_who_has_no_address_is_greeted_by_name_too(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    first = active(workspace.partnership)[0]
    row = people(workspace.partnership, first.id)[0]
    workspace.edit([Change(row.id, "open.who", "email", "", "people", row.subject)])
    workspace.flush()
    made = sent(workspace, store, tmp_path, first.name("fr"))
    assert plain(made.letter.body).startswith("Bonjour Personne 0,")


def test_each_partner_is_written_to_by_name_in_its_language(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    made = sent(workspace, store, tmp_path, "p0@exemple.ca", "p1@exemple.ca", "x@exemple.ca",
                reason="avant la rencontre", sender="Marie Tremblay, directrice", answer_by="2026-12-15")  # fmt: skip
    told = mails(made)
    assert told["p0@exemple.ca"].startswith("Bonjour Personne 0,") and "15 décembre 2026" in told["p0@exemple.ca"]
    assert told["p1@exemple.ca"].startswith("Hello Personne 1,") and "December 15, 2026" in told["p1@exemple.ca"]
    assert told["x@exemple.ca"].startswith("Bonjour,") and "Personne" not in told["x@exemple.ca"]
    for body in told.values():
        assert body.rstrip().endswith("Marie Tremblay, directrice") and "avant la rencontre" in body
    assert [one.addresses for one in made.letters] == [("p0@exemple.ca",), ("p1@exemple.ca",)]


def test_a_partner_of_a_known_language_gets_its_text_alone(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    made = sent(workspace, store, tmp_path, "p0@exemple.ca", "p1@exemple.ca", languages=("fr", "en"))
    told: dict[str, list[str]] = {}
    for path in made.files:
        if path.suffix == ".eml":
            message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            names = [str(one.get_filename()) for one in message.iter_attachments()]
            told.setdefault(str(message["To"]), []).extend(names)
    assert [name.rsplit("-", 1)[1] for name in told["p0@exemple.ca"]] == ["fr.docx"]
    assert [name.rsplit("-", 1)[1] for name in told["p1@exemple.ca"]] == ["en.docx"]


def test_what_changed_is_told_since_the_text_each_saw(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    sent(workspace, store, tmp_path, "p0@exemple.ca")
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "Une porte neuve")])
    sent(workspace, store, tmp_path, "p1@exemple.ca")
    told = mails(sent(workspace, store, tmp_path, "p0@exemple.ca", "p1@exemple.ca"))
    assert "(ébauche 1), voici ce qui a changé : Vision" in told["p0@exemple.ca"]
    assert "(draft 2), not one word has changed." in told["p1@exemple.ca"]
    workspace.edit([Change("extra.communication", "extra.communication", "communication@fr", "Par courriel.")])
    told = mails(sent(workspace, store, tmp_path, "p0@exemple.ca"))
    assert "+ " not in told["p0@exemple.ca"]


def test_a_draft_after_an_adoption_is_no_first_draft(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    adopt(workspace, store, day="2026-11-20")
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "Une porte neuve")])
    (body,) = mails(sent(workspace, store, tmp_path, "p0@exemple.ca")).values()
    assert "Le texte adopté le 20 novembre 2026 demeure" in body and "rien n'y est encore décidé" not in body


def test_a_gap_that_stays_is_no_change_since_the_adopted_text(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    workspace.edit([Change("extra.review", "extra.review", "date", None)])
    sent(workspace, store, tmp_path, "p0@exemple.ca")
    adopt(workspace, store, day="2026-11-20")
    (body,) = mails(sent(workspace, store, tmp_path, "p0@exemple.ca")).values()
    assert "(ébauche 1), aucun mot n'a changé." in body
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "Une porte neuve")])
    (body,) = mails(sent(workspace, store, tmp_path, "p0@exemple.ca")).values()
    assert "(adopté), voici ce qui a changé : Vision et buts communs." in body


def test_an_address_typed_while_sending_is_kept(workspace: Workspace, store: Store) -> None:
    third = active(workspace.partnership)[2]
    before = len(people(workspace.partnership, third.id))
    assert keep_address(workspace, third.id, "Luc <luc@exemple.ca>") == ("luc@exemple.ca",)
    kept = people(store.load(workspace.partnership.id), third.id)
    assert [row.text("email", "fr") for row in kept if row.text("email", "fr")] == ["luc@exemple.ca"]
    assert len(kept) == max(before, 1)


def test_an_address_of_a_partner_without_people_is_kept_too(workspace: Workspace, store: Store) -> None:
    third = active(workspace.partnership)[2]
    workspace.edit([Change(row.id, "open.who", "#removed", True, "people", row.subject)
                    for row in people(workspace.partnership, third.id)])  # fmt: skip
    assert not people(workspace.partnership, third.id)
    keep_address(workspace, third.id, "luc@exemple.ca")
    (row,) = people(store.load(workspace.partnership.id), third.id)
    assert row.text("email", "fr") == "luc@exemple.ca"


def test_a_letter_holds_nothing_private_of_anybody(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    one = active(workspace.partnership)[0]
    hidden = [("open.history", "note@fr"), ("open.trust", "note@fr"), ("note.call", "text@fr")]
    workspace.edit([Change(f"zz{at}aaaaaaa", name, cell, "zanzibar", "", (one.id,))
                    for at, (name, cell) in enumerate(hidden) if name in GUIDE.by_id])  # fmt: skip
    made = sent(workspace, store, tmp_path, "p0@exemple.ca", "p1@exemple.ca")
    said = [made.letter.body, *(each.letter.body + each.letter.subject for each in made.letters)]
    assert "zanzibar" not in "".join(said) and "exemple.ca" not in "".join(said)


def test_letter_asks_its_partner_for_its_own_part_of_the_road_alone(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    first, second = active(workspace.partnership)[:2]
    for partner, cells in (
        (
            first,
            {
                "level": "agree",
                "leave": "yes",
                "ratify_by@fr": "conseil",
                "ratify_on": "2099-02-03",
                "ratify_papers": 10,
            },
        ),
        (second, {"level": "agree", "leave": "yes", "ratify_by@fr": "assemblée"}),
    ):
        place = answer_id(CONSENSUS, (partner.id,))
        workspace.edit([Change(place, CONSENSUS, cell, value, "", (partner.id,)) for cell, value in cells.items()])
    workspace.flush()
    told = mails(sent(workspace, store, tmp_path, "p0@exemple.ca", "p1@exemple.ca", "x@exemple.ca"))
    asked = "– présenter ce texte : le conseil siège le 3 février 2099, dossiers dus d'ici le 24 janvier 2099"
    assert "Ce que nous vous demandons :" in told["p0@exemple.ca"] and asked in told["p0@exemple.ca"]
    assert "to tell us on which day your governing body sits" in told["p1@exemple.ca"]
    for address in ("p1@exemple.ca", "x@exemple.ca"):
        assert "2099" not in told[address] and "conseil" not in told[address]
    assert "Ce que nous vous demandons" not in told["x@exemple.ca"] and "assemblée" not in told["p0@exemple.ca"]


@pytest.mark.parametrize("leave", [None, "no", "ask"])
def test_letter_names_neither_body_nor_day_without_leave(
    workspace: Workspace, store: Store, tmp_path: Path, leave: str | None
) -> None:
    first = active(workspace.partnership)[0]
    cells = {"level": "agree", "leave": leave, "ratify_by@fr": "coffre", "ratify_on": "2099-02-03", "ratify_papers": 10}
    place = answer_id(CONSENSUS, (first.id,))
    workspace.edit([Change(place, CONSENSUS, cell, value, "", (first.id,)) for cell, value in cells.items()])
    workspace.flush()
    told = mails(sent(workspace, store, tmp_path, "p0@exemple.ca"))["p0@exemple.ca"]
    assert "– faire entériner votre réponse, et nous dire quand" in told
    assert "2099" not in told and "coffre" not in told


def test_letter_to_a_partner_that_nothing_else_is_asked_of_has_no_list(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    told = mails(sent(workspace, store, tmp_path, "p0@exemple.ca"))
    assert "Ce que nous vous demandons" not in told["p0@exemple.ca"]


@pytest.mark.parametrize("chosen", [("p0@exemple.ca",), ("zoe@exemple.ca",), ("p0@exemple.ca", "zoe@exemple.ca")])
def test_a_letter_goes_to_and_greets_the_people_that_were_chosen_alone(
    workspace: Workspace, store: Store, tmp_path: Path, chosen: tuple[str, ...]
) -> None:
    first = active(workspace.partnership)[0]
    cells = {"#order": "zz", "name": "Zoé Lis", "email": "zoe@exemple.ca", "language": "fr"}
    workspace.edit([Change("zoe0000000", "open.who", cell, value, "people", (first.id,))
                    for cell, value in cells.items()])  # fmt: skip
    workspace.flush()
    (letter,) = sent(workspace, store, tmp_path, *chosen).letters
    assert letter.addresses == chosen
    said = letter.letter.body.splitlines()[0]
    assert [name for name, address in (("Personne 0", "p0@exemple.ca"), ("Zoé Lis", "zoe@exemple.ca"))
            if (name in said) == (address in chosen)] == ["Personne 0", "Zoé Lis"]  # fmt: skip


@pytest.mark.parametrize("statement", [False, True])
def test_a_statement_asks_to_be_seen_and_for_nothing_else(workspace: Workspace, statement: bool) -> None:
    first = active(workspace.partnership)[0]
    cells = {"level": "agree", "ratify_by@fr": "conseil"}
    place = answer_id(CONSENSUS, (first.id,))
    workspace.edit([Change(place, CONSENSUS, cell, value, "", (first.id,)) for cell, value in cells.items()])
    options = SendOptions(Path("/out"), partners=(first.id,), statement=statement)
    letters = CoverLetters(workspace, workspace.partnership, (), options)
    body = plain(letters.to_partner(first.id, workspace.agreement).body)
    seen, answer = (plain(GUIDE.word(key, "fr")) for key in (SEEN, ANSWER))
    assert (seen in body, answer in body) == (statement, not statement)
    assert (plain(GUIDE.word("letter_part", "fr")) in body) is not statement
