"""Install what testing needs, then run the random tests with many more examples.

`python3 scripts/deep.py [options of pytest]`: those of stores and parity, and those of the whole schema.
"""

import os
import sys

import environment

if __name__ == "__main__":
    python = environment.ready("test")
    os.environ["HYPOTHESIS_PROFILE"] = "deep"
    environment.hand_over(
        python, ["-m", "pytest", "tests/stores", "tests/parity", "tests/operations/test_fuzzing.py", *sys.argv[1:]]
    )
