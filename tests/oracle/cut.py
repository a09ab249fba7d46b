#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""cut.py - takes the import lines that `meshctl cycles` names out of copies of real trees, edge by
edge, and runs it again: as many members are still tied as it said, in the end none.  Every cut of
folders must be proven to be the smallest.

The imports of an edge are made to lead nowhere; what is removed is only what JSON names.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gotree import Go, debian_sources, prepare, prepared_copy, say

DEBIAN = ["golang-etcd-server-dev", "golang-github-docker-docker-dev",
          "golang-github-containerd-containerd-dev"]
LEVELS = ["dir:1", "dir:2", "dir:3"]
FIRST = 2               # edges after which it looks again; then once more at the end
STD_LEAST = 4           # members of a knot of the standard library that is worth the time


def copy_go(source, to):
    """Only what meshctl reads."""
    for folder, _, names in os.walk(source):
        into = os.path.join(to, os.path.relpath(folder, source))
        os.makedirs(into, exist_ok=True)
        for name in names:
            if name.endswith(".go") or name in ("go.mod", "go.work", "modules.txt"):
                shutil.copyfile(os.path.join(folder, name), os.path.join(into, name))


class Tree:
    """A copy whose import lines come and go."""

    def __init__(self, top):
        self.top, self.kept = top, {}

    def unimport(self, site):
        """The path that an import at line:column names becomes one that no module here has."""
        path = os.path.join(self.top, site["path"])
        with open(path, "rb") as f:
            content = f.read()
        self.kept.setdefault(path, content)
        lines, row, at = content.split(b"\n"), site["line"] - 1, site["column"] - 1
        for quote in b'"', b"`":
            quoted = quote + site["import"].encode() + quote
            head, found, tail = lines[row][at:].partition(quoted)
            if found:
                lines[row] = lines[row][:at] + head + b'"example.invalid/gone"' + tail
        with open(path, "wb") as f:
            f.write(b"\n".join(lines))

    def restore(self):
        for path, content in self.kept.items():
            with open(path, "wb") as f:
                f.write(content)
        self.kept = {}


class Check:
    def __init__(self, binary):
        self.binary, self.knots, self.looks, self.wrong = binary, 0, 0, []

    def look(self, top, level):
        run = subprocess.run([self.binary, "cycles", "--json", "--quiet", "--level", level], cwd=top, stdout=subprocess.PIPE)
        if run.returncode:
            raise RuntimeError(f"meshctl cycles: status {run.returncode}")
        self.looks += 1
        return [k for k in json.loads(run.stdout)["knots"] if k["level"] == level]

    def expect(self, what, want, got):
        if want != got:
            self.wrong.append(f"{what}: {got} instead of {want}")

    def tied(self, knot, now):
        """Members of a knot that are in circles of one of its platforms."""
        members = set()
        for k in now:
            if set(k["platforms"]) & set(knot["platforms"]):
                members |= set(k["members"]) & set(knot["members"])
        return len(members)

    def knot(self, name, tree, level, knot):
        cut = knot["cut"]
        name = f"{name} {level} #{knot['id']}"
        self.expect(name + " is proven", True, cut["optimal"] and cut["lower_bound"] == cut["import_lines"])
        self.expect(name + " lines", cut["import_lines"], sum(len(e["imports"]) for e in cut["edges"]))
        for i, edge in enumerate(cut["edges"]):
            for site in edge["imports"]:
                tree.unimport(site)
            if i < FIRST or i == len(cut["edges"]) - 1:
                self.expect(f"{name} tied after {edge['from']} -> {edge['to']}", edge["tied_after"],
                            self.tied(knot, self.look(tree.top, level)))
        tree.restore()
        self.knots += 1

    def tree(self, name, source, least=2):
        with tempfile.TemporaryDirectory() as top:
            copy_go(source, top)
            tree = Tree(top)
            for level in LEVELS:
                for knot in self.look(top, level):
                    if len(knot["members"]) >= least:
                        self.knot(name, tree, level, knot)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", required=True)
    p.add_argument("--cache", default="build/cache/oracle")
    args = p.parse_args()
    go = Go(os.path.abspath(args.cache))
    check = Check(os.path.abspath(args.binary))
    for package in DEBIAN:
        try:
            source, identity = debian_sources(package, go.cache)
        except (OSError, subprocess.CalledProcessError) as e:
            print(f"ok cut of {package} # SKIP cannot get it: {e}")
            continue
        check.tree(package, prepared_copy(source, identity, go.cache, lambda t: prepare(t, go.minor)))
    check.tree("std", os.path.join(go.root, "src"), STD_LEAST)
    verdict = "not ok" if check.wrong or not check.knots else "ok"
    print(f"{verdict} cuts taken by hand: {check.knots} knots, looked at {check.looks} times, "
          f"{len(check.wrong)} differences")
    for line in check.wrong[:20]:
        print("  " + line)
    return 1 if verdict != "ok" else 0


if __name__ == "__main__":
    sys.exit(main())
