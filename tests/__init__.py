"""The tests; cases live in tests/cases."""
