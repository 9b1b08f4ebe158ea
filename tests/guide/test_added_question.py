"""Tests that a question added in the data alone is asked, answered, counted and printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.agreement.reading import agreed, everything, lines, said, section
from tests.guide.copies import Copy
from tests.partnership.told import Told
from tui.agreement.blocks import Paragraph
from tui.form.form_schema import describe
from tui.form.question_walk import question_order
from tui.guide.guide_loading import load_guide
from tui.guide.guide_types import Guide
from tui.partnership.completion import ANSWERED, EMPTY, VOID, next_unanswered, progress
from tui.partnership.positions import points
from tui.partnership.privacy import public_view
from tui.partnership.values import Change
from tui.workspace.place import Place, place_further

SECRET = "zanzibar"
CULTURE = """
[[question]]
id = "gather.culture"
step = "gather"
scope = "project"
text.fr = "Quelles cultures se rencontrent ?"
text.en = "Which cultures meet?"
short.fr = "Cultures"
short.en = "Cultures"
help.fr = "Ce que chacun apporte."
help.en = "What each brings."
example.fr = "un exemple"
example.en = "an example"
complete = ["story"]
feeds = "background"
[[question.part]]
id = ""
[[question.part.field]]
id = "story"
kind = "prose"
main = true
label.fr = "Récit"
label.en = "Story"

