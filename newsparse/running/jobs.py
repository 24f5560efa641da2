"""Several processes for one run: each does some of the numbered parts, and the results come in order.

Knows processes and pipes, but neither the parts nor the meaning of the bytes. Worker k of n does the parts k, k + n,
k + 2n, ... It is forked and has everything that it needs, so nothing is sent to it. A worker that is ahead waits until
its pipe is read, so memory does not grow.
"""

from __future__ import annotations

import _thread
import gc
import os
import select
import signal
from collections.abc import Callable, Iterable, Iterator

from newsparse.reading.inputs import plainly
from newsparse.record import NewsparseError

MAX_WAITING_BYTES = 1 << 22  # bytes that are taken from a worker before its turn has come
CAN_FORK = hasattr(os, "fork") and hasattr(select, "poll")

Work = Callable[[int], Iterable[bytes]]


class WorkerError(NewsparseError):
    """A worker process ended before its work was done."""


class _Worker:
    """A worker process, and the bytes that came from it."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid, self.pipe, self.buffer, self.is_open = pid, pipe, bytearray(), True

    def frame(self) -> bytes | None:
        """The next frame, if it has arrived completely."""
        end = 8 + int.from_bytes(self.buffer[:8], "little")
        if len(self.buffer) < max(8, end):
            return None
        with memoryview(self.buffer) as view:
            frame = bytes(view[8:end])
        del self.buffer[:end]
        return frame

    def read(self) -> None:
        """Read the bytes in the pipe."""
        data = os.read(self.pipe, 1 << 18)
        self.buffer += data
        self.is_open = bool(data)

    def died(self) -> WorkerError:
        """The error that says how the process ended."""
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        how = f"by signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"with status {status >> 8}"
        return WorkerError(f"a worker process was ended {how}, perhaps for want of memory; run again with fewer --jobs")

    def end(self) -> None:
        """Kill the process and close its pipe."""
        os.close(self.pipe)
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def in_order(work: Work, parts: int, workers: int) -> Iterator[bytes]:
    """The results of `work` for part 0, then for part 1, and so on, computed by this number of processes.

    Raises:
        WorkerError: a process was killed or failed.
    """
    gc.collect()
    gc.freeze()  # so that the workers' collections do not copy the pages that all share
    running: list[_Worker] = []
    try:
        alive = os.pipe()  # it ends when this process does, and the workers with it
    except OSError as error:
        raise _no_more(0, error) from None
    try:
        for index in range(workers):
            running.append(_started(work, range(index, parts, workers), alive, running))
        for part in range(parts):
            worker = running[part % workers]
            while frame := _next_frame(worker, running):
                yield frame
    finally:
        for worker in running:
            worker.end()
        for pipe in alive:
            os.close(pipe)
        gc.unfreeze()


def _next_frame(needed: _Worker, running: list[_Worker]) -> bytes:
    """The next frame of the worker whose turn it is. The others are read too, up to a limit."""
    while True:
        frame = needed.frame()
        if frame is not None:
            return frame
        if not needed.is_open:
            raise needed.died()
        asked = {w.pipe: w for w in running if w is needed or (w.is_open and len(w.buffer) < MAX_WAITING_BYTES)}
        poll = select.poll()
        for pipe in asked:
            poll.register(pipe, select.POLLIN)
        for pipe, _ in poll.poll():
            asked[pipe].read()


def _started(work: Work, parts: Iterable[int], alive: tuple[int, int], running: list[_Worker]) -> _Worker:
    """Start a process that does the parts. Signals are blocked until it is set up as a worker.

    Raises:
        WorkerError: the system has no process or pipe left.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        pid, ours, theirs = _forked()
    except OSError as error:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        raise _no_more(len(running), error) from None
    if pid:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(theirs)
        return _Worker(pid, ours)
    status = 1
    try:
        for pipe in (ours, alive[1], *(worker.pipe for worker in running)):
            os.close(pipe)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us hears it too, and ends us
        for ending in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        _thread.start_new_thread(_end_with_parent, (alive[0],))
        for part in parts:
            for frame in work(part):
                _write(theirs, len(frame).to_bytes(8, "little") + frame)
            _write(theirs, bytes(8))
        status = 0
    finally:
        os._exit(status)  # never up into what the parent has open


def _forked() -> tuple[int, int, int]:
    """Fork: the id of the new process (0 in the process itself), and the ends of a pipe from it."""
    ours, theirs = os.pipe()
    try:
        return os.fork(), ours, theirs
    except OSError:
        os.close(ours)
        os.close(theirs)
        raise


def _no_more(started: int, error: OSError) -> WorkerError:
    return WorkerError(f"only {started} processes could be started ({plainly(error)}); run again with fewer --jobs")


def _end_with_parent(alive: int) -> None:
    """End this process when its parent is gone, even killed. A worker that waits for input would hold its locks."""
    os.read(alive, 1)
    os._exit(1)


def _write(pipe: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(pipe, left) :]
