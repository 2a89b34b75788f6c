"""Bytes in, bytes out. `graphql`: GraphQL over HTTP; `export`: the graph as a file; `pages`: pages for people and their files."""