"""
CHANNELS = """
[[question]]
id = "extra.channels"
step = "extra"
scope = "project"
text.fr = "Par quels canaux se parle-t-on ?"
text.en = "Through which channels do we talk?"
short.fr = "Canaux"
short.en = "Channels"
help.fr = "Courriel, rencontre, téléphone."
help.en = "E-mail, meeting, telephone."
example.fr = "courriel"
example.en = "e-mail"
complete = ["rows:name"]
feeds = "communication"
[[question.part]]
id = "rows"
list = true
title.fr = "Canaux de communication"
title.en = "Channels of communication"
add.fr = "ajouter un canal"
add.en = "add a channel"
[[question.part.field]]
id = "name"
kind = "line"
main = true
label.fr = "Canal"
label.en = "Channel"
[[question.part.field]]
id = "from"
kind = "date"
label.fr = "Depuis"
label.en = "Since"
[[question.part.field]]
id = "keeper"
kind = "someone"
label.fr = "Tenu par"
label.en = "Kept by"
[[question.part.field]]
id = "password"
kind = "line"
private = true
label.fr = "Mot de passe"
label.en = "Password"
"""
FEARS = """
[[question]]
id = "extra.fears"
step = "extra"
scope = "partner"
private = true
text.fr = "De quoi l'organisme a-t-il peur ?"
text.en = "What is the organisation afraid of?"
short.fr = "Craintes"
short.en = "Fears"
help.fr = "Ne paraîtra jamais dans le document."
help.en = "Will never appear in the document."
example.fr = "perdre son nom"
example.en = "losing its name"
complete = ["note"]
feeds = "background"
[[question.part]]
id = ""
[[question.part.field]]
id = "note"
kind = "prose"
main = true
label.fr = "Note"
label.en = "Note"
"""
NEEDS = FEARS.replace("extra.fears", "extra.needs").replace("private = true\n", "").replace("Craintes", "Besoins")


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    copy = Copy(tmp_path)
    copy.change("etape-2.toml", '[[question]]\nid = "gather.lead"', CULTURE + '[[question]]\nid = "gather.lead"')
    for question in (CHANNELS, FEARS, NEEDS.replace("Fears", "Needs")):
        copy.append("complements.toml", question)
    return load_guide(copy.folder)


@pytest.fixture
def told(guide: Guide) -> Told:
    return Told("A", "B", guide=guide)


def test_it_is_asked_where_it_was_written(guide: Guide) -> None:
    walk = question_order(guide)
    at = walk.index("gather.culture")
    assert walk[at - 1 : at + 2] == ("gather.vision", "gather.culture", "gather.lead")
    extra = tuple(name for name in walk if name.startswith("extra."))
    assert extra[-3:] == ("extra.channels", "extra.fears", "extra.needs")
    assert place_further(Place("gather.vision"), guide, 1).question == "gather.culture"
    assert describe(guide, guide.question("extra.fears"))["private_fields"] == ["note"]


def test_it_counts(guide: Guide, told: Told) -> None:
    question = guide.question("gather.culture")
    assert progress(told.partnership, question).state == EMPTY
    assert next_unanswered(guide, told.partnership, "gather.vision") == "gather.culture"
    told.say("gather.culture", "Deux langues.")
    assert progress(told.partnership, question).state == ANSWERED
    assert next_unanswered(guide, told.partnership, "gather.vision") == "gather.lead"
    told.say("extra.fears", "perdre son nom", "A")
    found = progress(told.partnership, guide.question("extra.fears"))
    assert (found.done, found.total) == (1, 2)


def test_prose_is_written_in_both_languages(told: Told) -> None:
    told.say("gather.culture", {"story": {"fr": "Deux **langues**.\n\n- une\n- deux", "en": "Two languages."}})
    assert said(told, "background") == ["# Cultures", "Deux langues.", "- une", "- deux"]
    assert said(told, "background", "en") == ["# Cultures", "Two languages."]


def test_rows_are_written_in_both_languages(told: Told) -> None:
    row = {"name": {"fr": "courriel", "en": "e-mail"}, "from": "mai 2026", "keeper": "B", "password": SECRET}
    told.say("extra.channels", row, op="add")
    assert said(told, "communication") == ["# Canaux de communication", "- courriel, mai 2026, B"]
    assert said(told, "communication", "en") == ["# Channels of communication", "- e-mail, May 2026, B"]
    assert SECRET not in repr(agreed(told)) + repr(public_view(told.guide, told.partnership))


def test_it_stands_beside_what_was_there(told: Told) -> None:
    told.say("extra.context", "Vingt ans.")
    told.say("gather.culture", "Deux langues.")
    told.say("extra.communication", "Les deux noms.")
    told.say("extra.channels", ["courriel", "téléphone"])
    assert said(told, "background") == ["Vingt ans.", "# Cultures", "Deux langues."]
    assert said(told, "communication")[-3:] == ["# Canaux de communication", "- courriel", "- téléphone"]


def test_what_is_asked_of_each_partner_is_written_with_its_name(told: Told) -> None:
    told.say("extra.needs", "des bras", "A")
    told.say("extra.needs", "des clés", "B")
    assert said(told, "background") == ["# Besoins", "A", "Des bras", "B", "Des clés"]


def test_rows_asked_of_each_partner_are_written_with_its_name(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.append("complements.toml", CHANNELS.replace('scope = "project"', 'scope = "partner"'))
    told = Told("A", "B", "C", guide=load_guide(copy.folder))
    for name in "ABC":
        told.say("extra.channels", f"courriel de {name}", name, op="add")
    told.say("open.who", {"status": "withdrawn"}, "C")
    assert said(told, "communication")[1:] == ["- A : courriel de A", "- B : courriel de B"]
    assert said(told, "communication", "en")[1:] == ["- A: courriel de A", "- B: courriel de B"]


def test_the_private_one_is_nowhere(told: Told) -> None:
    told.say("extra.fears", SECRET, "A")
    assert SECRET in repr(told.partnership)
    for lang in ("fr", "en"):
        assert SECRET not in repr(agreed(told, lang))
        assert "Craintes" not in everything(agreed(told, lang))
    assert SECRET not in repr(public_view(told.guide, told.partnership))


def test_its_words_are_a_point_that_positions_stand_on(told: Told) -> None:
    told.say("gather.culture", "Deux langues.")
    told.say("extra.fears", SECRET, "A")
    found = points(told.guide, public_view(told.guide, told.partnership))
    assert "gather.culture" in found
    assert not any(name.startswith("extra.fears") for name in found)


def test_without_object_it_leaves_the_document(told: Told) -> None:
    told.say("gather.culture", "Deux langues.")
    told.state("gather.culture", "not_applicable")
    assert progress(told.partnership, told.guide.question("gather.culture")).state == VOID
    assert said(told, "background") == []


def test_a_part_that_feeds_a_section_of_its_own_is_written_there(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    elsewhere = CULTURE.replace('[[question.part]]\nid = ""', '[[question.part]]\nid = ""\nfeeds = "communication"')
    copy.append("complements.toml", elsewhere.replace('step = "gather"', 'step = "extra"'))
    told = Told("A", guide=load_guide(copy.folder))
    told.say("gather.culture", "Deux langues.")
    assert said(told, "communication") == ["# Cultures", "Deux langues."]


def kind_field(name: str, kind: str, more: str = "") -> str:
    """A field of the added question, as the guide data writes it."""
    return (f'[[question.part.field]]\nid = "{name}"\nkind = "{kind}"\n{more}'
            f'label.fr = "{name}"\nlabel.en = "{name}"\n')  # fmt: skip


LIST = 'list = true\ntitle.fr = "Canaux"\ntitle.en = "Channels"\nadd.fr = "un"\nadd.en = "one"\n'
# By field: its kind, what it holds, and how a French document says it.
OF_EACH_KIND: dict[str, tuple[str, Any, str]] = {
    "what": ("line", "une salle", "une salle"), "size": ("number", 3, "3"), "since": ("date", "2026-05", "mai 2026"),
    "during": ("period", {"start": "2026-05", "end": "2026-06"}, "de mai 2026 à juin 2026"),
    "keeper": ("partner", "B", "B"), "cost": ("amount", {"amount": "12", "currency": "CAD"}, "12 $"),
    "who": ("someone", {"name": "Zoé"}, "Zoé"),
    "time": ("effort", "2 h par mois", "2 h par mois"), "told": ("prose", "au long", "au long"),
}  # fmt: skip


@pytest.mark.parametrize("scope", ["project", "partner"])
@pytest.mark.parametrize("part", ["", "rows"])
def test_each_field_is_written_where_it_is_answered(tmp_path: Path, part: str, scope: str) -> None:
    """Whichever fields are answered, in their order, each with its place; those that say nothing leave no trace."""
    question = (
        CHANNELS.partition("[[question.part]]")[0].replace('"project"', f'"{scope}"').replace("rows:name", "what")
    )
    whole = f'[[question.part]]\nid = "{part}"\n' + (LIST if part else "")
    fields = [kind_field(name, kind, "main = true\n" if name == "what" else "")
              for name, (kind, _value, _said) in OF_EACH_KIND.items()]  # fmt: skip
    copy = Copy(tmp_path)
    copy.append("complements.toml", question.replace('"what"', f'"{part}{part and ":"}what"') + whole + "".join(fields))
    told = Told("A", "B", guide=load_guide(copy.folder))
    subject = (told.ids["A"],) if scope == "partner" else ()
    names = list(OF_EACH_KIND)
    for answered in ([], *([name] for name in names), names[::2], names[1::2], names):
        cells = {f"{name}@fr" if kind in ("line", "prose", "effort") else name:
                 (told.ids.get(held, held) if isinstance(held, str) else held) if name in answered else None
                 for name, (kind, held, _said) in OF_EACH_KIND.items()}  # fmt: skip
        told.take(*(Change("e", "extra.channels", cell, held, part, subject) for cell, held in cells.items()))
        found = section(agreed(told), "communication")
        heading, *written = [line.replace("\u00a0", " ") for line in lines(found.blocks)] if found else [""]
        words = [OF_EACH_KIND[name][2] for name in names if name in answered]
        whose = ["A"] if scope == "partner" else []
        if part:
            assert written == ([f"- {'A : ' if whose else ''}{', '.join(words)}"] if words else [])
        else:
            assert [line.lower() for line in written] == [line.lower() for line in (*whose, *words) if words]
            written_out = [block for block in found.blocks if isinstance(block, Paragraph)] if found else []
            places = [block.origin for block in written_out[len(whose) :]]
            assert [(one.entry, one.field, one.question) for one in places] == [
                ("e", name, "extra.channels") for name in names if name in answered
            ]
        assert heading == ("# Canaux" if words else "")
