"""Engines that hold their own copies: PostGIS on loopback for the length of a run, DuckDB, SedonaDB."""

from __future__ import annotations

import contextlib
import glob
import importlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

from peers.timing import watch

_BIN = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1:]


@contextlib.contextmanager
def postgis() -> Iterator[Any]:
    """A connection to a PostgreSQL with PostGIS, started on loopback for this run; None where it is not installed."""
    try:
        psycopg = importlib.import_module("psycopg")
    except ImportError:
        yield None
        return
    if not _BIN or not glob.glob("/usr/share/postgresql/*/extension/postgis.control"):
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="postgis"))
    user = {"user": "postgres"} if os.getuid() == 0 else {}  # PostgreSQL refuses to run as root
    if user:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **user)

    data, control = str(folder / "data"), f"{_BIN[0]}/pg_ctl"
    run(f"{_BIN[0]}/initdb", "-D", data, "-U", "postgres", "-A", "trust")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c jit=off"
    run(control, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        with psycopg.connect(f"host=127.0.0.1 port={port} user=postgres", autocommit=True) as connection:
            connection.execute("create extension postgis; set max_parallel_workers_per_gather = 0")
            watch(connection.info.backend_pid)
            yield connection
    finally:
        run(control, "-D", data, "-w", "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def duckdb_spatial() -> Any:
    """A DuckDB connection with its spatial extension from PyPI; None where either is missing."""
    try:
        duckdb = importlib.import_module("duckdb")
        package = importlib.import_module("duckdb_extension_spatial")
    except ImportError:
        return None
    files = list(Path(package.__file__).parent.rglob("*.duckdb_extension"))
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true", "threads": 1})
    connection.execute(f"load '{files[0]}'")
    return connection


def as_wkb(geometries: Any) -> list[bytes]:
    """Geometries as well-known binary, as every database takes them."""
    return [bytes(wkb) for wkb in shapely.to_wkb(geometries)]
