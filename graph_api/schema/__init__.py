"""The public names of the API; no logic. In the order in which they are made: `enums`, `scalars`, `inputs`, `entities`
with `connections`, `analysis`, `query`; then `planned`, the schema that answers operations, and `printing`. `types`
holds every made type by its name; `bind` makes types and ties fields to functions.
"""
