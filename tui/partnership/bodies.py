"""Names the body of an organisation (its board, say) that authorizes a signature or ratifies the text."""

from __future__ import annotations

from collections.abc import Iterator

from tui.partnership.completion import answer_entry
from tui.partnership.partners import Partner, active
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Entry, Partnership

_GENERIC = {"fr": "instance dirigeante", "en": "governing body"}
AUTHORIZES, RATIFIES = "auth_body", "ratify_by"  # fields: of a partner, and of its position


def body_name(entry: Entry | None, field: str, lang: str) -> str:
    """Return the name of the body in a field, as typed in `lang`; "" for none.

    A body named only in the other language is called « instance dirigeante »: an English name does not fit a French
    sentence, and only the organisation knows the French name.
    """
    typed = entry.text(field, lang) if entry is not None else ""
    if entry is None or not typed.strip() or is_named_in(entry, field, lang):
        return typed
    return _GENERIC[lang]


def is_named_in(entry: Entry, field: str, lang: str) -> bool:
    """Return whether the body in a field was named in `lang`."""
    texts = (entry.get(f"{field}@{lang}"), entry.get(field))
    return any(isinstance(text, str) and text.strip() for text in texts)


def foreign_bodies(partnership: Partnership, lang: str) -> Iterator[tuple[Partner, Entry, str]]:
    """Yield (partner, entry, field) for each body of an active partner that was named only in the other language."""
    for partner in active(partnership):
        position = answer_entry(partnership, CONSENSUS, (partner.id,))
        for entry, field in ((partner.entry, AUTHORIZES), (position, RATIFIES)):
            if entry is not None and entry.text(field, lang).strip() and not is_named_in(entry, field, lang):
                yield partner, entry, field
