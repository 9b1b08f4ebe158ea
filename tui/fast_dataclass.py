"""Frozen dataclasses as the standard library's, made in a third of the time: a start makes some sixty of them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False):
        """Make a class a dataclass; where it is `frozen` with `slots`, as nearly all here are, the quick way."""
        made = _quick if frozen and slots else dataclasses.dataclass(frozen=frozen, slots=slots)
        return made if cls is None else made(cls)


def _quick(cls: type[Any]) -> type[Any]:
    """Give a class what a frozen dataclass with slots has; what depends on its fields is compiled at the first call."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # without one a signature is worked out for it
    own = set(cls.__dict__) - {name for name in ("__hash__",) if cls.__dict__.get(name) is None}
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    late = [name for name in _LATE if name not in own]
    for name in late:
        setattr(made, name, _first_calls(made, late) if name == "__init__" else _first_call(made, name, late))
    for name, method in _SHARED.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _first_call(made: type[Any], name: str, late: list[str]) -> Any:
    """Return a method that puts all the `late` ones in their places, then does what it is called for."""

    def call(self: Any, *values: Any, **named: Any) -> Any:
        methods = _methods(made, dataclasses.fields(made))
        for text in late:
            setattr(made, text, methods[text])
        return methods[name](self, *values, **named)

    return call


def _first_calls(made: type[Any], late: list[str]) -> Any:
    """An `__init__` that fills the first few instances field by field: most classes have no more of them at a start."""
    compiled = _first_call(made, "__init__", late)
    fields: list[tuple[dataclasses.Field[Any], Any]] = []
    left = _FEW

    def call(self: Any, *values: Any, **named: Any) -> None:
        nonlocal left
        left -= 1
        if not fields:
            fields.extend(
                (field, getattr(made, field.name).__set__) for field in dataclasses.fields(made) if field.init
            )
        if left < 0 or not _filled(self, fields, values, named):
            compiled(self, *values, **named)  # which says what was wrong, too
        elif hasattr(made, "__post_init__"):
            self.__post_init__()

    return call


def _filled(self: Any, fields: list[tuple[dataclasses.Field[Any], Any]], values: Any, named: dict[str, Any]) -> bool:
    """Fill an instance by what is given and the defaults; False where something is missing, unknown or given twice."""
    given = {field.name: value for (field, _fill), value in zip(fields, values, strict=False)} | named
    if len(given) != len(values) + len(named):
        return False
    for field, fill in fields:
        if field.name in given:
            fill(self, given.pop(field.name))
        elif field.default is not dataclasses.MISSING:
            fill(self, field.default)
        elif field.default_factory is not dataclasses.MISSING:
            fill(self, field.default_factory())
        else:
            return False
    return not given


def _methods(made: type[Any], fields: tuple[dataclasses.Field[Any], ...]) -> dict[str, Any]:
    """Compile what depends on the fields, together; `__init__` fills the slots that everybody else finds closed."""
    known: dict[str, Any] = {"_new": dataclasses.MISSING}
    heads, lines = [], []
    for field in fields:
        name, value = field.name, field.name
        if not field.init:
            continue
        known[f"_set_{name}"] = getattr(made, name).__set__
        if field.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = field.default_factory
            heads.append(f"{name}=_new")
            value = f"_make_{name}() if {name} is _new else {name}"
        elif field.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = field.default
            heads.append(f"{name}=_default_{name}")
        else:
            heads.append(name)
        lines.append(f" _set_{name}(self, {value})")
    lines += [" self.__post_init__()"] if hasattr(made, "__post_init__") else []
    compared = [field.name for field in fields if field.compare]
    mine, theirs = ("".join(f"{whose}.{name}," for name in compared) for whose in ("self", "other"))
    lines += [
        "def __eq__(self, other):",
        f" return ({mine}) == ({theirs}) if other.__class__ is self.__class__ else NotImplemented",
        "def __hash__(self):",
        f" return hash(({mine}))",
    ]
    methods: dict[str, Any] = {}
    exec(f"def __init__(self, {', '.join(heads)}):\n" + "\n".join([" pass", *lines]), known, methods)
    methods["__init__"].__annotations__ = {field.name: field.type for field in fields if field.init} | {"return": None}
    return methods


def _repr(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse(self: Any, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _field_values(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FEW = 20  # instances that cost less than the compiling of a method
_LATE = ("__init__", "__eq__", "__hash__")
_SHARED = {
    "__repr__": _repr, "__setattr__": _refuse, "__delattr__": _refuse,
    "__getstate__": _field_values, "__setstate__": _restore,
}  # fmt: skip
