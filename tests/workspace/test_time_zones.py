"""Dates are those of the people and not of the server: a time zone is chosen, kept with the partnership and named."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.screens.opened import filled_store, opened, partnership_of, shown
from tui.agreement.compose import Composer
from tui.guide.guide_loading import load_guide
from tui.partnership.meetings import HELD
from tui.partnership.values import SETTINGS, TIME_ZONE, Change
from tui.partnership.versions import read_versions
from tui.settings import Settings, SettingsError, load_settings
from tui.store import Author, Store
from tui.text import dates, moments
from tui.workspace import meeting_edits
from tui.workspace.draft_sending import adopt, send
from tui.workspace.output_files import SendOptions
from tui.workspace.workspace import Workspace

GUIDE = load_guide()
EVENING = datetime(2026, 11, 27, 2, 2, tzinfo=UTC)  # 21 h 02 on the 26th in Montréal
MONTREAL = "America/Toronto"


class Clock(datetime):
    """A clock that stands still on a server in UTC."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        """The moment, as a server in UTC tells it."""
        return EVENING.astimezone(tz) if tz is not None else EVENING.replace(tzinfo=None)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server in UTC on which it is 2 h 02 on the 27th; no zone is chosen."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        patch.setattr(moments, "datetime", Clock)
        yield
    time.tzset()
    moments.set_zones("", "")


def worked(tmp_path: Path) -> tuple[Workspace, Store]:
    """A partnership begun, sent, met on and adopted that evening."""
    store = Store(tmp_path / "s", author=Author("m" * 10, "Marie"))
    one = store.create([Change("extra.name", "extra.name", "name@fr", "Porte")])
    workspace = Workspace(GUIDE, one, store)
    folder = tmp_path / "out"
    folder.mkdir()
    send(workspace, store, SendOptions(folder=folder, formats=("text",)))
    meeting_edits.open_meeting(workspace)
    workspace.flush()
    adopt(workspace, store)
    return workspace, store


def test_dates_of_drafts_adoptions_and_minutes_follow_the_zone(tmp_path: Path) -> None:
    moments.set_zones(MONTREAL)
    workspace, store = worked(tmp_path)
    versions = read_versions(store.versions(workspace.partnership.id))
    assert [(one.date, one.at, one.zone) for one in versions] == [
        ("2026-11-26", "2026-11-26T21:02:00-05:00", MONTREAL)
    ] * 2
    (meeting,) = workspace.partnership.rows(HELD, "rows")
    assert (meeting.get("on"), meeting.get("opened")) == ("2026-11-26", "2026-11-26T21:02:00-05:00")
    assert workspace.partnership.setting(TIME_ZONE) == MONTREAL
    assert Composer(GUIDE).agreement(workspace.partnership, "fr").iso_date == "2026-11-26"
    assert dates.format_time_of_day("2026-11-27T02:02:00+00:00", "fr") == "21\xa0h\xa002"


def test_without_a_zone_all_stays_as_the_machine_tells_it(tmp_path: Path) -> None:
    workspace, store = worked(tmp_path)
    assert {one.date for one in read_versions(store.versions(workspace.partnership.id))} == {"2026-11-27"}
    assert workspace.partnership.setting(TIME_ZONE) is None
    assert Composer(GUIDE).agreement(workspace.partnership, "fr").iso_date == "2026-11-27"


def test_a_colleague_elsewhere_reads_and_writes_the_partnerships_dates(tmp_path: Path) -> None:
    moments.set_zones(MONTREAL)
    workspace, _store = worked(tmp_path)
    moments.set_zones("Asia/Tokyo")
    assert Composer(GUIDE).agreement(workspace.partnership, "fr").iso_date == "2026-11-26"
    moments.set_zones(partnership=MONTREAL)
    assert moments.now() == "2026-11-26T21:02:00-05:00", "its own zone comes before a person's"


@pytest.mark.parametrize("act", ["send", "adopt", "meet"])
def test_the_zone_of_the_first_date_stays_whoever_writes_the_next(tmp_path: Path, act: str) -> None:
    moments.set_zones(MONTREAL)
    workspace, store = worked(tmp_path)
    moments.set_zones("Asia/Tokyo")
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "Une porte neuve")])
    if act == "send":
        send(workspace, store, SendOptions(folder=tmp_path / "out", formats=()))
    elif act == "adopt":
        adopt(workspace, store)
    else:
        meeting_edits.close_meeting(workspace, meeting_edits.open_meeting(workspace))
        meeting_edits.open_meeting(workspace)
    assert workspace.partnership.setting(TIME_ZONE) == MONTREAL


def test_what_a_server_wrote_in_utc_is_told_in_the_zone_that_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "s", author=Author("m" * 10, "Marie"))
    one = store.create([Change("extra.name", "extra.name", "name@fr", "Porte")]).id
    store.save(one, [Change(SETTINGS, SETTINGS, TIME_ZONE, MONTREAL)])
    assert store.load(one).changed == "2026-11-27T02:02:00+00:00"
    assert Composer(GUIDE).agreement(store.load(one), "fr").iso_date == "2026-11-26"


@pytest.mark.slow
async def test_the_app_follows_the_open_partnership_and_the_setting(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    store.save(partnership_of(store).id, [Change(SETTINGS, SETTINGS, TIME_ZONE, MONTREAL)])
    async with opened(store, Settings(timezone="Asia/Tokyo")) as (app, pilot):
        assert moments.zone_name() == MONTREAL
        app.run_command("timezone")
        await pilot.pause()
        await pilot.press("end", *["backspace"] * 30, *"Mars", "enter")
        assert "Mars" in shown(app, "foot")
        app.run_command("timezone")
        await pilot.pause()
        await pilot.press("end", *["backspace"] * 30, *"Europe/Paris", "enter")
        assert (moments.zone_name(), app.workspace and app.workspace.partnership.setting(TIME_ZONE)) == (
            "Europe/Paris", "Europe/Paris",
        )  # fmt: skip
        app.to_list()
        await pilot.pause()
        assert moments.zone_name() == "Asia/Tokyo", "in the list, the person's own"


@pytest.mark.parametrize("name", ["Toronto/America", "amerique", "../../etc/passwd", "/etc/passwd", "x" * 5000, "\x00"])
def test_a_wrong_zone_is_one_sentence(tmp_path: Path, name: str) -> None:
    file = tmp_path / "config.toml"
    escaped = name.replace("\x00", "\\u0000")
    file.write_text(f'timezone = "{escaped}"\n')
    with pytest.raises(SettingsError, match=r"line 1|ligne 1"):
        load_settings(file)


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "said"), [("fr", "Les dates se disent"), ("en", "Dates are told in")])
def test_doctor_tells_the_zone(tmp_path: Path, lang: str, said: str) -> None:
    shell = Shell(tmp_path)
    done = shell("doctor", "--lang", lang, TZ="UTC")
    assert said in done.out and "UTC" in done.out and "America/Toronto" in done.out
    config = tmp_path / ".config" / "entente"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('timezone = "America/Halifax"\n')
    assert "America/Halifax" in shell("doctor", "--lang", lang, TZ="UTC").out
