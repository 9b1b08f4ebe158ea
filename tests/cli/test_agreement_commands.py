"""`show`, `export`, `copy` and `check`: what is printed is what is sent, and nothing private is in it."""

from __future__ import annotations

import os
import pty
import resource
import subprocess
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.shell import PARTNERSHIPS, Shell
from tests.partnership.told import GUIDE, Told
from tests.warm_start import PROGRAM
from tests.workspace.unpacked import unpacked
from tui.agreement.compose import Composer
from tui.cli import agreement_commands
from tui.export import page_count
from tui.export.plain_text import to_text
from tui.partnership.values import ANNEXED
from tui.store.backup import known_backups

CANARY = "CANARI-7719"
PUBLIC = "fournir les locaux"


@pytest.fixture
def partnership_id(shell: Shell) -> str:
    """The first sample, with a private note in it."""
    made = shell("import", PARTNERSHIPS / "01-counseling-apres-les-heures.json").out.strip()
    note = {"question": "open.history", "partner": "l'ACSM", "value": {"note": CANARY}}
    assert shell.answer(made, note).code == 0
    return made


@pytest.mark.parametrize(
    ("format", "start"), [("text", "ÉBAUCHE\n"), ("md", "**ÉBAUCHE**"), ("html", "<!DOCTYPE html>")]
)
def test_show_prints_each_format(shell: Shell, partnership_id: str, format: str, start: str) -> None:
    done = shell("show", partnership_id, "--format", format)
    assert done.code == 0 and done.out.startswith(start) and done.out.endswith("\n")
    assert PUBLIC in done.out and CANARY not in done.out


def test_show_json_is_public_unless_asked(shell: Shell, partnership_id: str) -> None:
    public = shell("show", partnership_id, "--format", "json")
    assert {"meta", "entries", "history"} <= set(public.data) and CANARY not in public.out and public.err == ""
    whole = shell("show", partnership_id, "--format", "json", "--with-private")
    assert CANARY in whole.out and whole.err != ""
    assert shell("show", partnership_id, "--with-private").code == 2


@pytest.mark.parametrize("private", [False, True])
def test_a_file_is_handed_over_without_earlier_texts_unless_asked(shell: Shell, tmp_path: Path, private: bool) -> None:
    partnership_id = shell.new("À remettre")
    vision = {"question": "gather.vision", "value": {"vision": CANARY}}
    better = {"question": "gather.vision", "value": {"vision": "un lieu ouvert le soir"}}
    club = {"question": "open.who", "op": "add", "value": {"name": f"Club {CANARY}", "status": "committed"}}
    promise = {"question": "commit.consensus", "partner": f"Club {CANARY}", "op": "add", "value": {"text": CANARY}}
    wish = {"question": "gather.objectives", "op": "add", "value": {"text": CANARY}}
    rows = [line["row"] for line in shell.answer(partnership_id, vision, better, club, promise, wish).lines]
    shell.answer(
        partnership_id,
        {"question": "open.who", "row": rows[2], "op": "remove"},
        {"question": "gather.objectives", "row": rows[4], "op": "remove"},
    )
    asked = ["--with-private"] if private else []
    file = tmp_path / "a.json"
    assert shell("export", partnership_id, file, *asked).code == 0
    assert CANARY not in file.read_text() and "un lieu ouvert le soir" in file.read_text()
    for words, told in (([], False), (["--with-history"], True)):
        folder = tmp_path / f"dossier-{told}"
        assert shell("export", partnership_id, f"{folder}/", "--format", "json", *words).code == 0
        (inside,) = folder.glob("*.json")
        assert (CANARY in inside.read_text()) is told and "un lieu ouvert le soir" in inside.read_text()
    assert shell("import", file, ENTENTE_STORE=str(tmp_path / "autre")).code == 0
    whole = shell("export", partnership_id, tmp_path / "b.json", *asked, "--with-history")
    assert whole.code == 0 and CANARY in (tmp_path / "b.json").read_text() and "b.json" in whole.err


