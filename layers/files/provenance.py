"""What holds for a whole layer, as metadata: who says it, of when, how it was made, under which licence."""

from __future__ import annotations

import json
from collections.abc import Sequence

from layers.credits import ALWAYS
from layers.files.fields import text
from layers.layer import Layer

KEYS = ("id", "title", "role", "as_of", "source", "licence", "method", "note")


def about(layer: Layer) -> dict[str, str]:
    """The provenance of one layer by :data:`KEYS`; every value is text."""
    return {key: text(str(getattr(layer, key))) for key in KEYS}


def document(layers: Sequence[Layer]) -> str:
    """The provenance of all layers as one JSON text, marked as contactline's."""
    found = {"generator": "contactline", "statements": ALWAYS, "layers": [about(layer) for layer in layers]}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def description(layer: Layer) -> str:
    """The provenance of one layer as a line of text."""
    return text(". ".join(filter(None, (layer.source, layer.as_of, layer.licence, layer.method, layer.note))))
