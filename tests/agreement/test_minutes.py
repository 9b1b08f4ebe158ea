"""Tests of the minutes of a meeting in both languages: people, decisions, changes, and nothing private."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.cage import CANARY, PARTNERS, Cage, by_state, named_elsewhere, partner, private_cells
from tests.agreement.reading import GUIDE, Told, everything
from tui.agreement.minutes import minutes
from tui.export.markdown_text import to_markdown
from tui.export.plain_text import to_text
from tui.partnership.changes import apply
from tui.partnership.meetings import HELD, PRESENCE, meeting_open_at, present_ids, seats, source_of
from tui.partnership.partners import GONE, MAY_APPEAR
from tui.partnership.privacy import public_view
from tui.partnership.values import ORDER, Change, Entry, HistoryEntry
from tui.partnership.versions import whole_text
from tui.text import moments

OPENED = "2026-11-25T18:02:00-05:00"
MEETING = "meeting00a"


class Sitting(Told):
    """What is told during a meeting: every change carries it, and the history is kept."""

    def __init__(self, *partners: str) -> None:
        self.past: list[HistoryEntry] = []
        super().__init__(*partners)
        cells = {ORDER: "5", "on": "2026-11-25", "opened": OPENED}
        self.take(*(Change(MEETING, HELD, cell, value, "rows") for cell, value in cells.items()))

    def take(self, *changes: Change) -> None:
        """Apply changes as made while the meeting runs."""
        source = f"meeting:{MEETING}" if MEETING in self.partnership.entries else ""
        done = apply(self.partnership, [replace(one, source=source) for one in changes], by="Marie", at=OPENED)
        self.partnership = done.partnership
        self.past += done.past

    @property
    def meeting(self) -> Entry:
        """The row of the meeting."""
        return self.partnership.entries[MEETING]

    def seat(self, who: dict[str, str], presence: str, **cells: str) -> None:
        """Note that someone was there, or not."""
        self.say(HELD, {PRESENCE: [{"who": who, "presence": presence, "meeting": MEETING, **cells}]})

    def minutes(self, lang: str = "fr") -> str:
        """The minutes as text, with plain spaces."""
        return to_text(self.document(lang), None).replace("\u00a0", " ").replace("\u202f", " ")

    def document(self, lang: str = "fr"):
        """The minutes."""
        return minutes(GUIDE, self.partnership, self.past, self.meeting, lang)


def person(told: Told, name: str) -> str:
    """The id of a person by name."""
    return next(row.id for row in told.partnership.rows("open.who", "people") if row.text("name", "fr") == name)


def at_a_table() -> Sitting:
    """Two partners who may appear, one who may not yet; one person of each."""
    told = Sitting()
    for name, status, someone in (
        ("Université", "interested", "Marie Roy"),
        ("Clinique", "interested", "Jean Côté"),
        ("ACSM", "contacted", "Line Bo"),
        ("Refuge", "contacted", "Paul Ny"),
    ):
        told.join(name, status=status, people=[{"name": someone, "title": "direction"}])
    return told


def test_minutes_name_those_who_were_there_and_hide_who_stayed_away_and_may_not_appear() -> None:
    told = at_a_table()
    told.seat({"person": person(told, "Marie Roy")}, "present")
    told.seat({"person": person(told, "Line Bo")}, "present")
    told.seat({"person": person(told, "Jean Côté")}, "excused")
    told.seat({"person": person(told, "Paul Ny")}, "absent")
    said = told.minutes()
    assert "Université : Marie Roy, direction" in said
    assert "ACSM : Line Bo, direction" in said, "those who were there see each other"
    assert "Personnes excusées\n\n– Clinique : Jean Côté, direction" in said
    assert "Personnes absentes\n\n– 1 personne d'un organisme à confirmer" in said.replace("’", "'")
    assert "Refuge" not in said and "Paul" not in said
    english = told.minutes("en")
    assert "MINUTES OF THE MEETING OF NOVEMBER 25, 2026" in english
    assert "1 person from an organization to be confirmed" in english


def test_who_is_excused_keeps_the_organisation_that_was_in_the_room() -> None:
    told = at_a_table()
    told.join("Table", status="contacted", people=[{"name": "Zoé Lis"}, {"name": "Ida Roy"}])
    told.seat({"person": person(told, "Zoé Lis")}, "present")
    told.seat({"person": person(told, "Ida Roy")}, "excused")
    told.seat({"person": person(told, "Paul Ny")}, "excused")
    said = told.minutes()
    excused = said[said.index("Personnes excusées") : said.index("2. Décisions")].replace("’", "'")
    assert "– Table : Ida Roy" in excused.replace("\xa0", " ")
    assert "– 1 personne d'un organisme à confirmer" in excused and "Refuge" not in said and "Paul" not in said


@pytest.mark.parametrize("mark", ["present", "excused", "absent"])
def test_how_one_was_there_is_told_of_who_was_there_alone(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "_partnership_zone", "America/Toronto")
    times = {"": "", "2026-11-25T18:11:00-05:00": "", "2026-11-25T18:12:00-05:00": "à partir de 18 h 12"}
    lefts = {"": "", "2026-11-25T19:05:00-05:00": "jusqu'à 19 h 05"}
    mandates = {"": "", **{code: words.fr for code, words in GUIDE.choices["mandate"].items()}}
    told = at_a_table()
    expected: list[str] = []
    for came, left, mandate in product(times, lefts, mandates):
        name = f"Personne {len(expected)}"
        told.say("open.who", {"people": [{"name": name}]}, "Université")
        told.seat({"person": person(told, name)}, mark)
        row = told.partnership.rows(HELD, PRESENCE)[-1].id
        told.take(*(Change(row, HELD, cell, value, PRESENCE) for cell, value in (
            ("came", came), ("left", left), ("mandate", mandate)
        )))  # fmt: skip
        facts = (mandates[mandate], times[came], lefts[left]) if mark == "present" else ()
        expected.append(", ".join(filter(None, (name, *facts))))
    said = told.minutes().replace("’", "'")
    (line,) = (line for line in said.split("\n") if "Personne 0" in line)
    assert line.removeprefix("– Université : ").replace(" ;", ";").split("; ") == expected


def test_who_is_replaced_is_named_by_its_own_or_where_it_may_be() -> None:
    told = at_a_table()
    told.join("Table", status="contacted", people=[{"name": "Zoé Lis"}, {"name": "Ida Roy"}])
    here = {"person": person(told, "Zoé Lis")}
    whom = {"Ida Roy": "Ida Roy", "Jean Côté": "Jean Côté", "Paul Ny": "un organisme à confirmer"}
    told.seat(here, "present")
    row = told.partnership.rows(HELD, PRESENCE)[-1].id
    for name, shown in whom.items():
        told.take(Change(row, HELD, "stands_in", {"person": person(told, name)}, PRESENCE))
        said = told.minutes()
        assert f"– Table : Zoé Lis, remplace {shown}\n" in said and ("Paul" in said) == (shown == "Paul Ny")


def test_decisions_tasks_and_points_with_who_and_when() -> None:
    told = at_a_table()
    here, away = person(told, "Line Bo"), person(told, "Paul Ny")
    told.seat({"person": here}, "present")
    told.say(HELD, {"decisions": [{"text": "on commence en janvier", "meeting": MEETING}]})
    told.say(HELD, {"decisions": [{"text": "d'une autre rencontre", "meeting": "other00000"}]})
    task = {"text": "réserver la salle", "who": {"person": here}, "due": "2027-01-15", "meeting": MEETING}
    told.say(HELD, {"tasks": [task, {"text": "écrire", "who": {"person": away}, "meeting": MEETING}]})
    told.say("extra.points", {"rows": [{"text": "qui paie", "meeting": MEETING}, {"text": "vieux point"}]})
    said = told.minutes()
    assert "1. on commence en janvier" in said
    assert "réserver la salle" in said and "Line Bo" in said and "15 janvier 2027" in said
    assert "un organisme à confirmer" in said and "Paul" not in said
    assert "– qui paie" in said
    assert "vieux point" not in said and "autre rencontre" not in said
    assert "| What | Who | By |" in to_markdown(told.document("en"))


def test_a_minority_text_stands_in_the_minutes_of_its_own_meeting_alone() -> None:
    told = at_a_table()
    for meeting, text in ((MEETING, "Nous tenons à la salle."), ("other00000", "Nous aurions attendu.")):
        told.say(HELD, {"minority": [{"text": text, "partner": told.ids["Clinique"], "meeting": meeting}]})
    said = told.minutes()
    assert "Nous tenons à la salle." in said and "Nous aurions attendu." not in said


def test_what_the_meeting_changed_in_the_text_is_told_once_as_it_was_left() -> None:
    told = at_a_table()
    told.say("gather.vision", {"vision": "tous"})
    told.say("gather.vision", {"vision": "tous soutenus"})
    row = told.say("gather.objectives", "offrir du soutien", op="add")[0]
    gone = told.say("gather.objectives", "parti", op="add")[0]
    told.say("gather.objectives", row=gone, op="remove")
    told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "Clinique", op="add")
    told.say("open.contributions", {"text": "un souhait", "state": "wished"}, "Clinique", op="add")
    told.take(Change(row, "gather.objectives", "text@fr", "offrir du soutien le soir", "rows"))
    said = told.minutes()
    assert "Vision commune, ajouté : « tous soutenus »" in said
    assert "Objectifs, ajouté : « offrir du soutien le soir »" in said
    assert "Contributions, Clinique, ajouté : « prêter une salle »" in said
    assert "parti" not in said and "souhait" not in said and "« tous »" not in said


def test_what_was_private_at_the_meeting_is_not_told_once_it_was_reworded_and_offered() -> None:
    told = at_a_table()
    row = told.say("open.contributions", {"text": "un souhait", "state": "wished"}, "Clinique", op="add")[0]
    told.past = [replace(one, private=one.entry == row) for one in told.past]
    subject = (told.ids["Clinique"],)
    later = [Change(row, "open.contributions", cell, value, "rows", subject)
             for cell, value in (("text@fr", "une salle"), ("state", "confirmed"))]  # fmt: skip
    told.partnership = apply(told.partnership, later, by="Marie", at=OPENED).partnership
    assert "une salle" in repr(public_view(GUIDE, told.partnership)), "it may be seen now"
    assert "souhait" not in told.minutes()


def test_what_was_private_at_the_meeting_is_told_once_its_very_words_are_public() -> None:
    told = at_a_table()
    row = told.say("open.contributions", {"text": "une salle", "state": "wished"}, "Clinique", op="add")[0]
    told.past = [replace(one, private=one.entry == row) for one in told.past]
    assert "une salle" not in told.minutes()
    confirmed = Change(row, "open.contributions", "state", "confirmed", "rows", (told.ids["Clinique"],))
    told.partnership = apply(told.partnership, [confirmed], by="Marie", at=OPENED).partnership
    assert "Contributions, Clinique, ajouté : « une salle »" in told.minutes()


def test_what_was_undone_during_the_meeting_did_not_happen() -> None:
    told = at_a_table()
    told.say("gather.vision", {"vision": "un essai"})
    told.take(Change("gather.vision", "gather.vision", "vision@fr", None))
    assert "un essai" not in told.minutes() and "Vision commune" not in told.minutes()


def test_the_count_of_the_round_is_told_from_three_answers_on() -> None:
    told = at_a_table()
    for n, shown in ((2, False), (3, True)):
        counts = {"gather.procedures": {"agree": n - 1, "reservation": 1, "none": 2}}
        told.take(Change(MEETING, HELD, "counts", counts, "rows"))
        assert ("1 réserve, 2 sans réponse" in told.minutes()) == shown


def test_a_meeting_changes_nothing_of_the_adopted_text() -> None:
    told = at_a_table()
    before = whole_text(GUIDE, public_view(GUIDE, told.partnership))
    told.say(HELD, {"decisions": [{"text": "on signe", "meeting": MEETING}]})
    assert whole_text(GUIDE, public_view(GUIDE, told.partnership)) == before


def test_a_meeting_left_open_does_not_run_on_to_the_next_day() -> None:
    told = at_a_table()
    assert meeting_open_at(told.partnership, "2026-11-25T21:00:00-05:00") == told.meeting
    assert source_of(meeting_open_at(told.partnership, OPENED)) == f"meeting:{MEETING}"
    assert meeting_open_at(told.partnership, "2026-11-26T09:00:00-05:00") is None
    told.take(Change(MEETING, HELD, "closed", "2026-11-25T20:00:00-05:00", "rows"))
    assert meeting_open_at(told.partnership, "2026-11-25T21:00:00-05:00") is None


def test_a_partner_that_names_nobody_sits_there_itself_and_a_guest_is_named() -> None:
    told = Sitting("Université")
    assert [(seat.partner, seat.name) for seat in seats(told.partnership, MEETING, "fr")] == [
        (told.ids["Université"], "")
    ]
    told.seat({"partner": told.ids["Université"]}, "present")
    told.say(HELD, {PRESENCE: [{"guest": "Ana Li", "presence": "present", "meeting": MEETING}]})
    assert present_ids(told.partnership, MEETING) == {told.ids["Université"]}
    said = told.minutes()
    assert "– Université\n" in said and "– Autres personnes : Ana Li" in said


@pytest.mark.slow
@settings(max_examples=40)
@given(
    partners=PARTNERS,
    state=st.sampled_from(sorted(GUIDE.choices["contribution_state"])),
    money=st.sampled_from(sorted(GUIDE.choices["funding_status"])),
    leave=st.sampled_from(["yes", "no", "ask", None]),
    agreed_level=st.booleans(),
    mark=st.sampled_from(["excused", "absent"]),
)
def test_the_canary_sings_in_no_minutes(
    partners: list[tuple[str, bool]], state: str, money: str, leave: str | None, agreed_level: bool, mark: str
) -> None:
    told = Sitting()
    cage = Cage(told)
    ids = tuple(partner(cage, str(at), *one) for at, one in enumerate(partners))
    if {one for one, _named in partners} - GONE:
        named_elsewhere(cage, ids)
    private_cells(cage, ids)
    by_state(cage, ids, state, money, leave, agreed_level)
    for one, (status, named) in zip(ids, partners, strict=True):
        there = status in MAY_APPEAR or named
        for row in told.partnership.rows("open.who", "people", (one,)):
            told.seat({"person": row.id}, "present" if there else mark)
            told.say(HELD, {"tasks": [{"text": "écrire", "who": {"person": row.id}, "meeting": MEETING}]})
    assert CANARY in repr(told.partnership) and CANARY in repr(told.past)
    for lang in ("fr", "en"):
        document = told.document(lang)
        assert CANARY not in repr(document)
        assert "424242" not in everything(document) and "2042" not in everything(document)


def test_a_sentence_in_both_languages_says_which_was_negotiated() -> None:
    told = Sitting("Centre")
    told.take(Change("gather.vision", "gather.vision", "goal@en", "Open four evenings a week."))
    told.take(Change("gather.vision", "gather.vision", "goal@fr", "Ouvrir quatre soirs par semaine."))
    assert "(négocié en anglais, traduit en français)" in told.minutes()
    assert "(negotiated in English, translated into French)" in told.minutes("en")
    told.take(Change("gather.vision", "gather.vision", "#negotiated:goal", "fr"))
    assert "(négocié en français, traduit en anglais)" in told.minutes()
    told.take(Change("gather.vision", "gather.vision", "goal@en", None))
    assert "négocié" not in told.minutes()  # what has one language alone was negotiated in no other


def test_of_decisions_in_two_languages_each_says_which() -> None:
    told = Sitting("Centre")
    note = {"meeting": MEETING}
    told.take(
        *(
            Change("dec1", HELD, cell, value, "decisions")
            for cell, value in ({**note, "text@en": "Meet on Mondays."}).items()
        )
    )
    assert "Meet on Mondays." in told.minutes() and "[en anglais]" not in told.minutes(), "all of it is"
    told.take(
        *(
            Change("dec2", HELD, cell, value, "decisions")
            for cell, value in ({**note, "text@fr": "Ouvrir le soir."}).items()
        )
    )
    assert "Meet on Mondays. [en anglais]" in told.minutes() and "Ouvrir le soir. [" not in told.minutes()
    assert "Ouvrir le soir. [in French]" in told.minutes("en") and "Mondays. [" not in told.minutes("en")


def test_what_a_meeting_changed_in_the_other_language_alone_is_told_with_its_mark() -> None:
    told = Sitting("Centre")
    before = [
        Change("gather.vision", "gather.vision", f"goal@{lang}", text)
        for lang, text in (("fr", "Ouvrir."), ("en", "Open."))
    ]
    told.partnership = apply(told.partnership, before, by="Marie", at=OPENED).partnership
    told.take(Change("gather.vision", "gather.vision", "goal@en", "Open at night."))
    assert "But commun, modifié : « Open at night. » [en anglais]" in told.minutes()
    assert "“Open at night.”" in told.minutes("en") and "[in French]" not in told.minutes("en")
    told.take(Change("gather.vision", "gather.vision", "goal@fr", "Ouvrir le soir."))
    assert "« Ouvrir le soir. »" in told.minutes() and "[en anglais]" not in told.minutes()
    told.take(Change("gather.vision", "gather.vision", "goal@fr", "Ouvrir."))
    told.take(Change("gather.vision", "gather.vision", "goal@en", None))
    assert "But commun" not in told.minutes()
