"""The domain, said once: `vocabulary`, `values`, `text`, `catalogue`, `results`, `snapshot`. Knows no store, no GraphQL, no file."""
