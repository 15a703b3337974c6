"""What templates may show: one frozen view for each kind of page, and how it is made."""
