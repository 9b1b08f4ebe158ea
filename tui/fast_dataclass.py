"""A `dataclass` decorator that makes frozen classes in a third of the time: the program makes sixty at each start.

It ignores `kw_only` and `hash` of `field`, and knows neither `InitVar` nor ordering.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

_FEW_INSTANCES = 20  # to fill so many field by field costs less than to compile an `__init__`
_LATE = ("__init__", "__eq__", "__hash__")  # methods that depend on the fields; they are compiled when first needed

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # for the type checker
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False):
        """Make a class a dataclass: one with `frozen` and `slots` as this module does, any other as `dataclasses`."""
        decorate = _make_frozen if frozen and slots else dataclasses.dataclass(frozen=frozen, slots=slots)
        return decorate if cls is None else decorate(cls)


def _make_frozen(cls: type[Any]) -> type[Any]:
    """Return the class as a frozen dataclass with slots; methods that it defines itself stay.

    The methods of _LATE are compiled at the first comparison, hash or wrong call, or after _FEW_INSTANCES.
    """
    cls.__doc__ = cls.__doc__ or cls.__name__  # without one, `dataclasses` would compute a signature, which is slow
    own_names = set(cls.__dict__)
    if cls.__dict__.get("__hash__") is None:  # Python sets it to None in a class that defines `__eq__`
        own_names.discard("__hash__")
    frozen_class = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    late = [name for name in _LATE if name not in own_names]
    for name in late:
        method = _slow_init(frozen_class, late) if name == "__init__" else _compiling_method(frozen_class, name, late)
        setattr(frozen_class, name, method)
    for name, method in _SHARED.items():
        if name not in own_names:
            setattr(frozen_class, name, method)
    return frozen_class


def _compiling_method(frozen_class: type[Any], name: str, late: list[str]) -> Any:
    """Return a method that compiles the `late` methods, sets them on the class, then calls the one called `name`."""

    def call(self: Any, *values: Any, **named: Any) -> Any:
        methods = _compile_methods(frozen_class, dataclasses.fields(frozen_class))
        for late_name in late:
            setattr(frozen_class, late_name, methods[late_name])
        return methods[name](self, *values, **named)

    return call


def _slow_init(frozen_class: type[Any], late: list[str]) -> Any:
    """Return an `__init__` that fills the first _FEW_INSTANCES field by field, then compiles the real one.

    Most classes have fewer instances at a start.
    """
    compile_and_init = _compiling_method(frozen_class, "__init__", late)
    fields: list[tuple[dataclasses.Field[Any], Any]] = []
    remaining = _FEW_INSTANCES

    def call(self: Any, *values: Any, **named: Any) -> None:
        nonlocal remaining
        remaining -= 1
        if not fields:
            fields.extend(
                (field, getattr(frozen_class, field.name).__set__)
                for field in dataclasses.fields(frozen_class)
                if field.init
            )
        if remaining < 0 or not _fill(self, fields, values, named):
            compile_and_init(self, *values, **named)  # for wrong arguments it raises the usual TypeError
        elif hasattr(frozen_class, "__post_init__"):
            self.__post_init__()

    return call


def _fill(self: Any, fields: list[tuple[dataclasses.Field[Any], Any]], values: Any, named: dict[str, Any]) -> bool:
    """Fill an instance with the arguments and the defaults; `fields` are (field, setter of its slot).

    Return False if an argument is missing, unknown, too many or given twice; some slots may be filled then.
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


def _compile_methods(frozen_class: type[Any], fields: tuple[dataclasses.Field[Any], ...]) -> dict[str, Any]:
    """Compile the methods of _LATE together, and return them by name.

    `__init__` sets each slot by its descriptor, since `__setattr__` of a frozen class raises an error.
    """
    global_names: dict[str, Any] = {"_new": dataclasses.MISSING}  # default of a field with a factory: call that
    parameters, lines = [], []
    for field in fields:
        name, value = field.name, field.name
        if not field.init:
            continue
        global_names[f"_set_{name}"] = getattr(frozen_class, name).__set__
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
    lines += [" self.__post_init__()"] if hasattr(frozen_class, "__post_init__") else []
    compared_names = [field.name for field in fields if field.compare]
    own_values, other_values = ("".join(f"{whose}.{name}," for name in compared_names) for whose in ("self", "other"))
    lines += [
        "def __eq__(self, other):",
        f" return ({own_values}) == ({other_values}) if other.__class__ is self.__class__ else NotImplemented",
        "def __hash__(self):",
        f" return hash(({own_values}))",
    ]
    methods: dict[str, Any] = {}
    head = f"def __init__(self, {', '.join(parameters)}):"
    exec("\n".join([head, " pass", *lines]), global_names, methods)  # « pass » for a class without fields
    methods["__init__"].__annotations__ = {field.name: field.type for field in fields if field.init} | {"return": None}
    return methods


def _repr(self: Any) -> str:
    """Return « Class(field=value, …) », as `dataclasses` would."""
    parts = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(parts)})"


def _refuse(self: Any, name: str, *_value: object) -> None:
    """Raise the error of a frozen class, as `__setattr__` (with a value) and `__delattr__` (without one)."""
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
