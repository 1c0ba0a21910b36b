"""Read and write the little of CBOR (RFC 8949) that a Pagefind index is made of.

Whole numbers, texts and arrays of known length; nothing else.
"""

from __future__ import annotations

from typing import Any


class FormError(ValueError):
    """Stop at bytes of another form than the ones that are understood."""

    def __init__(self) -> None:
        super().__init__("Pagefind's index has another form than version 1.5 gives it.")


def decode(data: bytes, place: int = 0) -> Any:
    """Give the one value that bytes hold from a place on. Raises `FormError`."""
    value, end = _value(data, place)
    if end != len(data):
        raise FormError
    return value


def encode(value: Any) -> bytes:
    """Write a value: whole numbers from 0, texts, lists."""
    if isinstance(value, int):
        return put_head(0, value)
    if isinstance(value, str):
        text = value.encode()
        return put_head(3, len(text)) + text
    return put_head(4, len(value)) + b"".join(map(encode, value))


def head(data: bytes, place: int, kind: int) -> tuple[int, int]:
    """Read the head of an item of a major type (RFC 8949 § 3): its argument, where it ends.

    Raises `FormError` for an item of another type.
    """
    found, argument, end = _head(data, place)
    if found != kind:
        raise FormError
    return argument, end


def put_head(kind: int, argument: int) -> bytes:
    """Write the head of an item, as short as it can be (RFC 8949 § 4.2.1)."""
    if argument < 24:
        return bytes((kind << 5 | argument,))
    for short, size in ((24, 1), (25, 2), (26, 4)):
        if argument < 1 << (8 * size):
            return bytes((kind << 5 | short,)) + argument.to_bytes(size)
    raise FormError


def _value(data: bytes, place: int) -> tuple[Any, int]:
    kind, argument, place = _head(data, place)
    if kind == 0:
        return argument, place
    if kind == 3:
        return data[place : place + argument].decode(), place + argument
    if kind != 4:
        raise FormError
    items = []
    for _ in range(argument):
        item, place = _value(data, place)
        items.append(item)
    return items, place


def _head(data: bytes, place: int) -> tuple[int, int, int]:
    if place >= len(data):
        raise FormError
    kind, short = divmod(data[place], 32)
    if short < 24:
        return kind, short, place + 1
    if short > 26:
        raise FormError
    end = place + 1 + (1 << (short - 24))
    return kind, int.from_bytes(data[place + 1 : end]), end
