#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""history.py [--build DIR] [--commits N] [REPOSITORY...] - history mining against git, and against
code-maat's definitions written down once more.

A generated repository of N commits (branches, merges, bots, moves, deletions, large commits): the
files of each commit equal `git log --no-merges --no-renames --name-only`; revisions, coupling and
sum of coupling equal what the definitions give on git's own list, with code-maat's limits and with
others.  The commits of code-maat's own tests give the tables that those tests expect.  A second run, and one after new
commits, say the same and read what is new only.  Then what is broken.  REPOSITORY: the files of
each commit of that one as well.
"""
import argparse
import collections
import fractions
import itertools
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time

import jsonschema

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from schema import closed

FAILED = []


def check(good, name, *why):
    print("ok" if good else "not ok", "history", name)
    if not good:
        FAILED.append(name)
        print("  ---", *[str(w)[:2000] for w in why])


class Box:
    def __init__(self, build, top):
        self.build, self.top = os.path.realpath(build), top
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        self.env.update(XDG_CACHE_HOME=os.path.join(top, "cache"), HOME=top, LC_ALL="C.UTF-8",
                        GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="A", GIT_AUTHOR_EMAIL="a@x",
                        GIT_COMMITTER_NAME="C", GIT_COMMITTER_EMAIL="c@x")

    def run(self, *words, stdin=None, code=0):
        p = subprocess.run(words, env=self.env, input=stdin, capture_output=True, check=False)
        if code is not None and p.returncode != code:
            raise RuntimeError(f"{words}: {p.returncode} {p.stderr.decode()[:500]}")
        return p

    def git(self, repo, *words, **more):
        return self.run("git", "-C", repo, *words, **more).stdout

    def history(self, repo, *words, code=0):
        p = self.run(f"{self.build}/meshctl", "-C", repo, "history", *words, code=code)
        return p


def git_log(box, repo, rev="HEAD"):
    """{commit: set of paths} as git says."""
    out = box.git(repo, "log", "--no-merges", "--no-renames", "--name-only", "-z",
                  "--format=%x01%H", rev)
    log = {}
    for part in out.split(b"\x01")[1:]:
        commit, _, rest = part.partition(b"\0")
        log[commit[:40].decode()] = {p for p in rest.lstrip(b"\n").split(b"\0") if p}
    return log


def our_log(box, repo, *words):
    """The same by tests/changes; the commits in its order, and what it says on stderr."""
    p = box.run(f"{box.build}/tests/changes", repo, *words)
    log, now = {}, None
    for line in p.stdout.split(b"\n"):
        if line.startswith(b"commit "):
            now = log.setdefault(line[7:47].decode(), set())
        elif line:
            now.add(line.split(b"\t")[0])
    return log, p.stderr.decode()


def generate(box, repo, commits, rng):
    """By git fast-import: a Go file is of a package, names are never used again."""
    box.run("git", "init", "-q", "-b", "main", repo)
    files = [f"p{i % 20:02d}/f{i:03d}.go" for i in range(200)]
    stream, marks, day = [], 0, 1700000000

    def data(text):
        return f"data {len(text)}\n{text}\n"

    def commit(branch, who, message, changes, merge=None, parent=None):
        nonlocal marks, day
        marks += 1
        day += rng.randrange(0, 600)
        stream.append(f"commit refs/heads/{branch}\nmark :{marks}\n"
                      f"author {who} <{who.replace(' ', '.')}@x> {day} +0000\n"
                      f"committer C <c@x> {day} +0000\n" + data(message))
        if parent:
            stream.append(f"from :{parent}\n")
        if merge:
            stream.append(f"merge :{merge}\n")
        stream.extend(changes)
        stream.append("\n")
        return marks

    def edit(path):
        package = path.split("/")[0]
        return f"M 100644 inline {path}\n" + data(f"package {package}\n\nvar V{marks} = {rng.random()}\n")

    last = commit("main", "Ann", "begin", ["M 100644 inline go.mod\n" + data("module x\n\ngo 1.22\n")] +
                  [edit(f) for f in files])
    who = ["Ann", "Bob", "Cho", "Dan"]
    for i in range(commits - 1):
        dice = rng.random()
        near = rng.randrange(len(files))
        some = {files[(near + k) % len(files)] for k in range(rng.randrange(1, 5))}
        if dice < .01:
            some = set(rng.sample(files, 40))
        message = rng.choice(["fix it", "more", "prefix", "Revert more", "add"])
        if dice > .9:
            side = commit("side", rng.choice(who), message, [edit(f) for f in sorted(some)], parent=last)
            last = commit("main", rng.choice(who), "merge", [], merge=side, parent=last)
        elif dice > .88:
            last = commit("main", "dependabot[bot]", "bump", [edit(f) for f in sorted(some)], parent=last)
        else:
            last = commit("main", rng.choice(who), message, [edit(f) for f in sorted(some)], parent=last)
    box.git(repo, "fast-import", "--quiet", stdin="".join(stream).encode())
    box.git(repo, "reset", "-q", "--hard", "main")


USUAL = {"min-revs": 5, "min-shared-revs": 5, "min-coupling": 30, "max-coupling": 100, "max-changeset-size": 30}


def maat(box, repo, limits=None):
    """Revisions, sum of coupling and pairs as code-maat defines them, from git's list."""
    limits = {**USUAL, **(limits or {})}
    bots = set(box.git(repo, "log", "--format=%H", "--author=dependabot", "-F").decode().split())
    sets = [files for commit, files in git_log(box, repo).items()
            if commit not in bots and 0 < len(files) <= limits["max-changeset-size"]]
    revs, soc, shared = collections.Counter(), collections.Counter(), collections.Counter()
    for files in sets:
        names = sorted(f.decode() for f in files)
        for f in names:
            revs[f] += 1
            soc[f] += len(names) - 1
        shared.update(itertools.combinations(names, 2))
    pairs = {}
    for (a, b), n in shared.items():
        average = fractions.Fraction(revs[a] + revs[b], 2)
        degree = 100 * n / average
        if (n >= limits["min-shared-revs"] and average >= limits["min-revs"] and degree >= limits["min-coupling"]
                and math.floor(degree) <= limits["max-coupling"]):
            pairs[a, b] = (int(degree), n, math.ceil(average))
    return revs, soc, pairs, len(sets)


