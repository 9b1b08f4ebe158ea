"""What `entente doctor` says in each situation: a finding about the route, and the setting to change."""

from __future__ import annotations

import pytest

from tests.clipboard.settings import CONNECTION, TMUX_ENV, answers, facts
from tui import i18n
from tui.clipboard import Probes, explain, judge


@pytest.fixture(autouse=True)
def _in_english():
    i18n.use("en")


def said(known) -> str:
    return "\n".join(f"{finding.level}: {finding.text}" for finding in explain(known))


def tmux(**known):
    session = {"SSH_CONNECTION": CONNECTION}
    return judge(TMUX_ENV, Probes(tmux=answers(session=session, client_parents=("bash", "sshd"), **known)))


@pytest.mark.parametrize(
    ("known", "parts"),
    [
        (facts(desktop=True), ["ok: A copy goes to this machine's clipboard and is read back"]),
        (facts(ssh=True), ["ok: A copy goes to your own terminal (OSC 52)", "warn: No terminal confirms a copy"]),
        (facts(term="linux"), ["bad: This terminal has no clipboard"]),
        (facts(mosh=True), ["warn: mosh cuts long texts: about 9000 bytes"]),
        (facts(mux="screen"), ["ok: A copy goes through GNU screen", "warn: screen does not tell"]),
        (facts(ssh=True, outer_mux="tmux"), ["on your own computer: set -s set-clipboard on"]),
        (facts(ssh=True, outer_mux="screen"), ["warn: Your terminal seems to be in screen"]),
        (tmux(), ["ok: A copy goes to tmux", "warn: Some terminals", "set -g allow-passthrough on"]),
        (tmux(features=()), ["set -as terminal-features ',xterm-256color:clipboard'"]),
        (tmux(version="3.1c", passthrough="off"), ["bad: tmux 3.1c cannot send"]),
        (facts(mux="tmux", unsure=True), ["bad: tmux does not answer"]),
    ],
)
def test_each_setting_is_explained(known, parts):
    for part in parts:
        assert part in said(known)


def test_what_is_well_is_not_complained_about():
    assert [finding.level for finding in explain(facts(desktop=True))] == ["ok"]
    assert [finding.level for finding in explain(facts(term="dumb"))] == ["bad"]
    assert "~/.tmux.conf" not in said(tmux(passthrough="on"))
    assert "terminal-features" not in said(tmux())
    assert "cannot send" not in said(tmux(version="3.2"))
    in_tmux = facts(mux="tmux", ssh=True, passthrough=True, environ={"VTE_VERSION": "7400"})
    assert "bad:" not in said(in_tmux), "the terminal that started tmux need not be the one that shows it"
