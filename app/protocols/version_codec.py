"""A protocol version as plain data for JSON, and back; made from the fields of the domain's own classes.

The cache keeps built versions in this form, so that a protocol that was checked once is read without YAML and pydantic.
Fields at their default are left out. A class among several in one field, such as an anchor, is named under ``is``.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from app.domain.protocol.version import ProtocolVersion

_CLASS = "is"
_SCALARS = (str, int, float, bool, object)

Reader = Callable[[Any], Any]


def version_to_plain(version: ProtocolVersion) -> dict[str, Any]:
    """Return the version as plain data that JSON keeps."""
    plain: dict[str, Any] = _plain(version)
    return plain


def version_from_plain(data: Mapping[str, Any]) -> ProtocolVersion:
    """Return the version that was made plain.

    Raises:
        AttributeError | KeyError | TypeError | ValueError: the data is not of this form.
    """
    version: ProtocolVersion = _reader(ProtocolVersion)(data)
    return version


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        given = ((field.name, getattr(value, field.name), _default(field)) for field in fields(value))
        return {_CLASS: type(value).__name__} | {name: _plain(one) for name, one, default in given if one != default}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


@cache
def _reader(hint: Any) -> Reader:
    """Return a function that reads a value of this type from plain data.

    Raises:
        TypeError: the type has no plain form; a field of the domain has it for the first time.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _union_reader(arguments)
    if origin is tuple:
        each = _reader(arguments[0])
        return lambda value: tuple(map(each, value))
    if origin is Mapping:
        key, each = _key_reader(arguments[0]), _reader(arguments[1])
        return lambda value: {key(name): each(one) for name, one in value.items()}
    if is_dataclass(hint):
        return _class_reader(hint)
    if origin is Literal or hint in _SCALARS:
        return _same
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    raise TypeError(f"{hint} has no plain form")


def _same(value: Any) -> Any:
    return value


def _key_reader(hint: Any) -> Reader:
    """Return a function that reads a key: JSON has no keys but text."""
    return int if hint is int else _same


def _union_reader(members: tuple[Any, ...]) -> Reader:
    """Return a function that reads a value of one of these types, of which None may be one."""
    classes = {one.__name__: one for one in members if isinstance(one, type) and is_dataclass(one)}
    if not classes:
        others = [one for one in members if one is not type(None) and one not in _SCALARS]
        return _reader(others[0]) if others else _same

    def read(value: Any) -> Any:
        return None if value is None else _reader(classes[value[_CLASS]])(value)

    return read


def _class_reader(cls: Any) -> Reader:
    readers = {name: _reader(hint) for name, hint in get_type_hints(cls).items()}

    def read(value: Any) -> Any:
        return cls(**{name: readers[name](one) for name, one in value.items() if name != _CLASS})

    return read
