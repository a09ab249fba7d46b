#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py [--build DIR] [STEP...] - `make check`: builds three ways, runs every test, counts.

A step is a row: a name, a command, and the builds that it needs.  What a step prints as `ok ...`
or `not ok ...` is counted line by line; a step without such lines counts as one.  `# SKIP` is
neither passed nor failed.  Output is shown of failing steps only; all of it is in DIR/check.  The
last line is `N passed, N failed`.
"""
import argparse
import concurrent.futures
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

LIMIT = 1200            # seconds that one step may take: a hang is a failure, not a stop
SHOWN = 200             # lines of a failing step
SANITIZERS = "address,undefined"
RESULT = re.compile(r"^(not ok|ok)\b(.*)$")


class Step:
    def __init__(self, name, command, needs=(), env=None):
        self.name, self.command, self.needs, self.env = name, command, needs, env or {}


def builds(args):
    make = [args.make, "--no-print-directory", "-k", f"-j{args.jobs}"]
    # What only the sanitizers run is compiled for them: in a third of the time, and it runs as fast.
    san = [f"SAN={SANITIZERS}", "CFLAGS=-Og -g1"]
    # gcc guesses at -Og where it knows at -O2: the first build is the one that must have no warning.
    guesses = [san[0], san[1] + " -w"]
    return [
        Step("build gcc", make + [f"BUILD={args.build}", "CC=gcc", "all", "units", "tools"]),
        Step("build gcc-sanitizers", make + [f"BUILD={args.san}", "CC=gcc", *guesses, "all", "units", "replays",
                                             f"{args.san}/tests/truncate", f"{args.san}/tests/facts"]),
        Step("build clang-fuzzers", make + [f"BUILD={args.fuzz}", "CC=clang", *san, "FUZZ=1", "fuzzers"]),
    ]


def unit_steps(build, needs, suffix=""):
    tests = sorted(glob.glob("tests/unit/test_*.c"))
    return [Step(f"unit{suffix} {os.path.basename(t)[5:-2]}", [f"{build}/{t[:-2]}"], [needs],
                 {"CMOCKA_MESSAGE_OUTPUT": "TAP"}) for t in tests]


def steps(args):
    python = [sys.executable]
    make = [args.make, "--no-print-directory", f"BUILD={args.build}"]
    binary, san = f"{args.build}/meshctl", f"{args.san}/meshctl"
    gcc, sanitizers, clang = (b.name for b in builds(args))
    rows = [
        # The longest first: what is short fills the gaps.
        Step("lint", make + ["CC=gcc", "-k", "-j2", "lint"], [gcc]),
        Step("oracle list", python + ["tests/oracle/golist.py", "--binary", binary], [gcc]),
        Step("truncate", python + ["tests/truncate.py", f"{args.san}/tests/truncate"], [sanitizers]),
        Step("faults", python + ["tests/faults.py", "--binary", san], [sanitizers]),
        Step("fuzz", python + ["tests/fuzz/fuzz.py", "--build", args.fuzz, "--fixed"], [clang]),
        Step("bad input", python + ["tests/badinput.py", "--binary", binary], [gcc]),
        Step("bad input, sanitizers", python + ["tests/badinput.py", "--small", "--binary", san], [sanitizers]),
        Step("cli", python + ["tests/cli/run.py", "--binary", binary], [gcc]),
        Step("cli, sanitizers", python + ["tests/cli/run.py", "--binary", san], [sanitizers]),
        Step("rules", python + ["tests/cli/rules.py", "--binary", binary], [gcc]),
        Step("reports", python + ["tests/reports/reports.py", "--binary", binary], [gcc]),
        Step("reports, sanitizers", python + ["tests/reports/reports.py", "--binary", san, "every_tree", "hostile_names",
                                              "other_commands", "failed_runs", "continuous_integration"], [sanitizers]),
        Step("validators mermaid", python + ["tests/validators/mermaid.py", "--binary", binary, "--build", args.build], [gcc]),
        Step("mesh files", python + ["tests/mesh_files.py", "--binary", binary, "--build", args.build], [gcc]),
        Step("validators mustache", python + ["tests/validators/mustache.py", "--tool", f"{args.build}/tests/mustache",
                                              "--build", args.build], [gcc]),
        Step("validators", python + ["tests/validators/validate.py", "--binary", binary, "--build", args.build], [gcc]),
        Step("formats", python + ["tests/formats.py", "--binary", binary], [gcc]),
        Step("page", python + ["tests/page/page.py", "--binary", binary, "--build", args.build], [gcc]),
        Step("baseline", python + ["tests/baseline.py", "--binary", binary], [gcc]),
        Step("baseline, sanitizers", python + ["tests/baseline.py", "--binary", san, "damaged_files", "good_strangers",
                                               "places", "days", "renames", "asked_for"], [sanitizers]),
        Step("staged", python + ["tests/staged.py", "--binary", binary], [gcc]),
        Step("staged, sanitizers", python + ["tests/staged.py", "--binary", san], [sanitizers]),
        Step("diff", python + ["tests/diff.py", "--binary", binary], [gcc]),
        Step("debt", python + ["tests/debt.py", "--binary", binary], [gcc]),
        Step("adr", python + ["tests/adr.py", "--binary", binary], [gcc]),
        Step("adr, sanitizers", python + ["tests/adr.py", "--binary", san, "editor", "writers", "full_disk", "read_only"],
             [sanitizers]),
        Step("gate", python + ["tests/gate.py", "--binary", binary], [gcc]),
        Step("sides", python + ["tests/sides.py", "--binary", binary], [gcc]),
        Step("trend", python + ["tests/trend.py", "--binary", binary], [gcc]),
        Step("gate, sanitizers", python + ["tests/gate.py", "--binary", san], [sanitizers]),
        Step("cache", python + ["tests/cachetest.py", "--build", args.build], [gcc]),
        Step("cache, sanitizers", python + ["tests/cachetest.py", "--san", "--build", args.san], [sanitizers]),
        Step("readme", python + ["tests/cli/readme.py", "--binary", binary], [gcc]),
        Step("generated", ["bash", "tests/cli/generated.sh", binary], [gcc]),
        Step("bench tools", python + ["tests/bench/bench.py", "--build", args.build, "--smoke"], [gcc]),
        Step("ci files", python + ["tests/ci_test.py", "--binary", binary], [gcc]),
        Step("doctor", python + ["tests/doctor.py", "--binary", binary], [gcc]),
        Step("portable", python + ["tests/portable.py", "--make", args.make, "--build", args.build], [gcc]),
        Step("check-layers", make + ["check-layers"]),
        Step("check-headers", make + ["CC=gcc", "-k", "check-headers"]),
        Step("install", python + ["tests/install_test.py", "--make", args.make, "--build", args.build], [gcc]),
    ]
    # Oracles of single modules are scripts that take the build folder.
    for script in sorted(glob.glob("tests/oracle/*.sh")):
        rows.append(Step(f"oracle {os.path.basename(script)[:-3]}", ["sh", script, args.build], [gcc]))
    for source in sorted(glob.glob("tests/fuzz/fuzz_*.c")):
        name = os.path.basename(source)[5:-2]
        rows.append(Step(f"replay {name}", [f"{args.san}/tests/fuzz/replay_{name}", f"testdata/fuzz/{name}"],
                         [sanitizers]))
    return rows + unit_steps(args.build, gcc) + unit_steps(args.san, sanitizers, ", sanitizers")


class Runner:
    def __init__(self, args):
        self.args, self.lock = args, threading.Lock()
        self.logs = os.path.join(args.build, "check")
        self.passed = self.failed = self.skipped = 0
        self.bad = set()        # names of steps that failed
        shutil.rmtree(self.logs, ignore_errors=True)
        os.makedirs(self.logs)
        self.results = open(os.path.join(self.logs, "results"), "w", encoding="utf-8")

    def execute(self, step, log):
        # Reports say more where a CI service says that it runs them.
        env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES",
                                                                "TS_DIR", "GRAMMAR_DIR", "LAYOUT_JS", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY",
                                                                "GITLAB_CI", "JENKINS_URL", "TF_BUILD", "CIRCLECI")}
        env.update(step.env, LC_ALL="C.UTF-8")
        with open(log, "wb") as out:
            try:
                process = subprocess.Popen(step.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env,
                                           start_new_session=True)
            except OSError as e:
                out.write(f"cannot start: {e}\n".encode())
                return 127
            try:
                return process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                out.write(f"\nstill running after {LIMIT} s\n".encode())
                return 124

    def count(self, step, status, text):
        """The result lines of a step, one a test."""
        lines = []
        for m in filter(None, map(RESULT.match, text.splitlines())):
            what = re.sub(r"^[\s\d]*(- )?", "", m[2]).strip()
            if "# SKIP" in m[2]:
                lines.append(f"skip {step.name}: {what}")
            else:
                lines.append(f"{m[1]} {step.name}: {what}")
        if status and not any(l.startswith("not ok") for l in lines):
            lines.append(f"not ok {step.name}: status {status}")
        elif not lines:
            lines.append(f"ok {step.name}")
        return lines

    def run(self, step):
        begin = time.monotonic()
        log = os.path.join(self.logs, re.sub(r"\W+", "-", step.name) + ".log")
        missing = [n for n in step.needs if n in self.bad]
        if missing:
            status, text, lines = 1, "", [f"not ok {step.name}: not run, '{missing[0]}' failed"]
        else:
            status = self.execute(step, log)
            with open(log, encoding="utf-8", errors="backslashreplace") as f:
                text = f.read()
            lines = self.count(step, status, text)
        with self.lock:
            failed = sum(l.startswith("not ok") for l in lines)
            skipped = [l for l in lines if l.startswith("skip")]
            passed = len(lines) - failed - len(skipped)
            self.passed, self.failed, self.skipped = self.passed + passed, self.failed + failed, self.skipped + len(skipped)
            self.results.write("\n".join(lines) + "\n")
            print(f"{'FAIL' if failed else 'ok':4} {step.name:32} {passed:5} passed"
                  + (f" {failed:3} failed" if failed else "") + f"  {time.monotonic() - begin:6.1f} s", flush=True)
            for line in skipped:
                print("       " + line)
            if failed:
                self.bad.add(step.name)
                shown = text.splitlines()
                if len(shown) > SHOWN:
                    # What failed, wherever it stands, then the end.
                    bad = [i for i, l in enumerate(shown) if l.startswith("not ok")]
                    near = sorted({j for i in bad[:10] for j in range(i, min(i + 8, len(shown)))})
                    shown = [shown[j] for j in near] + [f"... (all of it: {log})"] + shown[-SHOWN // 2:]
                for line in (shown or lines):
                    print("     | " + line)
                sys.stdout.flush()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--make", default="make")
    p.add_argument("--build", default="build")
    p.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    p.add_argument("only", nargs="*", help="beginnings of step names")
    args = p.parse_args()
    args.san, args.fuzz = args.build + "-san", args.build + "-fuzz"
    chosen = [s for s in steps(args) if not args.only or any(s.name.startswith(o) for o in args.only)]
    if not chosen:
        print(f"no step begins with {' or '.join(args.only)}\n0 passed, 1 failed")
        return 1
    runner = Runner(args)
    begin = time.monotonic()
    needed = {n for s in chosen for n in s.needs}
    for build in builds(args):
        if build.name in needed:
            runner.run(build)
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        list(pool.map(runner.run, chosen))
    runner.results.close()
    skipped = f", {runner.skipped} skipped" if runner.skipped else ""
    print(f"{time.monotonic() - begin:.0f} s{skipped}; results in {runner.logs}/results")
    summary = f"{runner.passed} passed, {runner.failed} failed"
    with open(os.path.join(runner.logs, "summary"), "w", encoding="utf-8") as f:
        f.write(summary + "\n")
    print(summary)
    return 1 if runner.failed or not runner.passed else 0


sys.exit(main())
