"""Arrays in, records out; the modules in the order in which data meets them.

    worker, cache   processes beside the server that answer; results kept by content
    progress        how far a long computation has come
    questions       a question's name and parameters → its answer, over one snapshot
    projection      snapshot + NetworkInput → Network: who is tied to whom, how strongly, by what
    measures        Network → a number an actor by its ties and the spectrum, or some for the whole
    distances       … by how far actors are from one another; mean length, efficiency
    cohesion        … by the triangles around an actor: clustering, constraint, effective size; cores, components
    betweenness     … by the shortest paths through an actor, exact by levels, or estimated
    kit             … what networkit computes: betweenness by lengths, communities
    reference       … all of it by NetworkX
    registry        measure → engines and properties; the actors ranked by it
    database        … what the store's database computes, where the setting says so
    communities     groups with more ties inside than chance would give them
    stability       how far a ranking holds when ties are missing
    resilience      what a network loses without some actors
    coverage        which helices and challenges each municipality reaches
    nullmodel       networks with the same degrees, drawn at random; what chance makes of a count
    mixing          ties between helices against chance
    brokerage       who stands between which groups; how far a group's ties lead out of it
    synergy         what three helices tell together; services that nothing joins yet
    gaps            each municipality's ties against what one would expect, with the uncertainty
    prediction      how likely each pair is tied, learnt from ties hidden on purpose
    suggestions     ties worth making: how likely, how useful, and why
    teams           actors that cover competences and are close to each other
    whatif          a snapshot as if ties were added or removed
    comparing       what appeared and vanished between two networks; a network year by year
    sentences       a finding → what it means, in Swedish and English

SciPy, NetworkX and networkit are imported in the worker's process alone: a server imports `worker`, `cache`, `progress`, `projection` and `whatif`.
"""
