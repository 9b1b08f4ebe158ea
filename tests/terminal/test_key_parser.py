"""What a terminal sends means the same in one read as in many, and nothing of a control sequence is ever typed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events, messages

from tests.terminal.line import Line, keys
from tui.terminal.kitty_keys import key_name_of

START, END = "\x1b[200~", "\x1b[201~"
PRESSES = {
    "g": "g", "é": "é", "\r": "enter", "\t": "tab", "\x1b[A": "up", "\x1bOS": "f4", "\x1b[17~": "f6",
    "\x1bg": "alt+g", "\x1bP": "alt+P", "\x1b?": "alt+question_mark", "\x1b!": "alt+exclamation_mark",
    "\x1b[25~": "f13", "\x1b[1;2P": "f13", "\x1b[[A": "f1", "\x1bOM": "enter",
}  # fmt: skip
# Each class of ECMA-48 and what is older, none of which is a key: whole, known to others, or known to nobody.
REPLIES = (
    "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", "\x1b]11;rgb:1e1e/1e1e/2e2e\x07", "\x1b]4;7;rgb:ff/ff/ff\x9c",
    "\x1b]lTitre é\x1b\\", "\x1b]52;c;YWJj\x07", "\x1bP>|XTerm(370)\x1b\\", "\x1bP1+r544e=787465726d\x1b\\",
    "\x1bP0$r\x1b\\", "\x1bP!|00000000\x1b\\", "\x1bPqunknown\x1b\\", "\x1b_Gi=31;OK\x1b\\", "\x1b^private\x1b\\",
    "\x1bXstring\x1b\\", "\x9d11;rgb:1\x9c", "\x90>|X\x9c", "\x1b[?62;22c", "\x1b[>0;276;0c", "\x1b[0n",
    "\x1b[?2026;2$y", "\x1b[24;80R", "\x1b[1;2R", "\x1b[8;24;80t", "\x1b[48;30;100;600;800t", "\x1b[?1u", "\x1b[I",
    "\x1b[O", "\x1b[201~", "\x1b[9999~", "\x1b[65~", "\x1b[9~", "\x1b[u", "\x1b[97;1S", "\x1b[0u", "\x1b[1114112u",
    "\x1b[55296u", "\x1b[97;1:3u", "\x1b[1;5;6;7;8Z", "\x1b[<35;20;10M", "\x1b[<64;1;1M", "\x1b[M !!",
    "\x1b[32;20;10M", "\x9b31m", "\x1b[31m", "\x1b[38:2::1:2:3m", "\x1b[ q", "\x1b[?25h", "\x1b[=5u", "\x1b(B",
    "\x1b#8", "\x1b[" + "1;" * 5000 + "m", "\x1b]0;" + "t" * 9000 + "\x07", "\x1b[" + "9" * 6000 + "u",
    "\x1b[<0;99999999999;1M", "\x1bPtmux;\x1b\x1b]52;c;YWJj\x07\x1b\\", "\x1b]0;un\x1b[31mdeux\x1b[mtrois\x07",
    "\x1b_a\x1b]b\x07c\x1b\\", "\x1bP\x1b]b\x07c\x1b\\",
)  # fmt: skip


KEYS_TOO = ("\x1bPq", "\x1bPt", "\x1bP\x1b")  # Escape, P and another key, where no end of a string comes


def pieces(text: str, cuts: list[int]) -> list[str]:
    """The text cut at these places."""
    at = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    return [text[start:end] for start, end in pairwise(at)]


@pytest.mark.parametrize("press", PRESSES)
def test_each_press_alone_is_one_key(press: str) -> None:
    assert keys(press) == [PRESSES[press]]


@given(st.lists(st.sampled_from(sorted(PRESSES)), min_size=1, max_size=12))
def test_many_presses_in_one_read_are_the_same_keys(presses: list[str]) -> None:
    assert keys("".join(presses)) == [PRESSES[press] for press in presses]


@pytest.mark.parametrize(("press", "key"), [("f", "f"), ("b", "b"), ("0", "0"), ("-", "minus"), ("=", "equals_sign")])
def test_alt_and_a_letter_that_textual_calls_otherwise(press: str, key: str) -> None:
    assert keys(f"\x1b{press}") == keys("\x1b", press) == [f"alt+{key}"]


@pytest.mark.parametrize("press", "OPX[]^_(")
def test_alt_and_what_begins_longer_sequences(press: str) -> None:
    [key] = Line().send(f"\x1b{press}").wait(0.2).events
    assert isinstance(key, events.Key) and key.key.startswith("alt+") and key.character == press


def test_a_key_of_rxvt_that_no_standard_has() -> None:
    assert keys("\x1b[3$") == ["shift+delete"]


def test_escape_before_a_longer_sequence_is_a_press_of_its_own() -> None:
    assert keys("\x1b\x1b[A") == ["escape", "up"]


def test_escape_and_its_letter_in_two_reads() -> None:
    assert keys("\x1b", "jx\x1b[B") == ["alt+j", "x", "down"]


def test_a_sequence_cut_between_two_reads_is_still_one_key() -> None:
    assert keys("a\x1b[", "Ab") == ["a", "up", "b"]
    assert keys("\x1bO", "S") == ["f4"]


# -- replies and unknown sequences -------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", REPLIES)
def test_nothing_of_a_sequence_is_typed_and_the_next_key_acts(reply: str) -> None:
    assert Line().send(f"a{reply}b\x1b[A{reply}c").wait().keys == ["a", "b", "up", "c"]


@given(st.sampled_from(REPLIES), st.lists(st.integers(0, 40), max_size=6))
def test_nothing_of_it_is_typed_wherever_the_line_cuts_it(reply: str, cuts: list[int]) -> None:
    assert Line().send(*pieces(f"a{reply}b", cuts)).wait().keys == ["a", "b"]


@pytest.mark.parametrize("cuts", [[4000, 8000], [3, 4099], [5000]])
def test_a_string_longer_than_anybody_types_is_none_of_its_letters(cuts: list[int]) -> None:
    assert Line().send(*pieces("a\x1bP" + "q" * 9000 + "\x1b\\b", cuts)).wait().keys == ["a", "b"]


@given(st.sampled_from([reply for reply in REPLIES if reply[:3] not in KEYS_TOO]), st.integers(1, 40), st.booleans())
def test_of_one_that_never_ends_nothing_is_typed(reply: str, size: int, at_once: bool) -> None:
    """Escape alone, or with one letter, is what a person presses; the rest of a shorter one is what a key is."""
    begun = reply[: max(1, min(size, len(reply) - 1))]
    line = Line().send(begun)
    line = line.send("\x1b[A") if at_once and begun[0] == "\x1b" and len(begun) > 2 else line.wait()
    line.wait().send("é")
    assert line.typed == "é" and line.keys[-1] == "é"


@pytest.mark.parametrize(
    "reply", ["\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", "\x1b[?62;22c", "\x1bP>|XTerm(370)\x1b\\", "\x1b[1;5D"]
)
def test_a_reply_that_comes_late_after_its_escape_is_not_typed(reply: str) -> None:
    for cut in (1, 2, 3, 5):
        line = Line().send(reply[:cut]).wait(0.3).send(reply[cut:]).wait().send("é")
        assert line.typed == "é"


# All that may come in two parts, but for what a person types as well: behind Escape, « [u » or « (B » is two commands.
BY_HAND = (*KEYS_TOO, "\x1b[u", "\x1b[ ", "\x1b(B", "\x1b#8")
IN_TWO_PARTS = (
    *(sent for sent in REPLIES if sent[0] == "\x1b" and sent[:3] not in BY_HAND),
    *(sent for sent in PRESSES if len(sent) > 2),
    *(file.read_text("utf-8") for file in sorted((Path(__file__).parents[1] / "pty" / "inputs").glob("*.bin"))),
)


@given(st.sampled_from(IN_TWO_PARTS), st.integers(1, 40), st.sampled_from((0.05, 0.15, 0.3, 0.5, 0.9, 1.5, 1.9)))
def test_nothing_of_it_is_typed_however_late_its_rest_comes(sent: str, cut: int, pause: float) -> None:
    """A single sign is a press again after half a second or, behind a number, one; a paste has ended then."""
    begun, rest = sent[:cut], sent[cut:]
    if pause >= (0.5 if cut == 2 else 1) and cut > 1 and (len(rest) == 1 or START in begun):
        return
    whole = Line().send(sent).wait(3).send("é").wait(3)
    late = Line().send(begun).wait(pause).send(rest).wait(3).send("é").wait(3)
    assert late.typed == whole.typed
    acted = {"escape", f"alt+{key_name_of(begun[-1])}"}  # what its beginning was taken for, before the rest came
    assert [key for key in late.keys if key not in acted] == [key for key in whole.keys if key not in acted]


@pytest.mark.parametrize(
    "typed", ["[", "O", "P", "]", "_", "X", "Oui", "OBNL", "[note]", "[x", "P1", "]la suite", "Xé"]
)
def test_what_a_person_types_after_escape_is_typed(typed: str) -> None:
    """By hand, and in one read, as a slow line sends it."""
    pressed = keys(*typed)
    by_hand = Line().send("\x1b").wait(0.3)
    for letter in typed:
        by_hand.send(letter).wait(0.15)
    assert by_hand.keys == Line().send("\x1b").wait(0.3).send(typed).wait(0.15).keys == ["escape", *pressed]


@pytest.mark.parametrize("control", ["\x03", "\x11", "\r", "\x7f", "\x1b[A", "\x1b[113;5u"])
@pytest.mark.parametrize("begun", ["\x1b]0;titre", "\x1bP1;2", "\x1b_G", "\x1bXa", "\x1b[1;", "\x1bO5", "\x1b[<0;1"])
def test_a_key_acts_though_a_sequence_before_it_was_cut(begun: str, control: str) -> None:
    pressed = keys(control)
    if control == "\x7f" and begun[1] not in "[O":  # it may stand in a string
        return
    assert Line().send(begun, control).wait(0.2).keys == pressed


def test_a_mode_that_the_terminal_knows_and_a_size_that_it_was_asked_for_are_told() -> None:
    known = Line().send("\x1b[?2026;2$y", "\x1b[?2048;1$y", "\x1b[48;30;100;600;1000t").events
    assert [type(event) for event in known] == [
        messages.TerminalSupportsSynchronizedOutput, messages.InBandWindowResize, events.Resize,
    ]  # fmt: skip
    assert Line().send("\x1b[48;30;100;600;1000t").events == []


@pytest.mark.parametrize(("said", "asked"), [("0", False), ("1", True), ("2", True), ("3", True)])
def test_who_knows_of_sizes_is_believed_whether_it_tells_them_already(said: str, asked: bool) -> None:
    told = Line().send(f"\x1b[?2048;{said}$y", "\x1b[48;30;100;600;1000t").events
    assert any(isinstance(event, events.Resize) for event in told) == asked


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ("30;100;600;1000", ((100, 30), (1000, 600))),
        ("30;100;0;1000", ((100, 30), (100, 30))),  # of one side the terminal does not know the points
        ("30;100;600;0", ((100, 30), (100, 30))),
        ("1000;2000;0;0", ((2000, 1000), (2000, 1000))),
        ("1500;100;0;0", None),
        ("1000;2001;0;0", None),
        ("0;100;0;0", None),
    ],
)
def test_a_size_that_can_be_is_told_in_cells_and_points(size: str, told: tuple[object, object] | None) -> None:
    found = Line().send("\x1b[?2048;1$y", f"\x1b[48;{size}t").events
    sizes = [(event.size, event.pixel_size) for event in found if isinstance(event, events.Resize)]
    assert sizes == ([told] if told else [])


@pytest.mark.parametrize("size", ["0;0;0;0", "30;100;0;0", "5000;5000;1;1", "30;100;600;1000"])
def test_no_size_ends_the_mouse(size: str) -> None:
    line = Line().send("\x1b[?2048;1$y", f"\x1b[48;{size}t", "\x1b[<0;20;10M", "\x1b[<0;99999;99999m", "a")
    assert line.typed == "a"
    assert sum(isinstance(event, events.MouseEvent) for event in line.events) == 2


# -- the kitty protocol ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "key", "letter"),
    [
        ("97;;97u", "a", "a"), ("97;1:1;97u", "a", "a"), ("97;1:2;97u", "a", "a"), ("97u", "a", "a"),
        ("97;1:1u", "a", "a"), ("233:201;2;201u", "É", "É"), ("233:201;2u", "É", "É"), ("97;65u", "a", "a"),
        ("97;66;65u", "A", "A"), ("49:33;2u", "exclamation_mark", "!"), ("113;5u", "ctrl+q", None),
        ("113::113;5:1u", "ctrl+q", None), ("113;69u", "ctrl+q", None), ("97;5;97u", "ctrl+a", None),
        ("112;3u", "alt+p", "p"), ("112:80;4u", "alt+P", "P"), ("112;4u", "alt+P", "P"),
        ("112;3;112u", "alt+p", "p"), ("112;3;960u", "π", "π"), ("27u", "escape", "\x1b"),
        ("13;1:1u", "enter", "\r"), ("13;2u", "shift+enter", None), ("9;2u", "shift+tab", None),
        ("127;5:1u", "ctrl+backspace", None), ("32;;32u", "space", " "), ("1;1:1D", "left", None),
        ("1;2:2D", "shift+left", None), ("1;5:1C", "ctrl+right", None), ("3;1:1~", "delete", None),
        ("11;1:1~", "f1", None), ("13;2~", "f15", None), ("1;1:1P", "f1", None), ("27;5;97~", "ctrl+a", None),
        ("101;7;8364u", "euro_sign", "€"), ("97;8;230u", "æ", "æ"), ("32;;8204u", "zero_width_non_joiner", "\u200c"),
        ("27;2;65~", "A", "A"), ("57441;2u", "left_shift", None), ("1;3D", "alt+left", None),
    ],
)  # fmt: skip
def test_a_key_with_subfields_is_the_key(sent: str, key: str, letter: str | None) -> None:
    [event] = Line().send(f"\x1b[{sent}").wait().events
    assert isinstance(event, events.Key) and (event.key, event.character) == (key, letter)


def test_the_text_of_an_input_method_is_written_whole() -> None:
    assert Line().send("\x1b[0;;" + ":".join(str(ord(letter)) for letter in "日本語の文 et la suite") + "u").typed == (
        "日本語の文 et la suite"
    )


@given(st.text(st.sampled_from("0123456789:;"), max_size=14), st.sampled_from("u~ABCDEFHPQS"))
def test_no_number_ends_the_parser(numbers: str, end: str) -> None:
    line = Line().send(f"\x1b[{numbers}{end}").wait().send("é")
    assert line.keys[-1] == "é"


# -- pastes ------------------------------------------------------------------------------------------------------------

INSIDE = st.text(st.sampled_from("aé\n\r\t\x1b[]O52;cQ~\x9b201\x11"), max_size=40).filter(lambda text: END not in text)


@given(text=INSIDE, cuts=st.lists(st.integers(0, 60), max_size=8))
def test_one_paste_and_no_key_whatever_is_in_it_and_wherever_the_line_cuts_it(text: str, cuts: list[int]) -> None:
    line = Line().send(*pieces(f"{START}{text}{END}x", cuts)).wait()
    pasted = text.replace(START, "").replace("\x1b", "").replace("\x00", "")
    assert line.keys == ([f"«{pasted}»"] if pasted else []) + ["x"]


def test_a_paste_is_not_taken_for_keys() -> None:
    assert keys("\x1b[200~un\x1bg deux\x1b[201~x") == ["«ung deux»", "x"]
    assert keys("\x1b[200~une page\x1b[201~\x1bg") == ["«une page»", "alt+g"]


def test_a_paste_whose_end_never_comes_is_taken_after_a_second_of_silence() -> None:
    line = Line().send(f"{START}Alpha\nBe").wait(0.9).send("ta").wait(0.9)
    assert line.keys == []
    assert line.wait(0.2).send("x").keys == ["«Alpha\nBeta»", "x"]
    assert keys(f"{START}Alpha ", "\x1b[20", f"0~Beta{END}x") == ["«Alpha Beta»", "x"], "a second one begins in it"


@pytest.mark.parametrize("rest", [f"suite{END}", "une longue suite sans fin", f"\rune{END}"])
def test_what_comes_of_a_paste_after_a_second_is_pasted_as_well(rest: str) -> None:
    line = Line().send(f"{START}Alpha ").wait().send(rest).wait().send("x")
    assert line.keys == ["«Alpha »", f"«{rest.removesuffix(END)}»", "x"]


@pytest.mark.parametrize("cut", range(1, len(END)))
@pytest.mark.parametrize("end", [END, "\x9b201~"])
def test_the_rest_of_an_end_mark_that_comes_late_is_never_typed(end: str, cut: int) -> None:
    if cut < len(end):
        line = Line().send(f"{START}collé{end[:cut]}").wait(1.2).send(f"{end[cut:]}x").wait(3)
        assert line.keys == ["«collé»", "x"]


@pytest.mark.parametrize("cut", range(len("\x9b201~") + 1))
def test_a_terminal_of_eight_bits_ends_its_paste(cut: int) -> None:
    end = "\x9b201~"
    assert Line().send(f"\x9b200~collé{end[:cut]}").send(f"{end[cut:]}x").wait(3).keys == ["«collé»", "x"]


@pytest.mark.parametrize("quits", ["\x11", "\x1b[113;5u", "\x1b[113::113;5:1u"])
def test_one_can_quit_while_a_paste_never_ends(quits: str) -> None:
    assert Line().send(f"{START}Alpha", "bc", quits).wait(0.2).keys == ["«Alphabc»", "ctrl+q"]
    assert Line().send(f"{START}Alpha{quits}", f"bc{END}").wait().keys[-1].startswith("«Alpha")
