"""The worked examples: what they hold, what they leave open, and that their answers make them anew."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.cli.shell import SAMPLES, Shell
from tui.agreement.compose import Composer
from tui.export.plain_text import to_text
from tui.form.answer_json import answer
from tui.guide.guide_loading import load_guide
from tui.partnership.changes import apply
from tui.partnership.milestones import milestones
from tui.partnership.values import Partnership
from tui.workspace.samples import SUMMARIES, Sample, samples

ALL = samples()
OPEN = {
    1: ["governance", "lead", "accountability", "money", "review_date"],
    2: ["objectives", "governance", "accountability", "money", "review_date"],
    3: ["governance", "lead", "accountability", "money", "review_date"],
    4: [],
}


def named(sample: Sample) -> str:
    """A test's id."""
    return sample.id


def text_of(partnership: Partnership, lang: str) -> str:
    """The agreement as plain text."""
    return to_text(Composer(load_guide()).agreement(partnership, lang))


def rebuilt(sample: Sample) -> Partnership:
    """The partnership that the sample's answers make, dated as the sample is."""
    lang = str(sample.partnership.setting("lang", "fr"))
    partnership = Partnership("aaaaaaaaaa")
    for line in (SAMPLES / f"{sample.id}.jsonl").read_text(encoding="utf-8").splitlines():
        changes = answer(load_guide(), partnership, {"lang": lang, **json.loads(line)}).changes
        partnership = apply(partnership, changes, by="", at="2026-11-22T14:02:00-05:00").partnership
    return replace(partnership, changed=sample.partnership.changed)


def test_there_are_four_each_with_its_summary() -> None:
    assert [sample.number for sample in ALL] == [1, 2, 3, 4] == list(SUMMARIES)
    assert all(sample.summary(lang) and sample.title(lang) != sample.id for sample in ALL for lang in ("fr", "en"))


@pytest.mark.parametrize("sample", ALL, ids=named)
def test_a_sample_leaves_open_what_its_case_does_not_say(sample: Sample) -> None:
    found = milestones(load_guide(), sample.partnership)
    assert found.meeting == ()
    assert [one.hole for one in found.adoption if one.reason == "hole"] == OPEN[sample.number]
    others = [one.reason for one in found.adoption if one.reason != "hole"]
    partners = len(sample.partnership.rows("open.who"))
    assert others == ([] if sample.number == 4 else ["position"] * partners)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("sample", ALL, ids=named)
def test_its_answers_make_the_same_agreement(sample: Sample, lang: str) -> None:
    assert text_of(rebuilt(sample), lang) == text_of(sample.partnership, lang)


def test_the_complete_one_is_complete_in_both_languages() -> None:
    partnership = ALL[3].partnership
    half = [
        (entry.id, key)
        for entry in partnership.entries.values()
        for key in entry.cells
        if key.endswith("@fr") and key != "short_name@fr" and key.replace("@fr", "@en") not in entry.cells
    ]
    only_french = {"address@fr", "auth_number@fr", "email@fr"}
    assert [one for one in half if one[1] not in only_french] == []
    for lang, hole in (("fr", "[à préciser]"), ("en", "[to be specified]")):
        assert hole not in text_of(partnership, lang)
    english = " ".join(text_of(partnership, "en").split())
    for words in ("from January 18, 2027 to April 30, 2027",
                  "Trustee organization: La Boussole Youth Centre.", "up to $6,500",
                  "resolution no. CA-2026-31", "unincorporated association", "two people take the calls in turn",
                  "The community organizations", "Fondation des Grands-Vents"):  # fmt: skip
        assert words in english, words


def test_no_sample_was_handed_over_with_anything_private() -> None:
    guide = load_guide()
    private = {
        (question.id, part.id, field.id)
        for question in guide.by_id.values()
        for part in question.parts
        for field in part.fields
        if field.private
    }
    for sample in ALL:
        held = {
            (entry.question, entry.part, key.partition("@")[0])
            for entry in sample.partnership.entries.values()
            for key in entry.cells
        }
        assert not held & private


@pytest.mark.parametrize("sample", ALL, ids=named)
def test_taken_in_and_handed_over_again_it_is_the_same_file(shell: Shell, sample: Sample) -> None:
    partnership_id = shell("import", sample.file).out.strip()
    assert partnership_id == sample.partnership.id
    assert shell("export", partnership_id, "-", "--format", "json").out.encode() == sample.file.read_bytes()


def test_sample_prints_its_agreement(shell: Shell) -> None:
    done = shell("sample", "1")
    assert done.code == 0 and done.out.startswith("ÉBAUCHE\n") and "Counseling après les heures" in done.out
    assert "SKILLS" not in shell("sample", "3").out and "STATEMENT OF PARTNERSHIP" in shell("sample", "3").out
    assert shell("sample", "4", "--doc-lang", "en", "--format", "md").out.startswith("**DRAFT**")
    assert shell("sample", "2", "--format", "json").data == ALL[1].document
    for number in ("0", "5", "-1"):
        assert shell("sample", number).code == 2
