"""What is asked, free of how it is read. In the order of data: `arguments` (variables → places), `select` (selection → tree), `nodes` (the tree),
`cursor`, `cost`, `cache` (documents and their plans), `explain` (the tree as text). Knows no store and no HTTP.
"""
