#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""complexity.py - meshctl metrics functions against gocyclo and gocognit, function by function, on
GOROOT/src (std and cmd) and on Debian's packages; see README.md here.

complexity/main.go asks the tools' own packages, and go/ast and go/scanner for the other numbers, file
by file, because the tools stop at the first file that go/parser refuses.  Then the tools themselves run
on a copy without those files, and their output must be equal to the byte, order and average included.
Where the Go command cannot fetch the tools, hashes that were made with them are compared (--write).
"""
import argparse
import collections
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from golist import DEBIAN
from gotree import Go, debian_sources, say

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "complexity")
EXPECTED = "testdata/oracle/complexity.json"
NUMBERS = ["cyclomatic", "cognitive", "sonar", "nesting", "params", "results", "statements", "code", "comments",
           "blanks"]
FLAGS = ["literal", "gocyclo_ignore", "gocognit_ignore", "body"]     # the bits of enum func_flag
TOOLS = {"gocyclo": "github.com/fzipp/gocyclo/cmd/gocyclo", "gocognit": "github.com/uudashr/gocognit/cmd/gocognit"}
# The tools' options; meshctl's have two dashes.
OPTIONS = [[], ["-over", "10", "-avg"], ["-top", "50", "-over", "3"]]


def run(command, where, stdin=None, env=None):
    r = subprocess.run(command, cwd=where, input=stdin, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return r.returncode, r.stdout, r.stderr.decode("utf-8", "replace")


def digest(lines):
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "surrogateescape")).hexdigest()


class Tools:
    """The reference and both tools, built once into the cache; False where they cannot be had."""

    def __init__(self, go, cache):
        key = hashlib.sha256(go.version.encode())
        for name in sorted(os.listdir(HERE)):
            with open(os.path.join(HERE, name), "rb") as f:
                key.update(f.read())
        self.bin = os.path.join(cache, "complexity-" + key.hexdigest()[:16])
        self.there = os.path.isdir(self.bin) or self.build()

    def build(self):
        new = self.bin + ".new"
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(HERE, new)
        env = dict(os.environ, GOFLAGS="-mod=mod", GOWORK="off", GO111MODULE="on", GOTOOLCHAIN="local", GOEXPERIMENT="")
        for name, package in dict(TOOLS, reference=".").items():
            r = subprocess.run(["go", "build", "-o", name, package], cwd=new, env=env, stderr=subprocess.PIPE)
            if r.returncode:
                say(f"the Go command cannot build {package}: " + r.stderr.decode("utf-8", "replace").strip()[-200:])
                return False
        os.rename(new, self.bin)
        return True

    def output(self, identity, name, options, where, stdin=None):
        """(stdout, stderr) of one of them in a tree; what it said of the same tree once is kept."""
        key = hashlib.sha256(json.dumps([identity, name, options]).encode()).hexdigest()[:24]
        kept = os.path.join(self.bin, "said-" + key + ".gz")
        try:
            with gzip.open(kept, "rb") as f:
                return f.read(), ""
        except (OSError, EOFError):
            pass
        _, out, err = run([os.path.join(self.bin, name)] + options, where, stdin)
        if not err:
            with gzip.open(kept + ".new", "wb", 1) as f:
                f.write(out)
            os.replace(kept + ".new", kept)
        return out, err


def go_files(top):
    for folder, dirs, names in os.walk(top):
        dirs.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith(".go") and name != ".go" and os.path.isfile(path):
                yield os.path.relpath(path, top)


class Said:
    """What one side says of a tree: rows of a file, and both tools' lines."""

    def __init__(self):
        self.rows = collections.defaultdict(list)   # path: tuples of a function's numbers
        self.lines = {"gocyclo": [], "gocognit": []}
        self.refused = set()
        self.counts = {}                            # path: lines, code, comments, blanks


