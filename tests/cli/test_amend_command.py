"""`entente amend`: what changed since the adoption as an amendment, its adoption, signatures, the text beside it."""

from __future__ import annotations

import json

from tests.cli.shell import Shell

ANSWERS = (
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "committed"}},
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "committed"}},
    {"question": "extra.title", "op": "set", "value": {"kind": "agreement"}},
    {"question": "gather.objectives", "op": "add", "value": {"text": "un guide"}, "key": "guide"},
    {"question": "extra.communication", "op": "set", "value": {"communication": "Sous les deux noms."}},
)
CHANGED = (
    {"question": "gather.objectives", "op": "add", "value": {"text": "un guide illustré"}, "key": "guide"},
    {"question": "extra.disputes", "op": "set", "value": {"disputes": "On se parle d'abord."}},
    {"question": "extra.communication", "op": "set", "value": {"communication": ""}},
    {"question": "commit.funding", "op": "add", "value": {"source": "SECRET", "status": "sought"}},
)


def adopted(shell: Shell) -> str:
    """A partnership whose agreement is adopted."""
    name = shell.new("Le soir")
    assert shell.answer(name, *ANSWERS).code == 0
    assert shell("adopt", name, "--yes", "--reason", "essai", "--date", "2026-03-03").code == 0
    return name


