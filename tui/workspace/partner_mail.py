"""A mail to one partner, and the name of the file that holds it as a draft."""

from __future__ import annotations

from collections.abc import Mapping

from tui.export.formats import plain_name
from tui.fast_dataclass import dataclass
from tui.partnership.cover_letter import Letter
from tui.partnership.follow_up import language_of
from tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PartnerMail:
    """A mail to a partner, not sent yet."""

    partner: str  # its id
    addresses: tuple[str, ...]  # () where none is known: then it is given in another way
    letter: Letter


def mail_file_name(workspace: Workspace, mail: PartnerMail, subjects: Mapping[str, str]) -> str:
    """Return « relecture-clinique.eml », in the partner's language; the name of a partner not public yet is left out.

    `subjects` are the first words of the name, by language code ("fr", "en").
    """
    lang = language_of(workspace.partnership, mail.partner, workspace.doc_lang)
    entry = workspace.view.entry(mail.partner)
    name = plain_name(entry.text("short_name", lang) or entry.text("name", lang)) if entry is not None else ""
    return "-".join(filter(None, (subjects[lang], name))) + ".eml"