def test_export_writes_the_format_of_the_ending(shell: Shell, partnership_id: str, tmp_path: Path) -> None:
    folder = tmp_path / "sorties"
    folder.mkdir()
    starts = {"a.txt": "ÉBAUCHE".encode(), "b.html": b"<!DOCTYPE", "c.docx": b"PK", "d.eml": b"Subject: "}
    for name, start in starts.items():
        done = shell("export", partnership_id, folder / name)
        assert done.code == 0 and name in done.out
        written = (folder / name).read_bytes()
        text = unpacked(written)
        assert written.startswith(start) and PUBLIC in text and CANARY not in text
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".eml", ".html", ".txt"]  # no draft left


def test_export_to_stdout_is_bytes_for_bytes_the_file(shell: Shell, partnership_id: str, tmp_path: Path) -> None:
    for name in ("json", "docx", "text"):
        shell("export", partnership_id, tmp_path / "file", "--format", name)
        piped = shell.run([*PROGRAM, "export", "--format", name, partnership_id, "-"])
        assert piped.stdout == (tmp_path / "file").read_bytes()


@pytest.mark.parametrize(
    ("words", "code"), [(["x.odt"], 2), (["x"], 2), (["x.txt", "--format", "odt"], 2), (["no/x.txt"], 3)]
)
def test_export_refuses_what_it_cannot_write(shell: Shell, partnership_id: str, words: list[str], code: int) -> None:
    done = shell("export", partnership_id, *words)
    assert done.code == code and done.err and done.out == ""


def test_an_export_says_that_it_replaced_another_text(shell: Shell, partnership_id: str, tmp_path: Path) -> None:
    file = tmp_path / "entente.txt"
    first, again = (shell("export", partnership_id, file) for _time in range(2))
    file.write_text("une lettre", encoding="utf-8")
    over = shell("export", partnership_id, file)
    assert [done.code for done in (first, again, over)] == [0, 0, 0] and first.err == again.err == ""
    said = over.err.strip().replace("\u00a0", " ")
    assert said == "entente : entente.txt était déjà là avec un autre texte, et a été remplacé."
    assert "ÉBAUCHE" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("format", ["text", "docx", "json"])
def test_a_failed_export_leaves_the_former_file(shell: Shell, partnership_id: str, tmp_path: Path, format: str) -> None:
    """The disk takes only the first 1,024 bytes of any file: a limit that the administrator has no exception from."""
    target = tmp_path / "out" / "former"
    target.parent.mkdir()
    target.write_text("former", encoding="utf-8")
    command = [*PROGRAM, "export", partnership_id, str(target), "--format", format]
    done = subprocess.run(
        command,
        capture_output=True,
        cwd=shell.home,
        env=shell.environ(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)),
    )
    assert done.returncode == 3 and str(target.parent).encode() in done.stderr and len(done.stderr.splitlines()) == 1
    assert target.read_text(encoding="utf-8") == "former"
    assert list(target.parent.iterdir()) == [target], "no draft is left"


def test_an_export_to_a_directory_is_refused(shell: Shell, partnership_id: str, tmp_path: Path) -> None:
    (tmp_path / "dir.txt").mkdir()
    assert shell("export", partnership_id, tmp_path / "dir.txt").code == 3
    assert list((tmp_path / "dir.txt").iterdir()) == []


@pytest.mark.parametrize("private", [False, True])
def test_an_export_through_a_link_writes_the_file_it_names(
    shell: Shell, partnership_id: str, tmp_path: Path, private: bool
) -> None:
    folder = tmp_path / "out"
    (folder / "real").mkdir(parents=True)
    target, link = folder / "real" / "agreement.json", folder / "link.json"
    target.write_text("former", encoding="utf-8")
    link.symlink_to(target)
    assert shell("export", partnership_id, link, *["--with-private"] * private).code == 0
    assert link.is_symlink() and link.resolve() == target
    assert (CANARY in target.read_text(encoding="utf-8")) == private
    assert bool(target.stat().st_mode & 0o044) != private, "private notes are for this account alone"
    store = next(shell.home.rglob("project.json")).parents[1]
    assert (link in known_backups(store)) == private, "whoever destroys the private notes is told of it"
    assert sorted(path.name for path in folder.rglob("*")) == ["agreement.json", "link.json", "real"], (
        "no draft is left"
    )


