"""Run the stages from content to output, skipping what is current.

The two ends are cached, the middle is recomputed: parsing by the content of each file, rendering by the digest of each
view; the site and its plan are made anew from values every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from generator.build.amend import Place, amended
from generator.build.clock import validity_at
from generator.build.content import ContentCache, Update, present_in, unsure, update
from generator.build.feed_entries import forget_feed_entries
from generator.build.memory import Memory
from generator.build.planned import Planned, Wishes
from generator.build.press import Press
from generator.build.publish import RENDER_PHASE, Stage, Staged, move_into_place, remove, staging_folder
from generator.build.refusals import told_plainly
from generator.build.report import Report, refused, report_of
from generator.build.stamp import Looked, Scan, Stamp, look, remove_stamp, scan, write_stamp
from generator.build.standing import columns_of, write_standing
from generator.build.state import Left, OutputState
from generator.build.workers import Team, members_possible, most_members
from generator.collector import uncollected
from generator.errors import OutputError
from generator.files import held_alone
from generator.load.parse import ParseOptions
from generator.named import NamedTuple
from generator.render.output import Output

# Below these a second process costs more than it saves.
_PARSES_WORTH_A_TEAM = 200
_PAGES_WORTH_A_TEAM = 300
_CHUNK = 48


class _Run(NamedTuple):
    """One build under way: the clock in seconds, what was seen, what was read."""

    now: int
    seen: Scan
    found: Update


Starting = Callable[["Builder", Team, int, Scan, int], None]


class Builder:
    """Builds one site into one folder, again and again; what it remembers only saves time.

    `seen` is its last look at the inputs, `planned` what the output folder holds since, None where this builder has not
    brought it up to the content; `stamp` is the last stamp it read or wrote, None where another stands now.
    `publishing` is held while files are moved into place, so that a server can keep its readers waiting that long.
    """

    def __init__(
        self,
        root: Path,
        *,
        output: Path,
        cache: Path,
        wishes: Wishes,
        publishing: Callable[[], AbstractContextManager[Any]] = nullcontext,
        start: Starting | None = None,
    ) -> None:
        """`start` is how further members come to a team where none can be forked; without it there are none."""
        self.root = root
        self.output = output
        self.cache = cache
        self.wishes = wishes
        self.publishing = publishing
        self._start = start
        self.content: ContentCache | None = None
        self.state = OutputState(cache, output)
        self._memory = Memory(cache)
        self.planned: Planned | None = None
        self.seen: Scan | None = None
        self.stamp: Stamp | None = None

    @property
    def place(self) -> Place:
        """Where this builder works."""
        return Place(self.root, self.output, self.cache, self.publishing, self.wishes.preview)

    def build(self, looked: Looked | None = None) -> Report:
        """Bring the output folder up to the content; content faults come back in the report, nothing is then written.

        `looked` is a look made just now. Raises GeneratorError when settings, theme or environment are broken.
        """
        now = self.wishes.now()
        if looked is None and self.content is None and not self.wishes.fresh:
            looked = look(self.root, output=self.output, cache=self.cache)
        looked = looked or Looked(scan(self.root))
        self.seen = seen = looked.seen
        self.stamp = stamp = looked.stamp
        if stamp is not None and looked.is_unchanged(now):
            return Report(ok=True, outputs=len(stamp.outputs.paths), held=stamp.held, unchanged=True)
        if stamp is not None:
            with told_plainly(self.cache), self.alone(), uncollected(lasts=True):
                report = amended(self.place, looked, now)
            if report is not None:
                self.stamp = None
                return report
        with told_plainly(self.cache), self.alone(), uncollected(lasts=True), Team() as team:
            self.planned = None
            planned, found = self._plan(team, seen, now)
            run = _Run(now, seen, found)
            if planned.press is None:
                self._keep_found(team, found)
                return refused(planned, run.found)
            report = self._publish(team, planned, run)
            self.planned = planned
            return report

    def plan(self) -> tuple[Planned, OutputState]:
        """Return what a build would publish now and what stands in the output folder; nothing there is touched."""
        now = self.wishes.now()
        with told_plainly(self.cache), self.alone(), uncollected(lasts=True), Team() as team:
            planned, found = self._plan(team, scan(self.root), now)
            self._keep_found(team, found)
        return planned, self.state

    def take_part(self, team: Team, seen: Scan, now: int) -> None:
        """Do a member's share of the build that the first member of a team has begun with this look."""
        with told_plainly(self.cache), uncollected(lasts=True):
            planned, found = self._plan(team, seen, now)
            if planned.press is not None:
                self._publish(team, planned, _Run(now, seen, found))

    def alone(self) -> AbstractContextManager[None]:
        """Keep other builds of the same output away; raises OutputError where one is running."""
        busy = OutputError(f"Another build of {self.output} is running. Wait until it has ended, then build again.")
        return held_alone(self.cache / "lock", busy)

    def _plan(self, team: Team, seen: Scan, now: int) -> tuple[Planned, Update]:
        # What an edit of words does without.
        from generator.build.planning import plan_site
        from generator.build.settings import parse_options
        from generator.config_file import load_config

        config = load_config(self.root)
        present = present_in(seen.content)
        content = self._cache_for(parse_options(self.root, config, seen.content), is_first=team.rank == 0)
        if len(unsure(content, present.stats)) >= _PARSES_WORTH_A_TEAM:
            self._call(team, (seen, now))
        found = update(content, present, team=team, now=seen.at)
        self._memory.team = team
        try:
            planned = plan_site(self.root, config, content, present, now=now, wishes=self.wishes, memory=self._memory)
        except BaseException:
            self._keep_found(team, found)
            raise
        return planned, found

    def _keep_found(self, team: Team, found: Update) -> None:
        """Keep what was read and worked out: whatever becomes of the build, it was not in vain."""
        if team.rank == 0 and self.content is not None:
            self.content.record(found.changed, found.gone)
            self._memory.record()

    def _cache_for(self, options: ParseOptions, *, is_first: bool) -> ContentCache:
        content = self.content
        # Another builder may have published what this one has never heard of, and would leave there for ever.
        if content is None or not content.is_all_loaded or content.options != options or not self.state.is_as_left():
            if content is not None:
                content.bodies.close()
            self.content = content = ContentCache(self.cache, self.root / "content", options)
            content.load()
            self.state.load()
            self._memory.load()
            if self.wishes.fresh:
                self.state.forget_keys()
                self._memory.forget()
            # What lies on disk the first member alone takes away, before others are there to read it.
            if is_first:
                self._clear(content)
        return content

    def _clear(self, content: ContentCache) -> None:
        if self.wishes.fresh or content.is_bloated():
            content.forget()
        elif not content.entries:
            content.bodies.clear()
        if self.wishes.fresh:
            forget_feed_entries(self.cache)

    def _call(self, team: Team, order: tuple[Scan, int] | None = None) -> None:
        """Let the team become as large as pays; members that must be started are told what was seen, and when."""
        most = most_members()
        size = min(self.wishes.jobs or most, most)
        if size < 2 or team.size > 1:
            return
        if members_possible() > 1:
            team.fork(size)
        elif order is not None and self._start is not None:
            self._start(self, team, size, *order)

    def _publish(self, team: Team, planned: Planned, run: _Run) -> Report:
        press, outputs = planned.press, planned.outputs
        assert press is not None
        folder = staging_folder(self.cache, self.output)
        stages: list[Stage] = []
        # A plan ends with its longest pages, the lists; whoever began one last would keep all others waiting.
        outputs = outputs[::-1]
        shared = team.share_of(outputs, RENDER_PHASE, _CHUNK)
        # While the others have begun to render.
        self._keep_found(team, run.found)
        try:
            staged = self._render(team, press, (outputs, shared), folder, stages)
            # Here every member waits until every page of every other one is rendered.
            team.exchange(None)
            wanted = {output.path for output in outputs}
            gone = tuple(sorted(path for path in self.state.left if path not in wanted))
            if team.rank == 0:
                if gone or any(one.waiting for one in staged) or team.size > 1:
                    remove_stamp(self.cache)
                self.state.announce(wanted)
            # And here until the first one has said what is about to be published.
            team.exchange(None)
            with self.publishing():
                move_into_place(staged, self.output, stages)
                shares = team.gather([tuple(one) for one in staged])
                if team.rank == 0:
                    remove(gone, self.output)
        finally:
            for stage in stages:
                stage.clear()
        everything = sorted(
            Staged(path, waiting, Left(*left), rendered) for share in shares for path, waiting, left, rendered in share
        )
        if team.rank == 0:
            self._record(everything, gone, planned, run)
        return report_of(planned, everything, gone, run.found)

    def _render(
        self,
        team: Team,
        press: Press,
        shared: tuple[Sequence[Output], Iterator[Output]],
        folder: Path,
        stages: list[Stage],
    ) -> list[Staged]:
        """Render this member's share of what is not current; a team is called when it turns out to be much.

        `shared` are all outputs and those of them that fall to this member.
        """
        stage = self._stage(press, folder, team.rank, stages)
        staged: list[Staged] = []
        outputs, own = shared
        for place, output in enumerate(own, start=1):
            one = stage.bring_up(output, press.ingredients(output))
            if one is None:
                continue
            staged.append(one)
            if team.size == 1 and len(staged) == _PAGES_WORTH_A_TEAM and len(outputs) - place > _PAGES_WORTH_A_TEAM:
                self._call(team)
                if team.size > 1:
                    if team.rank:
                        staged, stages[:] = [], []
                        stage = self._stage(press, folder, team.rank, stages)
                    for other in team.share_of(outputs[place:], RENDER_PHASE, _CHUNK):
                        if (found := stage.bring_up(other, press.ingredients(other))) is not None:
                            staged.append(found)
                    break
        return staged

    def _stage(self, press: Press, folder: Path, rank: int, stages: list[Stage]) -> Stage:
        stage = Stage(folder / str(rank), self.output, state=self.state, to_bytes=press.to_bytes)
        stages.append(stage)
        return stage

    def _record(self, staged: Sequence[Staged], gone: Sequence[str], planned: Planned, run: _Run) -> None:
        self.state.record(((one.path, one.left) for one in staged), gone)
        if planned.press is not None:
            planned.press.record()
        assert self.content is not None
        standing: tuple[Any, ...] = ()
        if not planned.left_out and not self.state.has_unwritten():
            standing = write_standing(self.cache, columns_of(run.seen, planned, self.content, self.state))
        self.stamp = write_stamp(
            self.cache,
            run.seen,
            validity=validity_at(run.now, planned.articles),
            outputs=self.state.outputs(),
            counts=(planned.held, len(planned.left_out)),
            standing=standing,
        )
