"""Arrow values: their size in memory, and their conversion to Python."""

from __future__ import annotations

import contextlib

import pyarrow as pa

from tasks.acquire.base.unexpected import attempt

_OBJECT = 16  # overhead of a value, in bytes


def weigh(array: pa.Array) -> int:
    """The approximate size of the values as Python objects, in bytes. A dictionary value counts each time it occurs."""
    kind = array.type
    if isinstance(array, pa.ExtensionArray):
        return weigh(array.storage)
    if pa.types.is_dictionary(kind):
        return _weigh_dictionary(array)
    if pa.types.is_struct(kind):
        return len(array) * _OBJECT + sum(map(weigh, array.flatten()))
    if pa.types.is_map(kind):
        return len(array) * _OBJECT + _weigh_map(array)
    if pa.types.is_nested(kind):
        return len(array) * _OBJECT + weigh(array.flatten())
    return int(len(array) * _OBJECT + array.nbytes)


def _weigh_dictionary(array: pa.DictionaryArray) -> int:
    import pyarrow.compute as pc  # loaded here: it takes longer than a small file

    values = array.dictionary
    try:
        sizes = pc.binary_length(values)
    except pa.ArrowException:  # no texts: numbers and the like
        return len(array) * (_OBJECT + 16)
    total = pc.sum(pc.take(sizes, array.indices)).as_py() or 0
    return int(len(array) * _OBJECT + total)


def _weigh_map(array: pa.MapArray) -> int:
    """The size of keys and items, as if each map had everything between its offsets."""
    offsets = array.offsets
    start, end = offsets[0].as_py() or 0, offsets[-1].as_py() or 0
    keys, items = array.keys, array.items
    if len(keys) < end:  # some releases cut them to the slice already
        return weigh(keys) + weigh(items)
    return weigh(keys.slice(start, end - start)) + weigh(items.slice(start, end - start))


def soften(array: pa.Array) -> pa.Array:
    """The array with times that Python can hold, if only nanoseconds are lost. A time in an unknown zone becomes UTC."""
    kind = array.type
    with contextlib.suppress(pa.ArrowException):
        if pa.types.is_timestamp(kind):
            unit = "us" if kind.unit == "ns" else kind.unit
            return array.cast(pa.timestamp(unit, _known_zone(kind.tz)), safe=False)
        if pa.types.is_time64(kind) and kind.unit == "ns":
            return array.cast(pa.time64("us"), safe=False)
        if pa.types.is_duration(kind) and kind.unit == "ns":
            return array.cast(pa.duration("us"), safe=False)
    return array


def _known_zone(name: str | None) -> str | None:
    if name is None:
        return None
    zone = attempt(lambda: pa.lib.string_to_tzinfo(name))
    return "UTC" if isinstance(zone, Exception) else name
