#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""verdicts.py - policies of other tools, imported, against the tools themselves; see README.md here.

    verdicts.py [--binary FILE]                     invented trees and random ones, as `make check` does
    verdicts.py --format NAME FOLDER...             repositories; a policy is written into a copy of them

Both sides become a set of (importing folder, imported path).  Each difference must have one of the
causes below, which are read off the tree, not off the policy; others are failures.  What the tools
said of the trees here is recorded (--write), so that a machine without Go compares as well.
"""
import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import verdicts_real
from gotree import Go, say
from verdicts_random import Case
from verdicts_tools import FORMATS, Refused, Tools, Tree, Verdict, read_yaml

RECORD = "testdata/oracle/verdicts.json"
FIXTURES = "testdata/oracle/verdicts"
RULES = ("layer-violation,closed-layer,denied-import,context-boundary,context-pair,context-internal,"
         "shared-uses-context,unmapped-package")
# Seeds of random cases.  "arch-go-2" has patterns that version 2 reads otherwise; its verdicts are recorded only.
SEEDS = {"go-arch-lint": 80, "go-cleanarch": 80, "arch-go": 80, "arch-go-2": 80, "depguard": 80, "import-restrictions": 80}
LAYER_NAMES = ("domain entities app application usecases usecase use_cases interfaces interface adapters adapter "
               "infrastructure infra").split()      # of go-cleanarch
HOST_ONLY = ("arch-go", "depguard", "import-restrictions")     # tools that see one build, that of the machine


def nested(tree, v, name):
    """go-cleanarch: has one of the two packages a layer below a layer?"""
    def names(path):
        return sum(part in LAYER_NAMES for part in path.split("/"))
    return name == "go-cleanarch" and (names(tree.import_path(v.folder)) > 1 or names(v.path) > 1)


def without_doubles(verdicts):
    """A verdict on a test says nothing new where the package's own files have the import too."""
    return {v for v in verdicts if not (v.test and v._replace(test=False) in verdicts)}


def only_theirs(tree, v, name):
    sites = tree.sites.get((v.folder, v.path), [])
    plain = [s for s in sites if not s.test]
    target = tree.folder_of(v.path)
    if v.test or sites and not plain:
        return "import of a test"
    if not sites:
        return "reached through other packages"
    if all(s.walked for s in plain):
        return "file that the go command does not look into"
    if all(s.walked or s.constrained for s in plain):
        return "file that no platform builds"
    if v.path == "C":
        return "import \"C\" taken for a module"
    if target is not None and target not in tree.folders:
        return "package that is not there"
    return "layer below a layer" if nested(tree, v, name) else None


def left_out(tree, name):
    """What go-arch-lint was told not to look at: beginnings of paths, and expressions."""
    if name != "go-arch-lint":
        return lambda path: False
    with open(os.path.join(tree.top, FORMATS[name].file), encoding="utf-8") as f:
        policy = read_yaml(f.read())
    work = os.path.join(tree.top, policy.get("workdir") or ".")
    heads = [os.path.normpath(os.path.join(work, e)) for e in policy.get("exclude") or ()]
    expressions = [re.compile(e) for e in policy.get("excludeFiles") or ()]
    return lambda path: any(os.path.join(tree.top, path).startswith(h) for h in heads) or any(
        e.search(os.path.join(tree.top, path)) for e in expressions)


def only_ours(tree, v, name, left):
    sites = [s for s in tree.sites.get((v.folder, v.path), []) if not s.test and not s.walked]
    if sites and all(left(s.file) for s in sites):
        return "file that the tool was told to leave out"
    if name in HOST_ONLY and tree.module_of(v.folder):
        return "package of a nested module, which the tool does not read"
    if name in HOST_ONLY and sites and all(s.constrained or s.cgo for s in sites):
        return "file of another platform"
    return "layer below a layer" if nested(tree, v, name) else None


