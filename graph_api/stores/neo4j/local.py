"""A real Neo4j on this machine, without containers and without an installation: its jars from Maven Central, run by the machine's Java.

Takes a version, a folder that keeps the jars, and homes (folders of data); gives a running server at an address of this machine. One process may
serve several homes, each at a port of its own: a home more costs half a second and 40 MB, a process more 8 seconds and 450 MB. For development, tests
and benchmarks. Knows no store and no Cypher.
"""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from graph_api.errors import BadValue, StoreAway

NEWEST, LONG_TERM = "2026.08.1", "5.26.30"
"""The versions that the suites run on: of the calendar, and of long-term support."""

JAVA_NEEDED: Mapping[str, int] = {NEWEST: 21, LONG_TERM: 17}
"""The oldest Java that each version runs on."""

GDS: Mapping[str, str] = {NEWEST: "2.26.0"}
"""The version of Graph Data Science that is tested on a version of Neo4j."""

HOST = "127.0.0.1"
USER = "neo4j"
HANDSHAKE = bytes.fromhex("6060b017 00000005 00000004 00000000 00000000")
START_SECONDS, STOP_SECONDS = 120.0, 60.0

ARCHIVES_SINCE = 19
"""The Java that keeps its classes, at the first stop, in the form that they have in memory: a third less work at each start after."""
CARRIERS = "-Djdk.virtualThreadScheduler.parallelism=16"
"""Neo4j samples its indexes in virtual threads, which wait for each other's pages without letting go: where as many wait as the machine has cores, by
default, the one that holds the page never runs again. Two cores and a page cache smaller than the store were seen to stand still so."""
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>samverkan</groupId><artifactId>neo4j-local</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>{group}</groupId><artifactId>{artifacts[0]}</artifactId><version>{version}</version></dependency>
    <dependency><groupId>{group}</groupId><artifactId>{artifacts[1]}</artifactId><version>{version}</version></dependency>
  </dependencies>
