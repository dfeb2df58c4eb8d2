"""A figure as bytes: the same ones every time, its font inside."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from layers.files.guard import PICTURE_MARK, write_whole
from layers.pictures.sheet import FONT

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.figure import Figure
    from numpy.typing import NDArray
    from PIL.Image import Image

ENDINGS: Mapping[str, str] = {".svg": "svg", ".pdf": "pdf", ".png": "png"}
_RC: Any = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "contactline",  # the same ids every time
    "pdf.fonttype": 42,  # the font itself, as TrueType, not its outlines
    "hatch.linewidth": 0.4,
}
_COLOURS, _EXACT = 256, 128
"""The colours of a PNG, and how many of them are the most frequent as they are: flat colours stay what they are."""
_MARK = PICTURE_MARK.decode()
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": _MARK},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": _MARK, "Producer": _MARK},
    "png": {"Software": _MARK},
}


def save(figure: Figure, path: Path, *, force: bool = False) -> Path:
    """Writes a figure in the format of the path's ending, whole or not at all; the bytes depend on nothing but it."""
    kind = ENDINGS[path.suffix.lower()]
    return write_whole(path, as_bytes(figure, kind), force=force)


def as_bytes(figure: Figure, kind: str) -> bytes:
    """A figure as ``svg``, ``pdf`` or ``png``."""
    import matplotlib

    out = io.BytesIO()
    with matplotlib.rc_context(_RC):
        figure.savefig(out, format=kind, metadata=_METADATA[kind])
    match kind:
        case "svg":
            return _with_font(out.getvalue())
        case "png":
            return _small(out.getvalue(), figure.dpi)
    return out.getvalue()


def _small(png: bytes, dpi: float) -> bytes:
    """The same PNG with a palette of its own, a third of the bytes; rare colours, as a thin line's, keep their hue."""
    from PIL import Image, PngImagePlugin

    said = PngImagePlugin.PngInfo()
    said.add_text("Software", _MARK)
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        full = image.convert("RGB")
    flat = _flat(full)
    flat.save(out, "PNG", optimize=True, dpi=(dpi, dpi), pnginfo=said)
    return out.getvalue()


def _flat(full: Image) -> Image:
    """An image in 256 colours, the most frequent as they are and each other one as the nearest of those chosen."""
    import numpy as np
    from PIL import Image as images

    pixels = np.asarray(full).reshape(-1, 3).astype(np.int32)
    codes, place, count = np.unique(pixels @ (65536, 256, 1), return_inverse=True, return_counts=True)
    there = np.stack((codes >> 16, codes >> 8 & 255, codes & 255), axis=1)
    often = there[np.lexsort((codes, -count))[:_EXACT]]
    spread = full.quantize(_COLOURS - _EXACT, method=images.Quantize.MAXCOVERAGE).getpalette() or []
    chosen = np.vstack((often, np.array(spread, dtype=np.int32).reshape(-1, 3)))
    nearest = np.concatenate([_nearest(part, chosen) for part in np.array_split(there, 1 + len(there) // 4096)])
    flat = images.fromarray(nearest[place].astype(np.uint8).reshape(full.height, full.width), "P")
    flat.putpalette(chosen.astype(np.uint8).tobytes())
    return flat


def _nearest(colours: NDArray[np.int32], chosen: NDArray[np.int32]) -> NDArray[np.intp]:
    """The number of the nearest of the chosen colours for each of some colours."""
    import numpy as np

    apart: NDArray[np.intp] = np.argmin(((colours[:, None, :] - chosen[None, :, :]) ** 2).sum(axis=2), axis=1)
    return apart


def _with_font(svg: bytes) -> bytes:
    """An SVG that carries the letters it uses, so that it looks the same where the font is not installed."""
    letters = "".join(sorted(set(svg.decode("utf-8")) - {"\n"}))
    styles: tuple[tuple[str, Literal["normal", "italic"]], ...] = (
        ("normal", "normal"),
        ("bold", "normal"),
        ("normal", "italic"),
    )
    faces = "".join(
        f"@font-face{{font-family:'{FONT}';font-weight:{weight};font-style:{style};"
        f"src:url(data:font/woff;base64,{_subset(letters, weight, style)})}}"
        for weight, style in styles
    )
    head, rest = svg.split(b"<defs>", 1)
    return head + b"<defs>\n  <style>" + faces.encode() + b"</style>" + rest


def _subset(letters: str, weight: str, style: Literal["normal", "italic"]) -> str:
    from fontTools import subset
    from matplotlib.font_manager import FontProperties, findfont

    options = subset.Options(flavor="woff", notdef_outline=True, layout_features=["kern"], drop_tables=["FFTM"])
    found = findfont(FontProperties(family=FONT, weight=weight, style=style))
    out = io.BytesIO()
    with subset.load_font(found, options) as font:
        maker = subset.Subsetter(options)
        maker.populate(text=letters)
        maker.subset(font)
        font["head"].modified = font["head"].created  # no clock
        font.flavor = "woff"
        font.recalcTimestamp = False
        font.save(out)
    return base64.b64encode(out.getvalue()).decode()
