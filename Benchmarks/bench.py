#!/usr/bin/env python3
"""Measures Plumb beside what it could be compared with, on the same data in one run, and writes docs/performance.md.

Loading: `plumb validate` beside a bare libyaml event loop and PyYAML. Planning without a change: `plumb plan` beside
`terraform plan` on the same state. Applying: `plumb apply` in ten stacks beside one `terraform apply`. What is compared
is run in turns, and medians are shown. Terraform is started directly, in the stack's directory, with the environment
that Plumb gives it, so that nothing of Plumb is in its time.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from datetime import date
from pathlib import Path

import fleet
from measuring import Bench, Cost, Costs, Failed, MemoryWatch, stop_simulations

ROOT = Path(__file__).resolve().parent.parent


class Place:
    """One configuration with a state directory and a simulated cluster of its own."""

    def __init__(self, bench: Bench, plumb: Path, path: Path):
        self.bench, self.plumb, self.path = bench, plumb, path
        self.configuration = path / "config"
        self.state = path / "state"

    def clear(self):
        stop_simulations(self.path)
        shutil.rmtree(self.path, ignore_errors=True)

    def command(self, verb: str, *arguments, configuration: Path | None = None) -> list:
        directories = ["--config", configuration or self.configuration, "--state", self.state]
        return [self.plumb, verb, *directories, *arguments]

    def run(self, verb: str, *arguments, configuration=None, environment=None, expect=(0,)) -> Cost:
        command = self.command(verb, *arguments, configuration=configuration)
        return self.bench.run(*command, environment=environment, expect=expect)

    def is_in_plumb(self) -> bool:
        try:
            self.run("plan", "--detailed-exit-code")
            return True
        except Failed:
            return False

    def stacks(self) -> list[Path]:
        """The directories of the stacks."""
        return sorted(path.parent for path in self.state.glob("stacks/*/*/terraform.tfvars.json"))

    def terraform(self, stack: Path) -> "Terraform":
        """Terraform as Plumb runs it there: a program of the same name that is found first writes down what it was
        given and goes on as the real one."""
        real = shutil.which("terraform") or shutil.which("tofu")
        if not real:
            raise Failed("Neither terraform nor tofu is on PATH.")
        shims = self.path / "shims"
        shims.mkdir(exist_ok=True)
        noted = self.path / "terraform-environment"
        shim = shims / Path(real).name
        shim.write_text(f'#!/bin/sh\nenv -0 > "{noted}"\nexec "{real}" "$@"\n')
        shim.chmod(0o755)
        environment = {**os.environ, "PATH": f"{shims}:{os.environ['PATH']}"}
        name = f"{stack.parent.name}/{stack.name}"
        self.bench.run(*self.command("terraform", name, "--", "version"), environment=environment)
        pairs = noted.read_bytes().decode().split("\0")
        given = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        given["PATH"] = os.environ["PATH"]
        return Terraform(self.bench, real, stack, given)


class Terraform:
    """The real one in one stack's directory."""

    def __init__(self, bench: Bench, program: str, directory: Path, environment: dict):
        self.bench, self.program, self.directory, self.environment = bench, program, directory, environment

    def run(self, *arguments, environment=None) -> Cost:
        return self.bench.run(
            self.program, *arguments, "-input=false", "-no-color", cwd=self.directory,
            environment=environment or self.environment)


def measure_loading(bench: Bench, plumb: Path, servers: int, rounds: int) -> tuple[list[Costs], int]:
    configuration = bench.work / "load"
    shutil.rmtree(configuration, ignore_errors=True)
    file = fleet.write(configuration, servers)
    state = bench.work / "load-state"
    loop = bench.compile("libyaml_loop", "-lyaml")
    events = "import sys, yaml\nfor _ in yaml.parse(open(sys.argv[1], 'rb'), Loader=yaml.CSafeLoader): pass"
    values = "import sys, yaml\nfor _ in yaml.load_all(open(sys.argv[1], 'rb'), Loader=yaml.CSafeLoader): pass"
    costs = bench.interleaved(rounds, [
        ("bare libyaml event loop", lambda: bench.run(loop, file)),
        ("plumb validate", lambda: bench.run(plumb, "validate", "--config", configuration, "--state", state)),
        ("plumb version (starting only)", lambda: bench.run(plumb, "version")),
        ("PyYAML, libyaml's events", lambda: bench.run(sys.executable, "-c", events, file)),
        ("PyYAML, values by libyaml (CSafeLoader)", lambda: bench.run(sys.executable, "-c", values, file)),
    ])
    return costs, file.stat().st_size


