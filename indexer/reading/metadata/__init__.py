"""One file per fact: what the text says about itself."""
