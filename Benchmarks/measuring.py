"""Running programs and taking the medians of what they cost."""

import os
import signal
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path


class Failed(Exception):
    """A program did not do what the measurement needs; measuring on would give numbers of something else."""


@dataclass
class Cost:
    seconds: float
    cpu: float
    # Of the largest process that it waited for, in bytes.
    memory: int


@dataclass
class Costs:
    """All runs of one thing."""

    name: str
    runs: list[Cost] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return statistics.median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        return statistics.median(run.cpu for run in self.runs)

    @property
    def memory(self) -> float:
        return statistics.median(run.memory for run in self.runs)


class Bench:
    """Where everything is measured: `work` holds what is made for it."""

    def __init__(self, work: Path):
        self.work = work
        work.mkdir(parents=True, exist_ok=True)
        self.measure = self.compile("measure")

    def compile(self, name: str, *libraries: str) -> Path:
        program = self.work / name
        source = Path(__file__).with_name(f"{name}.c")
        subprocess.run(["cc", "-O2", "-Wall", "-o", program, source, *libraries], check=True)
        return program

    def run(self, *command, cwd=None, environment=None, expect=(0,)) -> Cost:
        """Runs one command and says what it cost; its output goes to a log in `work`."""
        result = self.work / "result"
        log = self.work / "log"
        result.unlink(missing_ok=True)
        with open(log, "wb") as out:
            subprocess.run(
                [self.measure, result, *command], cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, check=False)
        nanoseconds, cpu, memory, status = (int(word) for word in result.read_text().split())
        if status not in expect:
            tail = log.read_text(errors="replace")[-3000:]
            raise Failed(f"{' '.join(map(str, command))}\nended with {status}, expected {expect}:\n{tail}")
        return Cost(nanoseconds / 1e9, cpu / 1e6, memory * 1024)

    def output(self) -> str:
        """What the last command printed."""
        return (self.work / "log").read_text()

    def interleaved(self, rounds: int, contenders, warming_up: int = 1) -> list[Costs]:
        """Runs each contender once a round, so that what else the machine does hits all of them alike.

        `contenders` are pairs of a name and a function that returns a Cost. The rounds for warming up come first and
        are not counted.
        """
        costs = [Costs(name) for name, _ in contenders]
        for turn in range(warming_up + rounds):
            for index, (name, work) in enumerate(contenders):
                cost = work()
                if turn >= warming_up:
                    costs[index].runs.append(cost)
                    print(f"  {name}: {cost.seconds:.3f} s", flush=True)
        return costs


class MemoryWatch:
    """The peak of the memory of all processes that carry a mark in their environment, sampled twice a second.

    For commands whose work is done by processes that they do not wait for. Shared pages are counted once (PSS).
    """

    VARIABLE = "PLUMB_BENCH_RUN"

    def __init__(self):
        self.mark = f"{os.getpid()}-{time.monotonic_ns()}"
        self.peak = 0
        self.ended = threading.Event()

    def environment(self, base=None) -> dict:
        return {**(base or os.environ), self.VARIABLE: self.mark}

    def __enter__(self):
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def watch(self):
        wanted = f"{self.VARIABLE}={self.mark}".encode()
        while not self.ended.wait(0.5):
            total = 0
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    if wanted in (process / "environ").read_bytes().split(b"\0"):
                        total += proportional_size(process)
                except OSError:
                    continue  # It has ended, or is not ours.
            self.peak = max(self.peak, total)


def proportional_size(process: Path) -> int:
    for line in (process / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def stop_simulations(below: Path):
    """Ends the simulated clusters that were started for state directories below a path, and only those."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        state = words[words.index("--state") + 1] if "--state" in words[:-1] else ""
        if "simulate" in words and Path(state).is_relative_to(below):
            os.kill(int(process.name), signal.SIGTERM)
