"""What council shorthand means; `understand.py` and `expansion.py` are the doors."""
