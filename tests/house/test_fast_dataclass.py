"""The quick dataclasses behave as the standard library's do."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field, replace

import pytest

from tui import fast_dataclass


class _Told:
    a: int
    b: str = "b"
    c: tuple[str, ...] = field(default_factory=tuple)
    d: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "d", self.a + 1)


def _made(dataclass):
    return dataclass(frozen=True, slots=True)(type("Point", (), dict(_Told.__dict__) | {"__module__": __name__}))


Point, Standard = _made(fast_dataclass.dataclass), _made(dataclasses.dataclass)


@pytest.mark.parametrize("make", [Point, Standard])
def test_made_compared_and_changed_alike(make):
    one = make(1, c=("x",))
    assert one == make(1, "b", ("x",)) == replace(make(2, c=("x",)), a=1)
    assert hash(one) == hash(make(1, "b", ("x",)))
    assert one != make(1) and one != (1, "b", ("x",))
    assert repr(one) == "Point(a=1, b='b', c=('x',))"
    assert (one.d, make(1).c, dataclasses.asdict(one)["d"]) == (2, (), 2)
    assert list(inspect.signature(make).parameters) == ["a", "b", "c"]


@pytest.mark.parametrize("make", [Point, Standard])
def test_closed_after_it_is_made(make):
    one = make(1)
    for act in (lambda: setattr(one, "a", 2), lambda: delattr(one, "a")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            act()
    with pytest.raises(TypeError):
        make()
    assert not hasattr(one, "__dict__")


def test_the_hundredth_is_made_like_the_first():
    """Most classes fill their first instances field by field, and the later ones by a method compiled for them."""
    Many = _made(fast_dataclass.dataclass)
    for number in range(100):
        assert Many(number) == Many(a=number, b="b", c=()) and Many(number, "c").b == "c"
        for wrong in (lambda: Many(), lambda: Many(1, a=1), lambda: Many(1, "b", (), 4), lambda: Many(1, e=2)):
            with pytest.raises(TypeError):
                wrong()


def test_copied_and_pickled():
    one = Point(1, "c")
    assert copy.copy(one) == one and copy.deepcopy(one).d == 2
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_class_keeps_the_methods_of_its_own():
    @fast_dataclass.dataclass(frozen=True, slots=True)
    class Same:
        a: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Same)

        def __repr__(self) -> str:
            return "same"

    assert Same(1) == Same(2)
    assert repr(Same(1)) == "same"


def test_other_kinds_are_the_standard_ones():
    @fast_dataclass.dataclass
    class Open:
        a: int = 0

    one = Open()
    one.a = 3
    assert one == Open(3)