def test_copy_without_a_terminal_keeps_the_text_and_says_so(shell: Shell, partnership_id: str) -> None:
    done = shell("copy", partnership_id)
    assert done.code == 1
    kept = shell.home / ".local" / "state" / "entente" / "copies" / "counseling-ebauche-fr.txt"
    assert str(kept) in done.out and f"export {partnership_id} -" in done.out
    text = kept.read_text(encoding="utf-8")
    assert CANARY not in text and max(map(len, text.splitlines())) > 100  # unwrapped: it is pasted in mail


def test_check_names_what_is_missing(shell: Shell, partnership_id: str) -> None:
    done = shell("check", partnership_id)
    assert done.code == 1
    for words in ("la gouvernance", "le pilotage", "la reddition de comptes", "la date de révision"):
        assert f"  – {words}\n" in done.out
    data = shell("check", partnership_id, "--json", "--lang", "en").data
    holes = [one["hole"] for one in data["adoption"] if one["reason"] == "hole"]
    assert holes == ["governance", "lead", "accountability", "money", "review_date"]
    assert data["meeting"] == [] and data["next"] == "adoption"


def test_check_says_once_what_more_than_three_partners_lack_alike(shell: Shell) -> None:
    names = ("Aster", "Bouleau", "Cèdre", "Daphné")
    partnership_id = shell.new("Le soir")
    shell.answer(partnership_id, *({"question": "open.who", "op": "add", "value": {"name": name}} for name in names))
    said = shell("check", partnership_id).out.replace("\u00a0", " ")
    assert "  – Implication : Aster, Bouleau, Cèdre, Daphné\n" in said and said.count("Implication") == 1


def test_check_is_content_with_the_complete_sample(shell: Shell) -> None:
    partnership_id = shell("import", PARTNERSHIPS / "04-une-porte-ouverte-le-soir.json").out.strip()
    assert shell("check", partnership_id).code == 0


@pytest.mark.parametrize("words", [["list"], ["show", "{}"], ["--help"]])
def test_who_stops_reading_hears_nothing(shell: Shell, partnership_id: str, words: list[str]) -> None:
    end, start = os.pipe()
    os.close(end)
    command = [*PROGRAM, *(word.format(partnership_id) for word in words)]
    done = subprocess.run(command, stdout=start, stderr=subprocess.PIPE, cwd=shell.home, env=shell.environ())
    os.close(start)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("words", [["list"], ["--help"], ["export", "{}", "-", "--format", "docx"]])
def test_a_full_disk_under_the_output_is_told_once(shell: Shell, partnership_id: str, words: list[str]) -> None:
    command = [*PROGRAM, *(word.format(partnership_id) for word in words)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=shell.home, env=shell.environ())
    assert done.returncode == 3 and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_half_an_output_is_no_success(shell: Shell, tmp_path: Path, unbuffered: str) -> None:
    program = f"ulimit -f 20; exec {' '.join(PROGRAM)} schema > {tmp_path / 'half'}"
    done = shell.run(["bash", "-c", program], environ={"PYTHONUNBUFFERED": unbuffered})
    assert (tmp_path / "half").stat().st_size == 20 * 1024, "the disk took that much"
    assert done.returncode == 3 and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("environ", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "ascii"}])
def test_accents_come_out_whatever_the_locale(shell: Shell, partnership_id: str, environ: dict[str, str]) -> None:
    assert shell("show", partnership_id, **environ).out.startswith("ÉBAUCHE")


