"""Fixtures of the deploy tests."""

from tests.deploy.finished_site import public

__all__ = ["public"]
