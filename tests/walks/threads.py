"""The engine with real threads: up to four steps at once, as the dynamic provider's server runs them."""

from __future__ import annotations

import random
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from typing_extensions import override

from .engine import Engine, Update
from .program import Program
from .stack import Options, Result
from .walk_registry import Declared

AT_ONCE = 4


class ThreadedUpdate(Update):
    """Starts whatever is ready while fewer than four steps run."""

    @override
    def steps(self, todo: list[Declared]) -> None:
        running: set[Future[None]] = set()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while running or self.ready(todo):
                ready = self.ready(todo)
                self.rnd.shuffle(ready)
                for declared in ready[: AT_ONCE - len(running)]:
                    todo.remove(declared)
                    if not self.is_skipped():
                        running.add(pool.submit(self.step, declared))
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()  # a violation, or the process was killed


class ThreadedEngine(Engine):
    """Runs updates in threads."""

    @override
    def update(self, program: Program, rnd: random.Random, options: Options, result: Result) -> None:
        ThreadedUpdate(self.state, program, rnd, options, result).run()
