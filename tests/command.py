"""Runs the real command for the tests, through pipes."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

COMMAND = [sys.executable, "-m", "newsparse"]
ARTICLE = """\
افتتاح جسر جديد في ميناء صور

13:2217/09/2024, الثلاثاء
الأناضول

افتتح وزير الأشغال العامة اليوم الثلاثاء جسرا جديدا يربط الميناء بالمدينة القديمة في صور بعد عامين من العمل.

وقال الوزير إن الجسر سيخفف الازدحام عن وسط المدينة ويخدم آلاف السائقين كل يوم بحسب تقديرات البلدية.

#صور
#الأشغال العامة
"""


class Done(NamedTuple):
    """What a run of the command gave."""

    status: int
    out: bytes
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.decode("utf-8").split("\n")[:-1]]


def environment(**changes: str) -> dict[str, str]:
    """The environment of the tests without its own settings of the command."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSPARSE_", "_NEWSPARSE"))}
    return {**kept, **changes}


def newsparse(*arguments: Any, input: bytes | str = b"", cwd: Path | None = None, **variables: str) -> Done:
    """Run the command to its end."""
    done = subprocess.run(
        [*COMMAND, *(os.fsdecode(a) if isinstance(a, bytes) else str(a) for a in arguments)],
        input=input.encode() if isinstance(input, str) else input,
        capture_output=True,
        cwd=cwd,
        env=environment(**variables),
        timeout=60,
    )
    err = done.stderr.decode("utf-8")
    assert "Traceback" not in err, err
    assert "a fault in newsparse" not in err, err
    return Done(done.returncode, done.stdout, err)


@contextlib.contextmanager
def started(*arguments: Any, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The command while it runs; killed at the end, if it still does."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([*COMMAND, *map(str, arguments)], env=environment(), **{**pipes, **options}) as process:
        try:
            yield process
        finally:
            process.kill()
            if process.stdin and not process.stdin.closed:
                with contextlib.suppress(BrokenPipeError):  # what was not read of it is flushed here
                    process.stdin.close()


def told_at_ctrl_c(process: subprocess.Popen[bytes], folder: Path) -> bytes:
    """What the command says when Ctrl-C ends it, once it has begun a file in the folder."""
    assert process.stderr
    deadline = time.monotonic() + 20
    while not list(folder.glob(".newsparse-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == -signal.SIGINT
    return process.stderr.read()
