"""What a site is: values and how they belong together; no input, no output."""
