"""`entente leave`: each role of a partner is named until it is handed over; a person is replaced, never in the past."""

from __future__ import annotations

from typing import Any

from tests.cli.shell import Shell
from tui.store import open_store

PEOPLE = {"people": [{"name": "Solange Viau", "signs": True, "accountable": True}]}
ANSWERS: tuple[dict[str, Any], ...] = (
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "signatory"}},
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "signatory"}},
    {"question": "open.who", "partner": "Clinique", "op": "set", "value": PEOPLE},
    {"question": "gather.lead", "op": "add",
     "value": {"partner": "Clinique", "person": "Solange Viau", "mandate": "coordonner"}},
    {"question": "gather.objectives", "op": "add", "value": {"text": "un guide", "owner": "Clinique"}},
    {"question": "commit.funding", "op": "set", "value": {"fiscal_agent": "Clinique"}},
)  # fmt: skip


def begun(shell: Shell) -> str:
    """A partnership in which the second partner does several things."""
    name = shell.new("Le soir")
    done = shell.answer(name, *ANSWERS)
    assert done.code == 0, done.out
    return name


def lines(shell: Shell, *words: str) -> list[str]:
    """What a call prints."""
    done = shell("leave", *words)
    assert done.code == 0, done.err
    return done.out.replace("\u00a0", " ").splitlines()


def test_each_role_of_a_partner_is_named_until_it_is_handed_over(shell: Shell) -> None:
    name = begun(shell)
    told = lines(shell, name, "Clinique", "--date", "2020-06-30", "--notice", "2020-05-01", "--reason", "SECRET raison")
    roles = [one for one in told if one[:1].isdigit()]
    assert len(roles) == 3 and "coordonner" in told[1] + told[2] + told[3]
    assert any("un guide" in one for one in roles)
    left = lines(shell, name, "Clinique", "--to", "1", "Collège", "--to", "2", "Collège")
    assert len([one for one in left if one[:1].isdigit()]) == 1
    assert lines(shell, name, "Clinique", "--to", "1", "-") == ["Il ne reste rien à régler."]
    shown = shell("show", name).out
    assert "SECRET" not in shown and "Clinique" in shown, "who left stays readable"
    assert shell("list", "--json").data[0]["partners"] == 1
    assert "est déjà parti" in shell("leave", name, "Clinique", "--date", "2020-07-01").err
    assert shell("leave", name, "Collège", "--to", "9", "Collège").code == 2


def test_letter_tells_the_reason_only_where_it_may(shell: Shell) -> None:
    name = begun(shell)
    assert shell("leave", name, "Clinique", "--letter", "lettre.txt").code == 2, "on which day?"
    (shell.home / "signe.toml").write_text('sender = "Ida Roy"\n', encoding="utf-8")
    said = ("--date", "2020-06-30", "--reason", "SECRET raison", "--letter", "lettre.txt")
    shell("leave", name, "Clinique", *said, ENTENTE_CONFIG=str(shell.home / "signe.toml"))
    text = (shell.home / "lettre.txt").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "départ de Clinique" in text and "le 30 juin 2020" in text and "SECRET" not in text
    assert text.endswith("\n\nIda Roy\n"), "who writes it signs it"


def test_person_who_leaves_is_replaced_role_by_role_but_in_no_past_signature(shell: Shell) -> None:
    name = begun(shell)
    shell("adopt", name, "--yes", "--reason", "essai")
    shell("sign", name, "Clinique", "--date", "2020-01-01")
    proposed = lines(shell, name, "Clinique", "--person", "Solange Viau")
    assert proposed[0].startswith("1. Pilotage") and "signatures passées" in proposed[-1]
    assert [one[3:] for one in proposed[1:-1]] == ["Personne responsable", "Signe l'entente"]
    lines(shell, name, "Clinique", "--person", "Solange Viau", "--by", "Ida Roy")
    shown = shell("show", name).out
    assert "Ida Roy" in shown and "Solange Viau" not in shown
    assert "Solange Viau" in shell("sign", name).out
    assert "n'est personne de ce partenaire" in shell("leave", name, "Clinique", "--person", "Solange Viau").err


def test_roles_of_a_person_go_to_several_others_one_by_one(shell: Shell) -> None:
    name = begun(shell)
    leaving = (name, "Clinique", "--person", "Solange Viau")
    left = lines(shell, *leaving, "--to", "1", "Luc Roy", "--to", "2", "Ida Roy")
    assert left[0] == "1. Signe l'entente"
    assert lines(shell, *leaving, "--to", "1", "luc roy", "--gone") == ["Il ne reste rien à régler."]
    shown = shell("show", name).out
    assert "Luc Roy" in shown and "Ida Roy" in shown and "Solange Viau" not in shown
    people = shell("contacts", name, "-").out
    assert people.count("Luc Roy") == 1, "who is there already is not added again"
    assert shell("leave", name, "Clinique", "--person", "Ida Roy", "--to", "7", "Luc Roy").code == 2


def test_commitments_money_and_data_are_settled_and_told_in_the_letter(shell: Shell) -> None:
    name = begun(shell)
    for text in ("prêter la salle", "tenir le registre", "former deux bénévoles"):
        value = {"text": text, "state": "accepted"}
        shell.answer(name, {"question": "open.contributions", "partner": "Clinique", "op": "add", "value": value})
    told = lines(shell, name, "Clinique", "--date", "2020-06-30", "--money", "le solde revient au Collège")
    assert [one[3:] for one in told if one[:1].isdigit()][3:] == [
        "Engagement : prêter la salle", "Engagement : tenir le registre", "Engagement : former deux bénévoles",
    ]  # fmt: skip
    lines(shell, name, "Clinique", "--to", "4", "Collège")
    left = lines(shell, name, "Clinique", "--to", "4", "-", "--letter", "lettre.txt", "--data", "détruites en juin")
    assert [one for one in left if "Engagement" in one] == ["4. Engagement : former deux bénévoles"]
    text = (shell.home / "lettre.txt").read_text(encoding="utf-8").replace("\u00a0", " ").replace("’", "'")
    for said in ("prêter la salle : Collège s'en charge", "tenir le registre : prend fin",
                 "former deux bénévoles : reste à convenir", "L'argent : le solde revient au Collège",
                 "Les données : détruites en juin"):  # fmt: skip
        assert said in text, text


def test_departure_noted_twice_is_one(shell: Shell) -> None:
    name = begun(shell)
    lines(shell, name, "Clinique", "--date", "2020-06-30", "--notice", "2020-05-01", "--letter", "lettre.txt")
    (row,) = open_store(shell.home / ".local" / "share" / "entente").load(name).rows("follow.departures", "rows")
    assert row.get("notice") and row.get("honoured") is None, "what is not said is not noted"
    lines(shell, name, "Clinique", "--letter", "encore.txt")
    first, again = ((shell.home / file).read_text(encoding="utf-8") for file in ("lettre.txt", "encore.txt"))
    assert first == again and "1er mai 2020" in again.replace("\u00a0", " ")
