"""The fields every feature carries into a file: its own values, and what holds for its layer."""

from __future__ import annotations

import re
from math import isfinite

from layers.layer import Feature, Layer, Value
from layers.palette import palette

OF_LAYER = ("name", "class", "date", "source", "licence", "method", "note", "role", "layer_title")
"""The fields that every feature has, in any file."""


def fields(layer: Layer, feature: Feature) -> dict[str, Value]:
    """Name, the feature's properties, then class, date, source, licence, method, note, role and title of its layer.

    A property of the same name as one of the layer's is the more exact one, and stands in its place.
    Numbers that are not finite become None: no format agrees with another on them.
    """
    of_layer: dict[str, Value] = {
        "class": palette().style(layer.role).title.casefold(),
        "date": layer.as_of,
        "source": layer.source,
        "licence": layer.licence,
        "method": layer.method,
        "note": layer.note,
        "role": layer.role,
        "layer_title": layer.title,
    }
    own = {text(key): plain(value) for key, value in feature.properties.items()}
    rest = {key: value for key, value in of_layer.items() if key not in own}
    rest = {key: plain(value) for key, value in rest.items()}
    return {"name": plain(feature.name), **{k: v for k, v in own.items() if k != "name"}, **rest}


def plain(value: Value) -> Value:
    """``value`` as every format can hold it: no NUL, no control character XML forbids, no half of a surrogate pair."""
    if isinstance(value, str):
        return text(value)
    return None if isinstance(value, float) and not isfinite(value) else value


def text(value: str) -> str:
    """A string without the characters XML 1.0 (section 2.2) and UTF-8 cannot hold; U+FFFD stands where they were."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", value)
