"""Micro-batching: the checks that arrive while a batch runs form the next one.

An idle worker starts at once, so that a lone check waits for nobody; a busy one takes everything that has gathered, so
that the cost of a batch (arrays, one commit of the audit log) is shared by as many checks as the load brings. Matching
runs in one thread of its own, and the commit in another, so that the next batch is matched while one is being made
durable. The event loop is never blocked. Answers leave after their records are durable, never before.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from screening.errors import NotReadyError, OverQuotaError
from screening.screen import Check, Outcome

__all__ = ["BATCH_MAX", "Limits", "MicroBatcher"]

BATCH_MAX = 512  # Checks of one batch: some 30 ms of matching, the longest that a check arriving behind it waits.
COMMITS_AHEAD = 2  # Batches matched but not yet durable; more would only lengthen the queue before the disk.


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Most checks waiting in this worker, of all callers and of one."""

    waiting_max: int
    waiting_max_per_caller: int


@dataclass(slots=True)
class _Job:
    checks: Sequence[Check]
    outcomes: list[Outcome]
    done: asyncio.Future[list[Outcome]]
    next_check: int = 0


_Part = tuple[_Job, int, int]
"""A job and the slice of its checks that one batch takes."""


class MicroBatcher:
    """Gathers checks, screens them in batches, and hands the outcomes back once they are durable."""

    def __init__(
        self,
        screen: Callable[[Sequence[Check]], list[Outcome]],
        commit: Callable[[Sequence[Outcome]], None],
        limits: Limits,
    ) -> None:
        """screen: matches a batch (matching thread). commit: makes its records durable (commit thread)."""
        self._screen = screen
        self._commit = commit
        self._limits = limits
        self._queue: deque[_Job] = deque()
        self._waiting = 0
        self._waiting_of: Counter[str] = Counter()
        self._arrived = asyncio.Event()
        self._ahead = asyncio.Semaphore(COMMITS_AHEAD)
        self._matching = ThreadPoolExecutor(1, "matching")
        self._committing = ThreadPoolExecutor(1, "commit")
        self._commits: set[asyncio.Task[None]] = set()
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def submit(self, checks: Sequence[Check]) -> list[Outcome]:
        """The outcomes of the checks, all of one caller, in their order, durable.

        Raises NotReadyError where the worker is overloaded or the audit log cannot be written, OverQuotaError where
        the caller has too much waiting.
        """
        caller = checks[0].caller.uri
        if self._waiting + len(checks) > self._limits.waiting_max:
            raise NotReadyError("OVERLOADED", "The service is overloaded; try again shortly.")
        if self._waiting_of[caller] + len(checks) > self._limits.waiting_max_per_caller:
            raise OverQuotaError
        job = _Job(checks, [], asyncio.get_running_loop().create_future())
        self._waiting += len(checks)
        self._waiting_of[caller] += len(checks)
        self._queue.append(job)
        self._arrived.set()
        try:
            return await job.done
        finally:
            self._waiting -= len(checks)
            self._waiting_of[caller] -= len(checks)

    async def close(self) -> None:
        """Waits for what is under way, then stops the threads."""
        while self._waiting:
            await asyncio.sleep(0.01)
        self._task.cancel()
        await asyncio.gather(self._task, *self._commits, return_exceptions=True)
        self._matching.shutdown()
        self._committing.shutdown()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._arrived.wait()
            await self._ahead.acquire()
            parts = self._take()
            if not parts:
                self._ahead.release()
                continue
            parts, outcomes = await self._screened(parts)
            if not parts:
                self._ahead.release()
                continue
            task = loop.create_task(self._finish(parts, outcomes))
            self._commits.add(task)
            task.add_done_callback(self._commits.discard)

    async def _screened(self, parts: list[_Part]) -> tuple[list[_Part], list[Outcome]]:
        """The parts that could be screened, with their outcomes. A bug of ours fails the job it shows in alone."""
        loop = asyncio.get_running_loop()
        checks = [check for job, low, high in parts for check in job.checks[low:high]]
        try:
            return parts, await loop.run_in_executor(self._matching, self._screen, checks)
        except Exception as error:
            if len(parts) == 1:
                _fail(parts, error)
                return [], []
        good: list[_Part] = []
        outcomes: list[Outcome] = []
        for part in parts:
            own, found = await self._screened([part])
            good += own
            outcomes += found
        return good, outcomes

    def _take(self) -> list[_Part]:
        """Up to BATCH_MAX checks from the front of the queue; a long job goes in parts, so that others get a turn."""
        parts, room = [], BATCH_MAX
        while self._queue and room:
            job = self._queue.popleft()
            if job.done.done():
                continue  # Its caller has hung up, or an earlier part of it failed.
            low = job.next_check
            high = job.next_check = min(len(job.checks), low + room)
            room -= high - low
            parts.append((job, low, high))
            if high < len(job.checks):
                self._queue.append(job)
        if not self._queue:
            self._arrived.clear()
        return parts

    async def _finish(self, parts: list[_Part], outcomes: list[Outcome]) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._committing, self._commit, outcomes)
        except Exception as error:
            _fail(parts, error)
            return
        finally:
            self._ahead.release()
        start = 0
        for job, low, high in parts:
            job.outcomes += outcomes[start : start + high - low]
            start += high - low
            if len(job.outcomes) == len(job.checks) and not job.done.done():
                job.done.set_result(job.outcomes)


def _fail(parts: list[_Part], error: Exception) -> None:
    for job, _, _ in parts:
        if not job.done.done():
            job.done.set_exception(error)
