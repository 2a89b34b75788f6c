"""The embedded store, one SQLite file by apsw. In the order of a read: `filters` and `compile` (plan → SQL), `statement` (text and parameters),
`store` (connections, reads), `writing`, `searching`, `tables` (the catalogue as tables), `migrations`.
"""
