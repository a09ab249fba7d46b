#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench.py [--build DIR] [--smoke] - the table of `make bench`, as Markdown.

Whole processes, output to /dev/null.  A ratio is the median over paired runs: the two sides run
one after the other, so that a busy machine is busy for both.  Nothing here fails on a time; a run
that fails, does.  --smoke runs everything once on small trees: `make check` proves with it that the
bench still works.
"""
import argparse
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time

import policytree

rows = []


def run(words, cwd=None, stdin=None):
    """(seconds, peak memory in MB) of a process that must succeed."""
    with open(os.devnull, "wb") as null:
        source = open(stdin, "rb") if stdin else subprocess.DEVNULL
        begin = time.monotonic()
        process = subprocess.Popen(words, cwd=cwd, stdin=source, stdout=null, stderr=subprocess.PIPE)
        err = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        if stdin:
            source.close()
    if process.returncode not in (0, 1):
        raise SystemExit(f"not ok bench: {' '.join(words)}: status {process.returncode}: {err.decode()[-500:]}")
    return seconds, usage.ru_maxrss / 1024


def cpu(words, **more):
    """Seconds of processor time, which a busy machine changes less than the clock's."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(words, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def paired(ours, theirs, times, before=lambda: None, **more):
    """Medians of both sides and of their ratio, one warm-up run before; `before` each of ours."""
    def one():
        before()
        return run(ours, **more)[0], run(theirs, **more)[0]
    one()
    pairs = [one() for _ in range(times)]
    return (statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs),
            statistics.median(a / b for a, b in pairs))


def show(seconds):
    return f"{seconds:.1f} s" if seconds >= 10 else f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def row(what, ours, beside, ratio, aim):
    rows.append((what, ours, beside, ratio, aim))
    print(f"# {what}: {ours}, {beside}, {ratio}", file=sys.stderr, flush=True)


