#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fuzz.py - runs each libFuzzer target from its corpus in testdata/fuzz/<target>.

--seconds N: for that long each, from another seed every time, and what it finds on the way stays
under the build directory for the next time.  --fixed: as many inputs as RUNS says, from one seed,
with equal addresses and an empty folder: one revision built by one compiler gives one verdict.
A crash is to be kept, by hand, in the corpus.
"""
import argparse
import base64
import glob
import os
import random
import re
import shutil
import subprocess
import sys

# Some six seconds each, with sanitizers.
RUNS = {"adr": 50000, "baseline": 70000, "constraint": 100000, "factcheck": 4000, "gitindex": 200000,
        "gomod": 30000, "header": 40000, "manifest": 10000, "opt": 50000, "syntax": 250, "yaml": 15000}
REASON = re.compile(r"BUG:|ERROR: |runtime error|SUMMARY")


def equal_addresses():
    same = ["setarch", "-R"]
    try:
        return same if not subprocess.run(same + ["true"], stderr=subprocess.DEVNULL).returncode else []
    except OSError:
        return []


def tell(name, run, prefix):
    """Why, where and with which input, whatever is cut from a log."""
    print(f"not ok fuzz {name}: status {run.returncode}")
    lines = run.stdout.splitlines()
    for i, line in enumerate(lines):
        if REASON.search(line):
            print("\n".join(l[:300] for l in lines[i:i + 12]))
            break
    else:
        print(run.stdout[-3000:])
    for path in glob.glob(glob.escape(prefix) + "*"):
        with open(path, "rb") as f:
            text = f.read()
        print(f"{path}: {len(text)} bytes, base64: {base64.b64encode(text[:3000]).decode()}")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build-fuzz")
    how = p.add_mutually_exclusive_group(required=True)
    how.add_argument("--seconds", type=int)
    how.add_argument("--fixed", action="store_true")
    p.add_argument("only", nargs="*", help="names of targets")
    args = p.parse_args()
    targets = sorted(os.path.basename(s)[len("fuzz_"):-2] for s in glob.glob("tests/fuzz/fuzz_*.c"))
    targets = [t for t in targets if not args.only or t in args.only]
    failed = 0
    for name in targets:
        corpus = os.path.join("testdata/fuzz", name)
        words = corpus + ".dict"
        grown = os.path.join(args.build, "fixed" if args.fixed else "corpus", name)
        crash = os.path.join(args.build, "crash", name + "-")
        if args.fixed:
            shutil.rmtree(grown, ignore_errors=True)
        os.makedirs(grown, exist_ok=True)
        os.makedirs(os.path.dirname(crash), exist_ok=True)
        # The weights of inputs by entropy depend on the clock.
        much = ["-seed=1", "-entropic=0", f"-runs={RUNS[name]}", "-max_total_time=60"] if args.fixed else \
               [f"-seed={random.randrange(1, 1 << 31)}", f"-max_total_time={args.seconds}"]
        command = (equal_addresses() if args.fixed else []) + [
            os.path.join(args.build, "tests/fuzz/fuzz_" + name), *much, "-timeout=10",
            "-rss_limit_mb=2048", "-print_final_stats=1", f"-artifact_prefix={crash}", grown]
        if os.path.isdir(corpus):
            command.append(corpus)
        if os.path.exists(words):
            command.insert(-1, f"-dict={words}")
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             errors="replace")
        stats = dict(line[len("stat::"):].split(":", 1) for line in run.stdout.splitlines()
                     if line.startswith("stat::"))
        runs = int(stats.get("number_of_executed_units", "0"))
        if run.returncode or not runs:
            failed += 1
            tell(name, run, crash)
        else:
            print(f"ok fuzz {name}: {runs} inputs")
        sys.stdout.flush()
    if not targets:
        print("not ok fuzz: no target")
    return 1 if failed or not targets else 0


sys.exit(main())
