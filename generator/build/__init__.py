"""Run the stages and skip what is current."""