def measure_reading(bench: Bench, plumb: Path, servers: int, rounds: int) -> tuple[list[Costs], int]:
    """What reading, checking and typing take inside `plumb validate`, once the bytes are there, beside the loop of
    libyaml alone over the same bytes. Each program measures itself; memory is that of its whole process."""
    configuration = bench.work / f"load{servers}"
    file = fleet.write(configuration, servers)
    loop = bench.compile("libyaml_loop", "-lyaml")

    def bare() -> Cost:
        cost = bench.run(loop, file)
        cost.seconds = int(bench.output().split(", ")[1].split()[0]) / 1e6
        return cost

    def ours() -> Cost:
        cost = bench.run(
            plumb, "validate", "--config", configuration, "--state", bench.work / "load-state", "--output", "json")
        cost.seconds = json.loads(bench.output())["loadingMicroseconds"] / 1e6
        return cost

    costs = bench.interleaved(rounds, [
        (f"{servers:,} servers: libyaml's loop", bare),
        (f"{servers:,} servers: plumb reads, checks and types", ours),
    ])
    return costs, file.stat().st_size


def reading_table(measured: list[tuple[list[Costs], int]]) -> list[str]:
    lines = ["| inside the process | median | memory | times libyaml |", "|---|---:|---:|---:|"]
    for costs, size in measured:
        for cost in costs:
            name = f"{cost.name} ({size / 1e6:.1f} MB)" if cost is costs[0] else cost.name
            times = cost.seconds / costs[0].seconds
            lines.append(f"| {name} | {seconds(cost.seconds)} | {cost.memory / 1e6:.0f} MB | {times:.1f} × |")
    return lines


# Servers beyond this number are made in stacks of a hundred: one state of thousands takes Terraform an hour to make.
ONE_STACK = 1000


def planned_place(bench: Bench, plumb: Path, servers: int) -> Place:
    """Servers that exist and need nothing; kept between runs, because making thousands takes minutes."""
    place = Place(bench, plumb, bench.work / f"p{servers}")
    stacks = "single" if servers <= ONE_STACK else f"{{hashed: {servers // 100}}}"

    def write():
        fleet.write(place.configuration, servers, stacks=stacks, detail_sweep=0)
        fleet.write(place.path / "swept", servers, stacks=stacks, detail_sweep=50)

    write()
    if place.state.exists() and place.is_in_plumb():
        return place
    place.clear()
    write()
    print(f"  making {servers} servers, once", flush=True)
    place.run("apply", "--yes")
    if not place.is_in_plumb():
        raise Failed(f"After applying {servers} servers there is still something to do.")
    return place


def one_state(place: Place, stacks: list[Path]) -> Path:
    """A directory for Terraform with the entries and the resources of all stacks in one file each.

    That the union is right is seen when it is planned: Terraform must find nothing to change.
    """
    union = place.path / "union"
    shutil.rmtree(union, ignore_errors=True)
    union.mkdir()
    for part in [*stacks[0].glob("*.tf"), stacks[0] / "server"]:
        copy = shutil.copytree if part.is_dir() else shutil.copy
        copy(part, union / part.name)
    values = json.loads((stacks[0] / "terraform.tfvars.json").read_text())
    state = json.loads((stacks[0] / "terraform.tfstate").read_text())
    for stack in stacks[1:]:
        values["servers"] |= json.loads((stack / "terraform.tfvars.json").read_text())["servers"]
        state["resources"] += json.loads((stack / "terraform.tfstate").read_text())["resources"]
    (union / "terraform.tfvars.json").write_text(json.dumps(values))
    (union / "terraform.tfstate").write_text(json.dumps(state))
    return union


