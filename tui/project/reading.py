"""What reading a value needs, and how a value that does not fit is refused."""

from __future__ import annotations

from tui.guide.types import Field, Guide
from tui.project.values import Project, Value
from tui.quick import dataclass
from tui.text.clean import one_line
from tui.words import _


class BadValue(ValueError):
    """A value that a field cannot hold; the message says what was given and what is expected."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a value may need: the guide's choices, the project's partners, the language typed in."""

    guide: Guide
    project: Project
    lang: str = "fr"


def as_text(field: Field, raw: Value) -> str:
    """What was given, when it is a text; BadValue when it is not."""
    if not isinstance(raw, str):
        raise BadValue(_("“{field}” takes a text, not {value}").format(field=field.id, value=short(raw)))
    return raw


def short(raw: Value) -> str:
    """What was given, short enough for a message."""
    text = one_line(str(raw))
    return text if len(text) <= 60 else text[:59] + "…"
