"""Install what serving needs, then serve the region's graph: `python3 scripts/serve.py [options of samverkan serve]`."""

import sys

import environment

if __name__ == "__main__":
    python = environment.ready("serve")
    environment.hand_over(environment.tool(python, "samverkan"), ["serve", *sys.argv[1:]])
