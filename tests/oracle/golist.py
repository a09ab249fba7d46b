#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""golist.py - meshctl list against go list, field by field, on real trees; see README.md here.

Prints a line `ok` or `not ok` for each comparison with its counts, the first ten differences of
each, and the totals.  A comparison of nothing is a failure.
"""
import argparse
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import nasty
from gotree import (FIELDS, Go, debian_sources, modules_below, prepare, prepared_copy, reduced, say, stream)

PLATFORMS = [("linux", "amd64"), ("windows", "amd64"), ("darwin", "arm64")]
CONFIGS = [(goos, goarch, cgo) for goos, goarch in PLATFORMS for cgo in (True, False)]
DEBIAN = ["golang-etcd-server-dev", "golang-github-docker-docker-dev",
          "golang-github-containerd-containerd-dev", "golang-golang-x-sys-dev",
          "golang-golang-x-tools-dev", "golang-gvisor-gvisor-dev", "golang-github-snapcore-snapd-dev"]
LISTS = [f for f in FIELDS if f not in ("Dir", "ImportPath", "Name")]


def config_name(config):
    return f"{config[0]}/{config[1]} cgo={'on' if config[2] else 'off'}"


class Comparison:
    """One tree under one configuration: what both said, and where they differ."""

    def __init__(self, name, ours, theirs, fields=tuple(FIELDS), module=True):
        self.name, self.differences = name, []
        # Folders that go list refuses are known by their path alone; that must be equal, more cannot.
        refused = {p["ImportPath"] for p in theirs if p["Refused"]}
        self.refused = len(refused)
        for path in sorted(refused - {p["ImportPath"] for p in ours}):
            self.differences.append(f"{path}: only go list has it, refused for its name")
        # An entry each, even where an import path occurs twice in a folder with several modules.
        ours = {p["Dir"]: p for p in ours if p["ImportPath"] not in refused}
        theirs = {p["Dir"]: p for p in theirs if not p["Refused"]}
        self.packages = len(set(ours) | set(theirs))
        self.files = sum(len(p[f]) for p in theirs.values() for f in LISTS if f.endswith("Files"))
        self.imports = sum(len(p[f]) for p in theirs.values() for f in LISTS if f.endswith("Imports"))
        for key in sorted(set(ours) | set(theirs)):
            if key not in ours:
                self.differences.append(f"{key}: only go list has it ({theirs[key]['ImportPath']})")
            elif key not in theirs:
                self.differences.append(f"{key}: only meshctl has it ({ours[key]['ImportPath']})")
            else:
                self.compare(key, ours[key], theirs[key], fields, module)

    def compare(self, key, ours, theirs, fields, module):
        for field in fields + (("Module",) if module else ()):
            a, b = ours[field], theirs[field]
            if a == b:
                continue
            if isinstance(a, list):
                text = f"meshctl has {sorted(set(a) - set(b))}, go list has {sorted(set(b) - set(a))}"
                if sorted(a) == sorted(b):
                    text = f"another order: meshctl {a}, go list {b}"
            else:
                text = f"meshctl {a!r}, go list {b!r}"
            self.differences.append(f"{key}: {field}: {text}")

    def show(self, most):
        good = self.packages and not self.differences
        print(f"{'ok' if good else 'not ok'} oracle {self.name}: {self.packages} packages, {self.files} "
              f"files, {self.imports} imports, {len(self.differences)} differences"
              + (f" ({self.refused} folders refused by go list for their names)" if self.refused else ""), flush=True)
        for text in self.differences[:most]:
            print("  " + text)
        return good


class Oracle:
    def __init__(self, binary, cache):
        self.binary = os.path.realpath(binary)
        self.cache = os.path.realpath(cache)
        self.go = Go(self.cache)

    def ours(self, where, config, *more):
        goos, goarch, cgo = config
        command = [self.binary, "list", "--json", "--platform", f"{goos}/{goarch}",
                   "--cgo=" + ("on" if cgo else "off"), "--go", self.go.minor, "-C", where, *more, "./..."]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        # Over a tenth of a nasty tree's headers are broken: the list is whole, its status is 3.
        if run.returncode and not (run.returncode == 3 and b"headers cannot be read" in run.stderr):
            raise RuntimeError(f"{' '.join(command)}: status {run.returncode}: "
                               + run.stderr.decode("utf-8", "replace")[-1500:])
        return [reduced(p) for p in stream(run.stdout.decode("utf-8", "surrogateescape"))]

    def by_module(self, where, tree_id, config, **env):
        """go list in every module at or below a folder."""
        out = []
        for module in modules_below(where):
            out += self.go.list(module, tree_id, ["./..."], config, GOFLAGS="-mod=mod", **env)
        return out

    # Each comparison below is a generator of (name, function that returns a Comparison).

    def std(self):
        where = os.path.join(self.go.root, "src")
        for config in CONFIGS:
            name = f"std {config_name(config)}"
            yield name, lambda c=config, n=name: Comparison(
                n, self.ours(where, c), self.go.list(where, "std", ["std", "cmd"], c), module=False)

    def debian(self):
        for package in DEBIAN:
            source, identity = debian_sources(package, self.cache)
            tree = prepared_copy(source, identity, self.cache, lambda d: prepare(d, self.go.minor))
            for config in CONFIGS:
                name = f"{package} {config_name(config)}"
                yield name, lambda c=config, n=name, t=tree, i=identity: Comparison(
                    n, self.ours(t, c), self.by_module(t, i, c))

    def gopath(self):
        """All of Debian's trees as one GOPATH without a go.mod, vendor folders kept."""
        def edit(copy):
            src = os.path.join(copy, "src")
            os.mkdir(src)
            for package in DEBIAN:
                shutil.copytree(debian_sources(package, self.cache)[0], src, symlinks=True, dirs_exist_ok=True)
            for folder, _, names in os.walk(src):
                for name in names:
                    if name in ("go.mod", "go.sum", "go.work"):
                        os.unlink(os.path.join(folder, name))
        os.makedirs(os.path.join(self.cache, "empty"), exist_ok=True)
        identity = "gopath-" + "-".join(debian_sources(p, self.cache)[1] for p in DEBIAN)
        top = prepared_copy(os.path.join(self.cache, "empty"), "gopath", self.cache, edit)
        src = os.path.join(top, "src")
        for config in CONFIGS[::2]:
            name = f"GOPATH {config_name(config)}"
            yield name, lambda c=config, n=name: Comparison(
                n, self.ours(src, c),
                self.go.list(src, identity, ["./..."], c, GO111MODULE="off", GOPATH=top))

    def work(self):
        """A go.work that uses some modules of a folder: the rest is left out."""
        source, identity = debian_sources("golang-github-docker-docker-dev", self.cache)

        def edit(copy):
            prepare(copy, self.go.minor)
            for folder, _, names in os.walk(copy):      # workspaces need one go line at least as new
                if "go.mod" in names:
                    path = os.path.join(folder, "go.mod")
                    with open(path, encoding="utf-8") as f:
                        module = f.readline().split()[1]
                    with open(path, "w", encoding="utf-8") as f:
                        f.write(f"module {module}\n\ngo 1.18\n")
            used = [os.path.relpath(m, copy) for m in modules_below(copy)][:-1]
            with open(os.path.join(copy, "go.work"), "w", encoding="utf-8") as f:
                f.write("go 1.18\n\nuse (\n" + "".join(f"\t./{u}\n" for u in used) + ")\n")
        tree = prepared_copy(source, "work-" + identity, self.cache, edit)
        for config in CONFIGS[:1]:
            name = f"go.work {config_name(config)}"
            # At a workspace's root that is no module `go list ./...` finds nothing: each is named.
            used = [f"./{os.path.relpath(m, tree)}/..." for m in modules_below(tree)[:-1]]
            yield name, lambda c=config, n=name: Comparison(
                n, self.ours(tree, c), self.go.list(tree, "work-" + identity, used, c, GOWORK="auto"))

    def nasty(self):
        for seed in range(nasty.SEEDS):
            tree = os.path.join(self.cache, f"nasty-{nasty.identity(self.go.minor)}-{seed}")
            if not os.path.isdir(tree):
                shutil.rmtree(tree + ".new", ignore_errors=True)
                nasty.generate(tree + ".new", seed, self.go.minor)
                os.rename(tree + ".new", tree)
            config = CONFIGS[seed % len(CONFIGS)]
            name = f"nasty seed {seed} {config_name(config)}"
            yield name, lambda c=config, n=name, t=tree: Comparison(
                n, self.ours(t, c), self.by_module(t, os.path.basename(t), c))

    def revision(self):
        """--rev against a checkout of the same commit, from the checkout and from a bare clone."""
        for package in (DEBIAN[0], DEBIAN[1]):
            source, identity = debian_sources(package, self.cache)
            for bare in (False, True):
                name = f"--rev {package}{' bare' if bare else ''}"
                yield name, lambda n=name, s=source, i=identity, b=bare: self.one_revision(n, s, i, b)
        name = "--rev nasty"
        yield name, lambda n=name: self.one_revision(n, os.path.join(
            self.cache, f"nasty-{nasty.identity(self.go.minor)}-0"), None, False)

    def one_revision(self, name, source, identity, bare):
        config = CONFIGS[0]
        with tempfile.TemporaryDirectory(dir=self.cache) as tmp:
            tree = os.path.join(tmp, "tree")
            if identity:
                source = prepared_copy(source, identity, self.cache, lambda d: prepare(d, self.go.minor))
            shutil.copytree(source, tree, symlinks=True)
            git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "core.autocrlf=false"]
            for words in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "-m", "all"]):
                subprocess.run(git + words, cwd=tree, check=True)
            want = self.relative(self.ours(tree, config), tree)
            with open(os.path.join(tree, "later.go"), "w", encoding="utf-8") as f:
                f.write("package later\n")      # must not be seen
            where = tree
            if bare:
                where = os.path.join(tmp, "bare.git")
                subprocess.run(git + ["clone", "-q", "--bare", tree, where], check=True)
            have = self.relative(self.ours(where, config, "--rev", "HEAD"), where)
        return Comparison(name, have, want)

    @staticmethod
    def relative(packages, top):
        """A bare clone and its checkout stand in different folders."""
        top = os.path.realpath(top)
        return [dict(p, Dir=os.path.relpath(p["Dir"], top)) for p in packages]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--cache", default="build/cache/oracle")
    p.add_argument("--show", type=int, default=10, help="differences shown of each comparison")
    p.add_argument("only", nargs="*", help="std debian gopath work nasty revision; all when none")
    args = p.parse_args()
    oracle = Oracle(args.binary, args.cache)
    say(f"{oracle.go.version} in {oracle.go.root}")
    groups = args.only or ["std", "debian", "gopath", "work", "nasty", "revision"]
    totals, failed, done = [0, 0, 0, 0], 0, 0

    def one(row):
        try:
            return row[0], row[1]()
        except (RuntimeError, OSError, ValueError, subprocess.CalledProcessError) as e:
            return row[0], e

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for group in groups:
            for name, result in pool.map(one, list(getattr(oracle, group)())):
                done += 1
                if isinstance(result, Exception):
                    failed += 1
                    print(f"not ok oracle {name}: {result}", flush=True)
                    continue
                failed += not result.show(args.show)
                totals = [a + b for a, b in zip(totals, (result.packages, result.files, result.imports,
                                                         len(result.differences)))]
    say(f"{done} comparisons: {totals[0]} packages, {totals[1]} files, {totals[2]} imports, "
        f"{totals[3]} differences")
    if not done:
        print("not ok oracle: no comparison")
    return 1 if failed or not done else 0


if __name__ == "__main__":
    sys.exit(main())
