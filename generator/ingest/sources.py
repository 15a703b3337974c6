"""Make a source for an outlet that has none yet, with the safe rights: an excerpt, until a person says more."""

from __future__ import annotations

from pathlib import Path

from generator.errors import IngestError
from generator.ingest.place import write_new
from generator.model.source import Source
from generator.text import frontmatter
from generator.text.slug import is_slug, slug_of


def new_source(root: Path, key: str, name: str = "", domain: str = "") -> Source:
    """Write `content/sources/KEY.md` and return the source; raises IngestError when the key cannot be a file's name."""
    if not is_slug(key):
        raise IngestError(f'"{key}" cannot be the key of a source. Write it as "{slug_of(key)}".')
    source = Source(
        key,
        name or key.replace("-", " ").title(),
        path=f"sources/{key}.md",
        home=f"https://{domain}/" if domain else "",
        domains=(domain,) if domain else (),
    )
    front = {
        "name": source.name,
        "home": source.home or None,
        "domains": list(source.domains) or None,
        "kind": source.kind,
        "rights": source.rights,
        "excerpt_words": source.excerpt_words,
    }
    text = f"---\n{frontmatter.dump(front)}---\n"
    if not write_new(root / "content" / source.path, text.encode("utf-8")):
        raise IngestError(f"content/{source.path} stands already; --new-source makes only what is missing.")
    return source
