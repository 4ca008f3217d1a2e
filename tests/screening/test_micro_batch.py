"""Micro-batching: a lone check waits for nobody, what arrives meanwhile shares a batch, durable comes before answered.

The screen and commit functions are real ones of the tests' own: they note what they were given, and can be held up.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence

import pytest

from screening.errors import NotReadyError, OverQuotaError, ScreeningError
from screening.micro_batch import BATCH_MAX, Limits, MicroBatcher
from screening.model import AuditRecord
from screening.screen import Check, Outcome
from tests.reference.outcomes import OTHER, check, outcome

PATIENCE_S = 10.0
AMPLE = Limits(waiting_max=100_000, waiting_max_per_caller=100_000)


class Works:
    """A matching and a commit function that note every batch. `gate` holds the matching up until it is opened."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.committed: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.commit_gate = threading.Event()
        self.commit_gate.set()
        self.started = threading.Semaphore(0)
        self.matching_fails: set[str] = set()
        self.commit_fails = False

    def screen(self, checks: Sequence[Check]) -> list[Outcome]:
        self.batches.append([item.query.request_id for item in checks])
        self.started.release()
        assert self.gate.wait(PATIENCE_S)
        if self.matching_fails & {item.query.request_id for item in checks}:
            raise ValueError("a bug of ours")
        return [outcome(item) for item in checks]

    def commit(self, outcomes: Sequence[Outcome]) -> None:
        assert self.commit_gate.wait(PATIENCE_S)
        if self.commit_fails:
            raise NotReadyError("AUDIT_UNAVAILABLE", "Later.")
        records = [item[1] for item in outcomes if not isinstance(item, ScreeningError)]
        assert all(isinstance(record, AuditRecord) for record in records)
        self.committed += [record.check_id for record in records]

    async def has_started(self) -> None:
        """Waits, without holding up the event loop, until one more batch is being matched."""
        assert await asyncio.to_thread(self.started.acquire, timeout=PATIENCE_S)


def run(scenario: Callable[[MicroBatcher, Works], Awaitable[None]], limits: Limits = AMPLE) -> Works:
    """Runs a scenario with a batcher of its own, closed in the end."""

    async def main() -> Works:
        works = Works()
        batcher = MicroBatcher(works.screen, works.commit, limits)
        await asyncio.wait_for(scenario(batcher, works), PATIENCE_S)
        await asyncio.wait_for(batcher.close(), PATIENCE_S)
        return works

    return asyncio.run(main())


def ids(outcomes: Sequence[Outcome]) -> list[str]:
    """The request ids of answers."""
    return [item[0].request_id for item in outcomes if not isinstance(item, ScreeningError)]


def test_a_lone_check_starts_at_once() -> None:
    """It is matched alone, without waiting for others to come."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        assert ids(await batcher.submit([check(1)])) == ["1"]
        assert ids(await batcher.submit([check(2)])) == ["2"]

    assert run(scenario).batches == [["1"], ["2"]]


def test_checks_that_arrive_while_a_batch_runs_form_the_next_one() -> None:
    """A hundred calls behind a running one are matched and committed together, and each gets its own answer."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.gate.clear()
        first = asyncio.create_task(batcher.submit([check(0)]))
        await works.has_started()
        calls = [asyncio.create_task(batcher.submit([check(n)])) for n in range(1, 101)]
        await asyncio.sleep(0)
        works.gate.set()
        assert [ids(answer) for answer in await asyncio.gather(first, *calls)] == [[str(n)] for n in range(101)]

    assert run(scenario).batches == [["0"], [str(n) for n in range(1, 101)]]


def test_the_event_loop_goes_on_while_a_batch_is_matched() -> None:
    """Other tasks run a thousand times although matching has not moved."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.gate.clear()
        call = asyncio.create_task(batcher.submit([check(1)]))
        await works.has_started()
        for _ in range(1_000):
            await asyncio.sleep(0)
        assert not call.done()
        works.gate.set()
        await call

    run(scenario)


def test_no_answer_before_its_record_is_durable() -> None:
    """The call does not return while the commit is under way, and has its record once it returns."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.commit_gate.clear()
        call = asyncio.create_task(batcher.submit([check(1)]))
        done, _ = await asyncio.wait([call], timeout=0.2)
        assert not done
        assert works.batches
        assert not works.committed
        works.commit_gate.set()
        await call
        assert works.committed == ["check-1"]

    run(scenario)


