"""A file becomes a CouncilDocument; knows nothing of the index."""
