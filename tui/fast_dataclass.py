"""Frozen dataclasses as the standard library's, made in a third of the time: a start makes some sixty of them.

Of what `field` may say, `kw_only` and `hash` are not regarded, and there is neither `InitVar` nor ordering.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

_FEW = 20  # so many instances filled field by field cost less than the compiling of an `__init__`
_LATE = ("__init__", "__eq__", "__hash__")  # the methods that depend on the fields, and are compiled late

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # the whole one for the type checker
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False):
        """Make a class a dataclass; where it is `frozen` with `slots`, as nearly all here are, the quick way."""
        decorate = _make_frozen if frozen and slots else dataclasses.dataclass(frozen=frozen, slots=slots)
        return decorate if cls is None else decorate(cls)


def _make_frozen(cls: type[Any]) -> type[Any]:
    """Return the class with what a frozen dataclass with slots has; methods that it defines itself stay.

    What depends on its fields is compiled at the first comparison, hash or wrong call, or after _FEW instances.
    """
    cls.__doc__ = cls.__doc__ or cls.__name__  # without a docstring, `dataclasses` works out a signature for one
    own = set(cls.__dict__)
    if cls.__dict__.get("__hash__") is None:  # Python sets it to None in a class that defines `__eq__`
        own.discard("__hash__")
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    late = [name for name in _LATE if name not in own]
    for name in late:
        setattr(made, name, _slow_init(made, late) if name == "__init__" else _compiling_method(made, name, late))
    for name, method in _SHARED.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _compiling_method(made: type[Any], name: str, late: list[str]) -> Any:
    """Return a method that compiles all the `late` ones and puts them on the class, then calls its own."""

    def call(self: Any, *values: Any, **named: Any) -> Any:
        methods = _compile_methods(made, dataclasses.fields(made))
        for late_name in late:
            setattr(made, late_name, methods[late_name])
        return methods[name](self, *values, **named)

    return call


def _slow_init(made: type[Any], late: list[str]) -> Any:
    """Return an `__init__` that fills the first _FEW instances field by field, then compiles the real one.

    Most classes have no more instances than these at a start.
    """
    compile_and_init = _compiling_method(made, "__init__", late)
    fields: list[tuple[dataclasses.Field[Any], Any]] = []
    left = _FEW

    def call(self: Any, *values: Any, **named: Any) -> None:
        nonlocal left
        left -= 1
        if not fields:
            fields.extend(
                (field, getattr(made, field.name).__set__) for field in dataclasses.fields(made) if field.init
            )
        if left < 0 or not _fill(self, fields, values, named):
            compile_and_init(self, *values, **named)  # it also raises the TypeError that says what was wrong
        elif hasattr(made, "__post_init__"):
            self.__post_init__()

    return call


def _fill(self: Any, fields: list[tuple[dataclasses.Field[Any], Any]], values: Any, named: dict[str, Any]) -> bool:
    """Fill an instance with what is given and the defaults; `fields` holds each field with the setter of its slot.

    Return False where an argument is missing, unknown, too many or given twice: some slots may be filled by then.
    """
    given = {field.name: value for (field, _set_slot), value in zip(fields, values, strict=False)} | named
    if len(given) != len(values) + len(named):
        return False
    for field, set_slot in fields:
        if field.name in given:
            set_slot(self, given.pop(field.name))
        elif field.default is not dataclasses.MISSING:
            set_slot(self, field.default)
        elif field.default_factory is not dataclasses.MISSING:
            set_slot(self, field.default_factory())
        else:
            return False
    return not given


def _compile_methods(made: type[Any], fields: tuple[dataclasses.Field[Any], ...]) -> dict[str, Any]:
    """Compile the methods of _LATE together, and return them by name.

    `__init__` sets each slot through its descriptor, since `__setattr__` of a frozen class refuses.
    """
    global_names: dict[str, Any] = {"_new": dataclasses.MISSING}  # a default that asks for a new value of the factory
    parameters, lines = [], []
    for field in fields:
        name, value = field.name, field.name
        if not field.init:
            continue
        global_names[f"_set_{name}"] = getattr(made, name).__set__
        if field.default_factory is not dataclasses.MISSING:
            global_names[f"_make_{name}"] = field.default_factory
            parameters.append(f"{name}=_new")
            value = f"_make_{name}() if {name} is _new else {name}"
        elif field.default is not dataclasses.MISSING:
            global_names[f"_default_{name}"] = field.default
            parameters.append(f"{name}=_default_{name}")
        else:
            parameters.append(name)
        lines.append(f" _set_{name}(self, {value})")
    lines += [" self.__post_init__()"] if hasattr(made, "__post_init__") else []
    compared = [field.name for field in fields if field.compare]
    own_values, other_values = ("".join(f"{whose}.{name}," for name in compared) for whose in ("self", "other"))
    lines += [
        "def __eq__(self, other):",
        f" return ({own_values}) == ({other_values}) if other.__class__ is self.__class__ else NotImplemented",
        "def __hash__(self):",
        f" return hash(({own_values}))",
    ]
    methods: dict[str, Any] = {}
    head = f"def __init__(self, {', '.join(parameters)}):"
    exec("\n".join([head, " pass", *lines]), global_names, methods)  # « pass »: a class may have no field to set
    methods["__init__"].__annotations__ = {field.name: field.type for field in fields if field.init} | {"return": None}
    return methods


def _repr(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse(self: Any, name: str, *_value: object) -> None:
    """Refuse to set or delete a field of a frozen instance; deleted, it has no value (`_value` is empty)."""
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _field_values(self: Any) -> list[Any]:
    """Return the values of all fields in their order, as `__getstate__` does: for `pickle` and `copy`."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    """Set all fields from what `_field_values` returned."""
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_SHARED = {  # the methods that are the same for all classes
    "__repr__": _repr, "__setattr__": _refuse, "__delattr__": _refuse,
    "__getstate__": _field_values, "__setstate__": _restore,
}  # fmt: skip
