"""How tables are set on standard output: as wide as the reader's page, no number parted, no blanks at the end."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

PLAIN_WIDTH = 120
"""Columns where standard output is no terminal and COLUMNS does not say."""
_NARROWEST, _WIDEST = 40, 160
_GAP = 2  # blanks between columns
_FEW = 2  # columns that are set beside each other on any page
_LONGEST = (40, 20)  # letters of a word that a column holds whole, if it can; longer are expressions and addresses
_HELD = "\ue000"  # stands for a space that must not be broken at; rich breaks at a no-break space too
_PARTED = re.compile(r"(?<=\d) (?=(?:%|km²|km\b|m\b|MB\b|people\b|days\b|points\b))|(?<=[≥≤]) (?=\d)")
_BLANKS = re.compile(r"[ \t]+((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)
_STYLED = re.compile(r"\x1b\[[0-9;]*m")


def width() -> int:
    """Columns to print in: what COLUMNS says, else the terminal, else :data:`PLAIN_WIDTH`."""
    return min(max(shutil.get_terminal_size((PLAIN_WIDTH, 0)).columns, _NARROWEST), _WIDEST)


def show(*renderables: RenderableType) -> None:
    """Print to standard output: with styles on a terminal, plain elsewhere and where NO_COLOR is set."""
    sys.stdout.write(set_in(width(), *renderables, styled=sys.stdout.isatty() and not os.environ.get("NO_COLOR")))


def set_in(columns: int, *renderables: RenderableType, styled: bool = False) -> str:
    """What :func:`show` prints in so many columns."""
    page = io.StringIO()
    console = Console(file=page, width=columns, force_terminal=styled, highlight=False, emoji=False, soft_wrap=False)
    for renderable in renderables:
        console.print(_laid_out(renderable, columns))
    text = _BLANKS.sub(r"\1", page.getvalue()).replace(_HELD, " ")
    return text if styled else _STYLED.sub("", text)


def _laid_out(renderable: RenderableType, columns: int) -> RenderableType:
    match renderable:
        case Group():
            return Group(*(_laid_out(one, columns) for one in renderable.renderables))
        case Table():
            return _table(renderable, columns)
        case Text():
            held = renderable.copy()
            held.plain = _held(held.plain)  # of the same length, so that styles stay where they were
            return held
        case str():
            return _held(renderable)
    return renderable


def _held(text: str) -> str:
    return _PARTED.sub(_HELD, text)


def _table(table: Table, columns: int) -> RenderableType:
    """A table with its title above and its caption below, across the page; an entry a paragraph where it is narrow."""
    title, caption, table.title, table.caption = table.title, table.caption, None, None
    for column in table.columns:
        column._cells = [_held(cell) if isinstance(cell, str) else cell for cell in column.cells]
    widths = _widths(table, columns - _GAP * (len(table.columns) - 1))
    if widths:
        table.expand = False
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = wide
    body = table if widths or not table.columns else _paragraphs(table)
    heading = [Text.from_markup(_held(title), style="bold")] if isinstance(title, str) else []
    ending = [Text.from_markup(_held(caption))] if isinstance(caption, str) else []
    return Group(*heading, body, *ending)


def _widths(table: Table, room: int) -> list[int]:
    """A width for every column that parts no word; the rest is shared by what each has to say. Empty where none fit."""
    texts = [[_plain(cell) for cell in (column.header, *column.cells)] for column in table.columns]
    words = [max((len(word) for text in each for word in text.split()), default=1) for each in texts]
    lines = [max((len(line) for text in each for line in text.splitlines()), default=1) for each in texts]
    for longest in _LONGEST:
        least = [max(min(word, longest), c.min_width or 0) for word, c in zip(words, table.columns, strict=True)]
        widths = [min(width, line) for width, line in zip(least, lines, strict=True)]
        if sum(widths) <= room:
            break
    else:
        if len(widths) > _FEW:
            return []
    ratios = [column.ratio or 1 for column in table.columns]
    for _ in range(max(0, room - sum(widths))):
        short = [i for i, line in enumerate(lines) if widths[i] < line]
        if not short:
            break
        widths[min(short, key=lambda i: widths[i] / ratios[i])] += 1
    return widths


def _paragraphs(table: Table) -> RenderableType:
    """Every row as a paragraph: its first cell, then a line for each other cell that says anything."""
    heads = [_plain(column.header) for column in table.columns]
    lines: list[RenderableType] = []
    for cells in zip(*(column.cells for column in table.columns), strict=True):
        first, *others = (str(cell).replace("\n", "; ") for cell in cells)
        told = [f"{escape(head)}: {cell}" for head, cell in zip(heads[1:], others, strict=True) if cell.strip()]
        lines += [*([""] if lines else []), f"[bold]{first}[/bold]", *(Padding(line, (0, 0, 0, 2)) for line in told)]
    return Group(*lines)


def _plain(cell: RenderableType) -> str:
    return Text.from_markup(cell).plain if isinstance(cell, str) else str(cell)
