"""Dateline: raw articles in, a published site of daily briefings and topic pages out."""

__version__ = "0.1.0"
