"""What is known of control sources, as documents and as tables: those that ship, are imported, or can be pulled."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geo.atlas import embedded
from geo.atlas.control import DEFAULT, Stored, control_source
from geo.atlas.control.store import Header, catalogue, is_current, path_of
from geo.atlas.pull import Address, addresses
from geo.errors import InputError

Document = dict[str, Any]


def listing() -> list[Document]:
    """One row a source: embedded, imported (damaged ones with the reason), then those that can be pulled."""
    shipped = control_source(DEFAULT, embedded())
    rows = [_row(DEFAULT, "embedded", shipped.title, shipped.licence, shipped.first, shipped.last)]
    kept = catalogue()
    for name, header in kept:
        if isinstance(header, InputError):
            rows.append(_row(name, "damaged", str(header), "", None, None))
        else:
            rows.append(_kept(name, header))
    names = {name for name, _ in kept}
    return rows + [_offered(source) for source in addresses().values() if source.id not in names]


def listing_table(rows: list[Document]) -> RenderableType:
    """The rows as a table."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("name", "state", "from", "to", "days", "size", "what", "licence"):
        table.add_column(column, overflow="fold", header_style="bold", justify="right" if column == "size" else "left")
    for row in rows:
        size = f"{row['bytes'] / 1e6:.2f} MB" if row["bytes"] else ""
        cells = (row["name"], row["state"], row["first"], row["last"], row["days"], size, row["title"], row["licence"])
        table.add_row(*(escape(str(cell if cell is not None else "")) for cell in cells))
    return table


def description(name: str) -> Document:
    """All there is to say of one source, by its name or the path of a file or folder.

    Raises :class:`UnknownNameError` for other names, :class:`InputError` where it cannot be read.
    """
    if name in addresses() and name not in {kept for kept, _ in catalogue()}:
        return _offered(addresses()[name]) | {"terms": addresses()[name].terms, "page": addresses()[name].page}
    source = control_source(name, embedded())
    found = _row(source.name, "embedded" if name == DEFAULT else "file", source.title, source.licence)
    found |= {"first": str(source.first), "last": str(source.last), "days": len(source.dates)}
    if name != DEFAULT:
        found["gaps"] = [[str(a), str(b)] for a, b in _gaps(source.dates)]
        found["report"] = list(getattr(source, "report", tuple)())
    last = source.snapshot(source.last)
    found["classes"] = sorted({f"{holding.side}: {holding.cls}" for holding in last.holdings})
    found["notes"] = list(last.notes)
    return found | _lineage(source) if isinstance(source, Stored) else found


def description_text(document: Document) -> RenderableType:
    """A description line by line."""
    lines = [f"{document['name']}: {document['title']}", f"licence  {document['licence']}"]
    days = f", {document['days']} days" if document["days"] else ""
    lines.append(f"dates    {document['first']} to {document['last'] or 'today'}{days}")
    if document.get("gaps") and not any("missing" in line for line in document["report"]):
        lines.append("gaps     " + ", ".join(a if a == b else f"{a} to {b}" for a, b in document["gaps"]))
    for key in ("classes", "report", "notes"):
        lines += [f"{key if not i else '':<8} {line}" for i, line in enumerate(document.get(key, ()))]
    if areas := document.get("held_km2"):
        lines.append("held     " + "; ".join(f"{day}: {km2:,.0f} km²" for day, km2 in areas.items()))
    if lineage := document.get("lineage"):
        lines.append(
            f"from     {lineage['origin']}, read as {lineage['format']}: {lineage['files']} files, "
            f"{lineage['bytes'] / 1e6:.1f} MB, sha256 {lineage['sha256']}"
        )
        if not lineage["current"]:
            lines.append("         read by another version of the program: import it again to be sure")
    if document.get("terms"):
        lines += [f"terms    {document['terms']}", f"page     {document['page']}"]
        lines.append(f"get it   contactline control pull {document['name']}")
    return Text("\n".join(lines))


def _kept(name: str, header: Header) -> Document:
    row = _row(name, "imported", header.title, header.licence, *header.span)
    return row | {"days": header.days, "bytes": path_of(name).stat().st_size}


def _offered(source: Address) -> Document:
    return _row(source.id, "can be pulled", source.title, source.licence, source.first, source.last)


def _row(
    name: str, state: str, title: str, licence: str, first: date | None = None, last: date | None = None
) -> Document:
    return {
        "name": name,
        "state": state,
        "title": title,
        "licence": licence,
        "first": str(first) if first else None,
        "last": str(last) if last else None,
        "days": None,
        "bytes": None,
    }


def _gaps(dates: tuple[date, ...]) -> list[tuple[date, date]]:
    """Runs of days without a state between the first and the last, both ends included."""
    return [(a + timedelta(1), b - timedelta(1)) for a, b in pairwise(dates) if (b - a).days > 1]


def _lineage(source: Stored) -> Document:
    header, held = source.header, source.held_km2
    return {
        "state": "imported",
        "bytes": source.path.stat().st_size,
        "held_km2": {str(source.dates[i]): round(held[i], 1) for i in (0, -1)},
        "lineage": {
            "origin": header.origin,
            "format": header.format,
            "files": header.files,
            "bytes": header.bytes,
            "sha256": header.inputs,
            "imported": header.imported or None,
            "current": is_current(header),
        },
    }
