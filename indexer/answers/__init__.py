"""A request becomes ranked hits, facet counts and snippets."""
