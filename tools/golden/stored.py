"""Record what the program has on disk after scripted work, byte for byte."""

from __future__ import annotations

import io
import json
import zipfile
from difflib import unified_diff
from pathlib import Path

from tools.golden.files import digest, mail_text
from tools.golden.program import Program

# Files whose bytes differ between two runs, each with the reason; only their names are recorded.
UNSTEADY = {
    ".lock": "names the process that holds it",
    "index.json": "a cache of the list, which holds the times and numbers of files on this disk",
}
ANSWERS = """\
{"question": "open.who", "op": "add", "value": {"name": "Centre Soleil", "kind": "community", "status": "committed"}}
{"question": "open.who", "op": "add", "value": {"name": "École du Parc", "kind": "institution", "status": "interested"}}
{"question": "open.involvement", "partner": "Centre Soleil", "value": {"level": "leads", "agreed": true}}
{"question": "gather.vision", "value": {"vision": "Un quartier où chacun est attendu.", "goal": "Ouvrir une table."}}
{"question": "gather.objectives", "op": "add", "value": "tenir une table par mois"}
{"question": "open.history", "partner": "Centre Soleil", "value": "une vieille histoire de clés"}
{"question": "nothing.here", "value": 1}
not JSON
"""
OURS = '{"question": "gather.vision", "value": {"vision": "Deux rues, une table."}}\n'
THEIRS = ("Un quartier où chacun est attendu.", "Un quartier ouvert.")
# Typed in line mode: keep one of two texts, undo, hold a meeting, mark an answer, write a private note, remove a line.
TYPED = """\
/deux textes
/garder 1
/aller 2
3
5
/retour
/effacer
/annuler
/rencontre
/present 1
/decision On commence en janvier
/tache réserver la salle; Marie; 15 janvier 2027
/de cote qui paie le gardien
/terminer
/aller 3
/a confirmer
/note a rappelé lundi
/aller 7
/ajouter du café
un objectif de trop
/monter 2
/supprimer 1
/compte rendu
/quitter
"""


def stored_files(home: Path) -> dict[str, str]:
    """Return every file in the folders of `home` as text, by path, and as `files.txt` the list of names and modes."""
    texts, lines = {}, []
    for folder in ("config", "data", "state", "cache", "out", "Entente"):
        for path in sorted((home / folder).rglob("*")):
            name = path.relative_to(home).as_posix()
            mode = f"{path.stat().st_mode & 0o777:03o}"
            if path.is_dir():
                lines.append(f"{mode} {name}/\n")
            elif reason := UNSTEADY.get(path.name):
                lines.append(f"{mode} {name}: {reason}\n")
            else:
                lines.append(f"{mode} {name}\n")
                texts[name] = _text(path)
    texts["files.txt"] = "".join(lines)
    return texts


def changed_files(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """Return what differs between two results of `stored_files`: new files whole, changed ones as a digest and a diff.

    Unchanged files are left out; `files.txt` is always whole.
    """
    changed = {}
    for name, text in after.items():
        if name == "files.txt" or name not in before:
            changed[name] = text
        elif text != before[name]:
            lines = unified_diff(before[name].splitlines(), text.splitlines(), "before", "after", n=0, lineterm="")
            changed[name] = digest(text.encode()) + "".join(f"{line}\n" for line in lines)
    return changed


def _text(path: Path) -> str:
    """Return a file as text; for one that is no text, the digests of its bytes or parts."""
    data = path.read_bytes()
    if path.suffix == ".eml":
        return mail_text(data)
    if data.startswith(b"PK"):  # a backup, or a Word file: which parts, and what each is
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "".join(f"{info.filename}: {digest(parts.read(info))}" for info in parts.infolist())
    try:
        return data.decode()
    except UnicodeDecodeError:
        return digest(data)


def record_commands_work(program: Program) -> dict[str, str]:
    """Return what commands print and leave on disk: answers, a merge with two texts, line mode, backup, restore."""
    transcripts: list[str] = []
    out = program.home / "out"

    def do(*words: str, typed: str = "") -> str:
        """Run a command, each a minute after the one before; return the first line that it prints, "" for none."""
        minute = len(transcripts) + 1
        transcripts.append(program.transcript(*words, seed=f"work {minute}", minute=minute, typed=typed))
        _command_line, *printed = transcripts[-1].splitlines()
        return printed[0] if printed else ""

    project = do("new", "Table de quartier")
    do("answer", project, typed=ANSWERS)
    do("export", project, str(out / "a.json"), "--with-private")
    do("answer", project, typed=OURS)
    theirs = (out / "a.json").read_text(encoding="utf-8").replace(*THEIRS)
    (out / "b.json").write_text(theirs, encoding="utf-8")
    do("import", "--merge", str(out / "b.json"))
    do("check", project, "--json")
    do("import", str(out / "a.json"))
    do("plain", project, typed=TYPED)
    do("minutes", project)
    do("export", project, str(out / "copies/"), "--format", "text,md", "--for-each")
    (out / "returned.txt").write_text(_returned(program, project), encoding="utf-8")
    do("compare", project, str(out / "returned.txt"))
    do("compare", project, str(out / "returned.txt"), "--accept", "all")
    do("list", "--json")
    do("backup", str(out / "all.backup"))
    do("--store", str(out / "other"), "restore", str(out / "all.backup"))
    entries = json.loads(program.run("directory", "--json").stdout)
    do("directory", "--merge", *(entry["id"] for entry in entries[:2]))
    do("copy", project, "--section", "3")
    do("show", "nobody")
    do("export", project, str(out / "x.odt"))
    return {"stored/commands/said.txt": "\n".join(transcripts)} | {
        f"stored/commands/{name}": text for name, text in stored_files(program.home).items()
    }


def _returned(program: Program, project: str) -> str:
    """Return the document as a partner would send it back, with one change."""
    return program.run("show", project).stdout.decode().replace("une table par mois", "deux tables par mois")
