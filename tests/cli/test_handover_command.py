"""`entente handover`: the page of a seat and that of the facilitating; a private line only where its id is ticked."""

from __future__ import annotations

import stat

from tests.cli.shell import Shell

LINES = (
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "committed"}},
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "committed"}},
    {"question": "open.contributions", "partner": "Clinique", "op": "add",
     "value": {"text": "prêter une salle", "state": "accepted"}},
    {"question": "note.call", "partner": "Clinique", "value": {"text": "Solange part en juin"}},
    {"question": "commit.consensus", "partner": "Clinique", "value": {"level": "agree"}},
)  # fmt: skip


def begun(shell: Shell) -> str:
    """A partnership of two partners with a private note."""
    name = shell.new("Le soir")
    assert shell.answer(name, *LINES).code == 0
    return name


def test_seat_says_what_its_partner_said_yes_to_and_who_the_others_are(shell: Shell) -> None:
    told = shell("handover", begun(shell), "Clinique").out.replace("\u00a0", " ")
    assert "PRENDRE PLACE : CLINIQUE" in told and "Dire oui : accord" in told
    assert "prêter une salle (engagement)" in told and "Collège" in told
    assert "Solange" not in told


def test_private_line_is_on_the_page_only_when_its_id_is_ticked(shell: Shell) -> None:
    name = begun(shell)
    assert "Solange" not in shell("handover", name).out
    listed = shell("handover", name, "--lines")
    assert "Solange" not in listed.out and "--with-private" in listed.err
    lines = shell("handover", name, "--json", "--with-private").data
    (note,) = [line for line in lines if "Solange" in line["text"]]
    assert note["private"] and not note["kept"]
    told = shell("handover", name, "--tick", note["id"], "--add", "Appeler Nadia le matin").out
    assert "Solange part en juin" in told and "Appeler Nadia le matin" in told
    (standing,) = [line["id"] for line in lines if line["section"] == "standing" and "Collège" in line["text"]]
    assert "Collège : engagé" not in shell("handover", name, "--without", standing).out.replace("\u00a0", " ")
    listed = shell("handover", name, "--lines", "--without", standing)
    withheld_count = sum(line["private"] for line in lines)
    assert f"{withheld_count} lignes privées" in listed.err.replace("\u00a0", " "), "a public one off the page is told"
    assert shell("handover", name, "--tick", "private/nowhere").code == 2


def test_line_is_said_in_other_words_on_the_page_alone(shell: Shell) -> None:
    name = begun(shell)
    lines = shell("handover", name, "Clinique", "--json").data
    (line,) = [line for line in lines if "prêter une salle" in line["text"]]
    told = shell("handover", name, "Clinique", "--reword", line["id"], "prêter la grande salle, le jeudi").out
    assert "prêter la grande salle, le jeudi" in told and "prêter une salle" not in told
    assert "prêter une salle" in shell("handover", name, "Clinique").out
    assert shell("handover", name, "Clinique", "--reword", "nowhere", "mots").code == 2


def test_file_with_a_private_line_is_for_this_account_alone(shell: Shell) -> None:
    name = begun(shell)
    lines = shell("handover", name, "--json", "--with-private").data
    (note,) = [line["id"] for line in lines if "Solange" in line["text"]]
    file = shell.home / "relais.docx"
    assert shell("handover", name, "--tick", note, "--output", file).code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    public = shell.home / "public.docx"
    assert shell("handover", name, "--output", public).code == 0
    assert stat.S_IMODE(public.stat().st_mode) & 0o044, "a private line that is not on the page closes no file"


def test_page_in_english(shell: Shell) -> None:
    told = shell("handover", begun(shell), "--lang", "en", "--doc-lang", "en").out
    assert "Where each partner stands" in told and "Clinique: committed" in told
