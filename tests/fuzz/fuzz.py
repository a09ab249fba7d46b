#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fuzz.py - runs each libFuzzer target for some seconds from its corpus in testdata/fuzz/<target>.

What it finds on the way stays under the build directory; only a crash is to be kept, by hand, in
the corpus.  The seed is fixed, so that one revision gives one verdict.
"""
import argparse
import glob
import os
import subprocess
import sys


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build-fuzz")
    p.add_argument("--seconds", type=int, default=10)
    args = p.parse_args()
    targets = sorted(glob.glob("tests/fuzz/fuzz_*.c"))
    failed = 0
    for source in targets:
        name = os.path.basename(source)[len("fuzz_"):-2]
        corpus = os.path.join("testdata/fuzz", name)
        grown = os.path.join(args.build, "corpus", name)
        crash = os.path.join(args.build, "crash", name)
        os.makedirs(grown, exist_ok=True)
        os.makedirs(os.path.dirname(crash), exist_ok=True)
        command = [os.path.join(args.build, "tests/fuzz/fuzz_" + name), "-seed=1", "-timeout=10",
                   "-rss_limit_mb=2048", "-print_final_stats=1", f"-artifact_prefix={crash}-",
                   f"-max_total_time={args.seconds}", grown]
        if os.path.isdir(corpus):
            command.append(corpus)
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             errors="replace")
        stats = dict(line[len("stat::"):].split(":", 1) for line in run.stdout.splitlines()
                     if line.startswith("stat::"))
        runs = int(stats.get("number_of_executed_units", "0"))
        if run.returncode or not runs:
            failed += 1
            print(f"not ok fuzz {name}: status {run.returncode}\n{run.stdout[-6000:]}")
        else:
            print(f"ok fuzz {name}: {runs} inputs in {args.seconds} s")
    if not targets:
        print("not ok fuzz: no target")
    return 1 if failed or not targets else 0


sys.exit(main())