def test_the_next_batch_is_matched_while_one_is_being_committed_but_no_queue_builds_up_before_the_disk() -> None:
    """Two batches may be ahead of the disk; a third is not started."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.commit_gate.clear()
        calls = []
        for number in range(3):
            calls.append(asyncio.create_task(batcher.submit([check(number)])))
            await asyncio.sleep(0.1)
        assert works.batches == [["0"], ["1"]]
        works.commit_gate.set()
        await asyncio.gather(*calls)

    assert run(scenario).batches == [["0"], ["1"], ["2"]]


def test_a_failing_match_fails_its_own_batch_only() -> None:
    """The error reaches every call of the batch; the batch behind it is answered."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.matching_fails = {"1"}
        works.gate.clear()
        bad = asyncio.create_task(batcher.submit([check(1)]))
        await works.has_started()
        good = asyncio.create_task(batcher.submit([check(2)]))
        await asyncio.sleep(0)
        works.gate.set()
        with pytest.raises(ValueError, match="a bug of ours"):
            await bad
        assert ids(await good) == ["2"]

    run(scenario)


def test_a_failing_commit_discloses_nothing_and_the_next_batch_is_tried() -> None:
    """NotReadyError instead of an answer; as soon as the log can be written again, answers again."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.commit_fails = True
        with pytest.raises(NotReadyError):
            await batcher.submit([check(1), check(2)])
        works.commit_fails = False
        assert ids(await batcher.submit([check(3)])) == ["3"]

    assert run(scenario).committed == ["check-3"]


def test_a_caller_that_hangs_up_while_waiting_costs_no_matching() -> None:
    """Its checks are never matched, never recorded, and no longer count as waiting."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.gate.clear()
        first = asyncio.create_task(batcher.submit([check(0)]))
        await works.has_started()
        gone = [asyncio.create_task(batcher.submit([check(n), check(n)])) for n in range(1, 3)]
        await asyncio.sleep(0)
        for call in gone:
            call.cancel()
        await asyncio.gather(*gone, return_exceptions=True)
        stays = asyncio.create_task(batcher.submit([check(n) for n in range(5, 9)]))  # Fits: the four places are free.
        await asyncio.sleep(0)
        works.gate.set()
        await asyncio.gather(first, stays)

    assert run(scenario, Limits(waiting_max=5, waiting_max_per_caller=5)).batches == [["0"], ["5", "6", "7", "8"]]


def test_a_long_job_goes_in_parts_and_others_get_a_turn() -> None:
    """A thousand checks of one call do not keep a lone check waiting to their end; their outcomes stay in order."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.gate.clear()
        first = asyncio.create_task(batcher.submit([check(0)]))
        await works.has_started()
        long = asyncio.create_task(batcher.submit([check(n) for n in range(1, 1_001)]))
        lone = asyncio.create_task(batcher.submit([check(5_000, OTHER)]))
        await asyncio.sleep(0)
        works.gate.set()
        await first
        assert ids(await lone) == ["5000"]
        assert ids(await long) == [str(n) for n in range(1, 1_001)]

    works = run(scenario)
    assert [len(batch) for batch in works.batches] == [1, BATCH_MAX, 1_001 - BATCH_MAX]
    assert works.batches[2][0] == "5000"


def test_a_long_job_whose_part_failed_is_not_matched_further() -> None:
    """Its caller has an error already."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.matching_fails = {"7"}
        with pytest.raises(ValueError, match="a bug of ours"):
            await batcher.submit([check(n) for n in range(5 * BATCH_MAX)])
        assert ids(await batcher.submit([check(9_999)])) == ["9999"]

    assert len(run(scenario).batches) <= 3


def test_limits_are_of_all_callers_and_of_one() -> None:
    """The one that has too much waiting is over its quota; when all have, the service is overloaded. Both pass."""

    async def scenario(batcher: MicroBatcher, works: Works) -> None:
        works.gate.clear()
        first = asyncio.create_task(batcher.submit([check(0), check(1)]))
        await works.has_started()
        with pytest.raises(OverQuotaError):
            await batcher.submit([check(2), check(3)])
        second = asyncio.create_task(batcher.submit([check(n, OTHER) for n in range(4, 7)]))
        await asyncio.sleep(0)
        with pytest.raises(NotReadyError) as caught:
            await batcher.submit([check(7)])
        assert caught.value.reason == "OVERLOADED"
        works.gate.set()
        await asyncio.gather(first, second)
        assert ids(await batcher.submit([check(8)])) == ["8"]

    run(scenario, Limits(waiting_max=5, waiting_max_per_caller=3))


def test_closing_waits_for_what_is_under_way() -> None:
    """A call that was taken is answered."""

    async def main() -> list[str]:
        works = Works()
        batcher = MicroBatcher(works.screen, works.commit, AMPLE)
        works.gate.clear()
        call = asyncio.create_task(batcher.submit([check(1)]))
        await works.has_started()
        closing = asyncio.create_task(batcher.close())
        await asyncio.sleep(0.05)
        assert not closing.done()
        works.gate.set()
        await closing
        return ids(await call)

    assert asyncio.run(main()) == ["1"]
