#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""mermaid.py [--binary FILE] [--build DIR] - what meshctl writes as Mermaid, read by Mermaid itself from npm,
pinned by mermaid/package-lock.json and kept in DIR/cache.  Charts that were broken on purpose must be refused.
Without npm all of it is skipped.
"""
import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(HERE, "..", "cli"))
import npm
from sandbox import Sandbox

NAMES = ['"quote', "a]b", "#35;", "end", "%%{init", "`tick`", "<b>bold", "a;b", "--> x", "1. one", "订单", "{brace}", "(round)", "|bar|",
         "click", "style", "&amp;", "@at", "~tilde", "__init__", "www.x.org", "o--o", "x--x"]
VALID = ["end", "订单", "click", "style", "~tilde", "__init__", "www.x.org", "o--o", "x--x"]    # as import paths


def install(build):
    own = os.path.join(HERE, "mermaid")
    folder = npm.install(own, "mermaid", build)
    shutil.copy(os.path.join(own, "parse.js"), folder)
    return folder


def hostile(box):
    """A tree whose folders are called what Mermaid could take for something else."""
    with open(os.path.join(box.dir, "go.mod"), "w", encoding="utf-8") as f:
        f.write("module example.com/m\n\ngo 1.21\n")
    for i, name in enumerate(NAMES):
        os.makedirs(os.path.join(box.dir, name))
        with open(os.path.join(box.dir, name, "a.go"), "w", encoding="utf-8") as f:
            f.write("package p\n" + (f'\nimport _ "example.com/m/{VALID[i % len(VALID)]}"\n' if name not in VALID else ""))


def charts(binary, work):
    """Files to be read: of the goldens, of comments, of hostile names, of large trees."""
    out = []

    def add(text):
        out.append(os.path.join(work, f"{len(out)}.mmd"))
        with open(out[-1], "w", encoding="utf-8") as f:
            f.write(text)

    for golden in sorted(glob.glob(os.path.join(ROOT, "testdata/cli/*/*/expect.stdout"))):
        with open(golden, encoding="utf-8", errors="surrogateescape") as f:
            text = f.read()
        # A chart, and only that: every one ends where a line does not begin with a space.
        for m in re.finditer(r"^flowchart LR\n(?:  .*\n)*", text, re.M):
            add(m[0])
    with Sandbox(binary) as box:
        hostile(box)
        for command in ("meshctl graph -q --format mermaid", "meshctl graph -q --highlight cycles --level dir:1 --format mermaid"):
            status, text, err = box.run(command)
            assert status == 0, err
            add(text.decode())
    for tree in ("testdata/repos/shop",):
        for options in ([], ["--level", "dir:2", "--highlight", "cut"]):
            add(subprocess.run([binary, "-C", os.path.join(ROOT, tree), "graph", "-q", "--format", "mermaid", *options],
                               check=True, stdout=subprocess.PIPE).stdout.decode())
    return out


BROKEN = ["flowchart LR\n  n1[\"a\"b\"]\n", "flowchart LR\n  n1 --> \n", "flowchart LR\n  subgraph c1 [\"a\"]\n  n1[\"x\"]\n",
          "flowchart LR\n  n1[\"a\"] ==>|\"b| n2\n"]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--build", default="build")
    args = p.parse_args()
    if not shutil.which("npm") or not shutil.which("node"):
        print("ok mermaid # SKIP npm is not there: no chart was read")
        return 0
    folder = install(os.path.abspath(args.build))
    with tempfile.TemporaryDirectory() as work:
        files = charts(os.path.abspath(args.binary), work)
        for text in BROKEN:
            files.append(os.path.join(work, f"broken{len(files)}.mmd"))
            with open(files[-1], "w", encoding="utf-8") as f:
                f.write(text)
        run = subprocess.run(["node", "parse.js", *files], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
        said = [json.loads(l) for l in run.stdout.decode().splitlines() if l.startswith('"')]
    if len(said) != len(files):
        print(f"not ok mermaid\n  {len(said)} answers for {len(files)} charts: {run.stderr.decode()[-1500:]}")
        return 1
    good = len(files) - len(BROKEN)
    wrong = [f"chart {i}: {s[:300]}" for i, s in enumerate(said[:good]) if s != "ok"]
    wrong += [f"broken chart {i} was read" for i, s in enumerate(said[good:]) if s == "ok"]
    print(f"{'not ok' if wrong else 'ok'} mermaid: {good} charts read, {len(BROKEN)} broken ones refused")
    for line in wrong[:10]:
        print("  " + line.replace("\n", "\n  "))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
