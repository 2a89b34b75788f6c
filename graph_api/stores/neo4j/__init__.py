"""The store of production: a plan becomes one Cypher statement, whose lists a template turns into the answer."""
