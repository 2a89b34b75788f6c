"""A Neo4j that stays: brought up for a developer, found again by a later command, brought down.

Takes the folder of its data; what has to be known of it (version, port, process, password) is in a file beside this folder, which only its owner can
read. Knows how a server is run from `local`; knows no store and no Cypher.
"""

import fcntl
import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from graph_api.errors import BadValue, StoreAway, StoreBusy
from graph_api.stores.neo4j.local import NEWEST, STOP_SECONDS, Home, LocalServer, new_password

PORT = 7687


@dataclass(frozen=True, slots=True)
class Daemon:
    """A server that was brought up at some time."""

    home: Path
    version: str
    port: int
    password: str
    pid: int | None = None

    @property
    def address(self) -> str:
        """With user, password and database, for SAMVERKAN_STORE."""
        return Home(self.home, self.port, self.password).address

    @property
    def running(self) -> bool:
        """Whether its process is there: Neo4j holds a lock on its data for as long as it runs."""
        try:
            with (self.home / "data" / "databases" / "store_lock").open("r+b") as lock:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False


def found(home: Path) -> Daemon | None:
    """The server whose data are in that folder, running or not; None where none was ever brought up.

    Raises:
        BadValue: the file beside the folder is not one of ours.
    """
    file = _file(home)
    try:
        return Daemon(home, **json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (TypeError, ValueError) as error:
        raise BadValue(
            "This file does not say how the server is run.", place=file, hint="Name another --home."
        ) from error


def up(
    home: Path, version: str | None, port: int | None, kept: Path, say: Callable[[str], None], *, gds: bool = False
) -> Daemon:
    """Start the server, unless it runs, and return once it answers; the version and the port are those of the last time unless they are given.

    Raises:
        BadValue: the data are of another version, or were made without us.
        StoreAway: Java or Maven is missing, the port is taken, or the server did not start.
    """
    known = found(home)
    if known and known.running:
        return known
    if known is None and (home / "data").exists():
        raise BadValue("The data there were made by another program.", place=home, hint="Name another --home.")
    if known and version not in (None, known.version):
        hint = f"Take that version, or name another --home for {version}."
        raise BadValue(f"The data there are of Neo4j {known.version}.", place=home, hint=hint)
    password = known.password if known else new_password()
    daemon = Daemon(
        home, known.version if known else version or NEWEST, port or (known.port if known else PORT), password
    )
    served = Home(home, daemon.port, password, {"server.memory.pagecache.size": "512m"})
    server = LocalServer(daemon.version, kept, served, heap="1g", detached=True, gds=gds)
    # The password first: data without it would be lost to us.
    _keep(daemon)
    server.start(say)
    daemon = Daemon(home, daemon.version, daemon.port, password, server.pid)
    _keep(daemon)
    return daemon


def down(daemon: Daemon) -> None:
    """Stop the server; returns when it has let go of its data.

    Raises:
        StoreAway: the process is not known, or not ours to stop.
        StoreBusy: it did not stop in time.
    """
    if not daemon.running:
        return
    try:
        if daemon.pid is None:
            raise ProcessLookupError
        os.kill(daemon.pid, signal.SIGTERM)
    except (ProcessLookupError, PermissionError) as error:
        raise StoreAway("Something holds the data that was not brought up from here.", place=daemon.home) from error
    until = time.monotonic() + STOP_SECONDS
    while daemon.running:
        if time.monotonic() > until:
            raise StoreBusy(f"Process {daemon.pid} did not stop within {STOP_SECONDS:.0f} s.", place=daemon.home)
        time.sleep(0.05)


def _file(home: Path) -> Path:
    return home.with_name(f"{home.name}.json")


def _keep(daemon: Daemon) -> None:
    file, kept = _file(daemon.home), asdict(daemon)
    del kept["home"]
    file.parent.mkdir(parents=True, exist_ok=True)
    made = file.with_suffix(".new")
    made.touch(0o600)
    made.write_text(json.dumps(kept), "utf-8")
    made.replace(file)
