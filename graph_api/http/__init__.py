"""Bytes in, bytes out. `graphql`: GraphQL over HTTP; `export`: the graph as a file; `pages`: the page and its files; `routes`: the table of addresses."""
