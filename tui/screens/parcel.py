"""A draft that is ready: its files, and each text to be copied by itself into one's own mail."""

from __future__ import annotations

from collections.abc import Sequence

from tui.desk.desk import Desk
from tui.desk.sending import Parcel
from tui.desk.sheets import Written
from tui.screens.rows import Row
from tui.screens.writing_files import WritingScreen
from tui.words import _


class ParcelScreen(WritingScreen):
    """What was written, and each text to be copied by itself into one's own mail."""

    def __init__(self, desk: Desk, parcel: Parcel, ways: tuple[str, ...] = ()) -> None:
        super().__init__(desk)
        self.parcel = parcel
        self.ways = ways

    def heading(self) -> str:
        """« Ébauche 3 : prête à être envoyée »."""
        return _("Draft {number}: ready to be sent").format(number=self.parcel.version.number)

    def keys(self) -> list[tuple[str, str]]:
        """What can be done here."""
        return [("↑↓", _("line")), (_("Enter"), _("copy")), (_("Esc"), _("back"))]

    def page(self) -> Sequence[Row]:
        """The files, then what is pasted into a mail."""
        parcel = self.parcel
        found = [Row(_("The draft is kept as it is. Now send the files with your own mail."), "done"), Row()]
        found += self.written_rows(Written(parcel.files, parcel.warnings))
        found += [*self._to_paste(), *self.fetch_rows()]
        return found

    def _to_paste(self) -> list[Row]:
        parcel = self.parcel
        found = [Row(), Row(_("To paste into a mail, one by one"), "heading")]
        if len(parcel.addresses) > 1:
            found.append(Row(_("All addresses"), "", self.copier(", ".join(parcel.addresses))))
        found += [Row(address, "", self.copier(address), _("address")) for address in parcel.addresses]
        found.append(Row(parcel.letter.subject, "", self.copier(parcel.letter.subject), _("subject")))
        found.append(Row(_("The message:"), "", self.copier(parcel.letter.body), _("message")))
        found += [Row(text, "muted", indent=3) for text in parcel.letter.body.split("\n\n")]
        return found
