"""`answer`: one line at a time, on disk before it is answered; `questions` and `schema` say what it takes."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Shell
from tests.warm_start import PROGRAM
from tui.cli import answer_commands

VISION = {"question": "gather.vision", "value": {"vision": "Un."}}
WHO = {"question": "open.who", "op": "add", "value": {"name": "La Boussole", "status": "interested"}}


class Talk:
    """`entente answer` in the middle of its work: a line is said, its answer is heard before the next."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def say(self, line: dict[str, Any] | str) -> dict[str, Any]:
        """Send one line, wait for its answer."""
        assert self.process.stdin and self.process.stdout
        text = line if isinstance(line, str) else json.dumps(line)
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said

    def end(self) -> int:
        """Close the input; the exit code."""
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait()


@contextmanager
def talk(shell: Shell, partnership_id: str) -> Iterator[Talk]:
    words = [*PROGRAM, "answer", partnership_id]
    with subprocess.Popen(words, stdin=-1, stdout=-1, stderr=-1, cwd=shell.home, env=shell.environ()) as process:
        yield Talk(process)
        process.kill()


def generation(shell: Shell, partnership_id: str) -> int:
    """How many saves the public file has seen: its seal says so."""
    [path] = shell.home.rglob(f"{partnership_id}/project.json")
    found = re.search(r'"generation": ([0-9]+)', path.read_text(encoding="utf-8"))
    assert found
    return int(found[1])


