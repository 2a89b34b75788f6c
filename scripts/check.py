"""Install what checking needs, then check all that needs no run: lint, form, types, imports. Goes on after a fault; exit code 1 for any."""

import subprocess
import sys
import time

import environment

TYPED = [name for name in ("graph_api", "tests", "benchmarks", "scripts") if (environment.ROOT / name).is_dir()]

CHECKS = {
    "lint": ["ruff", "check"],
    "form": ["ruff", "format", "--check"],
    "types": ["mypy", *TYPED],
    "imports": ["lint-imports"],
}


def main() -> int:
    python = environment.ready("check")
    faults = []
    for name, (program, *arguments) in CHECKS.items():
        began = time.monotonic()
        code = subprocess.call([environment.tool(python, program), *arguments], cwd=environment.ROOT)
        environment.say(
            f"{name}: {'in order' if code == 0 else 'FAULTS, see above'} ({time.monotonic() - began:.1f} s)"
        )
        if code:
            faults.append(name)
    if faults:
        environment.say(f"faults in {', '.join(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
