"""Mend what can be mended by a program: order of imports, form of the code."""

import subprocess
import sys

import environment

if __name__ == "__main__":
    ruff = environment.tool(environment.ready("check"), "ruff")
    subprocess.run([ruff, "check", "--fix-only", "--quiet"], cwd=environment.ROOT, check=True)
    sys.exit(subprocess.call([ruff, "format"], cwd=environment.ROOT))