class Meshctl:
    def __init__(self, binary, top):
        self.binary = os.path.realpath(binary)
        self.env = dict(os.environ, GIT_CEILING_DIRECTORIES=top, XDG_CACHE_HOME=os.path.join(top, "cache"))

    def run(self, where, *words):
        r = subprocess.run([self.binary, *words], cwd=where, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return r.returncode, r.stdout.decode("utf-8", "replace"), r.stderr.decode("utf-8", "replace")

    def verdicts(self, name, tree):
        """(verdicts, what was said of the import); the policy is left in the tree."""
        file = FORMATS[name].file or name
        status, out, err = self.run(tree.top, "policy", "import", file, "-o", ".meshctl.yaml", "--force")
        if status not in (0, 1):
            raise Refused(f"status {status}: {err.strip()[-300:]}")
        told = err
        status, out, err = self.run(tree.top, "analyze", "--config", ".meshctl.yaml", "--json", "--rule", RULES,
                                    "--fail-on", "off")
        if not out:
            raise RuntimeError(f"analyze: status {status}: {err.strip()[-300:]}")
        said = json.loads(out)
        found = set()
        for f in said["findings"]:
            if f["rule"] in RULES.split(",") and f["to"] and not f["held_by"]:
                folder = f["from"].removesuffix("_test") if f["from"] not in tree.folders else f["from"]
                paths = [f["path"]] + [r["path"] for r in f["related"]]
                test = all(p.endswith("_test.go") for p in paths if p)
                folder = "" if folder == "." else folder
                to = "" if f["to"] == "." else f["to"]
                outside = f["rule"] == "denied-import"
                found.add(Verdict(folder, test, to if outside else tree.import_path(to)))
        return found, told


class Oracle:
    def __init__(self, args, work):
        self.args, self.work, self.failed = args, work, 0
        self.cache = os.path.realpath(args.cache)
        self.meshctl = Meshctl(args.binary, os.path.realpath(work))
        self.others = dict(o.split("=", 1) for o in args.tool)
        self.tools = None
        if not args.recorded:
            try:
                self.tools = Tools(Go(self.cache).version, self.cache, self.others)
            except OSError as e:
                say(f"no Go command: {e}")
        self.there = self.tools is not None and self.tools.there
        self.record = {}
        if os.path.exists(RECORD):
            with open(RECORD, encoding="utf-8") as f:
                self.record = json.load(f)

    def result(self, good, text, more=()):
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} oracle verdicts {text}", flush=True)
        for line in list(more)[:self.args.show]:
            print("  " + line)

    # What the tools say, from them or from the record.

    def candidates(self, tree):
        return sorted({Verdict(folder, s.test, path) for (folder, path), sites in tree.sites.items() for s in sites})

    def said(self, kind, name, tree, identity):
        """Their verdicts; None where nobody knows; Refused where the tool does not take the policy."""
        known = self.record.get(kind, {}).get(identity) if "-" in identity else None
        live = self.there and (kind == name or FORMATS[name].tool in self.others)
        if not live:
            if known is None:
                return None
            if "refused" in known:
                raise Refused(known["refused"])
            every = self.candidates(tree)
            return {every[i] for i in known.get("at", [])} | {Verdict(*v) for v in known.get("more", [])}
        kept = os.path.join(self.tools.bin, f"said-{kind}-{identity}.json")
        try:
            with open(kept, encoding="utf-8") as f:
                found = json.load(f)
        except (OSError, ValueError):
            try:
                found = {"all": sorted(self.tools.run(name, tree)[0])}
            except Refused as e:
                found = {"refused": str(e)}
            with open(kept + ".new", "w", encoding="utf-8") as f:
                json.dump(found, f)
            os.replace(kept + ".new", kept)
        if self.args.write and "-" in identity:
            self.remember(kind, tree, identity, found)
        if "refused" in found:
            raise Refused(found["refused"])
        return {Verdict(*v) for v in found["all"]}

    def remember(self, kind, tree, identity, found):
        entry = found
        if "all" in found:
            every = {v: i for i, v in enumerate(self.candidates(tree))}
            theirs = [Verdict(*v) for v in found["all"]]
            entry = {"at": sorted(every[v] for v in theirs if v in every)}
            if len(entry["at"]) < len(theirs):
                entry["more"] = [v for v in theirs if v not in every]
        self.record.setdefault(kind, {})[identity] = entry

    # Comparison.

    def compare(self, name, tree, theirs):
        """(counts by cause, unexplained lines)."""
        ours, told = self.meshctl.verdicts(name, tree)
        theirs, ours = without_doubles(theirs), without_doubles(ours)
        counts, wrong = collections.Counter({"same": len(theirs & ours)}), []
        left = left_out(tree, name)
        for v in sorted(theirs ^ ours):
            cause = only_theirs(tree, v, name) if v in theirs else only_ours(tree, v, name, left)
            side = "only theirs" if v in theirs else "only ours"
            counts[f"{side}: {cause or 'unexplained'}"] += 1
            if not cause:
                at = tree.sites.get((v.folder, v.path), [None])[0]
                wrong.append(f"{side}: '{v.folder or '.'}'{' (test)' if v.test else ''} imports '{v.path}'"
                             + (f" at {at.file}:{at.line}" if at else ""))
        return counts, wrong, told

    @staticmethod
    def summary(counts):
        rest = [f"{n} {what}" for what, n in sorted(counts.items()) if what != "same"]
        return f"{counts['same']} verdicts the same" + "".join(", " + r for r in rest)

    def random(self, kind):
        name = "arch-go" if kind == "arch-go-2" else kind
        total, cases, refused, unknown, wrong = collections.Counter(), 0, 0, 0, []
        if self.args.write:
            self.record[kind] = {}
        for seed in self.args.seed or range(1, SEEDS[kind] + 1):
            top = os.path.join(self.work, f"{kind}-{seed}")
            shutil.rmtree(top, ignore_errors=True)
            tree = Tree(Case(kind, seed).write(top))
            try:
                theirs = self.said(kind, name, tree, f"{seed}-{tree.identity()}")
            except Refused:
                refused += 1
                continue
            if theirs is None:
                unknown += 1
                continue
            cases += 1
            try:
                counts, bad, _ = self.compare(name, tree, theirs)
            except (Refused, RuntimeError) as e:
                counts, bad = {}, [f"the tool takes the policy, meshctl does not: {e}"]
            total.update(counts)
            wrong += [f"seed {seed}: {b}" for b in bad]
            if not bad and not self.args.keep:
                shutil.rmtree(top)
        if not cases:
            print(f"ok oracle verdicts {kind}, random trees # SKIP neither the tool nor its verdicts")
            return
        more = f" ({refused} refused by the tool)" if refused else ""
        more += f" ({unknown} not recorded)" if unknown else ""
        self.result(total["same"] and not wrong, f"{kind}, {cases} random trees{more}: {self.summary(total)}", wrong)

    def tree(self, what, kind, name, top, known=None):
        """One tree; known: what the tool says of it, where it is not there."""
        tree = Tree(top)
        try:
            theirs = self.said(kind, name, tree, tree.identity())
        except Refused as e:
            self.result(False, f"{what}: {FORMATS[name].tool} refuses: {e}")
            return None
        live, theirs = theirs is not None, known if theirs is None else theirs
        if theirs is None:
            print(f"ok oracle verdicts {what} # SKIP neither {FORMATS[name].tool} nor its verdicts")
            return None
        counts, wrong, told = self.compare(name, tree, theirs)
        if live and known is not None and theirs != known:
            wrong.append("the tool says something else than verdicts.txt")
        self.result(not wrong, f"{what}, {len(tree.folders)} packages: {self.summary(counts)}", wrong)
        if self.args.told and told:
            print("  | " + told.strip().replace("\n", "\n  | "))
        return theirs

    def copied(self, source):
        top = os.path.join(self.work, "copy", os.path.basename(os.path.realpath(source)))
        shutil.rmtree(top, ignore_errors=True)
        shutil.copytree(source, top, symlinks=True, ignore=shutil.ignore_patterns(".git", "node_modules"))
        return top

    def repository(self, folder):
        what, top, name = os.path.basename(os.path.realpath(folder)), self.copied(folder), self.args.format
        verdicts_real.prepare(top, name)
        self.tree(what, name, name, top)
        if self.args.probe:
            imports = verdicts_real.probe(top, build=name in ("arch-go", "import-restrictions"))
            self.tree(f"{what}, {imports} more imports", name, name, top)

    def all(self):
        for kind in SEEDS:
            if not self.args.only or kind in self.args.only:
                self.fixtures(kind)
                self.random(kind)

    def fixtures(self, kind):
        """Invented trees, each with a text of what the tool said."""
        top = os.path.join(FIXTURES, kind)
        for case in sorted(os.listdir(top)) if os.path.isdir(top) else ():
            text, known = os.path.join(top, case, "verdicts.txt"), None
            if os.path.exists(text) and not self.args.write:
                with open(text, encoding="utf-8") as f:
                    lines = [line.rstrip("\n").split(" ") for line in f if line[0] != "#"]
                known = {Verdict("" if a == "." else a, b == "test", c) for a, b, c in lines}
            where = os.path.join(self.work, "fixture", kind, "ferry" if case.startswith("ferry") else case)
            shutil.rmtree(where, ignore_errors=True)
            shutil.copytree(os.path.join(top, case, "tree"), where)
            name = "arch-go" if kind == "arch-go-2" else kind
            theirs = self.tree(f"{kind}, testdata {case}", kind, name, where, known)
            if self.args.write and theirs is not None:
                f = FORMATS[name]
                with open(text, "w", encoding="utf-8") as out:
                    out.write(f"# What {f.tool} says of the tree beside: importing folder, is it a test, imported path.\n"
                              f"# Made by verdicts.py --write: `{f.tool} {' '.join(f.command)}` in a copy of it.\n")
                    out.writelines(f"{v.folder or '.'} {'test' if v.test else 'code'} {v.path}\n" for v in sorted(theirs))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--cache", default="build/cache/oracle")
    p.add_argument("--show", type=int, default=20, help="differences shown of each comparison")
    p.add_argument("--recorded", action="store_true", help="compare with the record although the tools are there")
    p.add_argument("--write", action="store_true", help=f"write {RECORD}: read the differences first")
    p.add_argument("--tool", action="append", default=[], metavar="NAME=FILE", help="another binary of a tool")
    p.add_argument("--seed", type=int, action="append", help="this random case only")
    p.add_argument("--keep", metavar="FOLDER", help="leave the random trees here")
    p.add_argument("--told", action="store_true", help="print what the import could not carry over")
    p.add_argument("--probe", action="store_true", help="once more with every import that packages could have")
    p.add_argument("--format", choices=sorted(FORMATS), help="the policy of the repositories")
    p.add_argument("--only", action="append", help="this format only")
    p.add_argument("folder", nargs="*")
    args = p.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        oracle = Oracle(args, os.path.realpath(args.keep or temporary))
        for folder in args.folder:
            oracle.repository(folder)
        if not args.folder:
            oracle.all()
        if args.write:
            os.makedirs(os.path.dirname(RECORD), exist_ok=True)
            with open(RECORD, "w", encoding="utf-8") as f:
                json.dump(oracle.record, f, sort_keys=True, separators=(",", ":"))
                f.write("\n")
    return 1 if oracle.failed else 0


if __name__ == "__main__":
    sys.exit(main())
