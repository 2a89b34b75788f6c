"""Install what serving needs, then serve the region's graph: `python3 scripts/serve.py [options of samverkan serve]`.

The database is kept in the checkout, where the command alone would keep it in the user's data folder.
"""

import os
import sys

import environment

if __name__ == "__main__":
    python = environment.ready("serve")
    os.environ.setdefault("SAMVERKAN_DATABASE", str(environment.ROOT / ".data" / "samverkan.db"))
    environment.hand_over(environment.tool(python, "samverkan"), ["serve", *sys.argv[1:]])
