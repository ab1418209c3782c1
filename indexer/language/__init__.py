"""What we know about written Vietnamese; knows nothing of councils or Whoosh."""
