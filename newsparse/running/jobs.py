"""Several processes for one run: each does some of the numbered inputs, and the results come in order.

Knows processes and pipes, but neither the inputs nor the meaning of the results. Worker k of n does the inputs k,
k + n, k + 2n, ... It is forked and has everything that it needs, so nothing is sent to it. A worker that is ahead waits
until there is room in its pipe, so memory does not grow.
"""

from __future__ import annotations

import _thread
import fcntl
import gc
import os
import pickle
import select
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from newsparse.reading.inputs import plainly
from newsparse.showing.messages import WorkerError

PIPE_BYTES = 1 << 20  # of results that a worker may be ahead, where the system allows it

Work = Callable[[int], Iterable[Any]]


class _Worker:
    """A worker process, and the pipe with its results."""

    def __init__(self, pid: int, pipe: BinaryIO) -> None:
        self.pid, self.pipe = pid, pipe

    def result(self) -> Any:
        """The next result; ``...`` at the end of an input."""
        try:
            found = pickle.load(self.pipe)  # noqa: S301 (of a process of ours)
        except (EOFError, OSError, pickle.UnpicklingError):  # the last of a result of which only a part came
            _, status = os.waitpid(self.pid, 0)
            self.pid = 0
            how = f"by signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"with status {status >> 8}"
            what = f"a worker process was ended {how}, perhaps for want of memory; run again with fewer --jobs"
            raise WorkerError(what) from None
        if isinstance(found, ModuleNotFoundError):  # no other input can be read either
            raise found
        return found

    def end(self) -> None:
        """Kill the process and close its pipe."""
        self.pipe.close()
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def in_order(work: Work, count: int, workers: int) -> Iterator[Iterator[Any]]:
    """The results of `work` for input 0, then for input 1, and so on, computed by this number of processes. All
    results of one input have to be taken before those of the next.

    Raises:
        WorkerError: a process was killed or failed.
    """
    gc.collect()
    gc.freeze()  # so that the workers' collections do not copy the pages that all share
    running: list[_Worker] = []
    try:
        for index in range(workers):
            running.append(_started(work, range(index, count, workers), running))
        for number in range(count):
            yield iter(running[number % workers].result, ...)
    except OSError as error:
        raise WorkerError(
            f"only {len(running)} processes could be started ({plainly(error)}); run again with fewer --jobs"
        ) from None
    finally:
        for worker in running:
            worker.end()
        gc.unfreeze()


def _started(work: Work, numbers: Iterable[int], running: list[_Worker]) -> _Worker:
    """Start a process that does the inputs. Signals are blocked until it is set up as a worker."""
    end, beginning = os.pipe()
    ours, theirs = os.fdopen(end, "rb"), os.fdopen(beginning, "wb")
    with suppress(OSError, AttributeError):  # elsewhere than on Linux a pipe has its usual size
        fcntl.fcntl(ours, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    pid, status = -1, 1
    try:
        if pid := os.fork():
            return _Worker(pid, ours)
        for pipe in (ours, *(worker.pipe for worker in running)):
            pipe.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us hears it too, and ends us
        for ending in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        _thread.start_new_thread(_end_with_parent, (theirs.fileno(),))
        for result in _results(work, numbers):
            pickle.dump(result, theirs, pickle.HIGHEST_PROTOCOL)
            theirs.flush()
        status = 0
    finally:
        if not pid:
            os._exit(status)  # never up into what the parent has open
        theirs.close()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _results(work: Work, numbers: Iterable[int]) -> Iterator[Any]:
    try:
        for number in numbers:
            yield from work(number)
            yield ...
    except ModuleNotFoundError as error:
        yield error


def _end_with_parent(pipe: int) -> None:
    """End this process when its parent no longer reads the pipe, even killed. A worker that waits for input would hold
    its locks."""
    poll = select.poll()
    poll.register(pipe, 0)
    poll.poll()
    os._exit(1)
