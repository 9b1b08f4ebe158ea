"""`doctor`: what copies, files and keys do here, in words, and what to change."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import Shell
from tests.export.house import reference
from tui.commands import COMMANDS

SSH = {"SSH_CONNECTION": "203.0.113.7 51515 198.51.100.4 22"}


def topic(said: str, name: str) -> str:
    """The lines under one topic, no-break spaces as spaces."""
    lines = said.replace("\xa0", " ").splitlines()
    at = lines.index(name) + 1
    end = next((row for row in range(at, len(lines)) if not lines[row].startswith(" ")), len(lines))
    return "\n".join(lines[at:end])


def settings(shell: Shell, text: str) -> Path:
    """Write the settings of this home."""
    file = shell.home / ".config" / "entente" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_plain_ssh_says_which_terminals_take_nothing_and_how_to_fetch(shell: Shell) -> None:
    said = shell("doctor", **SSH).out
    assert "OSC 52" in topic(said, "Presse-papiers") and "disallowedWindowOps" in topic(said, "Presse-papiers")
    files = topic(said, "Fichiers")
    assert "@198.51.100.4:" in files and "scp " in files and "Alt+Maj+F" in files
    assert "host" not in files, "the address is known by the connection"
    english = shell("doctor", "--lang", "en", SSH_TTY="/dev/pts/3").out
    assert "scp " in topic(english, "Files") and "confirms" in topic(english, "Clipboard")
    assert "set “host” in the settings" in topic(english, "Files")


def test_a_gnome_terminal_and_a_mute_one_are_bad(shell: Shell) -> None:
    done = shell("doctor", VTE_VERSION="7006")
    assert done.code == 1 and "GNOME" in topic(done.out, "Presse-papiers")
    done = shell("doctor", TERM="linux", **SSH)
    assert done.code == 1 and "pas de presse-papiers" in topic(done.out, "Presse-papiers")


def test_the_output_folder_is_named_and_tried(shell: Shell, tmp_path: Path) -> None:
    settings(shell, f'output = "{tmp_path}/partage"\nhost = "ententes.example.ca"\n')
    files = topic(shell("doctor", **SSH).out, "Fichiers")
    assert f"{tmp_path}/partage" in files and "« output »" in files and "@ententes.example.ca:" in files


def test_ones_own_keys_are_shown_and_wrong_ones_are_bad(shell: Shell) -> None:
    file = settings(shell, '[keys]\ncopy = ["f10", "c"]\nfetch = "ctrl+f5"\n')
    said = shell("doctor", **SSH).out
    keys = topic(said, "Touches")
    assert "Copier le document : F10, c" in keys and "F10 » pour « copy » peut ne jamais arriver" in keys
    assert "Ctrl+F5 montre ces lignes" in topic(said, "Fichiers")
    file.write_text('[keys]\ncopy = "f4"\n', encoding="utf-8")
    done = shell("doctor", **SSH)
    assert done.code == 0 and "Vos réglages donnent F4 à « Copier le document »" in topic(done.out, "Touches")
    file.write_text('[keys]\ncopy = "ctrl+f4"\nfetch = "ctrl+f4"\n', encoding="utf-8")
    done = shell("doctor", **SSH)
    assert done.code == 1 and f"{file}, ligne 3" in topic(done.out, "Touches")
    opened = shell("plain", "zzzz")
    assert "ligne" not in opened.err  # what has no keys does not stop at them


def test_every_command_is_listed_by_its_name_with_the_keys_in_use(shell: Shell) -> None:
    settings(shell, '[keys]\ncopy = ["ctrl+f10", "c"]\n')
    done = shell("doctor", "--keys")
    lines = {line.split()[0]: line for line in done.out.splitlines()}
    assert done.code == 0 and set(lines) == {one.id for one in COMMANDS}
    assert "Ctrl+F10, c" in lines["copy"] and lines["copy"].endswith("Copier le document")


def test_it_tells_what_documents_take_of_ones_own_house(shell: Shell) -> None:
    folder = shell.home / "maison"
    folder.mkdir()
    (folder / "modele.docx").write_bytes(reference())
    (folder / "logo.png").write_bytes(b"rien")
    settings(shell, f'reference = "{folder}/modele.docx"\nlogo = "{folder}/logo.png"\nfonts = "{folder}"\n')
    done = shell("doctor")
    said = topic(done.out, "Fichiers")
    assert done.code == 1
    assert f"prennent styles, papier et en-tête de {folder}/modele.docx" in said
    assert f"{folder}/logo.png ne peut pas" in said and "PNG" in said
    assert f"{folder} ne peut pas" in said and "fonts" in said
    refused = shell("sample", "4", "--format", "md")
    assert refused.code == 0  # what is no Word file and no PDF needs none of it


def test_an_export_with_a_damaged_model_is_refused_and_writes_nothing(shell: Shell) -> None:
    settings(shell, f'reference = "{shell.home}/absent.docx"\n')
    known = shell("new", "Essai").out.strip()
    done = shell("export", known, str(shell.home / "essai.docx"))
    assert done.code == 3 and "absent.docx" in done.err and "reference" in done.err
    assert not (shell.home / "essai.docx").exists()
