"""Parse what the terminal sends into keys, pastes and mouse events; no part of a control sequence is ever typed.

Each sequence is read to its end by the grammar of ECMA-48, in whatever pieces it arrives, and dropped when it is not
known: late replies, keys that are in no table, sequences cut short. Textual's own parser (8.2.8) would type what it
does not know, letter by letter; it is given only single letters and whole reports of the mouse, focus, modes and size.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui.terminal.kitty_keys import key_name_of, kitty_key

_ESC = "\x1b"
# Waits without a byte, in seconds.
_SOON = 0.1  # then a lone Escape, or Escape and a letter, is a key
_PATIENCE = 1.0  # then a longer sequence, or a paste, has ended
_LATE = 2.0  # until then the rest of a sequence may still come, though its beginning was taken for a key
_SLOW = 0.5  # until then a single character may be that rest
_MOST_KEPT = 4096  # characters of a sequence; a longer one is no key
_TYPED_AT_ONCE = 16  # more letters than this in one read were not typed, even on a slow line

# A whole control sequence (ECMA-48, 5.4): « ESC [ 1 ; 5 A », with the older forms: function keys of the Linux console
# (« ESC [ [ A »), the mouse of X10, keys after SS3 (« ESC O P »); then the character sets of ECMA-35 (« ESC ( B »).
_WHOLE = re.compile(
    r"\x1b(?:\[\[[A-E]|\[M[^\x00-\x1f]{3}"
    r"|\[[ -?]+[@-~]|\[[@-LN-Z\\-~]|O[\d;]*[@-~]|[ #%()][0-~])"
)
# The beginning of such a sequence, to which more may come: « ESC [ 1 ; ».
_BEGUN = re.compile(r"\x1b(?:\[(?:[ -?]*|\[|M[^\x00-\x1f]{0,2})|O[\d;]*|[ #%()])?")
_RXVT = re.compile(r"\x1b\[\d+\$")  # a key of rxvt with Shift: « $ » ends no sequence by the grammar
# The beginning of a sequence that a wrong character, which is not matched, has ended: « ESC [ 1 ; » before « é ».
_BROKEN = re.compile(r"\x1b(?:\[[ -?]+|\[M[^\x00-\x1f]*|\[\[|O[\d;]+|(?=[\x80-\x9f]))")

# Control strings (ECMA-48, 5.6): DCS, SOS, OSC, PM, APC, by the letter after Escape. BEL, CAN, SUB and ST end one; any
# other control character breaks it off, and keeps its own meaning.
_STRINGS = "PX]^_"
_ST = "\x1b\\"
_CANCELS = "\x18\x1a"
_END_CHARACTERS = "\x07\x9c" + _CANCELS  # all ends of one character: BEL, the eight-bit ST, CAN, SUB
_CONTROLS = re.compile("[\x00-\x1f\x80-\x9f]")
# The eight-bit form of each introducer (ECMA-48, 5.3); all other C1 controls mean nothing here.
_SEVEN_BITS = {chr(ord(second) + 0x40): _ESC + second for second in "[O" + _STRINGS}
# When time ran out, the beginning of a sequence was taken for a key (Escape). _LATE_REST matches that beginning with a
# rest that nobody types so fast (« ESC », then « [<0;12;5M »), _LATE_BEGUN with one that may become it (« [<0 »).
_WRITTEN = r"[^\x00-\x1f\x7f-\x9f]"
_LATE_REST = re.compile(
    r"\x1b(?:\[(?:[<-?][\d;:]+|\d+[;:][\d;:]*)(?:\$?[@-Z\^a-z~]|\Z)|\[\d+~"
    rf"|(?:\[(?:\d+[$@-Z\^a-z]|[A-FHIO-SZ]|\[[A-E]|M[ -#`].{{2}})|O[\d;]*[A-DFHMP-S])(?!{_WRITTEN})"
    r"|\]\d+;|P(?:>\||!\||[01][+$]r)|_G)"
)
_LATE_BEGUN = re.compile(
    r"\x1b(?:\[(?:[<-?]?[\d;:]*\$?|\[|M[ -#`]?.?)|O[\d;]*"
    rf"|(?:[PX\]^_]|P[>!?\d]{_WRITTEN}*|\][\dlLI]{_WRITTEN}*|[X^_]{_WRITTEN}*)\x1b?)\Z"
)
# The beginning (SOS) that is noted for a control string that was dropped when time ran out, once for each that was
# open: its late rest is then read as a string again, and dropped too.
_STRING_ENDS_LATE = "\x1bX"

_PASTE_BEGINS = "\x1b[200~"  # xterm ctlseqs, "Bracketed Paste Mode"
_PASTE_END = re.compile(r"(?:\x1b\[|\x9b)201~")  # also with the eight-bit CSI, as its begin mark is read
_PASTE_END_BEGUN = re.compile(r"(?:\x1b(?:\[(?:2(?:0(?:1)?)?)?)?|\x9b(?:2(?:0(?:1)?)?)?)\Z")
_QUITS = re.compile(r"(?:\x11|\x1b\[113[\d:]*;5(?::[12])?u)\Z")  # Ctrl+Q, also as the kitty protocol writes it

_FOCUS = ("\x1b[I", "\x1b[O")
_MOUSE = re.compile(r"\x1b\[<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]")  # « ESC [<0;12;5M »: button, column, row
_MODE = re.compile(r"\x1b\[\?(\d{1,5});([0-4])\$y")  # « ESC [?2048;1$y »: a mode, whether it is set (0: unknown)
# « ESC [48;24;80;480;800t »: rows, columns, height and width in pixels; each may have further parts behind « : ».
_SIZE = re.compile(r"\x1b\[48" + r";(\d{1,5})(?::[\d:]*)?" * 4 + "t")
_SIZES_IN_BAND = "2048"  # the mode in which a terminal reports its size
_LARGEST = (1000, 2000)  # rows and columns of a terminal
_CURSOR = re.compile(r"\x1b\[\d+;\d+R")  # a position of the cursor, or F3 with Shift: they look alike, and are dropped


class KeyParser:
    """Turns what is read into events: `feed` takes it, `tick` decides what to make of a beginning when time is up.

    `tick` must be called after each read, and some times a second while `waiting` is True. `clock` returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._textual = XTermParser()
        self._last_read = clock()  # when something was read last
        self._held = ""  # the beginning of a sequence, to be read with what comes next
        self._expired = ""  # a beginning that was taken for a key, or dropped, when time was up
        self._doubtful = ""  # characters after it that are its rest, or typed letters
        self._depth = 0  # how many control strings are open, one inside the other
        self._pasted: list[str] | None = None  # the pieces of a paste that has not ended; None outside of one
        self._paste_expired = False  # whether time ended the last paste
        self._sizes_in_band = False  # whether the terminal was asked to report its size

    @property
    def waiting(self) -> bool:
        """Whether a sequence, a control string or a paste has begun, which `tick` may end."""
        return bool(self._held or self._depth or self._doubtful) or self._pasted is not None

    def feed(self, data: str) -> Iterator[Message]:
        """Yield the events of one read."""
        pause, self._last_read = self._clock() - self._last_read, self._clock()
        text = self._held + data
        if self._expired and data:
            text = self._join(text, pause)
        if self._paste_expired:
            self._paste_expired = False
            is_late_rest = len(data) > _TYPED_AT_ONCE and _ESC not in data
            if _PASTE_END.search(data) or is_late_rest:
                self._pasted = []
        yield from self._read(text)

    def _join(self, data: str, pause: float) -> str:
        """Return the text to read now, `pause` seconds after the last read, when there is an `_expired` beginning.

        The beginning is put before `data` if that is its late rest. If `data` may still become the rest, it is kept in
        `_doubtful` and "" is returned.
        """
        expired, rest = self._expired, self._doubtful + data
        whole = expired + rest
        self._expired = self._doubtful = ""
        if pause >= _LATE:
            return rest
        if whole[1] in _STRINGS and _end_of(whole[2:])[0]:
            return whole
        if _LATE_REST.match(whole) and (len(rest) > 1 or pause < _SLOW):
            return whole
        if expired == _ESC and _LATE_BEGUN.match(whole):
            self._expired, self._doubtful = expired, rest
            return ""
        return rest

    def _read(self, text: str) -> Iterator[Message]:
        """Yield the events of a text; each method below returns what it has not read."""
        self._held = ""
        while text:
            if self._pasted is not None:
                text = yield from self._paste(text)
            elif self._depth:
                text = yield from self._string(text)
            elif text[0] == _ESC:
                text = yield from self._escape(text)
            else:
                text = yield from self._letters(text)

    def tick(self) -> Iterator[Message]:
        """Yield the events that follow from nothing having been read for a while."""
        idle = self._clock() - self._last_read
        if self._pasted is not None:
            last_piece = self._pasted[-1] if self._pasted else ""
            # A paste whose end was lost must not keep Ctrl+Q from quitting.
            if idle >= _SOON and (quit_key := _QUITS.search(last_piece)):
                self._pasted[-1] = last_piece[: quit_key.start()]
                yield from self._end_paste()
                yield events.Key("ctrl+q", "\x11")
            elif idle >= _PATIENCE:
                self._paste_expired = True
                self._expired = self._held.replace("\x9b", _SEVEN_BITS["\x9b"])  # the end mark, if it came in part
                yield from self._end_paste()
        elif self._held:
            if idle >= self._patience():
                yield from self._expire()
        elif self._doubtful:
            if idle >= _SOON:
                letters, self._expired, self._doubtful = self._doubtful, "", ""
                yield from self._read(letters)
        elif self._depth and idle >= _PATIENCE:
            self._depth, self._expired = 0, _STRING_ENDS_LATE * self._depth

    def _patience(self) -> float:
        """Return how many seconds to wait for more of what is held."""
        if self._depth and self._held == _ESC:  # likelier the end of the control string than a key
            return _SLOW
        is_key_with_escape = len(self._held) <= 2 or self._held[1] in _STRINGS  # Escape, perhaps with a letter
        may_be_key = is_key_with_escape or self._depth or _RXVT.fullmatch(self._held)
        return _SOON if may_be_key else _PATIENCE

    # -- letters and sequences -----------------------------------------------------------------------------------------

    def _letters(self, text: str) -> Generator[Message, None, str]:
        """Read up to the next sequence; return the rest."""
        for at, letter in enumerate(text):
            if letter == _ESC:
                return text[at:]
            if "\x80" <= letter <= "\x9f":
                return _SEVEN_BITS.get(letter, "") + text[at + 1 :]
            yield from self._textual.feed(letter)
        return ""

    def _escape(self, text: str) -> Generator[Message, None, str]:
        """Read what begins with Escape; return the rest."""
        if whole := _WHOLE.match(text):
            yield from self._sequence(whole[0])
            return text[whole.end() :]
        if _BEGUN.fullmatch(text):
            self._held = text[:_MOST_KEPT]
            return ""
        if text[1] in _STRINGS:
            return (yield from self._begin_string(text))
        if broken := _BROKEN.match(text):
            yield from self._sequence(broken[0])
            return text[broken.end() :]
        if text[1] == _ESC:
            yield events.Key("escape", _ESC)
            return text[1:]
        yield from self._alt(text[1])
        return text[2:]

    def _sequence(self, sequence: str) -> Iterator[Message]:
        """Yield the event of a whole sequence; nothing if it is not known."""
        if sequence == _PASTE_BEGINS:
            self._pasted = []
        elif _MOUSE.fullmatch(sequence):
            event = self._textual.parse_mouse_code(sequence)
            if event is not None:
                yield event
        elif sequence in _FOCUS:
            yield from self._textual.feed(sequence)
        elif mode := _MODE.fullmatch(sequence):
            self._sizes_in_band = self._sizes_in_band or (mode[1] == _SIZES_IN_BAND and mode[2] != "0")
            yield from self._textual.feed(sequence)
        elif size := _SIZE.fullmatch(sequence):
            yield from self._resized(*map(int, size.groups()))
        elif not _CURSOR.fullmatch(sequence):
            yield from self._key(sequence)

    def _resized(self, rows: int, columns: int, height: int, width: int) -> Iterator[Message]:
        """Yield the new size of the terminal, if it was asked to report its size and the size is possible."""
        if self._sizes_in_band and 0 < rows <= _LARGEST[0] and 0 < columns <= _LARGEST[1]:
            if height < rows or width < columns:  # the terminal does not know its size in pixels
                height, width = rows, columns
            yield from self._textual.feed(f"\x1b[48;{rows};{columns};{height};{width}t")

    def _key(self, sequence: str) -> Iterator[Message]:
        """Yield the key of a sequence; nothing if it is not known."""
        keys = ANSI_SEQUENCES_KEYS.get(sequence)
        if isinstance(keys, str):  # a character of the number pad
            yield from self._textual.feed(keys)
        elif isinstance(keys, tuple) and len(keys) == 1:
            yield events.Key(keys[0].value, None)
        else:
            yield from kitty_key(sequence)

    def _alt(self, letter: str) -> Iterator[Message]:
        """Yield the key of Escape and a letter, which is Alt and that letter; with a control, the control's key."""
        keys = ANSI_SEQUENCES_KEYS.get(_ESC + letter)
        if letter.isprintable():
            yield events.Key(f"alt+{key_name_of(letter)}", letter)
        elif isinstance(keys, tuple):
            yield events.Key(keys[0].value, None)
        else:
            yield from self._letters(letter)

    def _expire(self) -> Iterator[Message]:
        """Take what is held for keys that a person pressed, if it can be that; else drop it."""
        held, self._held = self._held, ""
        if held == _ESC:
            self._expired = (self._expired or _STRING_ENDS_LATE * self._depth) + held
            self._depth = 0
            yield events.Key("escape", _ESC)
        elif self._depth:
            _end, _broken, depth = _end_of(held, self._depth)
            self._expired = _STRING_ENDS_LATE * max(depth, 1)
            rest = yield from self._string(held, all_there=True)
            yield from self._read(rest)
        elif len(held) == 2 or held[1] in _STRINGS:
            self._expired = held if len(held) == 2 else _STRING_ENDS_LATE
            yield from self._alt(held[1])
            yield from self._read(held[2:])
        else:
            self._expired = held
            yield from self._sequence(held)

    # -- control strings -----------------------------------------------------------------------------------------------

    def _begin_string(self, text: str) -> Generator[Message, None, str]:
        """Enter a control string, unless Alt and a letter was pressed; return the rest.

        A terminal's reply after DCS (Escape, P) begins with a parameter. So Escape, P and a letter in one read are
        keys, unless the string also ends there, or is longer than anybody can type at once. Escape, a letter and
        another Escape are keys, too.
        """
        body = text[2:]
        end, broken, _depth = _end_of(body)
        is_unbroken = broken == len(body) and len(body) < _MOST_KEPT
        may_be_letters = text[1] == "P" and body[:1] > "?" and len(body) < _MOST_KEPT
        if not end and is_unbroken and (may_be_letters or body[:1] in ("", _ESC)):
            self._held = text
            return ""
        if end or not (may_be_letters or _CONTROLS.match(body)):
            self._depth = 1
        else:
            yield from self._alt(text[1])
        return body

    def _string(self, text: str, *, all_there: bool = False) -> Generator[Message, None, str]:
        """Drop a control string up to its end; return the rest.

        An Escape in it may begin a nested string, or be a key after a string that was cut short; only the end of the
        string tells. While that has not come, all is held. With `all_there`, as time is up, the keys in it are taken.
        """
        end, broken, depth = _end_of(text, self._depth)
        if not end:
            if broken == len(text) and not all_there:
                if _ESC not in text[:-1]:
                    self._held = text[-1:] if text.endswith(_ESC) else ""
                elif len(text) <= _MOST_KEPT:
                    self._held = text
                else:
                    self._depth = depth
                return ""
            # The string was cut short. What follows is read on from a paste, else from the character that broke it off,
            # together with an Escape just before that.
            paste = text.find(_PASTE_BEGINS, 0, broken)
            end = paste if paste >= 0 else broken - text.endswith(_ESC, 0, broken)
            for whole in _WHOLE.finditer(text, 0, end):
                yield from self._sequence(whole[0])
        self._depth = 0
        return text[end:]

    # -- pastes --------------------------------------------------------------------------------------------------------

    def _paste(self, text: str) -> Generator[Message, None, str]:
        """Take in a pasted text up to its end; return the rest."""
        assert self._pasted is not None
        end = _PASTE_END.search(text)
        if end is None:
            begun = _PASTE_END_BEGUN.search(text)  # the end mark may have come in part
            at = begun.start() if begun else len(text)
            self._held = text[at:]
            self._pasted.append(text[:at])
            return ""
        self._pasted.append(text[: end.start()])
        yield from self._end_paste()
        return text[end.end() :]

    def _end_paste(self) -> Iterator[Message]:
        """Yield the paste as text without Escape, so that nothing in it is a key, and without a second begin mark."""
        text = "".join(self._pasted or ()).replace(_PASTE_BEGINS, "").replace(_ESC, "").replace("\x00", "")
        self._pasted, self._held = None, ""
        if text:
            yield events.Paste(text)


def _end_of(string: str, depth: int = 1) -> tuple[int, int, int]:
    """Return (end, broken, depth) of a control string, read from inside `depth` nested strings.

    `end` is the offset after its end mark, 0 if that has not come; `broken` the offset of a control character that may
    not be in a string, else the length; the returned depth is the number of strings still open.
    """
    for match in _CONTROLS.finditer(string):
        at, control = match.start(), match[0]
        pair = string[at : at + 2] if control == _ESC else _SEVEN_BITS.get(control, control)
        if pair == _ST or control in _END_CHARACTERS:
            depth = 0 if control in _CANCELS else depth - 1
            if not depth:
                return at + (2 if pair == _ST else 1), len(string), 0
        elif control != _ESC and control < "\x80":
            return 0, at, depth
        elif pair[1:] in tuple(_STRINGS):  # a nested string; a tuple, since "" is in every text
            depth += 1
    return 0, len(string), depth
