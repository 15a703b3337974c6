"""Content of other generators taken over: Hugo, Jekyll, Pelican, Obsidian."""
