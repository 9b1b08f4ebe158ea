"""How a journey ends: the document as it is printed, and each cell as it lies in the files of the store.

The files are read as plain JSON, so that a fault in what reads them is not mirrored here. Ids are replaced by what they
stand for and the present day by a word, so that two runs end alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tui.agreement.compose import Composer
from tui.export.plain_text import to_text
from tui.guide.guide_loading import load_guide
from tui.store import Store

_FILES = {"project.json": "public", "private.json": "private"}
_ID = re.compile(r"\b[a-z2-7]{10}\b")
_MOMENT = re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
Row = dict[str, Any]


def ended(root: Path) -> str:
    """The document of each partnership in the store `root`, then its cells, then what the directory holds."""
    store = Store(root)
    directory = _table(root / "directory.json", "organisations")
    known = {row["id"]: f"directory «{_name(row)}»" for row in directory}
    # Titles may be alike, and ids are drawn: what is told of a partnership puts it in its place.
    told_of = [(one.title("fr"), [_document(store, one.id), *_cells(root / one.id, known)]) for one in store.list()]
    told = [line for _title, lines in sorted(told_of) for line in lines]
    for row in sorted(directory, key=_name):
        cells = (f"{_ID.sub('ID', name)} = {_plain(value, known)}" for name, value in row.items() if name != "id")
        told.append(f"directory «{_name(row)}»: {', '.join(sorted(cells))}")
    return "\n".join(told) + "\n"


def _document(store: Store, partnership_id: str) -> str:
    partnership = store.load(partnership_id)
    agreement = Composer(load_guide()).agreement(partnership, "en" if partnership.setting("lang") == "en" else "fr")
    text = "\n".join(line for line in to_text(agreement, wrap=None).splitlines() if line)
    return text.replace(agreement.date, "TODAY") if agreement.date else text


def _table(path: Path, name: str) -> list[Row]:
    """The rows of one table of a file, in the order of their numbers."""
    rows = json.loads(path.read_text(encoding="utf-8")).get(name, {}) if path.exists() else {}
    return [rows[number] for number in sorted(rows, key=int)]


def _name(row: Row) -> str:
    return str(row.get("name@fr") or row.get("name@en"))


def _cells(folder: Path, known: dict[str, str]) -> Iterator[str]:
    """One line a cell that holds something: whose answer it is, its value, and the file it lies in."""
    rows = [(kind, row) for name, kind in _FILES.items() for row in _table(folder / name, "entries")]
    labels = known | _labels([row for _kind, row in rows]) | _days(folder)
    lines = []
    for kind, row in rows:
        where = labels.get(row["id"]) or " ".join([row["question"], *(labels.get(one, one) for one in row["subject"])])
        lines += [f"{where} · {name} = {_plain(value, labels)} ({kind})" for name, value in _values(row)]
    yield from sorted(lines)
    for name in ("conflicts", "versions"):
        for file in (*_FILES, "versions.json"):
            yield from (f"{name}: {_plain(row, labels)}" for row in _table(folder / file, name))


def _days(folder: Path) -> dict[str, str]:
    """The days on which the partnership was made and changed: those of this run."""
    (meta,) = _table(folder / "project.json", "meta")
    return {str(meta[name])[:10]: "TODAY" for name in ("created", "changed")}


def _values(row: Row) -> Iterator[tuple[str, Any]]:
    """The cells of a row that hold something: a text by its language; of what a partner saw, only which sentences."""
    for name, cell in row.get("fields", {}).items():  # a row that was taken back may hold none
        if "rev" not in cell:
            yield from ((f"{name}@{lang}", text["text"]) for lang, text in cell.items() if text["text"])
        elif cell.get("value") not in (None, False, ""):
            yield name, sorted(cell["value"]) if name == "seen" else cell["value"]


def _labels(rows: list[Row]) -> dict[str, str]:
    """What each id stands for: a partner's name, or the number of a row in its list."""
    labels: dict[str, str] = {}
    orders: dict[str, str] = {}
    lists: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        names = [str(value) for name, value in _values(row) if name.startswith("name@")]
        if row["question"] == "open.who" and not row["part"]:
            labels.update({row["id"]: f"«{names[0]}»"} if names else {})
        elif _ID.fullmatch(row["id"]):
            place = lists.setdefault((row["question"], row["part"], *row["subject"]), [])
            place += [row["id"]] if row["id"] not in place else []
            orders[row["id"]] = max(orders.get(row["id"], ""), row.get("order", {}).get("value") or "")
    for (question, part, *subject), ids in lists.items():
        whose = " ".join(labels.get(one, one) for one in subject)
        for number, one in enumerate(sorted(ids, key=lambda name: orders[name]), 1):
            labels[one] = f"{question}/{part}[{number}] {whose}".strip()
    return labels


def _plain(value: Any, labels: dict[str, str]) -> str:
    """A value in words: ids, days and moments replaced, keys in order."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_plain(key, labels)}: {_plain(value[key], labels)}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(sorted(_plain(one, labels) for one in value)) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    text = _MOMENT.sub("NOW", value)
    return _ID.sub(lambda found: labels.get(found[0], found[0]), labels.get(text, text))