def reference(tools, identity, top):
    said, path = Said(), None
    files = "".join(f + "\n" for f in go_files(top)).encode("utf-8", "surrogateescape")
    out, err = tools.output(identity, "reference", [], top, files)
    if err:
        raise RuntimeError("the reference: " + err[-500:])
    for line in out.decode("utf-8", "surrogateescape").split("\n")[:-1]:
        kind, *fields = line.split("\t")
        if kind == "E":
            said.refused.add(fields[0])
        elif kind == "F":
            path = fields[0]
            said.counts[path] = tuple(int(x) for x in fields[1:])
            said.rows[path] = []
        elif kind == "f":
            at, flags = fields[1].replace("-", ":").split(":"), int(fields[2])
            said.rows[path].append((*map(int, at), fields[0], flags, *map(int, fields[3:])))
        elif kind == "c" and not hidden(path):
            said.lines["gocyclo"].append(fields[0])
        elif kind == "g" and not fields[0].startswith("0 "):     # gocognit prints what is over 0
            said.lines["gocognit"].append(fields[0])
    return said


def hidden(path):
    """Folders that gocyclo does not look into."""
    return any(p[0] in "._" or p in ("testdata", "vendor") for p in path.split("/")[:-1])


def file_of(line):
    return line.split(" ", 3)[3].split(".go:")[0] + ".go"


class Meshctl:
    """The program, with a fact cache of its own that begins empty."""

    def __init__(self, binary, cache, facts):
        self.binary = binary
        # The tree is no part of this checkout.
        self.env = dict(os.environ, XDG_CACHE_HOME=facts, GIT_CEILING_DIRECTORIES=cache)

    def functions(self, top, *options):
        status, out, err = run([self.binary, "metrics", "functions", "-q", *options], top, env=self.env)
        if status not in (0, 3):
            raise RuntimeError(f"meshctl {' '.join(options)}: status {status}: {err[-500:]}")
        return out


def ours(meshctl, top, refused):
    said = Said()
    out = meshctl.functions(top, "--json", "--tests", "--all")
    report = json.loads(out)
    for r in report["rows"]:
        flags = sum(r[f] << i for i, f in enumerate(FLAGS))
        said.rows[r["path"]].append((r["line"], r["column"], r["end_line"], r["name"], flags, *(r[n] for n in NUMBERS)))
    for rows in said.rows.values():
        rows.sort()
    said.broken = {b["path"] for b in report["broken"]}
    for tool, lines in said.lines.items():
        text = meshctl.functions(top, "--format", tool).decode("utf-8", "surrogateescape").split("\n")[:-1]
        lines += [line for line in text if file_of(line) not in refused]
    return said


def differences(want, have):
    for path in sorted(set(have.rows) - want.refused):
        a, b = want.rows.get(path), have.rows[path]
        if a == b:
            continue
        if a is None or len(a) != len(b):
            yield f"{path}: {len(a or [])} functions, meshctl has {len(b)}"
            continue
        for x, y in zip(sorted(a), b):
            if x != y:
                yield f"{path}: {x}, meshctl has {y}"
    for tool in want.lines:
        a, b = collections.Counter(want.lines[tool]), collections.Counter(have.lines[tool])
        yield from (f"{tool}: '{line}' is not printed" for line in a - b)
        yield from (f"{tool}: '{line}' is printed too much" for line in b - a)


def without(top, refused, copy):
    """The tree, or a copy without the files that the tools stop at."""
    if not refused:
        return top
    if not os.path.isdir(copy):
        shutil.rmtree(copy + ".new", ignore_errors=True)
        shutil.copytree(top, copy + ".new", symlinks=True, ignore=lambda folder, names: [
            n for n in names if os.path.relpath(os.path.join(folder, n), top) in refused])
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        os.rename(copy + ".new", copy)
    return copy


