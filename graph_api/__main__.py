"""python -m graph_api: the command `samverkan`."""

from graph_api.cli import main

if __name__ == "__main__":
    main()
