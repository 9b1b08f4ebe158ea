"""Letters, calendar, page, annex and funders' table, which hold dates and people, hold nothing private."""

from __future__ import annotations

import pytest

from tests.partnership.private_places import everywhere
from tests.partnership.told import GUIDE
from tui.agreement.contacts_annex import contacts_annex
from tui.agreement.funder_table import funder_rows
from tui.export.plain_text import to_text
from tui.workspace.due_dates import calendar, due_lines, due_list, follow_up_letters, standing_of

DAYS = ("2026-11-27", "2150-01-01")  # before and after the dates of the private places


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_that_leaves_tells_a_private_place(day: str, lang: str) -> None:
    made = everywhere()
    listed = due_list(GUIDE, made.partnership(), day)
    letters = [sheet.name + sheet.make().data.decode() for sheet in follow_up_letters(listed, lang)]
    told = [
        *letters,
        calendar([listed.public], lang).decode().replace("\r\n ", ""),
        "\n".join(due_lines(listed.public, lang)),
        to_text(standing_of(listed, lang), None),
        to_text(contacts_annex(GUIDE, listed.partnership, listed.view, day, lang), None),
        "\n".join(" ".join(one.cells) for one in funder_rows(GUIDE, listed.view, lang)),
    ]
    assert letters and made.told_in_words("\n".join(told)) == []


def test_private_dates_are_counted_where_they_are_withheld() -> None:
    listed = due_list(GUIDE, everywhere().partnership(), DAYS[0])
    assert listed.withheld > 0 and not any(one.date and one.private for one in listed.public.items)
