"""What the fault rigs are told by the commands: an answer is acknowledged once `entente show` has it, history too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = pytest.mark.slow


def adapter(command: str, store: Path, said: str = "") -> str:
    """Run the adapter in the checkout; what it printed."""
    program = [sys.executable, str(ROOT / "tests" / "store" / "rig_commands.py"), command, str(store)]
    done = subprocess.run(program, cwd=ROOT, input=said, capture_output=True, text=True, check=True)
    return done.stdout


def test_what_is_acknowledged_is_shown_with_what_it_was_before(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert adapter("edit", store, 'SET a un "é" \\ 1\nSET b deux\n') == 'ACK a un "é" \\ 1\nACK b deux\n'
    assert adapter("edit", store, "SET a trois\n") == "ACK a trois\n"
    shown = adapter("dump", store)
    assert all(text in shown for text in ('un \\"é\\" \\\\ 1', "deux", "trois"))
