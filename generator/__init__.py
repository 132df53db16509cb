"""Raw news articles in, a curated digest as a static site out."""

__version__ = "0.1.0"
