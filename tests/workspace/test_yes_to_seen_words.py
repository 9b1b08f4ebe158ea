"""No sequence of edits, sendings and positions shows a yes to words that its partner did not see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.agreement.blocks import Agreement, Section, Signature
from tui.agreement.compose import Composer
from tui.comparison.compare import flat, units
from tui.form.answer_json import answer as by_line
from tui.partnership.changes import apply
from tui.partnership.completion import single_entry
from tui.partnership.milestones import milestones
from tui.partnership.values import REMOVED, SETTINGS, STATE, Change, Partnership
from tui.workspace import shared_answers, writing
from tui.workspace.draft_sending import adopt, send
from tui.workspace.kept_versions import text_of, versions_of
from tui.workspace.output_files import SendOptions
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

PARTNERS = ("p1", "p2", "p3")
SIDES = ("partners", "open_points", "signatures")  # what they say is not what one says yes to
SAID_YES = r"Réponse\s: (accord(?! avec)|se rallie)|Answer: (agrees(?! with)|goes along)"
OF_BEFORE = "sur l.ancien texte|of the earlier text"
NO_ANSWER = r"$|À confirmer sur le nouveau texte|To be confirmed on the new text|Réponse\s: absent|Answer: absent"
WORDS = st.sampled_from(["une oreille", "une porte", "un lieu", ""])
LEVELS = st.sampled_from(["agree", "rallies", "reservation", "disagree", "absent", ""])
WHO = st.sampled_from(PARTNERS)


def said(agreement: Agreement) -> dict[str, tuple[str, ...]]:
    """The lines one says yes to, by the entry they come from; spaces as typography sets them do not count."""
    lines: dict[str, list[str]] = {}
    for section in agreement.sections:
        if section.blocks and section.id not in SIDES:  # « sans objet » takes a heading out; « Supprimé » is none
            lines.setdefault(f"the heading of {section.id}", []).append(section.heading)
        above = ""  # « s'engage à : » comes with each sentence under it
        for unit in units(section.blocks) if section.id not in SIDES else ():
            if unit.kind == "subheading" and not unit.origin.entry:
                continue  # a set heading comes with the sentence under it
            # Who opposes a sentence, or has not answered, is told by no word of it (« à confirmer »).
            text = re.sub(r"\s+", " ", flat(unit.cells[0]) + "|" + "|".join(map(flat, unit.cells[1:]))).replace(
                " (à confirmer)", ""
            )
            if unit.kind == "paragraph" and section.id == "commitments" and "à préciser" not in text:
                above = text
            elif "Accord sur ces procédures" not in text and "à préciser" not in text:
                said_there = above + text if unit.kind == "item" else text
                lines.setdefault(unit.origin.entry or section.id, []).append(said_there)
    return {name: tuple(sorted(found)) for name, found in lines.items()}


def signed(agreement: Agreement) -> Section:
    return next(one for one in agreement.sections if one.id == "signatures")


class Told(RuleBasedStateMachine):
    """`seen` is what each partner was shown last when its answer was noted, told apart from any fingerprint."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Memory()
        self.sent: dict[str, dict[str, tuple[str, ...]]] = {}
        self.seen: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {}
        self.left_out: dict[str, set[str]] = {}
        # Who answered before a partner of a shared sentence joined or left: under a group's name it reads the same,
        # and is another sentence all the same (tui.partnership.positions.fingerprint).
        self.before_a_move: set[str] = set()
        self.shown: dict[str, dict[str, tuple[str, ...]]] = {}  # by version, what one says yes to of each
        self._told: tuple[Partnership, dict[str, tuple[str, ...]]] | None = None

    @initialize()
    def begin(self) -> None:
        changes = [Change("settings", "settings", "lang", "fr")]
        for name in PARTNERS:
            changes += [Change(name, "open.who", "name@fr", name.upper(), "", (name,))]
            changes += [Change(name, "open.who", "status", "signatory", "", (name,))]
        self.workspace = Workspace(GUIDE, self.store.save("", changes).partnership, self.store)

    @property
    def text(self) -> dict[str, tuple[str, ...]]:
        partnership = self.workspace.partnership
        if self._told is None or self._told[0] is not partnership:
            # An adopted text says less than the draft it was: no hole, no offer. What is said yes to is the same.
            draft = apply(partnership, [Change(SETTINGS, SETTINGS, "adopted", None)], by="", at=partnership.changed)
            self._told = partnership, said(Composer(GUIDE).agreement(draft.partnership, "fr"))
        return self._told[1]

    def position(self, who: str):
        return single_entry(self.workspace.partnership, "commit.consensus", (who,))

    def agrees(self, who: str) -> bool:
        """Whether the model holds a yes of that partner on exactly the present words, but for those it left out."""
        return self.seen.get(who, ("", {}))[0] in ("agree", "rallies") and self.answered_here(who)

    def answered_here(self, who: str) -> bool:
        """Whether its answer, whichever it is, was given on exactly the present words, but for those it left out."""
        level, seen = self.seen.get(who, ("", {}))
        out = self.left_out.get(who, set())
        now = self.text
        return level not in ("", "absent") and all(
            seen.get(name, ()) == now.get(name, ()) for name in (*seen, *now) if name not in out
        )


