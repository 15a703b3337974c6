"""Whether the output folder holds the complete site that the content makes now; nothing in it is touched to tell."""

from __future__ import annotations

from pathlib import Path

from generator.build.stamp import first_touched, read_stamp, scan

CHANGED = "The content, the theme or the settings have changed since the last build."


def why_not_current(root: Path, *, output: Path, cache: Path, now: int) -> str | None:
    """Return a sentence that says why a build at `now`, in seconds, would have something to do; None when it would not.

    Raises GeneratorError where it takes a look inside the files to know, and that look fails.
    """
    stamp = read_stamp(cache)
    if stamp is None:
        return f"{output.name}/ holds no complete build."
    if stamp.left_out:
        return f"The last build left out {stamp.left_out:,} faulty article{'s' * (stamp.left_out > 1)}."
    if not stamp.validity.holds_at(now):
        return "Since the last build an article has come due, or has expired."
    touched = first_touched(stamp, output)
    if touched is not None:
        return f"{output.name}/{touched} is not as the last build left it."
    if stamp.sign:
        return None if stamp.sign == scan(root).sign else CHANGED
    # A file saved in the moment before a build may have been saved again in the same moment; only a look inside tells.
    return CHANGED if _would_differ(root, output, cache, now) else None


def _would_differ(root: Path, output: Path, cache: Path, now: int) -> bool:
    from generator.build.build import Builder
    from generator.build.keys import inputs_digest, key_of
    from generator.build.planned import Wishes

    planned, state = Builder(root, output=output, cache=cache, wishes=Wishes(lambda: now, jobs=1)).plan()
    if planned.press is None or {one.path for one in planned.outputs} != state.left.keys():
        return True
    for one in planned.outputs:
        ingredients, left = planned.press.ingredients(one), state.left[one.path]
        if left.inputs == inputs_digest(one, ingredients):
            continue
        if left.key != key_of(one, ingredients, one.view()).digest:
            return True
    return False
