"""Arrays in, records out; the modules in the order in which data meets them.

projection      snapshot + NetworkInput → Network: who is tied to whom, how strongly, by what
worker, cache   one process beside the server that answers; results kept by content
"""
