"""However the conversation ends, what was typed is on disk; and nothing said could ever steer a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.line_mode.person import Person
from tui.line_mode.line_streams import LineStreams
from tui.partnership.values import Change
from tui.store import Saved, Store
from tui.store.store_errors import Full

pytestmark = pytest.mark.sampled


def test_end_of_input_in_the_middle_of_a_text_keeps_it(pair: Person) -> None:
    said = pair.sends("/aller 9\npremière ligne\nseconde, sans fin de ligne")
    assert pair.answer("gather.vision").text("vision", "fr") == "première ligne\nseconde, sans fin de ligne"
    assert pair.code == 0 and said.endswith("Tout est enregistré. Au revoir.\n")


def test_end_of_input_in_the_middle_of_a_row_keeps_it(pair: Person) -> None:
    pair.sends("/aller 6\nprêter une salle\n1\n\nconfirmé")
    (row,) = pair.partnership.rows("open.contributions", "rows")
    assert (row.text("text", "fr"), row.get("state")) == ("prêter une salle", "confirmed")


def test_quit_ends_a_text_and_reads_no_further(pair: Person) -> None:
    pair.types("/aller 9", "une vision", "/quitter", "jamais lu")
    assert pair.answer("gather.vision").text("vision", "fr") == "une vision"


def test_no_input_at_all(person: Person) -> None:
    assert "Au revoir." in person.sends("") and person.code == 0


class FullDisk(Store):
    """A store whose disk is full for as many saves as one likes."""

    full = 0

    def save(self, partnership_id: str, changes: Sequence[Change], *, typing: bool = False) -> Saved:
        """Refuse, or save."""
        if self.full:
            self.full -= 1
            raise Full(self.root)
        return super().save(partnership_id, changes, typing=typing)


def test_a_save_that_fails_is_said_and_made_up_for(pair: Person) -> None:
    store = FullDisk(pair.store.root)
    store.full = 1
    said = pair.types("/aller 2", "2", "5", store=store)
    assert "Pas enregistré : " in said and said.count("\nEnregistré : ") == 1
    count = pair.answer("open.how_many")
    assert (count.get("min"), count.get("max"), pair.code) == (2, 5, 0)


def test_what_can_never_be_saved_is_put_elsewhere(pair: Person) -> None:
    store = FullDisk(pair.store.root)
    store.full = 1000
    said = pair.types("/aller 9", "une vision à sauver", "", store=store)
    assert pair.code == 3 and "Tout est enregistré" not in said
    (file,) = (Path(os.environ["XDG_STATE_HOME"]) / "entente" / "unsaved").iterdir()
    assert "une vision à sauver" in file.read_text(encoding="utf-8") and str(file) in said


def test_what_another_person_saves_meanwhile_is_told_and_kept(pair: Person) -> None:
    other = Store(pair.store.root)
    change = Change("gather.vision", "gather.vision", "goal@fr", "leur but")

    class Meanwhile(Store):
        def save(self, partnership_id: str, changes: Sequence[Change], *, typing: bool = False) -> Saved:
            saved = super().save(partnership_id, changes, typing=typing)
            other.save(partnership_id, [change])
            return saved

    said = pair.types("/aller 9", "ma vision", "", "/répéter", store=Meanwhile(pair.store.root))
    vision = pair.answer("gather.vision")
    assert (vision.text("vision", "fr"), vision.text("goal", "fr")) == ("ma vision", "leur but")
    assert said.count("Quelqu’un d’autre a changé ce partenariat") == 1
    assert "But commun, actuellement : leur but" in said


def command(person: Person, *options: str) -> list[str]:
    return [sys.executable, "-m", "tui", "plain", person.id, "--store", str(person.store.root), *options]


def test_as_a_command_nothing_steers_a_terminal(pair: Person) -> None:
    lines = "/aller 9\nUne vi\x1b[31msion\x07\x9b\x08\x00 ici\n\n/aide\n/plan\n/document\n/copier\n/quitter\n"
    done = subprocess.run(command(pair), input=lines.encode(), cwd=ROOT, capture_output=True, start_new_session=True)
    assert (done.returncode, done.stderr) == (0, b"")
    steering = {byte for byte in done.stdout if byte < 32 and byte != 10} | ({127} & set(done.stdout))
    assert steering == set()
    assert pair.answer("gather.vision").text("vision", "fr") == "Une vi[31msion ici"


def test_foreign_bytes_are_refused_and_asked_again(pair: Person) -> None:
    data = b"/aller 9\nvision fran\xe7aise\nvision fran\xc3\xa7aise\r\n\r\n"
    done = subprocess.run(command(pair), input=data, cwd=ROOT, capture_output=True, start_new_session=True)
    assert "n’est pas un texte en UTF-8" in done.stdout.decode()
    assert pair.answer("gather.vision").text("vision", "fr") == "vision française"


def test_textual_is_never_loaded(pair: Person) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom tui.line_mode import run\nfrom tui.settings import Settings\n"
        "from tui.store import open_store\n"
        f"run(open_store(Path({str(pair.store.root)!r})), Settings(), {pair.id!r}, lang='fr')\n"
        "print(*sorted(name for name in sys.modules if name.split('.')[0] == 'textual'))\n"
    )
    lines = "/plan\n/document\n/manque\n/aller 3\npilote\n/annuler\n/copier\n"
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, input=lines.encode(), cwd=ROOT, capture_output=True, start_new_session=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().endswith("Tout est enregistré. Au revoir.\n\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_the_lines_typed_so_far(pair: Person, number: signal.Signals) -> None:
    process = subprocess.Popen(
        command(pair), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, start_new_session=True
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(b"/aller 9\nune ligne\n")
    process.stdin.flush()
    while b"Suite" not in process.stdout.readline():
        pass  # it now waits for the next line of the text
    process.send_signal(number)
    process.communicate()
    assert process.returncode == 128 + number
    assert pair.answer("gather.vision").text("vision", "fr") == "une ligne"


def killed_after(person: Person, *lines: str) -> None:
    """Type these lines, the last one of a text, kill the program that waits for the next one, and start another."""
    process = subprocess.Popen(
        command(person), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, start_new_session=True
    )
    assert process.stdin is not None and process.stdout is not None
    for at, line in enumerate(lines):
        process.stdin.write(f"{line}\n".encode())
        process.stdin.flush()
        while at and b"Suite" not in process.stdout.readline():
            pass
    process.kill()
    process.communicate()
    person.types()


def test_a_kill_keeps_the_lines_typed_so_far(pair: Person) -> None:
    killed_after(pair, "/aller 9", "une ligne", "et une autre")
    assert pair.answer("gather.vision").text("vision", "fr") == "une ligne\net une autre"
    killed_after(pair, "/aller 9\n/ajouter", "puis la suite")
    assert pair.answer("gather.vision").text("vision", "fr") == "une ligne\net une autre\n\npuis la suite"


def test_lines_that_were_dropped_do_not_come_back(pair: Person) -> None:
    pair.types("/aller 9", "à oublier", "/annuler", "")
    pair.types()
    assert pair.partnership.entry("gather.vision") is None


@pytest.mark.parametrize(
    ("lines", "half", "field", "kept"),
    [
        ("/aller 9\nune ligne\n", "et la moitié d'une", "vision", "une ligne\net la moitié d'une"),
        ("/aller 9\n", "la moitié", "vision", "la moitié"),
        ("/aller 9\nune ligne\n", "/qui", "vision", "une ligne"),
    ],
)
def test_an_interrupt_keeps_the_line_that_was_being_typed(
    pair: Person, lines: str, half: str, field: str, kept: str
) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    process = subprocess.Popen(
        command(pair), stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )  # fmt: skip
    said = b""
    for line in lines.splitlines():
        while not said.endswith("\u00a0: ".encode()):
            said += os.read(ours, 65536)
        os.write(ours, f"{line}\n".encode())
        said += os.read(ours, 1)
    while not said.endswith("\u00a0: ".encode()):
        said += os.read(ours, 65536)
    os.write(ours, half.encode())
    while half.encode() not in said.replace(b"\xc2\xa0", b" "):
        said += os.read(ours, 65536)
    os.write(ours, b"\x03")
    while process.poll() is None:
        if select.select([ours], [], [], 0.05)[0]:
            said += os.read(ours, 65536)
    after = termios.tcgetattr(theirs)
    os.close(theirs)
    os.close(ours)
    assert (process.returncode, after) == (130, before)
    assert pair.answer("gather.vision").text(field, "fr") == kept


def test_arrows_leave_no_signs_in_the_text(pair: Person) -> None:
    pair.types("/aller 18", "dem\x1b[D\x1b[Dandeur\x1bOA\x1b[3~")
    assert pair.answer("extra.name").text("name", "fr") == "demandeur"


def on_a_terminal(person: Person, *lines: str) -> str:
    """What a terminal shows when these lines are typed in it, each once a prompt waits for it."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command(person), stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, close_fds=True)
    os.close(theirs)
    said = b""
    for line in lines:
        while not said.endswith("\u00a0: ".encode()):
            said += os.read(ours, 65536)
        os.write(ours, f"{line}\n".encode())
        said += os.read(ours, 1)  # its echo has begun
    with suppress(OSError):  # Linux says so when the other side is closed
        while chunk := os.read(ours, 65536):
            said += chunk
    os.close(ours)
    assert process.wait() == 0
    return said.decode()


