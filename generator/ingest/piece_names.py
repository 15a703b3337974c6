"""Tell by its class, id and role what part of a page an element is: a menu, a byline, a newsletter's box.

Families of words only; what follows from them is learned (`piece_measures.py`).
"""

from __future__ import annotations

import re
from functools import lru_cache

_FAMILIES = {
    "text": r"article|body|content|entry|story|post(?!er)|text|main|prose|rich|paragraph",
    "share": r"shar(?:e|ing)|social|follow|tweet|facebook|whatsapp|addthis|addtoany|sharedaddy",
    "related": r"relat|recommend|read-?(?:more|next|also)|see-?also|more-?(?:on|from|stories|news)|recirc|similar|yarpp"
    r"|outbrain|taboola|trending|popular|most-?(?:read|viewed)|latest|up-?next|teaser|promo|card|rail|carousel|trc_",
    "pitch": r"newsletter|subscri|sign-?up|signin|login|regist|paywall|donat|membership|cta|callout|optin|offer",
    "advert": r"(?:^|[-_ ])ads?(?:$|[-_ ])|advert|sponsor|dfp|banner|commercial|affiliate",
    "menu": r"nav|menu|breadcrumb|header|masthead|topbar|toolbar|tabs?(?:$|[-_ ])|pagination|pager|search",
    "foot": r"foot(?:er)?|copyright|colophon|legal|cookie|consent|gdpr|privacy|disclaimer",
    "aside": r"aside|sidebar|side-|widget|complementary|panel|infobox|inset|factbox|pull-?quote",
    "comment": r"comment|disqus|reply|replies|respond|discussion|reader",
    "byline": r"byline|author|bio(?:$|[-_ ])|contributor|writer|meta|date|time|published|dateline|reporter|credits?\b",
    "caption": r"caption|credit|figure|photo|image|gallery|slide|media|video|player|lightbox|wp-caption|thumb",
    "tags": r"(?:^|[-_ ])tags?(?:$|[-_ ])|tag-?list|topics?|categor|keyword|label|kicker|eyebrow",
    "title": r"title|headline|heading|subtitle|dek|standfirst|summary|excerpt|lede?(?:$|[-_ ])|intro|description",
    "embed": r"embed|tweet|twitter|instagram|iframe|oembed|poll|quiz|podcast|audio|form|modal|popup|overlay|dialog",
}
_FAMILY = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _FAMILIES.items()), re.I)
FAMILIES = tuple(_FAMILIES)


@lru_cache(4096)
def families_of(names: str) -> frozenset[str]:
    """Return the families that words of a class, an id or a role belong to."""
    return frozenset(found.lastgroup for found in _FAMILY.finditer(names) if found.lastgroup)