class Oracle:
    def __init__(self, args, facts):
        self.args = args
        self.cache = os.path.realpath(args.cache)
        self.meshctl = Meshctl(os.path.realpath(args.binary), self.cache, facts)
        self.go = Go(self.cache)
        self.tools = Tools(self.go, self.cache)
        self.expected = {}
        if os.path.exists(EXPECTED) and not args.write:
            with open(EXPECTED, encoding="utf-8") as f:
                self.expected = json.load(f)
        self.failed = self.trees = self.functions = self.different = 0

    def result(self, good, text, more=()):
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} oracle complexity {text}", flush=True)
        for line in list(more)[:self.args.show]:
            print("  " + line)

    def against_tools(self, name, identity, top):
        want = reference(self.tools, identity, top)
        have = ours(self.meshctl, top, want.refused)
        found = list(differences(want, have))
        count = sum(len(rows) for rows in want.rows.values())
        broken = sorted(have.broken - want.refused)
        self.trees += 1
        self.functions += count
        self.different += len(found)
        self.result(count and not found and not broken,
                    f"{name}: {len(want.rows)} files, {count} functions, {len(found)} differences ({len(want.refused)} "
                    f"files refused by go/parser, {len(broken)} others degraded)", found + broken)
        self.bytes(name, identity, without(top, want.refused, os.path.join(self.cache, "complete", identity)))
        if self.args.write:
            self.expected[identity] = self.fingerprint(have, want.refused, count)

    def fingerprint(self, said, refused, count):
        rows = [repr((path, row)) for path, rows in said.rows.items() if path not in refused for row in rows]
        return {"functions": count, "refused": sorted(refused), "rows": digest(rows),
                **{tool: digest(lines) for tool, lines in said.lines.items()}}

    def bytes(self, name, identity, top):
        for tool in TOOLS:
            wrong, lines = [], 0
            for options in OPTIONS:
                a, err = self.tools.output(identity, tool, options + ["."], top)
                mine = [o.replace("-", "--", 1) for o in options]
                lines += a.count(b"\n")
                if err or a != self.meshctl.functions(top, "--format", tool, *mine):
                    wrong.append(f"{' '.join(options) or 'no option'}: {err or 'the bytes differ'}")
            self.result(lines and not wrong, f"{tool} on {name}: {len(OPTIONS)} runs, {lines} lines, "
                        f"{len(wrong)} not equal to the byte", wrong)

    def against_hashes(self, name, identity, top):
        want = self.expected.get(identity)
        if not want:
            print(f"ok oracle complexity {name} # SKIP neither the tools nor numbers of {identity}")
            return
        have = self.fingerprint(ours(self.meshctl, top, set(want["refused"])), set(want["refused"]), want["functions"])
        wrong = [key for key in want if want[key] != have[key]]
        self.trees += 1
        self.functions += want["functions"]
        self.different += bool(wrong)
        self.result(not wrong, f"{name}: {want['functions']} functions, hashes of {identity}", wrong)

    def one(self, name, identity, top):
        if self.args.only and not any(o in name for o in self.args.only):
            return
        if self.tools.there and not self.args.hashes:
            self.against_tools(name, identity, top)
        else:
            self.against_hashes(name, identity, top)

    def all(self):
        self.one("std and cmd", self.go.version, os.path.join(self.go.root, "src"))
        for package in DEBIAN:
            source, identity = debian_sources(package, self.cache)
            self.one(package, identity, source)
        say(f"{self.trees} trees: {self.functions} functions, {self.different} differences")
        if self.args.write:
            os.makedirs(os.path.dirname(EXPECTED), exist_ok=True)
            with open(EXPECTED, "w", encoding="utf-8") as f:
                json.dump(self.expected, f, indent="\t", sort_keys=True)
                f.write("\n")
        if not self.trees:
            print("ok oracle complexity # SKIP nothing to compare with")
        return 1 if self.failed else 0


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--cache", default="build/cache/oracle")
    p.add_argument("--show", type=int, default=10, help="differences shown of each comparison")
    p.add_argument("--hashes", action="store_true", help="compare hashes although the tools are there")
    p.add_argument("--write", action="store_true", help=f"write {EXPECTED}: read the differences first")
    p.add_argument("only", nargs="*", help="parts of names of trees; all when none")
    with tempfile.TemporaryDirectory() as facts:
        return Oracle(p.parse_args(), facts).all()


if __name__ == "__main__":
    sys.exit(main())
