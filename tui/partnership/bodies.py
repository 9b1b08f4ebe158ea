"""The body of an organisation that authorizes or ratifies, as a text in one language names it."""

from __future__ import annotations

from collections.abc import Iterator

from tui.partnership.completion import answer_entry
from tui.partnership.partners import Partner, active
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Entry, Partnership

_GENERIC = {"fr": "instance dirigeante", "en": "governing body"}
AUTHORIZES, RATIFIES = "auth_body", "ratify_by"


def body_name(entry: Entry | None, field: str, lang: str) -> str:
    """Return the body that a field names, as it was typed in `lang`; "" for none.

    One that was typed in the other language alone is called by what it is, « instance dirigeante »: “by board of
    governors” in a French sentence is no French, and nobody but the organisation knows what the body is called there.
    """
    typed = entry.text(field, lang) if entry is not None else ""
    if entry is None or not typed.strip() or is_named_in(entry, field, lang):
        return typed
    return _GENERIC[lang]


def is_named_in(entry: Entry, field: str, lang: str) -> bool:
    """Return whether the body of a field was typed in `lang`."""
    typed = (entry.get(f"{field}@{lang}"), entry.get(field))
    return any(isinstance(text, str) and text.strip() for text in typed)


def foreign_bodies(partnership: Partnership, lang: str) -> Iterator[tuple[Partner, Entry, str]]:
    """Yield each body of an active partner that was typed in the other language alone: whose, its entry, its field."""
    for partner in active(partnership):
        position = answer_entry(partnership, CONSENSUS, (partner.id,))
        for entry, field in ((partner.entry, AUTHORIZES), (position, RATIFIES)):
            if entry is not None and entry.text(field, lang).strip() and not is_named_in(entry, field, lang):
                yield partner, entry, field
