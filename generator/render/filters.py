"""The filters of templates: pure functions from a view's values to text or HTML.

A filter knows no clock, no file and no chance; what it returns depends on its arguments and the theme's strings alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from generator.model.article import Extras
from generator.render.charts import spark_svg
from generator.render.views.words import direction_of

# Inside a script element only these could end it or start another; JSON allows each of them as an escape.
_SCRIPT_ESCAPES = (
    ("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"),
)  # fmt: skip


class Html(str):
    """Text that is HTML already, and so is not escaped again."""

    __slots__ = ()

    def __html__(self) -> Html:
        return self


def _escaped(text: str) -> str:
    # Five searches that find nothing are quicker than one expression that could find any of the five.
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")
    )


def _quickest(own: Callable[[str], str]) -> Callable[[str], str]:
    """Return what escapes a text as `own` does: the template library's own loop in C, where it is at hand and alike."""
    try:
        from markupsafe._speedups import _escape_inner as quick
    except ImportError:
        return own
    signs = "a&b<c>d\"e'f\u2019\U0001f4f0"
    return quick if quick(signs) == own(signs) and quick("a") == "a" else own


_escape = _quickest(_escaped)


def printed(value: Any) -> str:
    """Return a value as it stands in a page: text escaped for elements and attributes, HTML as it is."""
    if type(value) is str:
        return _escape(value)
    if hasattr(value, "__html__"):
        html: str = value.__html__()
        return html
    return _escape(str(value))


def spark(counts: Iterable[int]) -> Html:
    """Return counts as a small line: `{{ card.activity|spark }}`."""
    return Html(spark_svg(tuple(counts)))


def ld_json(structured: str) -> Html:
    """Return a page's structured values as a whole script element that no value can break out of."""
    if not structured:
        return Html("")
    for sign, escape in _SCRIPT_ESCAPES:
        structured = structured.replace(sign, escape)
    return Html(f'<script type="application/ld+json">{structured}</script>')


def html(value: str) -> Html:
    """Return one of the fields that are HTML already (`chart`, `note`, `prose`); templates use it for no others."""
    return Html(value)


def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a language tag."""
    return direction_of(language) or "ltr"


def host(address: str) -> str:
    """Return the host of a web address as readers know it: `https://www.wire.example/a` is `wire.example`."""
    place = address.split("://", 1)[-1].split("/", 1)[0].rsplit("@", maxsplit=1)[-1]
    return place.removeprefix("www.")


def grouped(number: int) -> str:
    """Return a number with its thousands parted: `12,345`."""
    return f"{number:,}"


def string_filters(strings: Extras) -> Mapping[str, Callable[..., Any]]:
    """Return the filters that speak in a theme's strings."""
    by_key: dict[str, Any] = dict(strings)

    def word(key: str, group: str) -> str:
        """Return the theme's word for a key that a view holds: `{{ correction.kind|word("correction") }}`."""
        text = by_key.get(f"{group}_{key.replace('-', '_')}", "")
        return text if text and isinstance(text, str) else key.replace("_", " ")

    def counted(number: int, key: str) -> str:
        """Return a number with its noun: `{{ view.total|counted("reports") }}`."""
        forms = Extras(by_key[key])
        form: str = forms.one if number == 1 else forms.other
        return form.replace("{n}", f"{number:,}")

    comma = printed(by_key.get("comma", ", "))

    @lru_cache(maxsize=8192)
    def linked(links: tuple[Any, ...]) -> Html:
        """Return topics or other links one after the other: `{{ view.topics|linked }}`."""
        return Html(comma.join(f'<a href="{printed(link.href)}">{printed(_label(link))}</a>' for link in links))

    return {"word": word, "counted": counted, "linked": linked}


def _label(link: Any) -> str:
    return str(link.name if hasattr(link, "name") else link.label)


PLAIN_FILTERS: Mapping[str, Callable[..., Any]] = {
    "spark": spark,
    "ld_json": ld_json,
    "html": html,
    "direction": direction,
    "host": host,
    "grouped": grouped,
}
