"""A form's page answered in Chromium: what its button posts, and what its script gathers, caught by a server here."""

from __future__ import annotations

import json
import queue
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.comparison.answered_forms import Answer, Answers
from tui.agreement.partner_form import PartnerForm
from tui.export.partner_form_page import form_page

PATIENCE = 120  # seconds
# The test's own script marks and types what a person would, then sends what the page would hand to a mail program.
_FILL = """
<script>
addEventListener("load", function () {
  var given = %s, form = document.getElementById("form");
  Object.keys(given).forEach(function (id) {
    var item = document.getElementById(id), words = item.querySelector("textarea");
    item.querySelectorAll("input").forEach(function (box) {
      if (given[id].boxes.indexOf(box.value) >= 0) { box.click(); }
    });
    if (words) { words.value = given[id].text; }
  });
  var way = %s;
  if (way === "gathered") {
    document.getElementById("gather").click();
    fetch("/", {method: "POST", body: document.getElementById("text").value});
  } else if (way === "mail") {
    form.action = "/mail?subject=x";
    form.querySelector("button").click();
  } else {
    form.action = "/";
    form.submit();
  }
});
</script></body>
"""


def posted(form: PartnerForm, answers: Answers, folder: Path, way: str) -> str:
    """What Chromium gives of the answered page, by `way`: "gathered" the text that the script gathers, "mail" the body
    of the mail it makes of it, "plain" that of the form itself, as it is posted without script.

    The page is served without its policy, which would refuse the test's own script and the server.
    """
    caught: queue.Queue[bytes] = queue.Queue()
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", form_page(form).data.decode())
    script = _FILL % (json.dumps(_given(form, answers)), json.dumps(way))
    data = page.replace("</body>", script).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/mail":
                caught.put(parse_qs(asked.query)["body"][0].encode())
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(data)

        def do_POST(self) -> None:
            caught.put(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/form.html"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}",
               "--remote-debugging-port=0", address]  # fmt: skip
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return caught.get(timeout=PATIENCE).decode()
    finally:
        browser.terminate()
        browser.wait(timeout=PATIENCE)
        server.shutdown()
        server.server_close()


def _given(form: PartnerForm, answers: Answers) -> dict[str, dict[str, object]]:
    """By the id of its fieldset: the values of the boxes that are marked, and the words."""
    found: dict[str, dict[str, object]] = {}
    for item in form.items:
        given = answers.get(item.id, Answer())
        if given != Answer():
            boxes = [f"[x] {choice.label}" for choice in item.choices if choice.code in given.choices]
            found[item.mark.anchor] = {"boxes": boxes, "text": given.text}
    return found
