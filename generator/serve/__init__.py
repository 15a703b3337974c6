"""The dev server: watch, build, reload."""
