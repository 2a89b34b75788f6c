"""Arrays in, records out; the modules in the order in which data meets them.

    worker, cache   one process beside the server that answers; results kept by content
    questions       a question's name and parameters → its answer, over one snapshot
    projection      snapshot + NetworkInput → Network: who is tied to whom, how strongly, by what
    measures        Network → a number an actor, or some for the whole
    registry        measure → function and properties; the actors ranked by it
    coverage        which helices and challenges each municipality reaches
    nullmodel       networks with the same degrees, drawn at random; what chance makes of a count
    mixing          ties between helices against chance
    brokerage       who stands between which groups; how far a group's ties lead out of it
    synergy         what three helices tell together; services that nothing joins yet
    gaps            each municipality's ties against what one would expect, with the uncertainty
    sentences       a finding → what it means, in Swedish and English

SciPy and NetworkX are imported in the worker's process alone: a server imports `worker`, `cache` and `projection`.
"""
