"""The query language: what is typed becomes a tree; `language.py` is the door."""
