"""Commitments as they are typed: which read behind « s'engage à » and “undertakes to”."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.infinitives import begins_with_infinitive
from tui.workspace.samples import samples

READS = {
    "fr": ["prêter une salle", "s'occuper du soir", "n'accueillir que le jeudi", "ne pas fermer", "les accueillir",
           "rendre compte", "Offrir de l'aide", "faire connaître", "recevoir", "mettre à disposition", "y être",
           "réécrire", "« tenir » la liste", "se réunir", "écrire", "traduire", "répondre", "leur ouvrir la porte",
           "conclure", "s’occuper du soir", "n’accueillir que le jeudi"],
    "en": ["lend a room", "host the group", "discuss it", "bring food", "need no room", "embed it", "Keep the list",
           "process requests", "focus on youth"],
}  # fmt: skip
DOES_NOT = {
    "fr": ["peuvent prêter", "offre de l'aide", "une salle", "des locaux", "peut ouvrir", "atelier du soir", "la salle",
           "calendrier", "prête", "dossier", "ouverture le soir", "offrons", "partenaire", "territoire", "3 h",
           "secrétaire du comité", "formulaire", "premier", "membre", "inventaire"],
    "en": ["can lend a room", "offers help", "a room", "the room", "may host", "lending rooms", "will open", "provided",
           "our staff", "is open", "they host", "3 h a week", "Marie’s room"],
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in READS.items() for text in texts])
def test_what_reads(lang: str, text: str) -> None:
    assert begins_with_infinitive(text, lang)


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in DOES_NOT.items() for text in texts])
def test_what_does_not_read(lang: str, text: str) -> None:
    assert not begins_with_infinitive(text, lang)


def test_the_commitments_of_the_samples_read() -> None:
    for sample in samples():
        for row in sample.partnership.rows("open.contributions", "rows"):
            for lang in ("fr", "en"):
                text = row.get(f"text@{lang}")
                assert not isinstance(text, str) or begins_with_infinitive(text, lang), text


@given(st.text(max_size=30), st.sampled_from(["fr", "en"]))
def test_any_text_may_be_asked_about(text: str, lang: str) -> None:
    assert begins_with_infinitive(text, lang) in (True, False)
