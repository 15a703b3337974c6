"""How quick Dateline is beside other generators, on the same articles, in one run."""
