"""Named tuples, made in a fifth of the time.

`typing` looks at every annotation of every class while a program starts, and `collections` compiles a constructor for
each; a type checker has done the one long before, and classes of as many fields share the other.
"""

from __future__ import annotations

from collections import namedtuple
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any, Generic

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    def _make(cls, iterable):
        """Make a new value from a sequence or iterable."""
        made = tuple.__new__(cls, iterable)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **fields):
        """Return a new value with other values of these fields."""
        made = self._make(map(fields.pop, self._fields, self))
        if fields:
            raise ValueError(f"Got unexpected field names: {list(fields)!r}")
        return made

    def _printed(self):
        return f"{type(self).__name__}({', '.join(map('{}={!r}'.format, self._fields, self))})"

    def _asdict(self):
        """Return the values by the names of their fields."""
        return dict(zip(self._fields, self, strict=True))

    def _plain(self):
        return tuple(self)

    _METHODS = {
        "_make": classmethod(_make),
        "_replace": _replace,
        "_asdict": _asdict,
        "__repr__": _printed,
        "__getnewargs__": _plain,
        "__slots__": (),
    }

    @cache
    def _of_as_many_fields(number: int) -> tuple[FunctionType, tuple[Any, ...]]:
        """Return the constructor and the fields of a named tuple of so many fields, whatever these are called."""
        model = namedtuple("_", [f"field_{place}" for place in range(number)])
        return model.__new__, tuple(vars(model)[field] for field in model._fields)

    class _Maker(type):
        """Makes the class that `collections` makes of the same fields, with the methods that were written."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if bases not in ((NamedTuple,), (NamedTuple, Generic)):
                raise TypeError(f"{name} is a named tuple and can be nothing else besides")
            fields = tuple(body.get("__annotations__", ()))
            model, places = _of_as_many_fields(len(fields))
            code = model.__code__.replace(co_varnames=(model.__code__.co_varnames[0], *fields))
            defaults = {field: body[field] for field in fields if field in body}
            if [*defaults] != [*fields[len(fields) - len(defaults) :]]:
                raise TypeError(f"{name} has a field without a default after one that has one")
            return type(
                name,
                (tuple,),
                {
                    **_METHODS,
                    "__new__": FunctionType(code, model.__globals__, "__new__", tuple(defaults.values())),
                    "__doc__": f"{name}({', '.join(fields)})",
                    "_fields": fields,
                    "_field_defaults": defaults,
                    "__match_args__": fields,
                    **{key: value for key, value in body.items() if key not in defaults},
                    **dict(zip(fields, places, strict=True)),
                },
            )

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
