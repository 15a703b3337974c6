"""Changes to the registry of topics, carried through everything that names one: planned whole, judged, then written."""