class Writing(Told):
    """All that a facilitator may write, and how the text goes out."""

    @rule(words=WORDS)
    def write_the_vision(self, words: str) -> None:
        self.workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", words)])

    @rule(name=st.sampled_from(["o1", "o2"]), words=WORDS, gone=st.booleans())
    def write_an_objective(self, name: str, words: str, gone: bool) -> None:
        cells = {"text@fr": words, REMOVED: gone or None, "#order": name}
        self.workspace.edit([Change(name, "gather.objectives", cell, value, "rows") for cell, value in cells.items()])

    @rule(who=WHO, words=WORDS, state=st.sampled_from(["wished", "confirmed", "accepted"]))
    def write_a_contribution(self, who: str, words: str, state: str) -> None:
        for cell, value in {"text@fr": words, "state": state, "#order": "a"}.items():
            self.workspace.edit([Change(f"c{who}", "open.contributions", cell, value, "rows", (who,))])

    @rule(who=WHO, status=st.sampled_from(["signatory", "withdrawn", "declined"]))
    def join_or_leave(self, who: str, status: str) -> None:
        self.workspace.edit([Change(who, "open.who", "status", status, "", (who,))])
        rows = self.workspace.partnership.rows("open.contributions", "rows")
        if any(who in row.givers and len(row.givers) > 1 for row in rows):
            self.before_a_move |= set(self.seen)

    @rule(state=st.sampled_from([None, "not_applicable"]))
    def strike_the_lead(self, state: str | None) -> None:
        self.workspace.edit([Change("gather.objectives", "gather.objectives", STATE, state)])

    @rule(words=WORDS)
    def write_the_decision_rule(self, words: str) -> None:
        self.workspace.edit([Change("extra.decision_rule", "extra.decision_rule", "rule@fr", words)])

    @rule(ids=st.sets(WHO), name=st.sampled_from(["les voisins", "les amis"]))
    def commit_a_group(self, ids: set[str], name: str) -> None:
        group = {"name@fr": name, "members": {"ids": sorted(ids), "group": ""}, "#order": "a"}
        row = {"text@fr": "venir", "state": "accepted", "partners": {"ids": sorted(ids), "group": "g"}, "#order": "b"}
        self.workspace.edit([Change("g", "extra.groups", cell, value, "rows") for cell, value in group.items()])
        self.workspace.edit([Change("cg", "open.contributions", cell, value, "rows") for cell, value in row.items()])

    @rule(number=st.sampled_from(["CA-1", None]), who=WHO)
    def ratify(self, number: str | None, who: str) -> None:
        self.workspace.set(self.position(who), "ratify_by@fr", "le conseil")
        self.workspace.set(self.position(who), "resolution@fr", number)

    @rule(region=st.sampled_from(["fr-CA", "fr-FR"]))
    def set_typography(self, region: str) -> None:
        self.workspace.set_setting("region_fr", region)

    @rule(who=st.sets(WHO, min_size=1))
    def send_a_draft(self, who: set[str]) -> None:
        text = self.text
        before = {version.id for version in versions_of(self.workspace, self.store)}
        send(self.workspace, self.store, SendOptions(Path("unused"), formats=(), partners=tuple(sorted(who))))
        for version in versions_of(self.workspace, self.store):
            if version.id not in before:  # sent once it is adopted, it says as little as the adopted one: no offer
                self.shown[version.id] = text
        for name in who:
            self.sent[name] = self.text

    @rule()
    def adopt_the_text(self) -> None:
        text = self.text
        self.shown[adopt(self.workspace, self.store).id] = text