</project>
"""

SETTINGS = {
    "server.bolt.enabled": "true",
    # Nothing is reported to anyone, and nobody is looked for.
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "server.memory.pagecache.size": "64m",
    # A graceful stop would wait 10 seconds for connections that are idle.
    "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
}
"""Of every version; one that it does not know ends a server at its start."""

SETTINGS_OF: Mapping[str, Mapping[str, str]] = {
    NEWEST: {"dbms.fleet_manager.enabled": "false", "server.fleet_discovery.enabled": "false"},
    LONG_TERM: {},
}

PLUGIN_SETTINGS = {"dbms.security.procedures.unrestricted": "gds.*"}
"""Graph Data Science reaches into the kernel, which no procedure may that is not named so."""


# ------------------------------------------------------------------------------------------------ Java and jars
def java_for(version: str) -> Path:
    """A Java of this machine that the version runs on: JAVA_HOME's, the path's, or the newest that is installed where systems keep them.

    Raises:
        BadValue: no such version is known.
        StoreAway: there is none; says which is needed.
    """
    if version not in JAVA_NEEDED:
        raise BadValue(f"Neo4j {version} is not known here.", hint=f"Known are {NEWEST} and {LONG_TERM}.")
    needed = JAVA_NEEDED[version]
    for candidate in _javas():
        if _release(candidate) >= needed:
            return candidate
    raise StoreAway(
        f"Neo4j {version} needs Java {needed} or newer, with its compiler, and none is on this machine.",
        hint=f"Install a JDK, such as openjdk-{max(needed, 21)}-jdk-headless or Temurin, or set JAVA_HOME.",
    )


def _javas() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home, "bin", "java")
    if found := shutil.which("java"):
        yield Path(found)
    for folder, inner in (("/usr/lib/jvm", ""), ("/Library/Java/JavaVirtualMachines", "Contents/Home")):
        homes = sorted(Path(folder).glob("*"), key=lambda home: [int(part) for part in re.findall(r"\d+", home.name)])
        yield from (home / inner / "bin" / "java" for home in reversed(homes))


@cache
def _release(java: Path) -> int:
    """The release of a Java that can run a source file: 17; 0 where there is none, or no compiler in it."""
    try:
        done = subprocess.run([java, "--list-modules"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    modules = dict(line.strip().split("@", 1) for line in done.stdout.splitlines() if "@" in line)
    found = re.match(r"\d+", modules.get("java.base", ""))
    return int(found.group()) if found and "jdk.compiler" in modules else 0


def jars_of(version: str, kept: Path, say: Callable[[str], None] = lambda text: None) -> Path:
    """The folder of a version's jars below `kept`; fetched from Maven Central, some 150 MB, where it is not there yet.

    Raises:
        StoreAway: Maven is missing, or could not fetch them; says what it said.
    """
    what = f"Neo4j {version}"
    return _fetched(kept / "neo4j" / version, what, "150 MB", say, "org.neo4j", ("neo4j", "neo4j-bolt"), version)


def gds_of(version: str, kept: Path, say: Callable[[str], None] = lambda text: None) -> Path:
    """The folder of the jars of Graph Data Science for a version of Neo4j, some 30 MB, in the same way.

    Raises:
        BadValue: none is known for that version.
        StoreAway: as in `jars_of`.
    """
    if version not in GDS:
        raise BadValue(f"No Graph Data Science is known for Neo4j {version} here.", hint=f"It is for {', '.join(GDS)}.")
    own = GDS[version]
    jars, artifacts = kept / "neo4j" / f"gds-{own}", ("proc", "opengds-extension")
    return _fetched(jars, f"Graph Data Science {own}", "30 MB", say, "org.neo4j.gds", artifacts, own)


def _fetched(
    jars: Path,
    what: str,
    size: str,
    say: Callable[[str], None],
    group: str,
    artifacts: tuple[str, str],
    version: str,
) -> Path:
    """The folder, with these artifacts and what they need."""
    if jars.is_dir():
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        raise StoreAway(
            "Neo4j's jars are fetched by Maven, and there is no mvn on the path.", hint="Install it: apt install maven."
        )
    say(f"fetching {what} from Maven Central, some {size}")
    jars.parent.mkdir(parents=True, exist_ok=True)
    # Made beside and then renamed: whoever is killed, or fetches at the same time, leaves no half.
    with tempfile.TemporaryDirectory(dir=jars.parent, prefix=f".{jars.name}-", ignore_cleanup_errors=True) as work:
        pom, made = Path(work, "pom.xml"), Path(work, "jars")
        pom.write_text(POM.format(group=group, artifacts=artifacts, version=version), "utf-8")
        command = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={made}"]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            raise StoreAway(f"Maven could not fetch {what}:\n{_tail(done.stdout + done.stderr)}")
        with suppress(OSError):  # another was faster
            made.rename(jars)
    return jars


def _tail(text: str, lines: int = 20) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])


# ------------------------------------------------------------------------------------------------ homes
def free_port() -> int:
    """A port of this machine that nothing listens on at the moment."""
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])


def new_password() -> str:
    """A password that nobody guesses."""
    return secrets.token_hex(16)


def answers(port: int) -> bool:
    """Whether something at that port of this machine speaks Bolt."""
    try:
        with socket.create_connection((HOST, port), timeout=2) as connection:
            connection.settimeout(2)
            connection.sendall(HANDSHAKE)
            return len(connection.recv(4)) == 4
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Home:
    """A folder of data, and how it is served."""

    folder: Path
    port: int = field(default_factory=free_port)
    password: str = ""
    """Of the user neo4j, for a home that is new; one that is there keeps its own. Empty: everybody is let in."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Of neo4j.conf, over those of this module."""

    @property
    def uri(self) -> str:
        """For a driver."""
        return f"neo4j://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        """With user, password and database, for SAMVERKAN_STORE."""
        user = f"{USER}:{quote(self.password, safe='')}@" if self.password else ""
        return f"neo4j://{user}{HOST}:{self.port}/neo4j"

    def prepare(self, version: str, plugin: Path | None = None) -> None:
        """Write conf/neo4j.conf, and the first password where the home is new; a plugin is the folder of its jars."""
        # Nobody else's to read: neither the data nor the password.
        self.folder.mkdir(0o700, parents=True, exist_ok=True)
        conf = self.folder / "conf"
        conf.mkdir(exist_ok=True)
        settings = {
            **SETTINGS,
            **SETTINGS_OF[version],
            "server.bolt.listen_address": f"{HOST}:{self.port}",
            # What a driver that asks for routes is told.
            "server.bolt.advertised_address": f"{HOST}:{self.port}",
            "dbms.security.auth_enabled": "true" if self.password else "false",
            **(PLUGIN_SETTINGS | {"server.directories.plugins": str(plugin.resolve())} if plugin else {}),
            **self.settings,
        }
        lines = (f"{name}={value}\n" for name, value in settings.items())
        (conf / "neo4j.conf").write_text("".join(lines), "utf-8")
        first = conf / "first-password"
        if self.password and not (self.folder / "data" / "databases" / "system").exists():
            first.touch(0o600)
            first.write_text(self.password, "utf-8")


# ------------------------------------------------------------------------------------------------ the process
class LocalServer:
    """A process that serves one home or more; a context manager: started on the way in, stopped on the way out.

    `kept` keeps the jars. A `brief` one is there for seconds and compiles its code less well: half the work until it answers. One with `gds` has
    Graph Data Science. It ends with the process that started it, however that ends, unless it is `detached`. May be started again after `stop` and
    `kill`.
    """

    def __init__(
        self,
        version: str,
        kept: Path,
        *homes: Home,
        heap: str = "512m",
        brief: bool = False,
        detached: bool = False,
        gds: bool = False,
    ) -> None:
        self.version, self.kept, self.homes = version, kept, list(homes)
        self.heap, self.brief, self.detached, self.gds = heap, brief, detached, gds
        self.log = homes[0].folder / "logs" / "console.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, say: Callable[[str], None] = lambda text: None) -> None:
        """Start, and return when each home answers.

        Raises:
            StoreAway: Java, Maven or the jars are missing, a port is taken, or the server died or did not answer in time; with the end of its log.
        """
        java, jars = java_for(self.version), [jars_of(self.version, self.kept, say)]
        plugin = gds_of(self.version, self.kept, say) if self.gds else None
        if plugin:
            # Procedures are found in the plugins' folder, the part that they are handed at their call on the class path.
            jars.append(plugin)
        for home in self.homes:
            _refuse_taken(home)
            home.prepare(self.version, plugin)
        say(f"starting Neo4j {self.version}")
        command: list[str | Path] = [java, f"-Xmx{self.heap}", CARRIERS, *(BRIEF if self.brief else ())]
        if _release(java) >= ARCHIVES_SINCE:
            # One that was made for other jars would be made anew.
            name = "-".join(folder.name for folder in jars)
            archive = self.kept / "neo4j" / f"{name}-java-{_release(java)}.jsa"
            command += ["-XX:+AutoCreateSharedArchive", f"-XX:SharedArchiveFile={archive}", "-Xlog:disable"]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log, resources.as_file(resources.files(__package__) / "Launch.java") as launch:
            self._process = subprocess.Popen(
                [
                    *command,
                    "-cp",
                    os.pathsep.join(f"{folder}{os.sep}*" for folder in jars),
                    launch,
                    "detached" if self.detached else "tied",
                    *(str(home.folder.resolve()) for home in self.homes),
                ],
                stdin=subprocess.DEVNULL if self.detached else subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl+C at the terminal is for whoever uses the server.
                start_new_session=True,
            )
        try:
            for home in self.homes:
                self._await(home)
        except KeyboardInterrupt:
            self.kill()
            raise

    def add(self, home: Home) -> None:
        """Serve one home more.

        Raises:
            StoreAway: as in `start`.
        """
        process = self._process
        assert process is not None, "only a process that was started and is not detached serves one more"
        assert process.stdin is not None
        _refuse_taken(home)
        home.prepare(self.version, gds_of(self.version, self.kept) if self.gds else None)
        process.stdin.write(f"{home.folder.resolve()}\n".encode())
        process.stdin.flush()
        self.homes.append(home)
        self._await(home)

    def _await(self, home: Home) -> None:
        process, until = self._process, time.monotonic() + START_SECONDS
        assert process is not None
        while not answers(home.port):
            ended = process.poll()
            if ended is None and time.monotonic() < until:
                time.sleep(0.05)
                continue
            self.kill()
            said = _tail(self.log.read_text("utf-8", "replace"))
            what = f"did not answer within {START_SECONDS:.0f} s" if ended is None else f"ended with code {ended}"
            raise StoreAway(f"Neo4j {self.version} {what}; {self.log} ends with:\n{said}")

    @property
    def pid(self) -> int | None:
        """Of the process, while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def stop(self) -> None:
        """End it as an operator would: what is committed is on disk, connections are closed."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)  # nothing, where it has ended already
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            with suppress(OSError):
                process.stdin.close()

    def __enter__(self) -> "LocalServer":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


def _refuse_taken(home: Home) -> None:
    try:
        socket.create_server((HOST, home.port)).close()
    except OSError as error:
        raise StoreAway(f"{HOST}:{home.port} cannot be listened on: {error.strerror}.") from error
