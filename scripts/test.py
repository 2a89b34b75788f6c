"""Install what testing needs, then run the tests that this machine can run: `python3 scripts/test.py [options of pytest]`."""

import sys

import environment

if __name__ == "__main__":
    python = environment.ready("test")
    environment.hand_over(python, ["-m", "pytest", *sys.argv[1:]])
