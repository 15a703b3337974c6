"""Look over a finished site; reads the output only."""
