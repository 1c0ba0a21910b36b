"""Put a Pagefind index in an order of its own, so that it is the same to the byte each time.

Pagefind 1.5 writes the values of a filter in the order of a hash map, another one each time, and
names files after their bytes. A filter is `[name, [[value, [page, …]], …]]` in CBOR (RFC 8949),
behind a signature and compressed.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath

_SIGNATURE = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_FORM = "Pagefind's filters have another form than version 1.5 gives them."


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Sort the values of all filters, and rename the files that are named after them.

    Raises `ValueError` for files of another form.
    """
    found = dict(files)
    for name in [name for name in files if name.endswith(".pf_filter")]:
        old, new = _rename(found, name, sort(_unpack(found.pop(name))), 7)
        for meta in [name for name in found if name.endswith(".pf_meta")]:
            told = _unpack(found[meta])
            if old in told:
                del found[meta]
                was, now = _rename(found, meta, told.replace(old, new), 10)
                entry = found[_ENTRY]
                found[_ENTRY] = entry.replace(b'"%s"' % was, b'"%s"' % now)
    return found


def sort(data: bytes) -> bytes:
    """Sort the values of one filter. Raises `ValueError` for bytes of another form."""
    try:
        kind, count, place = _head(data, len(_SIGNATURE))
        if not data.startswith(_SIGNATURE) or (kind, count) != (4, 2):
            raise ValueError(_FORM)
        kind, count, start = _head(data, _skip(data, place))
        values = []
        place = start
        for _ in range(count):
            end = _skip(data, place)
            values.append(data[place:end])
            place = end
    except IndexError:
        raise ValueError(_FORM) from None
    if kind != 4 or place != len(data):
        raise ValueError(_FORM)
    return data[:start] + b"".join(sorted(values))


def _rename(files: dict[str, bytes], name: str, data: bytes, digits: int) -> tuple[bytes, bytes]:
    """Put bytes to where their digest says; give the id in the old name, and the new one."""
    path = PurePosixPath(name)
    old = path.stem.rpartition(".")[2]
    new = f"{old.rpartition('_')[0]}_{sha256(data).hexdigest()[:digits]}"
    files[str(path.with_name(path.name.replace(old, new)))] = gzip.compress(data, 9, mtime=0)
    return old.encode(), new.encode()


def _unpack(data: bytes) -> bytes:
    return gzip.decompress(data)


def _skip(data: bytes, place: int) -> int:
    """Give where the item at a place ends: an array, a text or a whole number."""
    kind, value, place = _head(data, place)
    if kind == 4:
        for _ in range(value):
            place = _skip(data, place)
        return place
    if kind not in (0, 3):
        raise ValueError(_FORM)
    return place + value if kind == 3 else place


def _head(data: bytes, place: int) -> tuple[int, int, int]:
    """Read the head of an item (RFC 8949 § 3): its major type, its argument, where it ends."""
    kind, short = divmod(data[place], 32)
    if short < 24:
        return kind, short, place + 1
    end = place + 1 + (1 << (short - 24))
    return kind, int.from_bytes(data[place + 1 : end]), end
