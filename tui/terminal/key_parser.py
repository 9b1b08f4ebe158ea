"""What the terminal sends, read as keys, pastes and mouse events; nothing of a control sequence is ever typed.

Each sequence is read to its end by the grammar of ECMA-48, in whatever pieces the line delivers it, and dropped when
nobody knows it: replies that come late, keys that no table has, sequences cut short. Textual's own parser types what
it does not know, letter by letter (8.2.8); it is handed single letters and whole reports alone.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui.terminal.kitty_keys import kitty_key, name_of

_ESC = "\x1b"
_SOON = 0.1  # seconds after which a lone Escape, or Escape and a letter, is whole
_PATIENCE = 1.0  # seconds without a byte after which nothing more of a sequence or a paste is expected
_LATE = 2.0  # seconds in which the rest of a sequence may still come after time made something of its beginning
_SLOW = 0.5  # seconds that a line at work may pause, where one sign more is the rest
_LONGEST = 4096  # characters of a sequence that are kept; what is longer is no key
_TYPED_AT_ONCE = 16  # more letters than this in one read were not typed, even on a slow line

# Control sequences (ECMA-48, 5.4) with the forms that came before it: function keys of the Linux console, the mouse
# of X10, keys after SS3; then the announcements and character sets of ECMA-35.
_WHOLE = re.compile(
    r"\x1b(?:\[\[[A-E]|\[M[^\x00-\x1f]{3}"
    r"|\[[ -?]+[@-~]|\[[@-LN-Z\\-~]|O[\d;]*[@-~]|[ #%()][0-~])"
)
_BEGUN = re.compile(r"\x1b(?:\[(?:[ -?]*|\[|M[^\x00-\x1f]{0,2})|O[\d;]*|[ #%()])?")
_RXVT = re.compile(r"\x1b\[\d+\$")  # its keys with Shift end with what ends no sequence
_BROKEN = re.compile(r"\x1b(?:\[[ -?]+|\[M[^\x00-\x1f]*|\[\[|O[\d;]+|(?=[\x80-\x9f]))")

# Control strings (ECMA-48, 5.6): DCS, SOS, OSC, PM, APC. BEL, CAN, SUB and ST end one; any other control breaks it off,
# and then means what it always means.
_STRINGS = "PX]^_"
_ST = "\x1b\\"
_CANCELS = "\x18\x1a"
_SILENT_ENDS = "\x07\x9c" + _CANCELS
_CONTROLS = re.compile("[\x00-\x1f\x80-\x9f]")
# The eight-bit form of each introducer (ECMA-48, 5.3); all other C1 controls mean nothing here.
_SEVEN_BITS = {chr(ord(second) + 0x40): _ESC + second for second in "[O" + _STRINGS}
# How a sequence goes on whose beginning time took for a key: what nobody types so fast, then what may become that.
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
_STRING_ENDS_LATE = "\x1bX"  # stands for any string that time ended: no reply begins so, its end alone tells it

_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"  # xterm ctlseqs, "Bracketed Paste Mode"
_QUITS = re.compile(r"(?:\x11|\x1b\[113[\d:]*;5(?::[12])?u)\Z")  # Ctrl+Q, also as the kitty protocol writes it

_FOCUS = ("\x1b[I", "\x1b[O")
_MOUSE = re.compile(r"\x1b\[<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]")
_MODE = re.compile(r"\x1b\[\?(\d{1,5});([0-4])\$y")
_SIZE = re.compile(r"\x1b\[48" + r";(\d{1,5})(?::[\d:]*)?" * 4 + "t")
_SIZES_IN_BAND = "2048"  # the mode in which a terminal tells its size so
_LARGEST = (1000, 2000)  # rows and columns of a terminal
_CURSOR = re.compile(r"\x1b\[\d+;\d+R")  # a position nobody asked for, or a shifted F3: nothing tells them apart


class KeyParser:
    """Turns what is read into events by `feed`, and what time ends by `tick`.

    `tick` is called after each read, and some times a second while `waiting` is True.

    `clock` gives the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._textual = XTermParser()
        self._last = clock()  # when something was read
        self._held = ""  # a sequence that has begun
        self._expired = ""  # what time made a key of, or dropped, though more may be on its way
        self._doubtful = ""  # signs behind it that are its rest, or letters
        self._depth = 0
        self._pasted: list[str] | None = None  # what came of a paste that has not ended
        self._paste_expired = False
        self._sizes_in_band = False

    @property
    def waiting(self) -> bool:
        """Whether something has begun that time can end: a sequence, a control string or a paste."""
        return bool(self._held or self._depth or self._doubtful) or self._pasted is not None

    def feed(self, data: str) -> Iterator[Message]:
        """Give the events of one read."""
        pause, self._last = self._clock() - self._last, self._clock()
        text = self._held + data
        if self._expired and data:
            text = self._join(text, pause)
        if self._paste_expired:
            self._paste_expired = False
            if _PASTE_ENDS in data or (len(data) > _TYPED_AT_ONCE and _ESC not in data):
                self._pasted = []
        yield from self._read(text)

    def _join(self, data: str, pause: float) -> str:
        """Return what to read, `pause` seconds after an `_expired` beginning: with it where `data` is its late rest.

        What may still become that is kept as `_doubtful`, and "" returned.
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
        """Give the events that come of nothing being read for a while."""
        idle = self._clock() - self._last
        if self._pasted is not None:
            last = self._pasted[-1] if self._pasted else ""
            if idle >= _SOON and (quits := _QUITS.search(last)):
                self._pasted[-1] = last[: quits.start()]
                yield from self._end_paste()
                yield events.Key("ctrl+q", "\x11")
            elif idle >= _PATIENCE:
                self._paste_expired = True
                yield from self._end_paste()
        elif self._held:
            if idle >= self._patience():
                yield from self._expire()
        elif self._doubtful:
            if idle >= _SOON:
                typed, self._expired, self._doubtful = self._doubtful, "", ""
                yield from self._read(typed)
        elif self._depth and idle >= _PATIENCE:
            self._depth, self._expired = 0, _STRING_ENDS_LATE * self._depth

    def _patience(self) -> float:
        """Return for how many seconds of silence more of what has begun is waited for."""
        if self._depth and self._held == _ESC:  # the end of the string is far likelier than a key
            return _SLOW
        short = len(self._held) <= 2 or self._held[1] in _STRINGS or self._depth or _RXVT.fullmatch(self._held)
        return _SOON if short else _PATIENCE

    # -- letters and sequences -----------------------------------------------------------------------------------------

    def _letters(self, text: str) -> Generator[Message, None, str]:
        """Read up to the next sequence; returns what is left."""
        for at, letter in enumerate(text):
            if letter == _ESC:
                return text[at:]
            if "\x80" <= letter <= "\x9f":
                return _SEVEN_BITS.get(letter, "") + text[at + 1 :]
            yield from self._textual.feed(letter)
        return ""

    def _escape(self, text: str) -> Generator[Message, None, str]:
        """Read what begins with Escape; returns what is left."""
        if whole := _WHOLE.match(text):
            yield from self._sequence(whole[0])
            return text[whole.end() :]
        if _BEGUN.fullmatch(text):
            self._held = text[:_LONGEST]
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
        """Give what a whole sequence means; nothing where it is not known."""
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
        """Give a new size of the terminal, where it was asked to tell it so."""
        if self._sizes_in_band and 0 < rows <= _LARGEST[0] and 0 < columns <= _LARGEST[1]:
            if height < rows or width < columns:  # it does not know its pixels
                height, width = rows, columns
            yield from self._textual.feed(f"\x1b[48;{rows};{columns};{height};{width}t")

    def _key(self, sequence: str) -> Iterator[Message]:
        known = ANSI_SEQUENCES_KEYS.get(sequence)
        if isinstance(known, str):  # a sign on the number pad
            yield from self._textual.feed(known)
        elif isinstance(known, tuple) and len(known) == 1:
            yield events.Key(known[0].value, None)
        else:
            yield from kitty_key(sequence)

    def _alt(self, letter: str) -> Iterator[Message]:
        """Give Escape and a letter, which is Alt and that letter; Escape and a control is that control."""
        known = ANSI_SEQUENCES_KEYS.get(_ESC + letter)
        if letter.isprintable():
            yield events.Key(f"alt+{name_of(letter)}", letter)
        elif isinstance(known, tuple):
            yield events.Key(known[0].value, None)
        else:
            yield from self._letters(letter)

    def _expire(self) -> Iterator[Message]:
        """Take what has begun for what a person pressed, where it can be that; else drop it."""
        held, self._held = self._held, ""
        if held == _ESC:
            self._expired = (self._expired or _STRING_ENDS_LATE * self._depth) + held
            self._depth = 0
            yield events.Key("escape", _ESC)
        elif self._depth:
            self._expired = _STRING_ENDS_LATE * max(_end_of(held, self._depth)[2], 1)
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
        """Enter a control string, unless Alt and a letter was pressed; returns what is left.

        The replies that terminals send after DCS begin with a parameter: Escape, P and more letters in one read are
        keys, unless the end of a string is there, or more than anybody presses at once. So are Escape, a letter and the
        Escape of another key.
        """
        body = text[2:]
        end, broken, _depth = _end_of(body)
        lettered = text[1] == "P" and body[:1] > "?" and len(body) < _LONGEST
        if not end and broken == len(body) < _LONGEST and (lettered or body[:1] in ("", _ESC)):
            self._held = text
            return ""
        if end or not (lettered or _CONTROLS.match(body)):
            self._depth = 1
        else:
            yield from self._alt(text[1])
        return body

    def _string(self, text: str, *, all_there: bool = False) -> Generator[Message, None, str]:
        """Drop a control string up to its end; returns what is left.

        An Escape in it may begin something nested, or a key while the string was cut short: the end of the string
        tells. Where it is not there yet, all is held for a moment, until `all_there`; if it does not come, keys act.
        """
        end, broken, depth = _end_of(text, self._depth)
        if not end:
            if broken == len(text) and not all_there:
                if _ESC not in text[:-1]:
                    self._held = text[-1:] if text.endswith(_ESC) else ""
                elif len(text) <= _LONGEST:
                    self._held = text
                else:
                    self._depth = depth
                return ""
            paste = text.find(_PASTE_BEGINS, 0, broken)
            end = paste if paste >= 0 else broken - text.endswith(_ESC, 0, broken)
            for whole in _WHOLE.finditer(text, 0, end):
                yield from self._sequence(whole[0])
        self._depth = 0
        return text[end:]

    # -- pastes --------------------------------------------------------------------------------------------------------

    def _paste(self, text: str) -> Generator[Message, None, str]:
        """Take in a pasted text up to its end; returns what is left."""
        assert self._pasted is not None
        at = text.find(_PASTE_ENDS)
        if at < 0:
            kept = next((size for size in range(len(_PASTE_ENDS) - 1, 0, -1) if text.endswith(_PASTE_ENDS[:size])), 0)
            self._held = text[len(text) - kept :]
            self._pasted.append(text[: len(text) - kept])
            return ""
        self._pasted.append(text[:at])
        yield from self._end_paste()
        return text[at + len(_PASTE_ENDS) :]

    def _end_paste(self) -> Iterator[Message]:
        """Give what was pasted: text, in which no key is looked for; a second beginning joins two pastes in one."""
        text = "".join(self._pasted or ()).replace(_PASTE_BEGINS, "").replace(_ESC, "").replace("\x00", "")
        self._pasted, self._held = None, ""
        if text:
            yield events.Paste(text)


def _end_of(string: str, depth: int = 1) -> tuple[int, int, int]:
    """Return behind what a control string ends, with all that is nested in it; where it is broken off; and its depth.

    The end is 0 where there is none yet. A control that may not stand in a string breaks it off, or else its length.
    The depth is how many strings are open, one in the other, at the start, then at the end.
    """
    for match in _CONTROLS.finditer(string):
        at, control = match.start(), match[0]
        pair = string[at : at + 2] if control == _ESC else _SEVEN_BITS.get(control, control)
        if pair == _ST or control in _SILENT_ENDS:
            depth = 0 if control in _CANCELS else depth - 1
            if not depth:
                return at + (2 if pair == _ST else 1), len(string), 0
        elif control != _ESC and control < "\x80":
            return 0, at, depth
        else:
            depth += pair[1:] in tuple(_STRINGS)
    return 0, len(string), depth
