"""All that a file holds, its parts opened: what is packed, folded or coded inside reads as text."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
import zlib
from email.message import Message

from tests.export.pdf_reading import text_of

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def unpacked(data: bytes) -> str:
    """Everything in a file of any of our formats, metadata and attachments included."""
    if data[:2] == b"PK":
        return _zipped(data)
    if data[:5] == b"%PDF-":
        return _pdf(data)
    if b"X-Unsent: 1" in data[:4000]:
        return _mail(email.message_from_bytes(data, policy=email.policy.default))  # the policy decodes headers
    return data.decode("utf-8")


def _zipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        told = [parts.comment.decode("latin-1")]
        for one in parts.infolist():
            raw = parts.read(one)
            # the words of one line may be parted into several runs
            told += [
                one.filename,
                raw.decode("utf-8", "replace"),
                re.sub(rb"<[^>]*>", b"", raw).decode("utf-8", "replace"),
            ]
    return "\n".join(told)


def _pdf(data: bytes) -> str:
    told = [data.decode("latin-1")]
    for stream in _STREAM.findall(data):
        try:
            told.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            told.append(stream.decode("latin-1"))
    told.append(text_of(data))
    return "\n".join(told)


def _mail(message: Message) -> str:
    told = [str(message.items()), str(message.preamble), str(message.epilogue)]
    for part in message.walk():
        told += [str(part.items()), str(part.get_filename())]
        body = part.get_payload(decode=True)
        if isinstance(body, bytes):
            told.append(
                unpacked(body) if body[:2] == b"PK" or body[:5] == b"%PDF-" else body.decode("utf-8", "replace")
            )
    return "\n".join(told)