def test_a_binary_format_does_not_go_to_a_screen(shell: Shell, partnership_id: str) -> None:
    main, side = pty.openpty()
    words = [*PROGRAM, "export", partnership_id, "-", "--format", "docx"]
    with subprocess.Popen(words, stdout=side, stderr=subprocess.PIPE, cwd=shell.home, env=shell.environ()) as process:
        os.close(side)
        shown = _all_shown(main)
        assert process.stderr is not None
        err = process.stderr.read()
    assert (process.returncode, shown) == (2, b"") and len(err.splitlines()) == 1 and b">" in err


def _all_shown(main: int) -> bytes:
    """All that a program writes to its screen until it ends: read as it comes, since a full screen stops its writer."""
    shown = b""
    with open(main, "rb", buffering=0) as screen, suppress(OSError):  # Linux ends a terminal by an error
        while chunk := screen.read(65536):
            shown += chunk
    return shown


@pytest.mark.parametrize(("asked", "first"), [("fr+en", "fr"), ("en+fr", "en"), ("both", "fr")])
def test_both_languages_one_after_the_other(shell: Shell, asked: str, first: str) -> None:
    partnership = shell("import", PARTNERSHIPS / "01-counseling-apres-les-heures.json").out.strip()
    done = shell("show", partnership, "--doc-lang", asked)
    assert done.code == 0
    french, english = done.out.find("Engagements de chacun"), done.out.find("Commitments of each partner")
    assert min(french, english) > 0 and (french < english) == (first == "fr")
    assert shell("answer", partnership, "--doc-lang", "both").code == 2


def test_a_folder_takes_several_formats_and_a_copy_for_each(shell: Shell, partnership_id: str, tmp_path: Path) -> None:
    done = shell("export", partnership_id, f"{tmp_path / 'out'}/", "--format", "text,md,json")
    assert done.code == 0 and done.out.count("\n") == 3
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".json", ".md", ".txt"]
    assert shell("export", partnership_id, tmp_path / "each", "--for-each", "--format", "text").code == 0
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "each").iterdir())]
    assert len(texts) == 2 and all(text.count("Exemplaire pour") == 1 and CANARY not in text for text in texts)
    one = shell("export", partnership_id, "-", "--for", "l'ACSM")
    assert one.out in texts
    assert shell("export", partnership_id, "-", "--for", "personne").code == 2
    assert shell("export", partnership_id, f"{tmp_path}/", "--format", "docx,odt").code == 2


@pytest.mark.parametrize(("option", "annexed"), [("", True), ("large", True), ("statement", False), ("room", False)])
def test_the_people_stand_behind_the_whole_text_alone(option: str, annexed: bool) -> None:
    told = Told("Collège", status="committed")
    told.say("open.who", {"people": [{"name": "Ida Roy", "email": "ida@college.example", "listed": True}]}, "Collège")
    told.setting(ANNEXED, True)
    args = SimpleNamespace(**{name: name == option for name in ("room", "large", "statement")})
    call: Any = SimpleNamespace(args=args, guide=GUIDE)
    call.agreement = lambda partnership: Composer(GUIDE).agreement(partnership, "fr")
    text = agreement_commands._agreement_to_export(call, told.partnership)
    assert ("ida@college.example" in to_text(text, None)) is annexed


@pytest.mark.parametrize("languages", [1, 2])
@pytest.mark.parametrize("pages", [1, 2, 3])
@pytest.mark.parametrize("asked", ["", "room", "large", "text"])
def test_a_statement_is_one_page_in_each_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: str, pages: int, languages: int
) -> None:
    monkeypatch.setattr(page_count, "count_pages", lambda agreement: page_count.PageCount(pages, exact=True))
    args = SimpleNamespace(statement=True, room=asked == "room", large=asked == "large")
    call: Any = SimpleNamespace(args=args)
    text: Any = SimpleNamespace(parts=range(languages))
    agreement_commands._warn_of_length(call, text, ("text",) if asked == "text" else ("text", "pdf"))
    assert bool(capsys.readouterr().err) is (pages > languages and not asked)
