"""`python -m indexer`, and the installed command, are the command line."""

import gc

# An index is much data and few cycles: the default looks for garbage hundreds of times.
_NEW_OBJECTS = 100_000

# What is imported stays; looking for garbage in it again and again would slow every start.
gc.disable()

from indexer.cli import main  # noqa: E402

gc.freeze()
gc.enable()
gc.set_threshold(_NEW_OBJECTS)

if __name__ == "__main__":
    main()
