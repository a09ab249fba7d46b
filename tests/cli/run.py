#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py [--update] [--binary FILE] [COMMAND[/CASE]...] - runs testdata/cli/<command>/<case>/.

A case is a folder with
  cmd             shell words; `meshctl` is the binary under test
  tree/           copied to a fresh folder, in which cmd runs, and/or
  setup.sh        run there first by `sh -eu`
  expect.stdout   every byte of it
  expect.stderr   the same, where the file exists
  expect.status   a number; 0 where the file does not exist
Nothing is masked but the folder's absolute path, which becomes $DIR.  --update writes the
expectations from what came out: read the difference before you commit it.
"""
import argparse
import concurrent.futures
import difflib
import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sandbox import Sandbox

ROOT = "testdata/cli"


def slurp(path, default=None):
    try:
        with open(path, "rb") as f:
            return f.read()
    except FileNotFoundError:
        return default


def diff(name, want, got):
    lines = [b.decode("utf-8", "backslashreplace").splitlines() for b in (want, got)]
    text = list(difflib.unified_diff(*lines, "expected " + name, "printed " + name, lineterm=""))
    if not text and want != got:
        text = [f"{name}: the lines are equal, the bytes are not (final newline, CR)"]
    return text[:60]


def run_case(case, binary, update):
    """Lines that say what is wrong; none when the case passes."""
    path = os.path.join(ROOT, case)
    command = slurp(os.path.join(path, "cmd"))
    if command is None:
        return ["no file 'cmd'"]
    with Sandbox(binary) as box:
        if os.path.isdir(os.path.join(path, "tree")):
            box.fill(os.path.join(path, "tree"))
        if os.path.exists(os.path.join(path, "setup.sh")):
            box.setup(os.path.join(path, "setup.sh"))
        status, out, err = box.run(command.decode())
    got = {"stdout": out, "stderr": err, "status": b"%d\n" % status}
    files = {k: os.path.join(path, "expect." + k) for k in got}
    if update:
        for key, value in got.items():
            needed = key == "stdout" or (key == "status" and status) or os.path.exists(files[key])
            if needed:
                with open(files[key], "wb") as f:
                    f.write(value)
        return []
    wrong = []
    if slurp(files["stdout"]) is None:
        wrong.append("no file 'expect.stdout'")
    for key, default in (("stdout", b""), ("stderr", None), ("status", b"0\n")):
        want = slurp(files[key], default)
        if key == "status":
            want = want.strip() + b"\n"
        if want is not None and want != got[key]:
            wrong += diff(key, want, got[key])
    if wrong and err and slurp(files["stderr"]) is None:
        wrong.append("stderr: " + err.decode("utf-8", "backslashreplace")[:2000])
    return wrong


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--update", action="store_true")
    p.add_argument("only", nargs="*")
    args = p.parse_args()
    cases = sorted(os.path.relpath(c, ROOT) for c in glob.glob(f"{ROOT}/*/*") if os.path.isdir(c))
    if args.only:
        cases = [c for c in cases if any(c == o or c.startswith(o.rstrip("/") + "/") for o in args.only)]
    failed = 0

    def one(case):
        try:
            return run_case(case, args.binary, args.update)
        except (OSError, RuntimeError) as e:
            return [str(e)]

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for case, wrong in zip(cases, pool.map(one, cases)):
            print(f"{'not ok' if wrong else 'ok'} cli {case}")
            for line in wrong:
                print("  " + line)
            failed += bool(wrong)
    if not cases:
        print("not ok cli: no case")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
