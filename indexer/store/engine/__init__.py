"""The seam between our queries and the engine that answers them."""