def said(shell: Shell, *words: str) -> str:
    """What a call prints, in plain letters."""
    done = shell(*words)
    assert done.code == 0, done.err
    return " ".join(done.out.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").split())


def test_nothing_is_amended_before_the_adoption_nor_without_a_change(shell: Shell) -> None:
    name = shell.new("Le soir")
    assert "Aucun texte n'est encore adopté" in shell("amend", name).err
    assert "Aucun mot n'a changé" in shell("amend", adopted(shell)).err


def test_amendment_replaces_adds_and_deletes_articles_that_keep_their_numbers(shell: Shell) -> None:
    name = adopted(shell)
    before = said(shell, "show", name)
    assert "3. Objectifs principaux" in before and "9. Communication" in before
    assert shell.answer(name, *CHANGED).code == 0
    text = said(shell, "amend", name, "--effect", "2027-03-01")
    assert "Avenant n° 1 à l'entente de partenariat « Le soir » du 3 mars 2026" in text
    assert "est remplacée par ce qui suit : " in text and "un guide illustré" in text
    assert "que voici, est ajoutée" in text and "On se parle d'abord." in text and "est supprimée." in text
    assert "Le présent avenant prend effet le 1er mars 2027." in text
    assert "Les autres dispositions demeurent inchangées." in text and "SECRET" not in text
    assert "rticle" not in text, "the text calls them sections"
    assert "Signature" in text and "projet d'avenant" in text.lower()
    changes = shell("amend", name, "--changes").out.replace("\u00a0", " ").splitlines()
    assert changes[0] == "Section 3, Objectifs principaux : remplacée"
    assert changes[1].startswith("Section 9, Communication") and changes[1].endswith("supprimée")
    assert changes[2].startswith("Section 9.1, Différends") and changes[2].endswith("ajoutée")
    english = said(shell, "amend", name, "--doc-lang", "en")
    assert (
        "Amendment No. 1 to the partnership agreement" in english
        and "All other provisions remain unchanged." in english
    )


def test_adopted_amendment_is_signed_and_the_text_beside_it_has_no_official_value(shell: Shell) -> None:
    name = adopted(shell)
    shell.answer(name, CHANGED[0])
    whole = said(shell, "amend", name, "--consolidated")
    assert "Texte consolidé, à jour de l'avenant n° 1. Sans valeur officielle" in whole and "font foi" in whole
    assert shell("amend", name, "--adopt").code == 1, "something stands in the way and no reason was given"
    assert shell("amend", name, "--adopt", "--reason", "essai", "--effect", "2020-06-01").code == 0
    assert "Sans valeur officielle" in said(shell, "show", name) and "Adopté." in said(shell, "check", name)
    assert "Avenant n° 1" in said(shell, "versions", name)
    for partner, day in (("Collège", "2020-05-01"), ("Clinique", "2020-05-02")):
        shell("sign", name, partner, "--by", "Ida", "--date", day)
    assert "En vigueur depuis le 1er juin 2020." in said(shell, "sign", name)
    assert "0 signataire sur 2" in said(shell, "sign", name, "--version", "1"), "the agreement keeps its own signatures"
    made = shell("sign", name, "--send", "pages").out
    assert "signature" in made
    shell.answer(name, {"question": "extra.context", "op": "set", "value": {"background": "Trois ans déjà."}})
    assert "Avenant n° 2 à l'entente de partenariat « Le soir » du 3 mars 2026" in said(shell, "amend", name)


def test_files_hold_amendment_whole_text_and_before_and_after(shell: Shell) -> None:
    name = adopted(shell)
    shell.answer(name, CHANGED[0])
    assert shell("amend", name, "--folder", "avenant").code == 0
    made = sorted(path.name for path in (shell.home / "avenant").iterdir() if path.suffix == ".docx")
    assert made == ["le-soir-avant-apres-1-fr.docx", "le-soir-avenant-1-fr.docx", "le-soir-texte-consolide-1-fr.docx"]


JOINER = (
    {"question": "open.who", "op": "add", "value": {"name": "Refuge", "status": "committed"}},
    {"question": "open.contributions", "partner": "Refuge", "op": "add",
     "value": {"text": "accueillir le samedi", "state": "accepted"}},
)  # fmt: skip


def test_new_party_joins_by_the_consent_of_all_where_the_text_has_no_clause(shell: Shell) -> None:
    name = adopted(shell)
    shell.answer(name, *JOINER)
    text = said(shell, "amend", name, "--join", "Refuge")
    assert "ADHÉSION À L'ENTENTE" in text and "Adhésion de Refuge à l'entente de partenariat" in text
    assert "Refuge s'engage à : – accueillir le samedi" in text
    assert "toutes les parties y consentent par leur signature" in text
    assert text.count("Signature : ____") == 3
    english = said(shell, "amend", name, "--join", "Refuge", "--doc-lang", "en")
    assert "Joinder of Refuge to the partnership agreement" in english
    assert shell("amend", name, "--join", "Refuge", "--adopt", "--reason", "essai").code == 0
    assert "Adhésion de Refuge, adoptée" in said(shell, "sign", name)
    assert "à jour de l'adhésion de Refuge" in said(shell, "show", name)


def test_joinder_is_refused_for_a_party_and_beside_other_changes(shell: Shell) -> None:
    name = adopted(shell)
    shell.answer(name, *JOINER)
    assert "Clinique est déjà partie" in shell("amend", name, "--join", "Clinique").err
    shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": "Pressenti", "status": "contacted"}})
    assert "ne peut pas encore être nommé" in shell("amend", name, "--join", "Pressenti").err
    shell.answer(name, CHANGED[0])
    assert "il faut un avenant" in shell("amend", name, "--join", "Refuge").err


def test_letter_shows_each_article_before_and_after(shell: Shell) -> None:
    name = adopted(shell)
    shell.answer(name, *CHANGED)
    done = shell("amend", name, "--letter", "--effect", "2027-03-01")
    lines = [line.replace("\u00a0", " ").replace("’", "'") for line in done.out.splitlines()]
    assert lines[0] == "Avenant n° 1 à l'entente de partenariat « Le soir » du 3 mars 2026"
    assert "Le présent avenant prend effet le 1er mars 2027." in lines
    at = lines.index("Section 3, Objectifs principaux")
    assert lines[at + 1 : at + 5] == ["Avant :", "1. un guide", "Après :", "1. un guide illustré"]
    gone = next(at for at, line in enumerate(lines) if line.startswith("Section 9, "))
    assert lines[gone + 1] == "Avant :" and lines[gone + 3] == "Sous les deux noms."
    assert lines[lines.index("Après :", gone) + 1] == "(rien)"
    longer = {f"item{at}": f"objectif {at}" for at in range(12)}
    shell.answer(name, *({"question": "gather.objectives", "op": "add", "key": key, "value": {"text": text}}
                         for key, text in longer.items()))  # fmt: skip
    told = shell("amend", name, "--letter").out.replace("\u00a0", " ").splitlines()
    at = told.index("Section 3, Objectifs principaux")
    assert told[at + 1 : at + 5] == ["Avant :", "1. un guide", "Après :", "1. un guide illustré"]
    assert "On se parle d'abord." in "\n".join(lines) and "SECRET" not in done.out
    english = shell("amend", name, "--letter", "--doc-lang", "en").out
    assert "Before:" in english and "After:" in english and "Please sign this document" in english
    (shell.home / "signe.toml").write_text('sender = "Ida Roy, animatrice"\n', encoding="utf-8")
    shell("amend", name, "--folder", "avenant", ENTENTE_CONFIG=str(shell.home / "signe.toml"))
    (letter,) = (shell.home / "avenant").glob("*-lettre-avenant-1-fr.txt")
    text = letter.read_text(encoding="utf-8")
    assert "Avant" in text and text.endswith("\n\nIda Roy, animatrice\n"), "who writes it signs it"


SEAT = {"question": "open.who", "op": "set", "partner": "Clinique", "value": {"address": "9, rue Neuve, Laval"}}


def test_a_party_that_moves_and_a_title_of_ones_own_are_amended_too(shell: Shell) -> None:
    name = adopted(shell)
    shell.answer(name, SEAT)
    text = said(shell, "amend", name)
    assert "1. Le texte qui précède la section 1 est remplacé par ce qui suit :" in text
    assert "ENTRE : Collège; ET : Clinique, ayant son siège au 9, rue Neuve, Laval; LES PARTIES" in text
    assert "Version 1" not in text, "the line of the adoption is no words of it"
    assert said(shell, "amend", name, "--changes") == "Texte avant la section 1 : remplacé"
    letter = said(shell, "amend", name, "--letter")
    assert "Avant la section 1 Avant : ENTRE : Collège; ET : Clinique; LES PARTIES" in letter
    shell.answer(name, {"question": "extra.name", "op": "set", "value": {"name": "La nuit"}})
    text = said(shell, "amend", name)
    assert "AVENANT N° 1 Le soir =" in text and "l'entente de partenariat « Le soir » du 3 mars 2026" in text
    assert "1. Le titre est remplacé par ce qui suit : ---" in text and "Entente de partenariat La nuit" in text
    english = said(shell, "amend", name, "--changes", "--lang", "en")
    assert english == "Title: replaced Text before section 1: replaced"


def test_a_text_before_the_sections_may_come_and_go(shell: Shell) -> None:
    name = shell.new("Le soir")
    preamble = {"question": "extra.preamble", "op": "set", "value": {"text": "Attendu que la nuit tombe."}}
    shell.answer(name, *ANSWERS[:2], ANSWERS[3])
    assert shell("adopt", name, "--yes", "--reason", "essai", "--date", "2026-03-03").code == 0
    shell.answer(name, preamble)
    text = said(shell, "amend", name)
    assert "Le texte que voici est ajouté avant la section 1 :" in text and "Attendu que la nuit tombe." in text
    assert "énoncé de partenariat « Le soir »" in text
    assert shell("amend", name, "--adopt", "--reason", "essai").code == 0
    shell.answer(name, {**preamble, "value": {"text": ""}})
    text = said(shell, "amend", name)
    assert "Le texte qui précède la section 1 est supprimé." in text and "Attendu" not in text


def test_another_kind_of_document_is_a_title_and_the_amendment_names_the_kind_it_amends(shell: Shell) -> None:
    name = adopted(shell)
    shell.answer(name, {"question": "extra.title", "op": "set", "value": {"kind": "memorandum"}})
    text = said(shell, "amend", name)
    assert "à l'entente de partenariat « Le soir » du 3 mars 2026" in text
    assert "Le titre est remplacé par ce qui suit :" in text and "Protocole d'entente Le soir" in text


def test_a_resolution_noted_after_the_adoption_amends_nothing(shell: Shell) -> None:
    name = shell.new("Le soir")
    signs = {"people": [{"name": "Ida Roy", "title": "directrice", "signs": True}]}
    shell.answer(name, *ANSWERS, {"question": "open.who", "op": "set", "partner": "Clinique", "value": signs})
    assert shell("adopt", name, "--yes", "--reason", "essai", "--date", "2026-03-03").code == 0
    ratified = {"level": "agree", "ratified_on": "2026-04-01", "resolution": "CA-9", "leave": "yes"}
    shell.answer(name, {"question": "commit.consensus", "op": "set", "partner": "Clinique", "value": ratified})
    shell.answer(name, CHANGED[0])
    assert said(shell, "amend", name, "--changes") == "Section 3, Objectifs principaux : remplacée"
    assert "n° CA-9" in said(shell, "amend", name, "--consolidated")


def test_joinder_describes_the_new_party_and_refuses_a_change_of_preamble_or_title(shell: Shell) -> None:
    name = adopted(shell)
    facts = {"legal_form": "qc_nonprofit", "address": "4, rue Angus, Laval", "short_name": "Le Nid",
             "people": [{"name": "Kim Roy", "title": "coordonnatrice", "signs": True}]}  # fmt: skip
    shell.answer(name, *JOINER, {"question": "open.who", "op": "set", "partner": "Refuge", "value": facts})
    text = said(shell, "amend", name, "--join", "Refuge")
    assert (
        "Refuge, personne morale constituée en vertu de la Loi sur les compagnies (partie III), ayant son siège au "
        "4, rue Angus, Laval, représenté par Kim Roy, coordonnatrice, ci-après « Le Nid », a lu le texte adopté et ses "
        "avenants, et dit oui à chacune de leurs dispositions."
    ) in text
    for change in (
        {"question": "extra.preamble", "op": "set", "value": {"text": "Attendu que la nuit tombe."}},
        {"question": "extra.name", "op": "set", "value": {"name": "La nuit"}},
    ):
        assert shell("amend", name, "--join", "Refuge").code == 0
        shell.answer(name, change)
        refused = shell("amend", name, "--join", "Refuge")
        assert refused.code == 2 and "il faut un avenant" in refused.err
        shell.answer(name, {**change, "value": {"text": ""} if "text" in change["value"] else {"name": "Le soir"}})


def test_the_day_on_which_a_party_joined_is_no_change_when_it_has_come(shell: Shell) -> None:
    name = shell.new("Le soir")
    shell.answer(name, *ANSWERS, {"question": "open.who", "op": "set", "partner": "Clinique",
                                  "value": {"from": "2026-01-01"}})  # fmt: skip
    assert "partenaire à compter du 1er janvier 2026" in said(shell, "show", name), "a draft that was sent says so too"
    assert shell("adopt", name, "--yes", "--reason", "essai", "--date", "2025-12-03").code == 0
    assert "partenaire à compter du 1er janvier 2026" in said(shell, "show", name)
    shell.answer(name, CHANGED[0])
    assert said(shell, "amend", name, "--changes") == "Section 3, Objectifs principaux : remplacée"


def test_a_party_that_left_stands_before_section_1_no_more(shell: Shell) -> None:
    name = adopted(shell)
    assert shell("leave", name, "Clinique", "--date", "2026-04-30").code == 0
    shell.answer(name, CHANGED[0])
    text = said(shell, "amend", name)
    assert "1. Le texte qui précède la section 1 est remplacé par ce qui suit :" in text
    assert "ENTRE : Collège; LES PARTIES" in text


def test_a_board_approves_the_amendment_and_no_text_without_official_value(shell: Shell) -> None:
    name = adopted(shell)
    board = ("export", name, "-", "--format", "text", "--board", "Clinique")
    assert "IL EST RÉSOLU d'approuver l'entente « Le soir », version 1 du 3 mars 2026, et d'autoriser" in said(
        shell, *board
    )
    shell.answer(name, CHANGED[0])
    assert shell("amend", name, "--adopt", "--reason", "essai").code == 0
    text = said(shell, *board)
    assert (
        "IL EST RÉSOLU d'approuver l'avenant n° 1 à l'entente de partenariat « Le soir » du 3 mars 2026, et "
        "d'autoriser ____________________ à le signer."
    ) in text
    assert "RESOLVED THAT Amendment No. 1 to the partnership agreement “Le soir” of March 3, 2026 be approved" in text
    shell.answer(name, *JOINER)
    assert shell("amend", name, "--join", "Refuge", "--adopt", "--reason", "essai").code == 0
    text = said(shell, *board)
    assert "d'approuver l'adhésion de Refuge à l'entente de partenariat « Le soir » du 3 mars 2026, et" in text
    assert "____________________ à la signer." in text
    assert "RESOLVED THAT the joinder of Refuge to the partnership agreement" in text


def test_files_of_each_amendment_and_joinder_have_names_of_their_own_and_what_is_replaced_is_said(shell: Shell) -> None:
    name = adopted(shell)
    kept: set[str] = set()
    words: tuple[str, ...]
    for at, act in enumerate(("reword", "join", "reword", "join")):
        if act == "join":
            joiner = f"Refuge {at}"
            shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": joiner, "status": "committed"}})
            words = ("--join", joiner)
        else:
            shell.answer(name, {**CHANGED[0], "value": {"text": f"un guide {at}"}})
            words = ()
        done = shell("amend", name, "--folder", "out", "--adopt", "--reason", "essai", *words)
        assert (done.code, done.err) == (0, "")
        assert ("L'adhésion est adoptée" if words else "L'avenant est adopté") in done.out.replace("’", "'")
        done = shell("sign", name, "--send", "out")
        assert (done.code, done.err) == (0, "")
        written = {path.name for path in (shell.home / "out").iterdir()}
        assert len(written - kept) == len(written) - len(kept) >= 10, "no file of an earlier one was replaced"
        kept = written
    assert {"le-soir-avenant-2-fr.docx", "le-soir-adhesion-refuge-3-fr.docx"} <= kept
    assert any(file.startswith("le-soir-avenant-2-adopte-fr-signature-1-") for file in kept)
    shell.answer(name, {**CHANGED[0], "value": {"text": "un guide"}})
    assert shell("amend", name, "--folder", "out").err == ""
    shell.answer(name, {**CHANGED[0], "value": {"text": "un autre guide"}})
    assert "le-soir-avenant-3-fr.docx" in shell("amend", name, "--folder", "out").err, "it is said to be replaced"


def test_an_amendment_of_one_language_is_made_in_that_language_alone(shell: Shell) -> None:
    name = adopted(shell)
    shell.answer(name, {**CHANGED[0], "value": {"text": "a guide"}, "lang": "en"})
    refused = shell("amend", name)
    assert refused.code == 2 and "Aucun mot du texte français n'a changé" in refused.err.replace("’", "'")
    assert "a guide" in said(shell, "amend", name, "--doc-lang", "en")


def test_another_order_of_the_sections_is_no_amendment(shell: Shell) -> None:
    name = shell.new("Le soir")
    voids = ("gather.vision", "gather.level", "gather.lead", "gather.governance", "commit.consensus", "commit.funding")
    void = {"op": "set", "state": "not_applicable"}
    shell.answer(name, *ANSWERS, *({"question": question, **void} for question in (*voids, "extra.review")))
    for partner in ("Collège", "Clinique"):
        shell.answer(name, {"question": "open.contributions", "partner": partner, "op": "add",
                            "value": {"text": "accueillir", "state": "accepted"}})  # fmt: skip
    assert shell("adopt", name, "--yes", "--reason", "essai", "--date", "2026-03-03").code == 0
    shell.answer(name, {"question": "extra.order", "op": "add", "value": {"section": "communication"}})
    refused = shell("amend", name)
    assert refused.code == 2 and "Seul l'ordre des sections a changé" in refused.err.replace("’", "'"), refused.out


def test_the_letter_with_a_consolidated_text_says_what_it_is(shell: Shell) -> None:
    name = adopted(shell)
    shell.answer(name, CHANGED[0])
    send = ("send", name, "--yes", "--json", "--format", "docx", "--to", "ida@exemple.ca", "--folder", "out")
    assert "n'engage personne" not in (text := letter_text(shell, *send)), text
    assert shell("amend", name, "--adopt", "--reason", "essai").code == 0
    text = letter_text(shell, *send)
    assert "Texte consolidé, à jour de l'avenant n° 1. Sans valeur officielle" in text
    assert "C'est le texte adopté" not in text, "what was adopted is the amendment"


def letter_text(shell: Shell, *words: str) -> str:
    """The letter of a sending, in plain spaces and apostrophes."""
    return str(json.loads(shell(*words).out)["message"]).replace("\u00a0", " ").replace("’", "'")
