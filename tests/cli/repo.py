#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""repo.py - repositories that tests make and change: files, git, meshctl's reports, random trees; and
cases that are functions."""
import argparse
import json
import os

from sandbox import Sandbox

FILE = ".meshctl-baseline.jsonl"
HEADER = '{"meshctl":"baseline","version":1}\n'
POLICY = """version: 1
layers:
  domain: {in: ["**/domain/**"], uses: []}
  app: {in: ["**/app/**"], uses: [domain]}
  infra: {in: ["**/infra/**"], uses: [domain]}
"""


def check(holds, *words):
    if not holds:
        raise AssertionError(" ".join(str(w) for w in words)[:3000])


class Repo:
    def __init__(self, box):
        self.box = box

    def put(self, name, text):
        path = os.path.join(self.box.dir, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text.encode() if isinstance(text, str) else text)

    def get(self, name=FILE):
        with open(os.path.join(self.box.dir, name), "rb") as f:
            return f.read()

    def run(self, command, want=None):
        status, out, err = self.box.run(command)
        check(want is None or status == want, f"{command}: status {status}, not {want}:",
              (out + err).decode("utf-8", "replace"))
        check(status in (0, 1, 2, 3, 128 + 9), f"{command}: status {status}", err)
        return status, out, err

    def git(self, command):
        status, out, err = self.box.run("git " + command)
        check(status == 0, f"git {command}: {err}")
        return out.decode()

    def report(self, extra=""):
        status, out, err = self.run(f"meshctl analyze --json {extra}")
        return status, json.loads(out)

    def new(self, extra=""):
        """Findings from warnings up that nothing holds."""
        return [f for f in self.report(extra)[1]["findings"] if f["state"] == "new" and f["level"] in ("warning", "error")]

    def entries(self, name=FILE):
        """Identities, as a sorted list."""
        lines = [json.loads(l) for l in self.get(name).decode().splitlines()[1:]]
        return sorted((l["rule"], l.get("from", ""), l.get("to", ""), l.get("symbol", "")) for l in lines)


GROUPS = ("order", "user", "pay", "ship")
LAYERS = ("domain", "app", "infra", "api/internal/x")


def random_tree(repo, rng, policy):
    """Packages of groups and layers; only from later ones to earlier ones, so that Go would build it."""
    packages = [f"{g}/{l}{n}" for g in GROUPS for l in LAYERS for n in ("", "/sub")]
    rng.shuffle(packages)
    packages = packages[:rng.randint(8, len(packages))]
    edges = {p: set() for p in packages}
    for i, p in enumerate(packages):
        for q in packages[:i]:
            if rng.random() < 0.25:
                edges[p].add(q)
    repo.put("go.mod", "module example.com/m\n\ngo 1.21\n")
    if policy:
        repo.put(".meshctl.yaml", POLICY)
    write_edges(repo, edges)
    return edges


def write_edges(repo, edges):
    for p, targets in edges.items():
        lines = "".join(f'import _ "example.com/m/{q}"\n' for q in sorted(targets))
        repo.put(f"{p}/f.go", f"package p\n\n{lines}\n// {p}\nconst X = 1\n")


def run_cases(cases):
    """The command line of a test: --binary FILE [CASE...]; one line a case."""
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("only", nargs="*")
    args = p.parse_args()
    failed = 0
    for function in cases:
        if args.only and function.__name__ not in args.only:
            continue
        try:
            function(lambda: Sandbox(args.binary))
            print(f"ok {function.__name__}", flush=True)
        except AssertionError as e:
            failed += 1
            print(f"not ok {function.__name__}\n  " + str(e).replace("\n", "\n  "), flush=True)
    return 1 if failed else 0
