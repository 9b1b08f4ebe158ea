"""Chromium driven by its own protocol over a pipe: what it says on its console, what it asks for, keys as one types."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from select import select
from typing import Any

PATIENCE = 60  # seconds
_QUIET = (  # what a browser asks of the network for itself says nothing of the page
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
    "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-domain-reliability",
)  # fmt: skip
_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}


class Chromium:
    """One browser without a window and with one page. What it told since it started is kept in `events`."""

    def __init__(self, folder: Path, *, script: bool = True) -> None:
        """`folder` holds its profile; without `script` no page runs any."""
        mine, its = os.pipe(), os.pipe()
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}", *_QUIET,
                   "--remote-debugging-pipe", "about:blank"]  # fmt: skip
        redirected = f'exec chromium "$@" 3<&{mine[0]} 4>&{its[1]}'
        self._process = subprocess.Popen(
            ["bash", "-c", redirected, "bash", *options], pass_fds=(mine[0], its[1]), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(mine[0])
        os.close(its[1])
        self._out, self._in = mine[1], its[0]
        self._left, self._number, self._session = b"", 0, ""
        self.script = script
        self.events: list[Mapping[str, Any]] = []
        pages = self._ask("Target.getTargets")["targetInfos"]
        page = next(one["targetId"] for one in pages if one["type"] == "page")
        self._session = self._ask("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for name in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{name}.enable")
        if not script:
            self._ask("Emulation.setScriptExecutionDisabled", value=True)

    def close(self) -> None:
        """End it, and the processes it started."""
        os.close(self._out)
        os.close(self._in)
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)

    def open(self, address: str) -> None:
        """Show a page, and wait until it is there."""
        self.events.clear()
        self._ask("Page.navigate", url=address)
        self.until(lambda: self.told("Page.loadEventFired"))

    def narrow(self, width: int) -> None:
        """Make the page `width` pixels wide, as a telephone shows it."""
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=2, mobile=True)

    def run(self, script: str) -> Any:
        """The value of a script's last expression, run beside the page: no policy of the page stops it."""
        return self._ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key: « Tab », « Enter » or a letter."""
        code, text = _KEYS.get(key, (ord(key.upper()) if len(key) == 1 else 0, key))
        known = {"key": key, "windowsVirtualKeyCode": code, "text": text}
        self._ask("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **known)
        self._ask("Input.dispatchKeyEvent", type="keyUp", **{**known, "text": ""})

    def type(self, text: str) -> None:
        """Put words in where the cursor is, as a keyboard of any language does."""
        self._ask("Input.insertText", text=text)

    def told(self, name: str) -> list[Mapping[str, Any]]:
        """What it told of one kind of event."""
        return [event["params"] for event in self.events if event["method"] == name]

    def console(self) -> list[str]:
        """All that stands on the console: what the page and its script say, and what the browser says of the page."""
        said = [event["entry"]["text"] for event in self.told("Log.entryAdded")]
        said += [json.dumps(event["args"]) for event in self.told("Runtime.consoleAPICalled")]
        return said + [json.dumps(event["exceptionDetails"]) for event in self.told("Runtime.exceptionThrown")]

    def asked(self) -> list[str]:
        """The addresses it asked for, the page's own among them."""
        return [str(event["request"]["url"]) for event in self.told("Network.requestWillBeSent")]

    def until(self, done: Callable[[], object]) -> None:
        """Wait for what it tells. Raises TimeoutError if it does not come."""
        end = time.monotonic() + PATIENCE
        while not done():
            self._read(end)

    def settle(self, seconds: float = 0.5) -> None:
        """Take in all that it tells until it has been silent for a while."""
        while select([self._in], [], [], seconds)[0]:
            self._read(time.monotonic() + PATIENCE)

    def _ask(self, method: str, **params: Any) -> Any:
        self._number += 1
        asked = {"id": self._number, "method": method, "params": params}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._out, json.dumps(asked).encode() + b"\0")
        answers: list[Any] = []
        end = time.monotonic() + PATIENCE
        while not answers:
            answers = self._read(end, self._number)
        assert "error" not in answers[0], answers[0]
        return answers[0]["result"]

    def _read(self, end: float, number: int = 0) -> list[Any]:
        """Keep the events that came; return the answer to a question among them."""
        if not select([self._in], [], [], max(end - time.monotonic(), 0))[0]:
            raise TimeoutError("Chromium says nothing")
        data = os.read(self._in, 1 << 20)
        if not data:
            raise TimeoutError("Chromium ended")
        *whole, self._left = (self._left + data).split(b"\0")
        said = [json.loads(one) for one in whole]
        self.events += [one for one in said if "method" in one]
        return [one for one in said if number and one.get("id") == number]