def compare(box, repo, name):
    git = git_log(box, repo)
    ours, said = our_log(box, repo)
    wrong = [c for c in git if git[c] != ours.get(c)]
    check(not wrong and set(git) == set(ours), f"{name}: the files of {len(git)} commits", wrong[:3], said)
    alone = box.run(f"{box.build}/tests/changes", repo, "HEAD", "alone")
    both = box.run(f"{box.build}/tests/changes", repo)
    check(alone.stdout == both.stdout and alone.stderr == both.stderr, f"{name}: one process says what two do", alone.stderr,
          both.stderr)


def coupled(box, repo, limits):
    """What `history coupling` says: pairs as maat() has them, and the sum of coupling of each file in one."""
    words = [w for name, n in limits.items() for w in (f"--{name}", str(n))]
    told = json.loads(box.history(repo, "coupling", "--since", "all", "--json", "-q", *words).stdout)
    pairs = {(r["a"], r["b"]): (round(r["degree"] * 100), r["shared"], r["average"]) for r in told["rows"]}
    return pairs, {r[s]: r["sum_" + s] for r in told["rows"] for s in "ab"}, told


# What code-maat's own tests feed it, commit by commit, and the tables that they expect of it: of two entities the
# degree, the commits in common and the average of their revisions.  Theirs are no Go files; ours have to be.
LOW = {"min-revs": 1, "min-shared-revs": 1, "min-coupling": 50, "max-coupling": 100, "max-changeset-size": 10}
NET, SHOW, TCP = "Infrastrucure/Network/Connection", "Presentation/Status/ClientPresenter", "Infrastrucure/Network/TcpConnection"
PUBLISHED = (
    ("by degree", [["A", "B", "C"], ["A", "B"]], LOW,
     {("A", "B"): (100, 2, 2), ("A", "C"): (66, 1, 2), ("B", "C"): (66, 1, 2)}, {"A": 3, "B": 3, "C": 2}),
    ("one entity alone", [["This/is/a/single/entity"]], LOW, {}, {}),
    ("the scenario of every log format", [[NET], [NET, SHOW]], LOW, {(NET, SHOW): (66, 1, 2)}, {NET: 1, SHOW: 1}),
    ("two commits of one day", [[TCP], [NET, SHOW]], {**LOW, "min-coupling": 10}, {(NET, SHOW): (100, 1, 1)},
     {NET: 1, SHOW: 1}),
    ("its defaults, on so little", [["A", "B", "C"], ["A", "B"]], {}, {}, {}),
)


