"""Two people answer at the same time: both texts are read out with their authors, and one is kept, or both."""

from __future__ import annotations

import pytest

from tests.line_mode.person import Person
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.store import Author, open_store

ROLE = "role@fr"


@pytest.fixture
def disputed(pair: Person) -> Person:
    """The first partner's role as Marie left it, and as Luc wrote it without having seen hers."""
    partnership, one = pair.partnership, pair.partner(1)
    base = partnership.rev
    for name, text in (("Marie", "hôte du kiosque"), ("Luc", "prête la salle")):
        store = open_store(pair.store.root, Author(name.lower().ljust(10, "x"), name))
        store.save(pair.id, [Change(one, WHO, ROLE, text, "", (one,), base)])
    assert len(pair.partnership.conflicts) == 1
    return pair


def role(person: Person) -> str:
    """What stands as the first partner's role."""
    return person.answer("open.who", 1).text("role", "fr")


def test_it_is_said_at_the_start_and_both_are_read_out(disputed: Person) -> None:
    said = disputed.types("/deux textes")
    assert "1 réponse a deux textes : /deux textes" in said
    assert "Texte 1, Luc" in said and ": prête la salle" in said
    assert "Texte 2, Marie, dans le document" in said and ": hôte du kiosque" in said
    assert said.index("prête la salle") < said.index("hôte du kiosque")


@pytest.mark.parametrize(
    ("order", "stands"),
    [
        ("/garder 1", "prête la salle"),
        ("/garder 2", "hôte du kiosque"),
        ("/keep both", "hôte du kiosque prête la salle"),
        ("/garder les deux", "hôte du kiosque prête la salle"),
    ],
)
def test_one_is_kept_or_both(disputed: Person, order: str, stands: str) -> None:
    said = disputed.types(order, "/deux textes", "/garder 1")
    assert " ".join(role(disputed).replace("\n", " ").split()) == stands
    assert "l’autre texte reste" in said and said.count("Aucune réponse n’a deux textes") == 2
    assert disputed.code == 0


def test_another_word_keeps_both_for_later(disputed: Person) -> None:
    said = disputed.types("/garder", "/garder 4", "/garder tout")
    assert said.count("Tapez /garder 1, /garder 2 ou /garder les deux.") == 3
    assert not disputed.partnership.conflicts[0].settled


def test_two_statuses_are_not_made_into_one(pair: Person) -> None:
    one, base = pair.partner(1), pair.partnership.rev
    for name, status in (("Marie", "declined"), ("Luc", "contacted")):
        store = open_store(pair.store.root, Author(name.lower().ljust(10, "x"), name))
        store.save(pair.id, [Change(one, WHO, "status", status, "", (one,), base)])
    said = pair.types("/deux textes", "/garder les deux", "/garder 1")
    assert "/garder 1 ou /garder 2 garde cette réponse-là." in said and "Seuls des mots" in said
    assert pair.answer("open.who", 1).get("status") == "contacted"


def test_someone_who_types_meanwhile_is_told_at_once(pair: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marie saves between Luc's being asked and his answer; his own text is a second one, and nothing is lost."""
    from tui.line_mode.line_streams import LineStreams

    one, asked = pair.partner(1), LineStreams.ask
    marie = open_store(pair.store.root, Author("mariexxxxx", "Marie"))
    base = pair.partnership.rev

    def ask(talk: LineStreams, prompt: str) -> str:
        line = asked(talk, prompt)
        if line == "prête la salle":
            marie.save(pair.id, [Change(one, WHO, ROLE, "hôte du kiosque", "", (one,), base)])
        return line

    monkeypatch.setattr(LineStreams, "ask", ask)
    said = pair.types("/aller 1", "1", "", "", "prête la salle", "/deux textes")
    assert "Les deux textes sont gardés" in said, said
    assert "hôte du kiosque" in said.split("/deux textes")[-1]