class Bench:
    def __init__(self, build, smoke):
        self.meshctl = os.path.realpath(os.path.join(build, "meshctl"))
        self.passes = os.path.realpath(os.path.join(build, "tests/bench/passes"))
        self.synth = os.path.realpath(os.path.join(build, "tests/bench/synth"))
        self.bodies_tool = os.path.realpath(os.path.join(build, "tests/bench/bodies"))
        self.changes = os.path.realpath(os.path.join(build, "tests/changes"))
        self.cuts_tool = os.path.realpath(os.path.join(build, "tests/bench/cuts"))
        self.work = os.path.realpath(os.path.join(build, "bench"))
        self.smoke, self.times = smoke, 1 if smoke else 7
        os.makedirs(self.work, exist_ok=True)
        self.go_src = os.path.join(subprocess.run(["go", "env", "GOROOT"], check=True, stdout=subprocess.PIPE,
                                                  text=True).stdout.strip(), "src")

    def against_go(self):
        ours, theirs, ratio = paired([self.meshctl, "list", "--json"], ["go", "list", "-json", "std", "cmd"],
                                     self.times, cwd=self.go_src)
        row("`list --json` on Go's std and cmd, beside `go list -json std cmd`", show(ours), show(theirs),
            f"{1 / ratio:.1f} times faster", "at least 4 times")

    def header_pass(self):
        listed = os.path.join(self.work, "files")
        files = []
        for folder, dirs, names in os.walk(self.go_src):
            dirs[:] = sorted(d for d in dirs if d != "testdata")
            files += [os.path.join(folder, n) for n in sorted(names) if n.endswith(".go")]
        files = files[:500] if self.smoke else files
        with open(listed, "w", encoding="utf-8") as f:
            f.write("\n".join(files) + "\n")
        threads = str(os.cpu_count() or 1)
        for n in sorted({"1", threads}):
            ours, theirs, ratio = paired([self.passes, "heads", n], [self.passes, "whole", n], self.times, stdin=listed)
            row(f"header pass over {len(files):,} files, beside reading them whole, {n} thread{'s' * (n != '1')}",
                show(ours), show(theirs), f"{ratio:.2f} times", "at most 4 times")

    def tree(self, count):
        top = os.path.join(self.work, f"synth-{count}")
        if not os.path.isdir(top):
            shutil.rmtree(top + ".new", ignore_errors=True)
            run([self.synth, top + ".new", str(count)])
            os.rename(top + ".new", top)
        return top

    def scaling(self):
        sizes = (10, 100, 1000) if self.smoke else (1000, 10000, 100000)
        for words in (["list", "--json"], ["graph", "--format", "edges"], ["cycles"], ["analyze"],
                      ["metrics", "packages"]):
            before = None
            for size in sizes:
                top = self.tree(size)
                run([self.meshctl] + words, cwd=top)
                got = [run([self.meshctl] + words, cwd=top) for _ in range(1 if self.smoke else 5 if size < 100000 else 3)]
                seconds = statistics.median(g[0] for g in got)
                memory = max(g[1] for g in got)
                ratio = f"{seconds / before:.1f} times the step before" if before else "-"
                row(f"`{' '.join(words)}`, {size:,} packages, six imports each", show(seconds), f"{memory:.0f} MB", ratio,
                    "at most 12 times" + (", under 600 MB" if size == sizes[-1] else "") if before else "-")
                before = seconds

    def circles(self):
        """What circles cost beside reading."""
        top = self.tree(1000 if self.smoke else 100000)
        ours, theirs, ratio = paired([self.meshctl, "cycles"], [self.meshctl, "list"], min(self.times, 3), cwd=top)
        row(f"`cycles`, {1000 if self.smoke else 100000:,} packages, six imports each, beside `list`", show(ours),
            show(theirs), f"{ratio:.2f} times", "at most 2 times")

    def policy(self):
        """What judging costs: `analyze` with a policy, less what it takes to read the tree and build the graph."""
        packages, layers, contexts = (500, 8, 20) if self.smoke else (10000, 40, 200)
        top = os.path.join(self.work, f"policy-{packages}")
        if not os.path.isdir(top):
            shutil.rmtree(top + ".new", ignore_errors=True)
            policytree.write(top + ".new", packages, layers, contexts)
            os.rename(top + ".new", top)
        listed = os.path.join(self.work, f"policy-{packages}.files")
        with open(listed, "w", encoding="utf-8") as f:
            for folder, dirs, names in os.walk(top):
                dirs.sort()
                f.writelines(os.path.join(folder, n) + "\n" for n in sorted(names) if n.endswith(".go"))
        threads = str(os.cpu_count() or 1)
        rules = ("layer-violation,closed-layer,denied-import,context-boundary,context-pair,context-internal,"
                 "shared-uses-context,unmapped-package,vacuous-policy,unused-exception")
        judged, read = [self.meshctl, "analyze", "--rule", rules], [self.meshctl, "analyze", "--rule", "broken-go-mod"]

        def one():
            # The same tree without its policy is read by the same steps, and nothing is judged.
            with_it = cpu(judged, cwd=top)
            os.rename(os.path.join(top, ".meshctl.yaml"), os.path.join(top, ".policy"))
            try:
                without = cpu(read, cwd=top)
            finally:
                os.rename(os.path.join(top, ".policy"), os.path.join(top, ".meshctl.yaml"))
            return max(with_it - without, 0), cpu([self.passes, "heads", threads], stdin=listed)
        one()
        pairs = [one() for _ in range(self.times)]
        ours, heads = (statistics.median(p[i] for p in pairs) for i in (0, 1))
        row(f"judging by a policy of {layers} layers and {contexts} contexts, {packages:,} packages, beside the header pass, "
            "processor time", show(ours), show(heads), f"{statistics.median(a / b for a, b in pairs):.2f} times", "below 1")

    def revision(self):
        for size in ((100,) if self.smoke else (1000, 10000)):
            top = os.path.join(self.work, f"git-{size}")
            if not os.path.isdir(top):
                shutil.rmtree(top + ".new", ignore_errors=True)
                shutil.copytree(self.tree(size), top + ".new")
                git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "gc.auto=0"]
                for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"], ["repack", "-adq"]):
                    subprocess.run(git + words, cwd=top + ".new", check=True)
                os.rename(top + ".new", top)
            ours, theirs, ratio = paired([self.meshctl, "list", "--json", "--rev", "HEAD"], [self.meshctl, "list", "--json"],
                                         self.times, cwd=top)
            row(f"`list --json --rev HEAD`, {size:,} packages in a pack, beside the working tree", show(ours), show(theirs),
                f"{ratio:.2f} times", "at most 2 times")

    def trend(self):
        """A year of weeks: in each one some files of a large tree change, and imports come and go."""
        packages, layers, contexts, weeks = (60, 3, 5, 4) if self.smoke else (1000, 6, 20, 52)
        source = os.path.join(self.work, f"gate-{packages}.tree")
        if not os.path.isdir(source):
            policytree.write(source + ".new", packages, layers, contexts)
            os.rename(source + ".new", source)
        top = self.git_copy(f"trend-{packages}", source)
        files = sorted(os.path.join(f, n) for f, _, ns in os.walk(top) for n in ns if n.endswith(".go"))
        have = int(subprocess.run(["git", "rev-list", "--count", "HEAD"], cwd=top, stdout=subprocess.PIPE, check=True).stdout)
        for week in range(have, weeks + 1):
            for n in range(10):
                with open(files[(week * 97 + n * 31) % len(files)], "a", encoding="utf-8") as f:
                    f.write(f"\nvar Week{week}n{n} = 1\n")
            gone = files[(week * 89) % len(files)]
            with open(gone, encoding="utf-8") as f:
                lines = f.read().splitlines(True)
            imports = [i for i, l in enumerate(lines) if '"' in l and "package" not in l]
            if len(imports) > 1:
                del lines[imports[-1]]
                with open(gone, "w", encoding="utf-8") as f:
                    f.writelines(lines)
            stamp = f"{1767225600 + week * 7 * 86400} +0000"
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-a", "-m", "week"],
                           cwd=top, check=True, env=dict(os.environ, GIT_AUTHOR_DATE=stamp, GIT_COMMITTER_DATE=stamp))
        subprocess.run(["git", "repack", "-adq"], cwd=top, check=True)
        trend = [self.meshctl, "history", "trend", "--since", f"{7 * (weeks - 1)}d", "--no-cache", "-q"]
        ours, theirs, ratio = paired(trend, [self.meshctl, "analyze", "--no-cache", "-q"], self.times, cwd=top)
        row(f"`history trend`, {weeks} points of {packages:,} packages, no cache, beside `analyze`", show(ours), show(theirs),
            f"{ratio:.1f} times", "at most 10 times")

    def pictures(self):
        """What Graphviz itself takes for the same text is the limit: the rest is reading and writing."""
        os.environ["GIT_CEILING_DIRECTORIES"] = self.work       # no part of the repository around it
        for packages in (20,) if self.smoke else (50, 200, 1000):
            top = os.path.join(self.work, f"pictures-{packages}")
            if not os.path.isdir(top):
                shutil.rmtree(top + ".new", ignore_errors=True)
                for i in range(packages):
                    uses = [k for k in range(3 * i + 1, 3 * i + 4) if k < packages]
                    uses += [i + 1 + i % 3] if i % 5 == 0 and i + 1 + i % 3 < packages else []
                    lines = "".join(f'import _ "x.org/m/p{k % 10}/q{k}"\n' for k in sorted(set(uses)))
                    os.makedirs(f"{top}.new/p{i % 10}/q{i}")
                    with open(f"{top}.new/p{i % 10}/q{i}/a.go", "w", encoding="utf-8") as f:
                        f.write(f"package q\n\n{lines}")
                with open(f"{top}.new/go.mod", "w", encoding="utf-8") as f:
                    f.write("module x.org/m\n\ngo 1.22\n")
                os.rename(top + ".new", top)
            graph = [self.meshctl, "graph", "-q", "--collapse", "none"]
            dot = os.path.join(self.work, f"pictures-{packages}.dot")
            subprocess.run(graph + ["--format", "dot", "-o", dot], cwd=top, check=True)
            for kind in ("svg", "png"):
                times = self.times if packages < 1000 else min(self.times, 3)
                ours, theirs, ratio = paired(graph + ["--format", kind, "-o", os.devnull], ["dot", f"-T{kind}", dot], times, cwd=top)
                row(f"{kind.upper()} of {packages:,} packages, beside `dot` on the same text", show(ours), show(theirs),
                    f"{ratio:.2f} times", "at most 1.2 times")

    def mining(self):
        """Which commit changed which files, beside git, on a repository that is written for it."""
        commits = 300 if self.smoke else 20000
        top = os.path.join(self.work, f"mining-{commits}")
        if not os.path.isdir(top):
            shutil.rmtree(top + ".new", ignore_errors=True)
            subprocess.run(["git", "init", "-q", "-b", "main", top + ".new"], check=True)
            files = [f"p{i % 200:03d}/sub{i % 7}/f{i:04d}.go" for i in range(4000)]
            stream = ["commit refs/heads/main\ncommitter C <c@x> 1600000000 +0000\ndata 5\nbegin\n"
                      "M 100644 inline go.mod\ndata 9\nmodule x\n\n"]
            stream += [f"M 100644 inline {f}\ndata 10\npackage p\n\n" for f in files]
            for i in range(commits - 1):
                stream.append(f"commit refs/heads/main\ncommitter P{i % 40} <p{i % 40}@x> {1600000600 + i * 900} +0000\n"
                              "data 5\nfix a\n")
                for k in range(1 + i % 4):
                    text = f"package p\n\nvar V = {i}\n"
                    stream.append(f"M 100644 inline {files[(i * 131 + k * (1 + i % 977)) % len(files)]}\n"
                                  f"data {len(text)}\n{text}\n")
            git = ["git", "-C", top + ".new"]
            subprocess.run(git + ["fast-import", "--quiet"], input="".join(stream).encode(), check=True)
            subprocess.run(git + ["reset", "-q", "--hard"], check=True)
            subprocess.run(git + ["repack", "-adq"], check=True)
            os.rename(top + ".new", top)
        cold = [self.changes, top]
        git = ["git", "-C", top, "log", "--no-merges", "--no-renames", "--name-only"]
        ours, theirs, ratio = paired(cold, git, self.times)
        row(f"mining {commits:,} commits, no cache, beside `git log --no-merges --no-renames --name-only`", show(ours),
            show(theirs), f"{ratio:.2f} times", "at most 1.3 times")
        os.environ["XDG_CACHE_HOME"] = os.path.join(self.work, "cache")
        again, first, ratio = paired(cold + ["HEAD", "cache"], cold, self.times)
        row("the second run, by the cache, beside the first", show(again), show(first), f"{1 / ratio:.1f} times faster",
            "at least 10 times")

    def gate(self):
        """A pull request, whose base is judged as well."""
        packages, layers, contexts = (60, 3, 5) if self.smoke else (3000, 6, 20)
        source = os.path.join(self.work, f"gate-{packages}.tree")
        if not os.path.isdir(source):
            policytree.write(source + ".new", packages, layers, contexts)
            os.rename(source + ".new", source)
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
        # Where no import changes nothing of the base is judged again.
        for what, name, text in (("a body", f"gate-{packages}", "\nvar Changed = 1\n"),
                                 ("an import", f"gate-{packages}-import", 'package p\n\nimport _ "os"\n')):
            top = self.git_copy(name, source)
            first = sorted(os.path.join(f, n) for f, _, ns in os.walk(top) for n in ns if n.endswith(".go"))[0]
            if subprocess.run(["git", "rev-parse", "-q", "--verify", "HEAD~1"], cwd=top, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode:
                with open(first, "a" if what == "a body" else "w", encoding="utf-8") as f:
                    f.write(text)
                subprocess.run(git + ["commit", "-q", "-a", "-m", "change"], cwd=top, check=True)
            ours, theirs, ratio = paired([self.meshctl, "gate", "--base", "HEAD~1"], [self.meshctl, "analyze"], self.times, cwd=top)
            row(f"`gate --base HEAD~1`, {packages:,} files, {what} changed, beside `analyze`", show(ours), show(theirs),
                f"{ratio:.2f} times", "at most 1.3 times")

    def git_copy(self, name, source, **more):
        """A commit of a tree, whose index is older than none of its files."""
        top = os.path.join(self.work, name)
        if not os.path.isdir(top):
            shutil.rmtree(top + ".new", ignore_errors=True)
            shutil.copytree(source, top + ".new", **more)
            git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "gc.auto=0"]
            os.rename(top + ".new", top)
            for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
                subprocess.run(git + words, cwd=top, check=True)
            time.sleep(0.1)
            subprocess.run(git + ["read-tree", "HEAD"], cwd=top, check=True)
            subprocess.run(git + ["status"], cwd=top, check=True, stdout=subprocess.DEVNULL)
        return top

    def staged(self):
        """What a hook costs, beside what git does when it is asked for the state of the tree."""
        size = 100 if self.smoke else 3000
        top = self.git_copy(f"staged-{size}", self.tree(size))
        policy = os.path.join(top, ".meshctl.yaml")
        if not os.path.exists(policy):
            with open(policy, "w", encoding="utf-8") as f:
                f.write("version: 1\nlayers:\n  all: {in: [\"**\"]}\n")
            subprocess.run(["git", "add", "-A"], cwd=top, check=True)
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "policy"],
                           cwd=top, check=True)
        files = len(subprocess.run(["git", "ls-files", "*.go"], cwd=top, check=True, stdout=subprocess.PIPE).stdout.split())
        for command in ("list", "gate"):
            ours, theirs, ratio = paired([self.meshctl, command, "--staged", "-q"], ["git", "status"], self.times, cwd=top)
            row(f"`{command} --staged`, {files:,} Go files, beside `git status`", show(ours), show(theirs), f"{ratio:.2f} times",
                "at most 3 times")

    def bodies(self):
        """Whole files: beside tree-sitter alone, beside the header pass, with one file changed."""
        os.environ["XDG_CACHE_HOME"] = os.path.join(self.work, "cache")
        os.makedirs(os.environ["XDG_CACHE_HOME"], exist_ok=True)
        all_of_it = [self.meshctl, "metrics", "functions", "--tests", "--top", "10"]
        graph = [self.meshctl, "graph", "--format", "edges"]
        threads = str(os.cpu_count() or 1)
        few = {"go.mod", "container", "sort", "strings"}

        def skipped(folder, names):
            return [n for n in names if n == "testdata" or self.smoke and folder == self.go_src and n not in few]
        top = self.git_copy("git-std-smoke" if self.smoke else "git-std", self.go_src, ignore=skipped)
        listed, count, size = os.path.join(self.work, "bodies"), 0, 0
        with open(listed, "w", encoding="utf-8") as f:
            for folder, dirs, names in os.walk(top):
                dirs[:] = sorted(d for d in dirs if d[0] not in "._")
                for path in (os.path.join(folder, n) for n in sorted(names) if n.endswith(".go") and n[0] not in "._"):
                    f.write(path + "\n")
                    count, size = count + 1, size + os.path.getsize(path)
        what = f"{count:,} files, {size / 1e6:.0f} MB"

        def clear():
            run([self.meshctl, "setup", "cache", "clear"])

        def cold(words, aim, before):
            pairs = []
            for _ in range(1 if self.smoke else 3):
                before()
                ours = run(words, cwd=top)
                with open(listed, "rb") as source:
                    out = subprocess.run([self.bodies_tool, "bare", threads], stdin=source, check=True, text=True,
                                         stdout=subprocess.PIPE).stdout
                pairs.append((*ours, float(re.search(r"([\d.]+) s,", out)[1])))
            row(f"`{' '.join(words[1:])}` of {what}, beside tree-sitter alone, {threads} threads",
                show(statistics.median(p[0] for p in pairs)), show(statistics.median(p[2] for p in pairs)),
                f"{statistics.median(p[0] / p[2] for p in pairs):.2f} times", aim)
            return max(p[1] for p in pairs)
        cold(all_of_it + ["--no-cache"], "-", lambda: None)
        memory = cold(all_of_it, "at most 1.15 times", clear)
        row("... peak memory, cold", f"{memory:.0f} MB", "-", "-", "at most 200 MB and 100 bytes a line")
        ours, theirs, ratio = paired(all_of_it, graph, self.times, cwd=top)
        row("the same from the cache, beside `graph --format edges`", show(ours), show(theirs), f"{ratio:.2f} times",
            "at most 1.5 times")
        size = 100 if self.smoke else 10000
        top = self.git_copy(f"git-touched-{size}", self.tree(size))
        changed = sorted(os.path.join(f, n) for f, _, ns in os.walk(top) for n in ns if n.endswith(".go"))[size // 2]
        with open(changed, encoding="utf-8") as f:
            text = f.read()

        def change():
            with open(changed, "w", encoding="utf-8") as f:
                f.write(text + f"\nvar Changed = {time.time_ns()}\n")
        ours, theirs, ratio = paired(all_of_it, graph, self.times, cwd=top)
        row(f"from the cache, {size:,} packages, beside `graph --format edges`", show(ours), show(theirs),
            f"{ratio:.2f} times", "at most 1.5 times")
        ours, theirs, ratio = paired(all_of_it, graph, self.times, before=change, cwd=top)
        with open(changed, "w", encoding="utf-8") as f:
            f.write(text)
        row("the same with one file changed", show(ours), show(theirs), f"{ratio:.2f} times", "at most 2 times")
        ours, theirs, ratio = paired(all_of_it + ["--rev", "HEAD"], graph + ["--rev", "HEAD"], self.times, cwd=top)
        row("the same with `--rev HEAD`", show(ours), show(theirs), f"{ratio:.2f} times", "at most 1.5 times")

    def debian(self):
        """Sources of large Debian packages that the oracles have fetched, or can."""
        sys.path.insert(0, os.path.realpath("tests/oracle"))
        from gotree import Go, debian_sources, prepare, prepared_copy
        go = Go(os.path.realpath("build/cache/oracle"))
        for name in () if self.smoke else ("etcd-server", "github-docker-docker", "github-containerd-containerd"):
            try:
                source, identity = debian_sources(f"golang-{name}-dev", go.cache)
            except (OSError, subprocess.CalledProcessError):
                print(f"# no golang-{name}-dev", file=sys.stderr)
                continue
            yield f"Debian's {name}", prepared_copy(source, identity, go.cache, lambda t: prepare(t, go.minor))

    def measure_cuts(self, what, words, aim):
        printed = subprocess.run([self.cuts_tool] + words, check=True, stdout=subprocess.PIPE, text=True).stdout
        knots = [(float(k[8]), k) for k in re.findall(
            r"(\d+) nodes +(\d+) edges +(\d+) lines +cut +(\d+) edges +(\d+) lines +bound +(\d+) +(\w+) +(\d+) steps +([\d.]+) s",
            printed)]
        if not knots:
            raise SystemExit(f"not ok bench: no knot in {what}")
        seconds, worst = max(knots)
        proven = sum(k[6] == "optimal" for _, k in knots)
        row(f"{what}, smallest cut, the slowest of {len(knots)}: {int(worst[0]):,} nodes, {int(worst[1]):,} edges",
            show(seconds), f"{int(worst[4]):,} lines, bound {int(worst[5]):,}", f"{proven} of {len(knots)} proven", aim)

    def cuts(self):
        aim = "all proven, under 200 ms each"
        trees = [("Go's std and cmd", self.go_src), *self.debian()]
        for name, top in trees:
            self.measure_cuts(f"knots of {name} at dir:1 to dir:8", [top, *(f"dir:{k}" for k in range(1, 9))], aim)
        self.measure_cuts("knots of Go's std and cmd with tests", [self.go_src, "test"], "all proven")
        for nodes, edges in ((500, 1500),) if self.smoke else ((50000, 100000), (50000, 300000)):
            self.measure_cuts("a random knot", ["--random", str(nodes), str(edges)], "ends at its step limit")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--smoke", action="store_true")
    p.add_argument("only", nargs="*", help="against_go header_pass bodies scaling circles policy revision staged gate trend mining pictures cuts")
    args = p.parse_args()
    bench = Bench(args.build, args.smoke)
    for part in args.only or ("against_go", "header_pass", "bodies", "scaling", "circles", "policy", "revision",
                              "staged", "gate", "trend", "mining", "pictures", "cuts"):
        getattr(bench, part)()
    if args.smoke:
        print(f"ok bench: {len(rows)} rows")
        return 0
    print(f"\n{os.cpu_count()} processors, {platform.system()} {platform.machine()}, medians; files in the page cache\n")
    print("| what | meshctl | beside it | ratio | aim |\n| --- | ---: | ---: | ---: | --- |")
    for cells in rows:
        print("| " + " | ".join(cells) + " |")
    return 0


sys.exit(main())