def test_published(box, top):
    for i, (name, commits, limits, pairs, sums) in enumerate(PUBLISHED):
        repo = os.path.join(top, f"maat{i}")
        stream = "commit refs/heads/main\ncommitter C <c@x> 1360195200 +0000\ndata 0\nM 100644 inline go.mod\n"
        stream += "data 9\nmodule x\n\n"
        for k, files in enumerate(commits):
            stream += (f"commit refs/heads/main\nauthor {'XYZ' if not k else 'APT'} <{k}@x> {1360224000 + k * 86400} +0000\n"
                       f"committer C <c@x> {1360224000 + k * 86400} +0000\ndata 1\n{k}\n")
            for f in files:
                text = f"package {f.split('/')[0].lower()}\n\nvar {f.split('/')[-1]} = {k}\n"
                stream += f"M 100644 inline {f}.go\ndata {len(text)}\n{text}\n"
        box.run("git", "init", "-q", "-b", "main", repo)
        box.git(repo, "fast-import", "--quiet", stdin=stream.encode())
        box.git(repo, "reset", "-q", "--hard", "main")
        got, own, told = coupled(box, repo, limits)
        want = {(a + ".go", b + ".go"): row for (a, b), row in pairs.items()}
        check((got, own) == (want, {f + ".go": n for f, n in sums.items()}), f"code-maat's test: {name}", got, own)
        if commits[0] == [NET]:
            rows = json.loads(box.history(repo, "hotspots", "--since", "all", "--json", "-q", "--now", "2015-03-01").stdout)
            got = {r["path"]: (r["changes"], r["authors"], r["age_months"]) for r in rows["rows"]}
            check(got == {NET + ".go": (2, 2, 24), SHOW + ".go": (1, 1, 24)}, "code-maat's test: revisions, authors, age",
                  got)


def test_limits(box, repo, rng):
    """Limits that code-maat would take, at and around what the pairs have."""
    for _ in range(8):
        low, high = sorted(rng.sample(range(20, 80), 2))
        limits = {"min-revs": rng.randrange(20, 45), "min-shared-revs": rng.randrange(5, 30), "min-coupling": low,
                  "max-coupling": high, "max-changeset-size": rng.choice([2, 3, 4, 39, 40, 500])}
        limits = dict(rng.sample(sorted(limits.items()), rng.randrange(1, 6)))
        if limits.get("max-coupling", 100) < limits.get("min-coupling", 30):
            del limits["max-coupling"]
        _, soc, pairs, kept = maat(box, repo, limits)
        got, sums, told = coupled(box, repo, limits)
        check(got == pairs and told["history"]["counted"] == kept and all(soc[f] == n for f, n in sums.items()),
              f"{len(pairs)} pairs with {limits}", sorted(set(got.items()) ^ set(pairs.items()))[:5], told["history"], kept)


def test_definitions(box, repo):
    revs, soc, pairs, kept = maat(box, repo)
    got, sums, told = coupled(box, repo, {})
    check(got == pairs and pairs, f"coupling of {len(pairs)} pairs",
          sorted(set(got.items()) ^ set(pairs.items()))[:5])
    check(sums and all(soc[f] == n for f, n in sums.items()), f"sum of coupling of {len(sums)} files",
          [(f, n, soc[f]) for f, n in sums.items() if soc[f] != n][:5])
    check(told["history"]["counted"] == kept, "commits that count", told["history"], kept)
    rows = json.loads(box.history(repo, "hotspots", "--since", "all", "--json", "-q").stdout)
    got = {r["path"]: r["changes"] for r in rows["rows"]}
    want = {f: n for f, n in revs.items() if f.endswith(".go")}
    check(got == want, f"revisions of {len(want)} files", sorted(set(got.items()) ^ set(want.items()))[:5])


