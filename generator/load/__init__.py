"""Content files become articles, topics, sources and briefings, with every fault named."""
