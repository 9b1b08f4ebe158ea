"""The versions of an agreement: drafts that were sent and texts that were adopted, each kept as it was, for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from tui.guide.types import Guide
from tui.project.candidates import is_second
from tui.project.partners import WHO
from tui.project.values import ORDER, SETTINGS, STATE, Project
from tui.project.wording import POSITIONS, digest
from tui.quick import dataclass

DRAFT, ADOPTED, REPLACED = "draft", "adopted", "replaced"
_SAID_OF_SIGNING = frozenset({"status", "from", "until", "auth_body", "auth_number", "auth_date"})


@dataclass(frozen=True, slots=True)
class Sent:
    """To whom a version went: ids of partners alone, for names and addresses are private until they may appear."""

    on: str  # ISO date
    means: str  # a code of choices.toml [means]
    partners: tuple[str, ...] = ()
    others: int = 0  # how many addresses of no partner
    answer_by: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One text kept for good. `snapshots` holds the agreement of each language as tui.agreement.snapshot wrote it.

    `file` and `file_hash` (SHA-256, hexadecimal) name the paper that was adopted outside of the program.
    """

    id: str
    number: int
    status: str  # DRAFT or ADOPTED; that it was replaced since is told by the versions after it
    date: str  # ISO date
    reason: str = ""
    snapshots: Mapping[str, Any] = field(default_factory=dict)
    points: Mapping[str, str] = field(default_factory=dict)
    text: str = ""  # the digest of all its words (whole_text)
    sent: Sent | None = None
    resolution: str = ""
    file: str = ""
    file_hash: str = ""

    @property
    def outside(self) -> bool:
        """Whether the text was adopted on a paper that the program did not write."""
        return self.status == ADOPTED and bool(self.file)


def written(version: Version) -> dict[str, Any]:
    """The version as the store keeps it."""
    sent = version.sent
    return {
        "id": version.id,
        "number": version.number,
        "status": version.status,
        "date": version.date,
        "reason": version.reason,
        "snapshots": dict(version.snapshots),
        "points": dict(version.points),
        "text": version.text,
        "sent": None
        if sent is None
        else {
            "on": sent.on,
            "means": sent.means,
            "partners": list(sent.partners),
            "others": sent.others,
            "answer_by": sent.answer_by,
        },
        "resolution": version.resolution,
        "file": version.file,
        "file_hash": version.file_hash,
    }


def read(documents: Iterable[Mapping[str, Any]]) -> tuple[Version, ...]:
    """The versions of the store's documents, oldest first; what is no version is left out."""
    return tuple(_read(raw) for raw in documents if isinstance(raw.get("id"), str) and "status" in raw)


def _read(raw: Mapping[str, Any]) -> Version:
    sent = raw.get("sent")
    texts = {name: str(raw.get(name, "")) for name in ("date", "reason", "text", "resolution", "file", "file_hash")}
    return Version(
        id=raw["id"],
        number=_whole(raw.get("number")),
        status=ADOPTED if raw["status"] == ADOPTED else DRAFT,
        snapshots=_mapping(raw.get("snapshots")),
        points=_mapping(raw.get("points")),
        sent=_sent(sent) if isinstance(sent, Mapping) else None,
        **texts,
    )


def _sent(raw: Mapping[str, Any]) -> Sent:
    ids = raw.get("partners")
    return Sent(
        on=str(raw.get("on", "")),
        means=str(raw.get("means", "")),
        partners=tuple(map(str, ids)) if isinstance(ids, list) else (),
        others=_whole(raw.get("others")),
        answer_by=str(raw.get("answer_by", "")),
    )


def _mapping(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _whole(raw: object) -> int:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else 0


def status_of(versions: Sequence[Version], one: Version) -> str:
    """DRAFT, ADOPTED, or REPLACED for an adopted text after which another was adopted."""
    if one.status != ADOPTED:
        return DRAFT
    last = next((other for other in reversed(versions) if other.status == ADOPTED), one)
    return ADOPTED if last.id == one.id else REPLACED


def next_number(versions: Sequence[Version], project: Project) -> int:
    """The number the next draft takes: no number is given twice, even when a save was lost in between."""
    known = max((one.number for one in versions), default=0)
    return max(known, _whole(project.setting("drafts", 0))) + 1


def whole_text(guide: Guide, view: Project) -> str:
    """The digest of every word a public view puts in the document, in any language, with its order.

    What is said of signing itself (status, authorisation, positions) may follow an adoption without changing the text.
    """
    said = []
    aside = {question.id for step in guide.steps if step.aside for question in step.questions}
    for entry in view.entries.values():
        known = entry.question in guide.by_id and entry.question not in {*aside, *POSITIONS, SETTINGS}
        if known and entry.stands:
            skipped = _SAID_OF_SIGNING if entry.question == WHO else frozenset[str]()
            cells = {
                key: cell.value
                for key, cell in entry.cells.items()
                if cell.value not in (None, "", False)
                and (key[:1] != "#" or key in (ORDER, STATE))
                and key not in skipped
                and not is_second(key)
            }
            if cells:
                said.append([entry.id, entry.question, entry.part, list(entry.subject), cells])
    return digest(sorted(said, key=lambda one: str(one[0])))


def adoption(guide: Guide, view: Project) -> str:
    """ "" when nothing was adopted, "adopted" while the text is the adopted one, "changed" since a word differs."""
    mark = view.setting("adopted")
    if not mark:
        return ""
    text = mark.get("text") if isinstance(mark, Mapping) else ""
    return "changed" if text and text != whole_text(guide, view) else "adopted"