def test_on_a_terminal_one_types_behind_the_prompt(pair: Person) -> None:
    said = on_a_terminal(pair, "/aller 2", "2", "/quitter")
    assert "\x1b" not in said and "Organismes (au moins)\u00a0: 2\r\n" in said
    assert pair.answer("open.how_many").get("min") == 2


@pytest.mark.skipif(sys.platform != "linux", reason="the length is the terminal driver's own")
def test_a_line_longer_than_a_terminal_lets_through_is_told(pair: Person) -> None:
    said = on_a_terminal(pair, "/aller 18", "é" * 2047, "/retour", "é" * 3000, "/quitter")
    assert said.count("Un terminal ne laisse pas passer de ligne plus longue") == 1
    assert pair.answer("extra.name").text("name", "fr") == "é" * 2047  # what it let through, and no half letter


@pytest.mark.parametrize("columns", [30, 60])
def test_a_terminal_breaks_no_word(columns: int) -> None:
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    said = "Chaque réponse est enregistrée aussitôt. /aide explique, /commandes donne la liste, /quitter termine."
    with open(theirs, encoding="utf-8", closefd=False) as heard, open(theirs, "w", closefd=False) as out:
        talk = LineStreams(heard, out)
        talk.say(said)
        talk.close()
        out.flush()
        shown = os.read(ours, 4096).decode().replace("\r\n", "\n")
    os.close(ours)
    os.close(theirs)
    lines = shown.rstrip("\n").split("\n")
    assert len(lines) > 1 and all(len(line) < columns for line in lines)
    assert " ".join(lines).split() == said.split()