def test_lines_that_wait_already_share_a_save_and_are_answered_one_by_one(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    before = generation(shell, partnership_id)
    rows = [{"question": "gather.objectives", "op": "add", "value": f"objectif {at}"} for at in range(300)]
    wrong = {"question": "open.nothing", "value": "x"}
    done = shell.answer(partnership_id, WHO, *rows[:100], wrong, *rows[100:], VISION)
    said = [json.loads(line) for line in done.out.splitlines()]
    assert [one["line"] for one in said] == list(range(1, 304))
    assert [one["line"] for one in said if not one["ok"]] == [102] and done.code == 2
    revisions = [one["rev"] for one in said if one["ok"]]
    assert revisions == sorted(set(revisions)), "each line has a revision of its own"
    entries = shell("show", partnership_id, "--format", "json").data["entries"].values()
    by_id = {entry["id"]: entry for entry in entries}
    told = [by_id[one["row"]]["fields"]["text"]["fr"]["rev"] for one in said[1:101]]
    assert all(rev <= one["rev"] for rev, one in zip(told, said[1:101], strict=True))
    texts = [by_id[one["row"]]["fields"]["text"]["fr"]["text"] for one in said[1:-1] if one["ok"]]
    assert texts == [f"objectif {at}" for at in range(300)]
    assert generation(shell, partnership_id) - before < 30, "saves for 302 lines"


def test_saves_of_a_long_input_grow_with_it(tmp_path: Path) -> None:
    """A save writes the whole partnership: as many rows again go in one, so that a row costs the same in any list."""
    lines = [b'{"question": "gather.objectives", "op": "add", "value": "objectif %d"}' % at for at in range(20_000)]
    (tmp_path / "lines").write_bytes(b"\n".join(lines))
    with (tmp_path / "lines").open("rb") as stream:
        batches = list(answer_commands._batches(stream))
    assert [line for batch in batches for line in batch] == list(enumerate(lines, 1))
    assert len(batches) <= 8


def test_a_line_sees_what_the_lines_before_it_in_one_save_said(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    role = {"question": "open.who", "partner": "La Boussole", "value": {"role": "Accueillir."}}
    [one] = [{**VISION, "value": {"vision": text}, "base": 1} for text in ("Deux.",)]
    done = shell.answer(partnership_id, WHO, role, VISION, one, {**WHO})
    said = [json.loads(line) for line in done.out.splitlines()]
    assert [line["ok"] for line in said] == [True, True, True, True, False]
    assert [line.get("conflict", False) for line in said] == [False, False, False, True, False]
    assert "Accueillir" in shell("show", partnership_id, "--format", "json").out


def test_each_line_is_on_disk_before_it_is_answered(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    with talk(shell, partnership_id) as answers:
        first = answers.say(WHO)
        assert first["ok"] is True and first["line"] == 1 and first["rev"] > 0
        answers.process.kill()  # whatever comes after, the line that was answered is there
    assert "La Boussole" in shell("show", partnership_id).out
    assert first["row"] in {
        entry["id"] for entry in shell("show", partnership_id, "--format", "json").data["entries"].values()
    }


def test_a_bad_line_does_not_stop_the_rest(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    bad = [
        "nonsense",
        "[]",
        "[" * 100_000,
        '{"a": 1, "a": 2}',
        '{"question": "no.such"}',
        '{"question": "gather.vision", "valeur": 1}',
        '{"question": "open.how_many", "value": NaN}',
        '{"question": "open.how_many", "value": -1}',
    ]
    lines = [json.dumps(WHO), "", *bad, json.dumps(VISION)]
    done = shell("answer", partnership_id, stdin="\n".join(lines))
    assert done.code == 2
    assert [line["ok"] for line in done.lines] == [True, *[False] * len(bad), True]
    assert [line["line"] for line in done.lines] == [1, *range(3, 3 + len(bad) + 1)]
    assert all(isinstance(line["error"], str) and line["error"] for line in done.lines[1:-1])
    assert "deux fois" in done.lines[4]["error"] and "NaN" in done.lines[7]["error"], "each by its own sentence"
    assert "La Boussole" in shell("show", partnership_id).out and "Un." in shell("show", partnership_id).out


def test_bytes_that_are_no_utf8_are_one_bad_line(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    done = shell("answer", partnership_id, stdin=b'{"question": "\xff"}\n' + json.dumps(VISION).encode())
    assert [line["ok"] for line in done.lines] == [False, True] and done.code == 2


def test_a_line_too_long_is_refused_and_the_next_is_read(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    long = json.dumps({"question": "gather.vision", "value": {"vision": "x" * 9_000_000}})
    done = shell("answer", partnership_id, stdin=f"{long}\n{json.dumps(VISION)}\n")
    assert [(line["line"], line["ok"]) for line in done.lines] == [(1, False), (2, True)]


def test_rows_are_named(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    people = [{"name": "Ana"}, {"name": "Luc"}]
    done = shell.answer(partnership_id, {**WHO, "value": {"name": "La Boussole", "people": people}})
    [line] = done.lines
    assert len(line["rows"]) == 3 and line["row"] == line["rows"][0]


def test_a_stale_base_becomes_a_conflict_that_is_told(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    rev = shell.answer(partnership_id, VISION).lines[0]["rev"]
    with talk(shell, partnership_id) as answers:
        assert "conflict" not in answers.say({**VISION, "value": {"vision": "Deux."}, "base": rev})
        shell.answer(partnership_id, {**VISION, "value": {"vision": "Trois."}})  # somebody else, meanwhile
        assert answers.say({**VISION, "value": {"vision": "Quatre."}, "base": rev})["conflict"] is True
        assert answers.end() == 0
    shown = shell("show", partnership_id).out
    assert "Trois." in shown and "Quatre." not in shown
    [conflict] = shell("show", partnership_id, "--format", "json").data["conflicts"].values()
    assert (conflict["mine"], conflict["theirs"]) == ("Quatre.", "Trois.")


def test_somebody_elses_partner_is_known_at_the_next_line(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    with talk(shell, partnership_id) as answers:
        assert answers.say(VISION)["ok"]
        shell.answer(partnership_id, WHO)
        line = {"question": "open.contributions", "partner": "La Boussole", "op": "add", "value": "prêter une salle"}
        assert answers.say(line)["ok"]


def test_a_full_disk_fails_one_line_and_saving_goes_on(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    with talk(shell, partnership_id) as answers:
        assert answers.say(VISION)["ok"]
        pid, (_soft, hard) = answers.process.pid, resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))  # no file may grow: as good as a full disk
        refused = answers.say({**VISION, "value": {"vision": "Deux."}})
        assert refused["ok"] is False and refused["line"] == 2 and refused["error"]
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
        assert answers.say({**VISION, "value": {"vision": "Trois."}})["ok"]
        assert answers.end() == 3
    assert "Trois." in shell("show", partnership_id).out


def test_the_document_language_is_that_of_the_answers(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    line = json.dumps({"question": "gather.vision", "value": {"vision": "Open doors."}})
    own = json.dumps({"question": "gather.level", "value": {"function": "Un lieu."}, "lang": "fr"})
    assert shell("answer", partnership_id, "--doc-lang", "en", stdin=f"{line}\n{own}").code == 0
    kept = {one["id"]: one["fields"] for one in shell("show", partnership_id, "--format=json").data["entries"].values()}
    assert list(kept["gather.vision"]["vision"]) == ["en"], "as the option says"
    assert list(kept["gather.level"]["function"]) == ["fr"], "as the line itself says"


def test_questions_say_what_answer_takes(shell: Shell) -> None:
    questions = shell("questions", "--json").data
    assert len([one for one in questions if one["step"] in ("open", "gather", "commit")]) == 17
    wanted = {"id", "step", "fr", "en", "scope", "kind", "private_fields", "value", "milestone", "holes"}
    assert all(wanted <= set(one) for one in questions)
    by_id = {one["id"]: one for one in questions}
    assert by_id["open.who"]["milestone"] == "meeting" and "reason" in by_id["open.who"]["private_fields"]
    assert [hole["id"] for hole in by_id["gather.governance"]["holes"]] == ["governance", "accountability"]


def test_questions_carry_help_examples_and_what_each_choice_means(shell: Shell) -> None:
    """Nothing else is needed to answer: texts in both languages, no place left to fill, no key in them."""
    for one in shell("questions", "--json", "--lang", "en").data:
        for name in ("help", "example"):
            assert one[name]["fr"] and one[name]["en"] and "{" not in one[name]["fr"] + one[name]["en"]
        assert all(field["label"]["fr"] and field["label"]["en"] for field in one["fields"])
        assert one["private_fields"] == [] or one["private_notice"]["fr"].startswith("Écrivez des faits.")
    by_id = {one["id"]: one for one in shell("questions", "--json").data}
    assert "Mark as not applicable" in by_id["commit.funding"]["help"]["en"]
    assert "Marquer" in by_id["commit.funding"]["help"]["fr"] and "Alt" not in by_id["commit.funding"]["help"]["fr"]
    (level,) = (field for field in by_id["gather.level"]["fields"] if field["id"] == "level")
    assert all(choice["definition"]["fr"] and choice["definition"]["en"] for choice in level["choices"])
    (rule,) = (field for field in by_id["gather.governance"]["fields"] if field["id"] == "bodies.decision")
    assert [one["code"] for one in rule["words_in_use"]][:3] == ["unanimity", "consensus", "consent"]


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Qui piloterait le projet ?"), ("en", "Who would lead the project?")]
)
def test_questions_are_read_in_both_languages(shell: Shell, lang: str, words: str) -> None:
    assert words in shell("questions", "--lang", lang).out


def test_schema_names_each_question(shell: Shell) -> None:
    schema = shell("schema").data
    assert set(schema["$defs"]) == set(schema["properties"]["question"]["enum"])
    assert schema["additionalProperties"] is False and schema["required"] == ["question"]


def _said(shell: Shell, partnership_id: str, *lines: str, lang: str = "fr") -> list[Any]:
    return shell("answer", partnership_id, "--lang", lang, stdin="\n".join(lines)).lines


def test_a_byte_order_mark_before_the_first_line_is_no_fault(shell: Shell) -> None:
    """Notepad and PowerShell put one before what they write as UTF-8."""
    partnership_id = shell.new("Un")
    assert _said(shell, partnership_id, "\ufeff" + json.dumps(VISION))[0]["ok"] is True
    assert _said(shell, partnership_id, json.dumps(VISION), "\ufeff" + json.dumps(VISION))[1]["ok"] is False


@pytest.mark.parametrize("value", [{}, "", "  "])
@pytest.mark.parametrize("question", ["gather.objectives", "commit.funding", "gather.lead"])
def test_an_empty_row_is_refused(shell: Shell, question: str, value: Any) -> None:
    partnership_id = shell.new("Un")
    line = {"question": question, "op": "add", "value": value}
    (said,) = _said(shell, partnership_id, json.dumps(line))
    assert said["ok"] is False and "{" not in said["error"]
    entries = shell("show", partnership_id, "--format", "json").data["entries"]
    assert [one for one in entries.values() if one["question"] == question] == []


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ("open.who", {"named": "yes"}, '« named » attend true ou false, pas "yes"'),
        ("open.who", {"named": 1}, "« named » attend true ou false, pas 1"),
        ("open.how_many", {"min": "3"}, '« min » attend un nombre entier, pas "3"'),
        ("open.how_many", {"max": True}, "« max » attend un nombre entier, pas true"),
    ],
)
def test_a_value_of_another_type_than_the_schema_tells_is_refused(
    shell: Shell, question: str, value: Any, words: str
) -> None:
    partnership_id = shell.new("Un")
    whom = {"partner": "La Boussole"} if question == "open.who" else {}
    said = _said(shell, partnership_id, json.dumps(WHO), json.dumps({"question": question, "value": value, **whom}))[1]
    assert said["ok"] is False
    assert said["error"].replace("\N{NO-BREAK SPACE}", " ").replace("’", "'") == words


def test_an_unknown_field_is_answered_by_the_names_there_are(shell: Shell) -> None:
    (said,) = _said(shell, shell.new("Un"), json.dumps({"question": "extra.review", "value": {"when": "2027"}}))
    assert said["error"].endswith("date, how, notice, renewal") and ": ," not in said["error"]


@pytest.mark.parametrize(("lang", "example"), [("fr", "12 000 $"), ("en", "$12,000")])
def test_an_amount_is_shown_as_it_is_written_in_the_language(shell: Shell, lang: str, example: str) -> None:
    line = {"question": "commit.funding", "op": "add", "value": {"source": "Fonds", "amount": "beaucoup"}}
    (said,) = _said(shell, shell.new("Un"), json.dumps(line), lang=lang)
    assert example in said["error"].replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    told = json.dumps(shell("questions", "--json", "--lang", lang).data, ensure_ascii=False)
    assert f"e.g. {example}" in told or f"p. ex. {example}" in told


def test_two_texts_for_one_answer_are_told_by_check(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    rev = _said(shell, partnership_id, json.dumps(VISION))[0]["rev"]
    other = {"question": "gather.vision", "value": {"vision": "Deux."}}
    _said(shell, partnership_id, json.dumps(other))
    (said,) = _said(shell, partnership_id, json.dumps({**other, "value": {"vision": "Trois."}, "base": rev}))
    assert said["conflict"] is True
    assert "« Vision et but » a deux textes" in shell("check", partnership_id).out.replace("\N{NO-BREAK SPACE}", " ")
    found = [one for one in shell("check", partnership_id, "--json").data["review"] if one["id"] == "two_texts"]
    assert [(one["level"], one["question"], one["field"]) for one in found] == [
        ("essential", "gather.vision", "vision")
    ]


@pytest.mark.parametrize("word", ["text", "txt", "TXT", ".txt"])
def test_a_format_goes_by_its_ending_too(shell: Shell, word: str) -> None:
    partnership_id = shell.new("Un")
    assert shell("show", partnership_id, "--format", word).out == shell("show", partnership_id).out
    assert shell("export", partnership_id, "-", "--format", word).out == shell("export", partnership_id, "-").out


def test_the_list_of_formats_is_whole(shell: Shell) -> None:
    done = shell("export", shell.new("Un"), "-", "--format", "odt")
    assert done.code == 2 and "docx, pdf, html, text, md, eml, json" in done.err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize("words", [["--help"], ["questions"], ["show", "--help"]])
def test_a_full_disk_is_told_in_a_sentence(shell: Shell, words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, *words, "--lang", "fr"], stdout=full, stderr=-1, env=shell.environ(), cwd=shell.home, check=False
        )
    said = done.stderr.decode()
    assert done.returncode == 3 and "le disque est plein." in said and "Errno" not in said


def test_a_script_with_keys_may_be_run_twice(shell: Shell) -> None:
    partnership_id = shell.new("Un")
    lines: list[dict[str, Any]] = [
        {**WHO, "key": "boussole"},
        {
            "question": "open.contributions",
            "partner": "La Boussole",
            "op": "add",
            "value": {"text": "prêter une salle", "state": "confirmed"},
            "key": "1",
        },
        {"question": "gather.objectives", "op": "add", "value": "ouvrir le soir", "key": "soir"},
    ]
    first, second = shell.answer(partnership_id, *lines), shell.answer(partnership_id, *lines)
    assert first.code == second.code == 0
    assert [one["row"] for one in first.lines] == [one["row"] for one in second.lines]
    entries = shell("show", partnership_id, "--format", "json").data["entries"].values()
    assert sum(one["question"] in ("open.who", "open.contributions", "gather.objectives") for one in entries) == 3


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\u3164", "\xad\u200d"])
def test_a_name_or_a_row_of_which_nothing_shows_is_refused(shell: Shell, unseen: str) -> None:
    assert shell("new", unseen).code == 2
    name = shell.new("Le soir")
    told = shell.answer(
        name,
        {"question": "open.who", "value": {"name": unseen}, "op": "add"},
        {"question": "gather.objectives", "value": {"text": unseen}, "op": "add"},
        {"question": "gather.vision", "value": {"vision": unseen}},
    )
    assert [line["ok"] for line in told.lines] == [False, False, True]
    assert json.loads(shell("list", "--json").out)[0]["partners"] == 0
    assert unseen not in shell("show", name, "--format", "json").out
