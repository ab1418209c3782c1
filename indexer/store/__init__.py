"""Where documents and indexes live; knows no file formats."""