class Saying(Writing):
    """All that partners may answer, in any order with the writing, and what must hold after each step."""

    @rule(who=WHO, level=LEVELS, leave=st.sampled_from(["yes", "no", None]))
    def answer(self, who: str, level: str, leave: str | None) -> None:
        field = GUIDE.question("commit.consensus").parts[1].field("level")
        assert field is not None
        writing.choose(self.workspace, self.position(who), field, level)
        self.workspace.set(self.position(who), "leave", leave)
        self.seen[who] = level, self.sent.get(who, self.text)
        self.before_a_move.discard(who)

    @rule(who=WHO, level=LEVELS.filter(bool))
    def answer_by_a_line(self, who: str, level: str) -> None:
        line = {"question": "commit.consensus", "partner": who, "value": {"level": level, "leave": "yes"}}
        self.workspace.edit(list(by_line(GUIDE, self.workspace.partnership, line).changes))
        self.seen[who] = level, self.sent.get(who, self.text)
        self.before_a_move.discard(who)

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), others=st.sets(WHO, min_size=1))
    def give_the_same_answer_to_others(self, data: st.DataObject, others: set[str]) -> None:
        who = data.draw(st.sampled_from(sorted(self.seen)))
        self.workspace.go(Place("commit.consensus", who))
        shared_answers.same_answer(self.workspace, sorted(others))
        for name in others - {self.workspace.place.partner} if self.seen[who][0] else ():
            self.seen[name] = self.seen[who][0], self.sent.get(name, self.text)

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def answer_before_all(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.seen)))
        self.workspace.go(Place("commit.consensus", who))
        shared_answers.note_text_seen(self.workspace, None)
        self.seen[who] = self.seen[who][0], self.text

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def answer_on_a_version(self, data: st.DataObject) -> None:
        known = versions_of(self.workspace, self.store)
        if known:
            who, version = data.draw(st.sampled_from(sorted(self.seen))), data.draw(st.sampled_from(known))
            self.workspace.go(Place("commit.consensus", who))
            shared_answers.note_text_seen(self.workspace, version)
            agreement = text_of(self.workspace, version, "fr")
            assert agreement is not None
            self.seen[who] = self.seen[who][0], self.shown.get(version.id) or said(agreement)

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), leave=st.sampled_from(["yes", None]))
    def leave_a_sentence_out(self, data: st.DataObject, leave: str | None) -> None:
        who = data.draw(st.sampled_from(sorted(self.seen)))
        self.workspace.go(Place("commit.consensus", who))
        sentences = shared_answers.sentences(self.workspace)
        if sentences:
            point, _words = data.draw(st.sampled_from(sentences))
            row = shared_answers.leave_out(self.workspace, point)
            self.workspace.set(row, "leave", leave)
            self.left_out.setdefault(who, set()).add(point)

    @rule()
    def open_again(self) -> None:
        self.workspace.flush()
        self.workspace = Workspace(GUIDE, self.store.partnership, self.store)

    @invariant()
    def shows_no_yes_on_other_words(self) -> None:
        for lang in ("fr", "en"):
            section = signed(self.workspace.agreement if lang == self.workspace.doc_lang else Composer(GUIDE).agreement(
                self.workspace.partnership, lang))  # fmt: skip
            for block in section.blocks:
                if not isinstance(block, Signature) or re.match(NO_ANSWER, block.note):
                    continue
                who = block.partner.lower()
                if re.search(OF_BEFORE, block.note):  # a disagreement that stands tells which text it was given on
                    assert self.seen[who][0] in ("disagree", "stands_aside", "opposes")
                    assert not self.answered_here(who) or who in self.before_a_move
                    continue
                assert self.answered_here(who), f"{who} never answered on this"
                if re.match(SAID_YES, block.note):
                    assert self.agrees(who), f"{who} never said yes to this"
                if self.left_out.get(who):
                    assert "sauf" in block.note or "except" in block.note

    @invariant()
    def counts_no_yes_on_other_words(self) -> None:
        tally = self.workspace.view.tallies.get("commit.consensus", {})
        yes = [who for who in PARTNERS if self.agrees(who)]
        plain = [who for who in yes if not self.left_out.get(who)]
        assert tally.get("agree", 0) + tally.get("rallies", 0) <= len(plain)
        assert tally.get("except", 0) <= len(yes)

    @invariant()
    def is_adopted_on_a_yes_alone(self) -> None:
        missing = {
            one.partner for one in milestones(GUIDE, self.workspace.partnership).adoption if one.reason == "position"
        }
        for who, (level, seen) in self.seen.items():
            status = self.workspace.partnership.entries[who].get("status")
            if level == "agree" and seen != self.text and not self.left_out.get(who) and status == "signatory":
                assert who in missing


Saying.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestNoYesUnseen = Saying.TestCase