def measure_planning(bench: Bench, plumb: Path, servers: int, rounds: int) -> list[Costs]:
    """Plumb's rounds and Terraform's in turns; Terraform on thousands of servers, which takes minutes, once."""
    place = planned_place(bench, plumb, servers)
    stacks = place.stacks()
    terraform = place.terraform(stacks[0])
    if len(stacks) > 1:
        terraform.directory = one_state(place, stacks)
        terraform.run("init")
    ours = [
        ("plumb plan, listed", lambda: place.run("plan", "--detailed-exit-code")),
        ("plumb plan, 50 details",
         lambda: place.run("plan", "--detailed-exit-code", configuration=place.path / "swept")),
    ]
    theirs = [
        ("terraform plan", lambda: terraform.run("plan", "-detailed-exitcode")),
        ("terraform plan -refresh=false", lambda: terraform.run("plan", "-detailed-exitcode", "-refresh=false")),
    ]
    try:
        if servers <= ONE_STACK:
            return bench.interleaved(rounds, ours + theirs)
        return bench.interleaved(rounds, ours) + bench.interleaved(1, theirs, warming_up=0)
    finally:
        stop_simulations(place.path)


def measure_thought(bench: Bench, plumb: Path, servers: int, rounds: int) -> float:
    """The median seconds that `plumb plan` took to plan and to prove the plan, beside loading and reading."""
    place = planned_place(bench, plumb, servers)
    taken = []
    for _ in range(rounds):
        place.run("plan", "--detailed-exit-code", "--output", "json")
        taken.append(json.loads(bench.output())["planningMicroseconds"] / 1e6)
    stop_simulations(place.path)
    return statistics.median(taken)


def apply_in_stacks(bench: Bench, plumb: Path, servers: int, stacks: int) -> tuple[Cost, dict]:
    """Returns the cost, and the entries of all stacks' tfvars."""
    place = Place(bench, plumb, bench.work / "many")
    place.clear()
    fleet.write(place.configuration, servers, stacks=f"{{hashed: {stacks}}}")
    with MemoryWatch() as watch:
        cost = place.run("apply", "--yes", environment=watch.environment())
    entries = {}
    for stack in place.stacks():
        entries |= json.loads((stack / "terraform.tfvars.json").read_text())["servers"]
    if len(entries) != servers or not place.is_in_plumb():
        raise Failed(f"{len(entries)} of {servers} servers were made, or there is still something to do.")
    stop_simulations(place.path)
    return Cost(cost.seconds, cost.cpu, watch.peak), entries


def apply_in_one(bench: Bench, plumb: Path, entries: dict) -> Cost:
    """One `terraform apply` of the same servers, in a stack that Plumb has prepared by making one more server."""
    place = Place(bench, plumb, bench.work / "one")
    place.clear()
    fleet.write(place.configuration, 0)
    (place.configuration / "servers.yaml").write_text(fleet.server(70_000))
    place.run("apply", "--yes")
    [stack] = place.stacks()
    tfvars = stack / "terraform.tfvars.json"
    values = json.loads(tfvars.read_text())
    values["servers"] |= entries
    tfvars.write_text(json.dumps(values))
    terraform = place.terraform(stack)
    with MemoryWatch() as watch:
        cost = terraform.run("apply", "-auto-approve", environment=watch.environment(terraform.environment))
    state = json.loads((stack / "terraform.tfstate").read_text())
    made = sum(len(resource["instances"]) for resource in state["resources"]) - 1
    if made != len(entries):
        raise Failed(f"Terraform made {made} of {len(entries)} servers.")
    stop_simulations(place.path)
    return Cost(cost.seconds, cost.cpu, watch.peak)


def measure_applying(bench: Bench, plumb: Path, servers: int, stacks: int, rounds: int) -> list[Costs]:
    ours, theirs = Costs(f"plumb apply, {stacks} stacks"), Costs("terraform apply, one state")
    for _ in range(rounds):
        cost, entries = apply_in_stacks(bench, plumb, servers, stacks)
        print(f"  {ours.name}: {cost.seconds:.1f} s", flush=True)
        ours.runs.append(cost)
        theirs.runs.append(apply_in_one(bench, plumb, entries))
        print(f"  {theirs.name}: {theirs.runs[-1].seconds:.1f} s", flush=True)
    return [ours, theirs]


def table(costs: list[Costs], ratio: str, base: Costs, inverse: bool) -> list[str]:
    """A Markdown table. `ratio` names its last column: each time over the base's, or the base's over it."""
    lines = [f"| | median | CPU | memory | {ratio} |", "|---|---:|---:|---:|---:|"]
    for cost in costs:
        times = base.seconds / cost.seconds if inverse else cost.seconds / base.seconds
        lines.append(
            f"| {cost.name} | {seconds(cost.seconds)} | {seconds(cost.cpu)} | {cost.memory / 1e6:.0f} MB | {times:.1f} × |")
    return lines


def seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown processor"


