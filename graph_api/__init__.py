"""Samverkan: a region's triple-helix collaboration as a graph.

The rooms, from the outside in: `cli` and `app`, `http`, `schema`, `resolvers`, `analysis` and `exchange`, `stores`, `plan`, `model`.
Imports go downward only; `model` and `errors` are open to all.
"""

__version__ = "0.1.0"
