"""What commands that print pictures share: the sizes to choose from, and how a picture is written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.errors import UsageError
from layers.commands.options import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from layers.pictures.sheet import Sheet

PICTURES = (".svg", ".pdf", ".png")
Size = Annotated[
    str,
    typer.Option(
        "--size", metavar="SIZE", help="Of a picture: column (88 mm), page (180 mm), or card (1200 by 675 pixels)."
    ),
]


def sheet(size: str) -> Sheet:
    """The sheet of a size; raises :class:`UsageError` for a size there is none of."""
    from layers.pictures.sheet import SIZES

    if size not in SIZES:
        raise UsageError(f"--size takes one of: {', '.join(SIZES)}; not {size!r}.")
    return SIZES[size]


def save_picture(figure: Figure, path: Path, missing: Iterable[str], *, force: bool) -> None:
    """Writes a picture, says what could not be drawn, and prints its path."""
    from layers.pictures.save import save

    for sentence in missing:
        say(sentence)
    typer.echo(str(save(figure, path, force=force)))