def test_schema(box, repo):
    """Every topic and debt, with history and without, against the schemas, closed."""
    for name, runs in (("history", (["hotspots", "--tests"], ["hotspots", "--churn"], ["coupling", "--level", "package"],
                                    ["coupling"], ["owners"], ["owners", "--people", "--churn", "--level", "dir:1"])),
                       ("debt", ([], ["--sonar", "--level", "file"]))):
        with open(f"cmd/report/{name}.schema.json", encoding="utf-8") as f:
            validator = jsonschema.Draft202012Validator(closed(json.load(f)))
        for words in runs:
            span = ["--since", "all"] if words and words[0] in ("hotspots", "coupling") else []
            p = box.run(f"{box.build}/meshctl", "-C", repo, name, *words, *span, "--json", "-q")
            wrong = [f"{e.json_path}: {e.message}"[:200] for e in validator.iter_errors(json.loads(p.stdout))]
            check(not wrong, f"schema of {name} {' '.join(words)}", wrong[:4])


def test_churn(box, repo):
    """Lines of Go files by --churn, and of git's own numstat, over the commits that count."""
    rows = json.loads(box.history(repo, "hotspots", "--since", "all", "--tests", "--churn", "--json", "-q").stdout)
    got = {r["path"]: (r["added"], r["deleted"]) for r in rows["rows"]}
    commits = {c for c, files in git_log(box, repo).items() if len(files) <= 30}
    commits -= set(box.git(repo, "log", "--format=%H", "--author=bot", "-i").decode().split())
    out = box.git(repo, "log", "--no-merges", "--no-renames", "--numstat", "-z", "--format=%x01%H")
    want = collections.Counter(), collections.Counter()
    for part in out.split(b"\x01")[1:]:
        commit, _, rest = part.partition(b"\0")
        for line in rest.lstrip(b"\n").split(b"\0") if commit[:40].decode() in commits else ():
            if line:
                added, deleted, path = line.split(b"\t", 2)
                want[0][path.decode()] += int(added) if added != b"-" else 0
                want[1][path.decode()] += int(deleted) if deleted != b"-" else 0
    wrong = [(p, v, want[0][p], want[1][p]) for p, v in got.items() if v != (want[0][p], want[1][p])]
    check(len(got) == 200 and not wrong, f"lines added and deleted of {len(got)} files", wrong[:5])


def test_incremental(box, repo):
    fresh, _ = our_log(box, repo)
    first, said = our_log(box, repo, "HEAD~40", "cache")
    again, zero = our_log(box, repo, "HEAD~40", "cache")
    more, some = our_log(box, repo, "HEAD", "cache")
    check(first == again and zero.startswith("0 mined"), "a second run reads nothing", zero)
    check(more == fresh and int(some.split()[0]) < 100, "a later run reads what is new", said, some)


