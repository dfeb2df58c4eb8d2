"""``doctor``: what this installation runs on."""

from __future__ import annotations

import typer

app = typer.Typer()


@app.command()
def doctor() -> None:
    """Say which versions and data this installation runs on, and whether anything is missing."""
    from layers import tables

    tables.show(tables.installation())
