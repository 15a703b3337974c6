"""Raw files become clean articles in the content folder."""
