"""`entente contacts`: out as CSV and in again, refusals in the interface's language, an annex of those who agree."""

from __future__ import annotations

from tests.cli.shell import Shell
from tests.workspace.unpacked import unpacked

IN = (
    "Organisme;Nom;Courriel;Téléphone;Langue;Signe l'entente\nCollège;Ida Roy;ida@college.ca;514 555-0101;anglais;oui\n"
)
MORE = "Organization,Name,E-mail\nClinique,Luc Viau,luc@clinique.ca\nCollège,Ida Roy,ida.roy@college.ca\n"

LISTED = "Organisme;Nom;Courriel;À l'annexe\nCollège;Ida Roy;ida@college.ca;oui\nCollège;SECRET;s@x.ca;\n"


def taken(shell: Shell, text: str, name: str, encoding: str = "utf-8") -> str:
    """Take in a file; what is said."""
    (shell.home / "gens.csv").write_bytes(text.encode(encoding))
    done = shell("contacts", name, "--import", "gens.csv")
    assert done.code == 0, done.err
    return done.out.replace("\u00a0", " ")


def test_people_come_in_go_out_and_come_in_again(shell: Shell) -> None:
    name = shell.new("Le soir")
    shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "interested"}})
    assert taken(shell, IN, name, "cp1252") == "1 personne prise en note.\n"
    assert taken(shell, MORE, name) == "2 personnes prises en note.\n"
    assert taken(shell, MORE, name) == "Tout y est déjà noté : rien n'a changé.\n"
    mended = MORE.replace("luc@", "l.viau@")
    assert taken(shell, mended, name) == "1 personne prise en note.\n"
    assert taken(shell, MORE, name) == "1 personne prise en note.\n"
    done = shell("contacts", name, "-")
    assert "Collège;Ida Roy;;ida.roy@college.ca;514 555-0101;en;;oui;" in done.out.splitlines()
    assert done.out.startswith("Organisme;"), "no mark of an encoding stands before what another command reads"
    assert "Clinique;Luc Viau;;luc@clinique.ca" in done.out and "gardez" in done.err.lower()
    shell("contacts", name, "sortie.csv")
    out = (shell.home / "sortie.csv").read_bytes()
    assert out[:3] == b"\xef\xbb\xbf" and (shell.home / "sortie.csv").stat().st_mode & 0o077 == 0
    other = shell.new("Ailleurs")
    (shell.home / "gens.csv").write_bytes(out)
    assert shell("contacts", other, "--import", "gens.csv").code == 0
    assert shell("contacts", other, "-").out == done.out


def test_refused_files_are_told_in_the_language_of_the_interface(shell: Shell) -> None:
    name = shell.new("Le soir")
    for data, french, english in (
        (b"PK\x03\x04xlsx", "n'est pas un fichier CSV", "is no CSV file"),
        (b"a;b\n1;2\n", "La première ligne doit nommer les colonnes", "The first line has to name the columns"),
        (b"", "aucune ligne", "There is no line"),
        (b"Organisme;Nom\n;\n\n", "aucune ligne", "There is no line"),
        (b"Organisme;Nom;Courriel\nX;Y;pas une adresse\n", "n'est pas une adresse", "is no e-mail address"),
    ):
        (shell.home / "gens.csv").write_bytes(data)
        done = shell("contacts", name, "--import", "gens.csv")
        assert done.code == 2 and french in done.err.replace("\u00a0", " ").replace("’", "'"), done.err
        assert english in shell("contacts", name, "--import", "gens.csv", "--lang", "en").err
    assert shell("contacts", name, "-").out.count("\n") == 1, "nothing was taken in"
    (shell.home / "gens.csv").write_bytes(b"Organisme;Nom\nMaison Clairlac;\n")
    assert "1 organisme pris en note" in shell("contacts", name, "--import", "gens.csv").out.replace("\u00a0", " ")


def test_annex_holds_those_alone_who_gave_leave(shell: Shell) -> None:
    name = shell.new("Le soir")
    shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "interested"}})
    text = "Organisme;Nom;Courriel;À l'annexe\nCollège;Ida Roy;ida@college.ca;oui\nCollège;SECRET;secret@college.ca;\n"
    taken(shell, text + "Pressenti;Luc;luc@presse.ca;oui\n", name)
    annex = shell("contacts", name, "--annex", "-").out
    assert (
        "ida@college.ca" in annex and "SECRET" not in annex and "secret@" not in annex and "luc@presse.ca" not in annex
    )
    assert "ida@college.ca" not in shell("show", name).out
    assert shell("contacts", name, "--annex", "annexe.docx").code == 0


def test_cards_come_in_and_those_of_nobody_wait_for_a_partner(shell: Shell) -> None:
    name = shell.new("Le soir")
    shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "interested"}})
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Roy;Ida;;;\nFN:Ida Roy\n{}EMAIL:ida@college.ca\nEND:VCARD\n"
    (shell.home / "gens.vcf").write_text(card.format("ORG:Clinique\n") + card.format("").replace("Ida", "Ana"))
    done = shell("contacts", name, "--import", "gens.vcf")
    said = done.err.replace("\u00a0", " ")
    assert done.code == 2 and "Carte 2 (Ana Roy) : aucun organisme n'est nommé." in said and "--of" in said
    assert shell("contacts", name, "--import", "gens.vcf", "--of", "Collège").code == 0
    lines = shell("contacts", name, "-").out.splitlines()[1:]
    assert [one.split(";")[:2] for one in lines] == [["Collège", "Ana Roy"], ["Clinique", "Ida Roy"]]


def test_annex_goes_with_the_files_that_go_out_and_with_nothing_else(shell: Shell) -> None:
    name = shell.new("Le soir")
    shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "committed"}})
    taken(shell, LISTED, name)
    assert "ida@college.ca" not in shell("export", name, "-").out
    assert shell("contacts", name, "--join-annex", "yes").code == 0
    told = shell("export", name, "-").out.replace("\u00a0", " ")
    assert "\nAnnexe : Personnes à joindre\n" in told and "ida@college.ca" in told and "SECRET" not in told
    assert "Annex: People to reach" in shell("export", name, "-", "--doc-lang", "fr+en").out.replace("\u00a0", " ")
    for command in ("show", "copy"):
        assert "ida@college.ca" not in shell(command, name).out
    assert shell("send", name, "--yes", "--format", "docx", "--folder", "envoi").code == 0
    (word,) = (shell.home / "envoi").rglob("*.docx")
    assert "ida@college.ca" in unpacked(word.read_bytes())
    assert "ida@college.ca" not in shell("show", name, "--format", "json").out, "no version keeps an address"
    shell("export", name, "retour.md")
    said = shell("compare", name, word).out + shell("compare", name, "retour.md").out
    assert "ida@college.ca" not in said and "joindre" not in said, "what came with a text is no change of it"
    for sent in ((shell.home / "retour.md").read_text(encoding="utf-8"), told):
        quoted = "".join(f"> {line}\n" for line in sent.splitlines())
        (shell.home / "reponse.txt").write_text(f"{quoted}\nAjoutez la fanfare.\n", encoding="utf-8")
        said = shell("compare", name, "reponse.txt").out
        assert "ida@college.ca" not in said and "joindre" not in said and "la fanfare" in said
    shell("contacts", name, "--join-annex", "no")
    assert "ida@college.ca" not in shell("export", name, "-").out