def terraform_version() -> str:
    program = shutil.which("terraform") or shutil.which("tofu") or "terraform"
    return subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]


def report(arguments, sections: list[str]) -> str:
    head = f"""# Performance

Measured on {date.today().isoformat()} with {os.cpu_count()} cores ({processor()}), {terraform_version()}, by `make bench`, in one
run on the same data. Contenders take turns; the times are medians of {arguments.rounds} rounds after one that is not counted
({arguments.apply_rounds} for applying). Servers are virtual machines on a simulated cluster whose tasks take no time, and Terraform
reaches it through the same provider in all cases. The cluster's `limits` are wide, because Terraform alone keeps none. Memory is that of a command's largest process; for applying, the
peak of all its processes together, the simulated cluster left out.
"""
    notes = Path(__file__).with_name("notes.md").read_text()
    return "\n".join([head, *sections, notes])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plumb", type=Path, required=True, help="the program that is measured")
    parser.add_argument("--work", type=Path, default=ROOT / ".build" / "bench", help="where data is made and kept")
    parser.add_argument("--result", type=Path, default=ROOT / "docs" / "performance.md")
    parser.add_argument("--only", choices=["load", "plan", "apply"], action="append", help="repeatable; default: all")
    parser.add_argument("--load", type=int, default=10_000, metavar="SERVERS")
    parser.add_argument("--plan", type=int, nargs="+", default=[100, 1000, 5000], metavar="SERVERS")
    parser.add_argument("--think", type=int, default=10_000, metavar="SERVERS")
    parser.add_argument("--apply", type=int, default=1000, metavar="SERVERS")
    parser.add_argument("--stacks", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--apply-rounds", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    chosen = arguments()
    parts = chosen.only or ["load", "plan", "apply"]
    plumb = chosen.plumb.resolve()
    bench = Bench(chosen.work.resolve())
    sections = []
    try:
        if "load" in parts:
            print(f"Loading {chosen.load} servers", flush=True)
            costs, size = measure_loading(bench, plumb, chosen.load, chosen.rounds)
            sections += [f"## Loading {chosen.load:,} servers from one file of {size / 1e6:.1f} MB", ""]
            sections += table(costs, "times libyaml", costs[0], inverse=False)
            sections += ["", "The whole processes, their start and the reading of the file included. Of reading alone:", ""]
            sections += reading_table([
                measure_reading(bench, plumb, servers, chosen.rounds) for servers in [chosen.load, 10 * chosen.load]])
            sections += [
                "", "Goals: Plumb reads, checks and types 10,000 servers in at most twice the time of libyaml's loop; linear to",
                "100,000, in under 200 MB there.", ""]
        for servers in chosen.plan if "plan" in parts else []:
            print(f"Planning {servers} servers without a change", flush=True)
            costs = measure_planning(bench, plumb, servers, chosen.rounds)
            where = "one stack" if servers <= ONE_STACK else (
                f"{servers // 100} stacks, for Terraform in one state (one round)")
            sections += [f"## Planning {servers:,} servers of {where} without a change", ""]
            sections += table(costs, "faster than terraform plan", costs[2], inverse=True) + [""]
        if "plan" in parts:
            sections += [
                "Goals: at 1,000 servers 30 times faster than `terraform plan` at depth *listed*, 15 times with the sweep of 50",
                "details; at 5,000 under 0.2 s.", ""]
            taken = measure_thought(bench, plumb, chosen.think, chosen.rounds)
            sections += [
                f"Of a plan of {chosen.think:,} servers without a change, planning and proving took {seconds(taken)} beside loading",
                "and reading, which `--output json` says. Goal: at most 30 ms.", ""]
        if "apply" in parts:
            print(f"Applying {chosen.apply} servers", flush=True)
            costs = measure_applying(bench, plumb, chosen.apply, chosen.stacks, chosen.apply_rounds)
            sections += [f"## Making {chosen.apply:,} servers", ""]
            sections += table(costs, "faster than one state", costs[1], inverse=True)
            sections += ["", "Goal: 6 times faster. Plumb's time has its plan, its checks and the reading back in it.", ""]
    except Failed as failure:
        print(f"Not measured: {failure}", file=sys.stderr)
        return 1
    finally:
        stop_simulations(bench.work)
    chosen.result.parent.mkdir(parents=True, exist_ok=True)
    chosen.result.write_text(report(chosen, sections).rstrip() + "\n")
    print(f"Written: {chosen.result}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
