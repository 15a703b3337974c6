"""Fixtures of the deploy tests."""

from finished_site import public

__all__ = ["public"]
