"""Bring a finished site to where readers find it; reads the output only."""
