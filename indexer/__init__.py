"""Reads documents of Vietnam's People's Councils and makes them searchable."""