def test_speed(box, repo):
    def best(words, runs=3):
        times = []
        for _ in range(runs):
            start = time.monotonic()
            subprocess.run(words, env=box.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            times.append(time.monotonic() - start)
        return min(times)
    git = best(["git", "-C", repo, "log", "--no-merges", "--no-renames", "--name-only"])
    cold = best([f"{box.build}/tests/changes", repo])
    warm = best([f"{box.build}/meshctl", "-C", repo, "history", "coupling", "--since", "all", "-q"])
    print(f"# git log {git:.2f} s, mining {cold:.2f} s ({cold / git:.2f}), warm {warm:.2f} s")


def test_moves(box, repo):
    before = {r["path"]: r["changes"] for r in json.loads(
        box.history(repo, "hotspots", "--since", "all", "--json", "-q").stdout)["rows"]}
    box.git(repo, "mv", "p00", "q00")
    box.git(repo, "mv", "p01/f001.go", "p01/moved.go")
    box.git(repo, "commit", "-qm", "move")
    after = {r["path"]: r["changes"] for r in json.loads(
        box.history(repo, "hotspots", "--since", "all", "--json", "-q").stdout)["rows"]}
    want = {(p.replace("p00/", "q00/") if p != "p01/f001.go" else "p01/moved.go"): n for p, n in before.items()}
    for path in want:
        want[path] += path.startswith("q00/") or path == "p01/moved.go"
    check(after == want, "files keep their history under new names", sorted(set(after.items()) ^ set(want.items()))[:5])


def test_broken(box, top, repo):
    part = os.path.join(top, "part")
    box.run("git", "clone", "-q", "--depth", "5", "file://" + repo, part)
    told = json.loads(box.history(part, "hotspots", "--since", "all", "--json", "-q").stdout)["history"]
    check(told["shallow"] and told["counted"] <= 5 and not told["missing"], "a shallow clone says so", told)
    bare = os.path.join(top, "bare.git")
    box.run("git", "clone", "-q", "--bare", repo, bare)
    same = json.loads(box.history(bare, "hotspots", "--rev", "HEAD", "--since", "all", "--json", "-q").stdout)
    own = json.loads(box.history(repo, "hotspots", "--rev", "HEAD", "--since", "all", "--json", "-q").stdout)
    check(same["rows"] == own["rows"], "a bare repository", len(same["rows"]))
    box.git(repo, "config", "uploadpack.allowFilter", "true")
    trees = os.path.join(top, "trees")
    box.run("git", "clone", "-q", "--filter=blob:none", "--no-checkout", "file://" + repo, trees)
    ours, said = our_log(box, trees)
    check(ours == git_log(box, repo) and " 0 missing" in said, "blobs that are not there are not needed", said)
    wide = os.path.join(top, "wide")
    box.run("git", "init", "-q", "-b", "main", wide)
    text = "blob\nmark :1\ndata 10\npackage x\n\ncommit refs/heads/main\ncommitter C <c@x> 1700000000 +0000\ndata 1\nx\n"
    text += "M 100644 inline go.mod\ndata 9\nmodule x\n\n" + "".join(f"M 100644 :1 d{i % 100}/f{i}.txt\n" for i in range(100000))
    box.git(wide, "fast-import", "--quiet", stdin=text.encode())
    told = json.loads(box.history(wide, "hotspots", "--rev", "main", "--json", "-q", code=None).stdout or "{}")
    ours, _ = our_log(box, wide, "main")
    check([len(f) for f in ours.values()] == [100001], "100,001 files in one commit", told)
    foreign = os.path.join(top, "foreign")
    if subprocess.run(["git", "init", "-q", "--object-format=sha256", foreign], env=box.env, check=False).returncode == 0:
        with open(foreign + "/m.go", "w", encoding="utf-8") as f:
            f.write("package m\n")
        with open(foreign + "/go.mod", "w", encoding="utf-8") as f:
            f.write("module m\n")
        box.git(foreign, "add", "-A")
        box.git(foreign, "commit", "-qm", "one")
        p = box.history(foreign, "hotspots", code=None)
        check(p.returncode in (2, 3) and p.stderr.startswith(b"meshctl: "), "SHA-256 is an error, and says so", p)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--commits", type=int, default=3000)
    p.add_argument("--speed", action="store_true")
    p.add_argument("repository", nargs="*")
    args = p.parse_args()
    with tempfile.TemporaryDirectory(prefix="meshctl-history-") as top:
        top = os.path.realpath(top)
        box, repo = Box(args.build, top), os.path.join(top, "repo")
        generate(box, repo, args.commits, random.Random(8))
        compare(box, repo, "generated")
        test_definitions(box, repo)
        test_limits(box, repo, random.Random(9))
        test_published(box, top)
        test_incremental(box, repo)
        test_churn(box, repo)
        test_schema(box, repo)
        if args.speed:
            test_speed(box, repo)
        test_moves(box, repo)
        compare(box, repo, "moved")
        test_broken(box, top, repo)
        for name in args.repository:
            compare(box, os.path.realpath(name), os.path.basename(name))
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
