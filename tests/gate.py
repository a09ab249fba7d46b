#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""gate.py --binary FILE [CASE...] - the gate in real repositories: what a change adds fails, what it only
moves does not; a base that is missing, shallow, broken or empty is never "unchanged".
"""
import json
import os
import random
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "cli"))
from repo import FILE, HEADER, POLICY, Repo, check, random_tree, run_cases, write_edges

CASES = []
GOOD = "package app\n\nimport _ \"example.com/m/order/domain\"\n"
BAD = "package domain\n\nimport _ \"example.com/m/order/app\"\n"


def case(function):
    CASES.append(function)
    return function


class Gated(Repo):
    """A repository whose first commit the policy finds nothing wrong with."""

    def begin(self):
        self.put("go.mod", "module example.com/m\n\ngo 1.24\n")
        self.put(".meshctl.yaml", POLICY)
        self.put("order/domain/d.go", "package domain\n")
        self.put("order/app/a.go", GOOD)
        self.git("init -q .")
        self.commit("base")
        return self

    def commit(self, name):
        self.git("add -A")
        self.git(f"commit -q --allow-empty -m {name}")

    def gate(self, args="--base main", want=None):
        status, out, _ = self.run(f"meshctl gate --json {args}", want)
        report = json.loads(out)
        rows = {c["rule"]: c for c in report.get("checks", [])}
        return status, report, rows


@case
def good_and_bad(box_of):
    with box_of() as box:
        repo = Gated(box).begin()
        _, report, rows = repo.gate(want=0)
        check(report["change"] == {"files": 0, "imports_added": 0, "imports_removed": 0}, report["change"])
        check(all(c["verdict"] in ("ok", "off") for c in rows.values()), rows)
        repo.git("checkout -q -b pr")
        repo.put("order/app/b.go", GOOD)
        repo.commit("good")
        _, report, _ = repo.gate(want=0)
        check(report["change"] == {"files": 1, "imports_added": 1, "imports_removed": 0}, report["change"])
        repo.put("order/domain/b.go", BAD)
        _, report, rows = repo.gate(want=1)             # not committed
        check(rows["new-errors"]["verdict"] == "fail" and report["change"]["files"] == 2, report["change"])
        repo.commit("bad")
        _, report, rows = repo.gate(want=1)
        new = [f["rule"] for f in report["findings"] if f["state"] == "new" and f["level"] == "error"]
        check("layer-violation" in new and rows["new-errors"]["now"] >= 1, new)
        repo.gate("--base HEAD", want=0)                # it is there already
        repo.gate("--rev main --base main", want=0)
        repo.gate("--rev pr --base main", want=1)
        repo.gate("", want=1)                           # no base: what the baseline does not hold
        repo.run("meshctl baseline update --allow-new --reason legacy", 0)
        _, _, rows = repo.gate("", want=0)
        check(rows["larger-baseline"]["verdict"] == "no base", rows)
        _, _, rows = repo.gate(want=1)
        check(rows["new-errors"]["verdict"] == "ok" and rows["larger-baseline"]["verdict"] == "fail"
              and rows["newly-allowed"]["verdict"] == "warn", rows)
        # A rewritten line is the same finding.
        repo.put("order/domain/b.go", "package domain\n\n\n\n// moved\n" + BAD.split("\n\n", 1)[1])
        repo.gate("--base pr", want=1)                  # the baseline is larger than the commit's
        repo.commit("moved")
        repo.gate("--base pr", want=0)


@case
def main_goes_on(box_of):
    """What others did on the branch meanwhile is not this change's."""
    with box_of() as box:
        repo = Gated(box).begin()
        repo.git("checkout -q -b pr")
        repo.put("order/app/b.go", GOOD)
        repo.commit("good")
        repo.git("checkout -q main")
        repo.put("order/domain/b.go", BAD)
        repo.commit("others")
        repo.git("checkout -q pr")
        _, report, _ = repo.gate(want=0)
        check(report["change"]["imports_removed"] == 0, report["change"])
        repo.git("merge -q main -m merge")
        repo.gate(want=0)


@case
def renamed(box_of):
    """Folders that only have another name are followed, with what is wrong in them."""
    with box_of() as box:
        repo = Gated(box).begin()
        repo.put("order/domain/b.go", BAD)
        for n in range(4):
            repo.put(f"order/app/x{n}.go", f"package app\n\nconst X{n} = {n}\n")
        repo.commit("legacy")
        repo.git("mv order shop")
        for name in ("shop/domain/b.go", "shop/app/a.go"):
            repo.put(name, repo.get(name).replace(b"example.com/m/order", b"example.com/m/shop"))
        repo.put("shop/domain/d2.go", "package domain\n")
        repo.git("add -A")
        _, report, _ = repo.gate("--base HEAD")
        new = [f for f in report["findings"] if f["state"] == "new" and f["level"] == "error"]
        check(not new or all(f["rule"] == "import-cycle" for f in new), new)


@case
def no_base(box_of):
    with box_of() as box:
        repo = Repo(box)
        repo.put("go.mod", "module example.com/m\n\ngo 1.24\n")
        repo.put("a/a.go", "package a\n")
        status, out, _ = repo.run("meshctl gate --json", 2)
        check("no policy" in json.loads(out)["error"], out)
        repo.put(".meshctl.yaml", POLICY)
        repo.run("meshctl gate", 0)
        for args in ("--base main", "--base HEAD"):     # no repository at all
            repo.run(f"meshctl gate {args}", 3)
        repo.git("init -q .")
        _, _, err = repo.run("meshctl gate --base HEAD", 3)
        check(b"no commit yet" in err, err)
        repo.git("add -A")
        repo.git("commit -q -m one")
        repo.run("meshctl gate --base HEAD", 0)
        _, _, err = repo.run("meshctl gate --base origin/main", 3)
        check(b"git fetch origin main" in err, err)
        repo.git("checkout -q --orphan other")
        repo.git("commit -q -m two")
        _, _, err = repo.run("meshctl gate --base main", 3)
        check(b"no commit in common" in err, err)


@case
def in_ci(box_of):
    """What a pull request goes into is its base, where CI says so."""
    with box_of() as box:
        repo = Gated(box).begin()
        repo.git("remote add origin .")
        repo.git("fetch -q origin")
        repo.git("checkout -q -b pr")
        repo.put("order/domain/b.go", BAD)
        repo.commit("bad")
        for words, base in (("GITHUB_ACTIONS=true GITHUB_BASE_REF=main", True), ("GITHUB_ACTIONS=true GITHUB_BASE_REF=", False),
                            ("GITLAB_CI=true CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse main)", True),
                            ("JENKINS_URL=x CHANGE_TARGET=main", True), ("GITHUB_BASE_REF=main", False)):
            status, out, err = repo.run(f"{words} meshctl gate --json", 1)
            check(bool(json.loads(out)["base"]) == base, words)
        repo.run("GITHUB_ACTIONS=true GITHUB_BASE_REF=gone meshctl gate", 3)


@case
def shallow(box_of):
    with box_of() as box:
        repo = Gated(box).begin()
        repo.git("checkout -q -b pr")
        for n in range(3):
            repo.put(f"order/app/n{n}.go", "package app\n")
            repo.commit(f"n{n}")
        repo.git("clone -q --depth 1 --no-single-branch file://$PWD clone")
        _, _, err = repo.run("cd clone && meshctl gate --base origin/main", 3)
        check(b"shallow" in err and b"--unshallow origin main" in err, err)
        repo.git("-C clone fetch -q --unshallow")
        repo.run("cd clone && meshctl gate --base origin/main", 0)


@case
def unknown_is_no_pass(box_of):
    """A side with files that cannot be read says nothing of what it would have said."""
    with box_of() as box:
        repo = Gated(box).begin()
        for n in range(8):
            repo.put(f"order/app/bad{n}.go", "package app\n\nimport (\n")
        repo.commit("broken")
        repo.git("checkout -q -b pr")
        for n in range(8):
            repo.put(f"order/app/bad{n}.go", "package app\n")
        repo.commit("mended")
        _, _, rows = repo.gate(want=1)
        check(rows["more-circles"]["verdict"] == "fail" and "at the base" in rows["more-circles"]["note"], rows)
        repo.gate("--rev main --base main", want=3)


@case
def broken_before(box_of):
    """A file that could not be read before blocks nobody; a new one does."""
    with box_of() as box:
        repo = Gated(box).begin()
        for n in range(20):
            repo.put(f"order/app/n{n}.go", "package app\n")
        repo.put("order/app/bad.go", "package app\n\nimport (\n")
        repo.commit("broken")
        repo.put("order/app/b.go", GOOD)
        _, report, _ = repo.gate("--base HEAD", want=0)
        check(report["proof"]["degraded"] == 1, report["proof"]["degraded"])
        repo.gate("", want=1)
        repo.put("order/app/worse.go", "package app\n\nimport (\n")
        repo.gate("--base HEAD", want=1)


@case
def empty_base(box_of):
    """A first commit without Go code: everything is new, nothing compares as the same."""
    with box_of() as box:
        repo = Repo(box)
        repo.put("README", "soon\n")
        repo.git("init -q .")
        repo.git("add -A")
        repo.git("commit -q -m one")
        Gated(box).put("go.mod", "module example.com/m\n\ngo 1.24\n")
        repo.put(".meshctl.yaml", POLICY)
        repo.put("order/app/a.go", "package app\n")
        repo.put("order/domain/b.go", BAD)
        status, out, err = repo.run("meshctl gate --base HEAD --json")
        check(status in (1, 3), status, out[-500:], err)


@case
def policy_edits(box_of):
    with box_of() as box:
        repo = Gated(box).begin()
        repo.put("order/domain/b.go", BAD)
        repo.put(".meshctl.yaml", POLICY.replace("uses: []", "uses: [app]"))
        _, report, rows = repo.gate("--base HEAD")
        check(rows["newly-allowed"]["now"] == 1 and rows["newly-allowed"]["verdict"] == "warn", rows)
        told = [f for f in report["findings"] if f["rule"] == "newly-allowed"]
        check(len(told) == 1 and told[0]["path"] == "order/domain/b.go" and "layer-violation" in told[0]["message"], told)
        # What the screen shows its last line counts.
        text = " ".join(repo.run("meshctl gate --base HEAD", 1)[1].decode().split())
        check(text.count(": warning: ") == 1 and re.search(r"\b1 (new )?warning\b", text), text)
        repo.put(".meshctl.yaml", POLICY.replace("uses: []", "uses: [app]") + "rules:\n  newly-allowed: error\n")
        repo.gate("--base HEAD", want=1)
        repo.put(".meshctl.yaml", POLICY.replace("uses: []", "uses: [ap]"))
        repo.run("meshctl gate --base HEAD", 2)
        # A policy that comes with the change allows nothing; a broken one of the base is not known.
        repo.git("checkout -q -- .")
        repo.put(".meshctl.yaml", "layers: 3\n")
        repo.commit("broken")
        repo.put(".meshctl.yaml", POLICY)
        os.remove(os.path.join(box.dir, "order/domain/b.go"))
        _, _, rows = repo.gate("--base HEAD")
        check(rows["newly-allowed"]["verdict"] == "warn" and "cannot be read" in rows["newly-allowed"]["note"], rows)


@case
def laxer_gates(box_of):
    """Who edits the gate with the change is told of it, whatever the edit is."""
    edits = ("fail_on: off", "rules:\n  layer-violation: off", "rules:\n  layer-violation: warning",
             "rules:\n  new-errors: off", "rules:\n  new-errors: {max: 9}", "rules:\n  new-errors: warning",
             "rules:\n  new-errors: {max: 9}\n  newly-allowed: off", "go: {exclude: [\"order/domain/**\"]}",
             "exceptions:\n  - {from: order/domain, to: order/app, reason: x}", "fail_on: off\nrules:\n  newly-allowed: off")
    for edit in edits:
        with box_of() as box:
            repo = Gated(box).begin()
            repo.put("order/domain/b.go", BAD)
            repo.put(".meshctl.yaml", POLICY + edit + "\n")
            _, report, rows = repo.gate("--base HEAD")
            row = rows["newly-allowed"]
            check(row["verdict"] == "warn" and row["now"] >= 1, edit, row)
            check(any(f["rule"] == "newly-allowed" for f in report["findings"]), edit)


@case
def below_the_repository(box_of):
    """What lies in a submodule or in another clone is in no commit of this repository, on either side."""
    with box_of() as box:
        repo = Gated(box).begin()
        for name in ("sub", "clone"):
            repo.put(f"{name}/go.mod", "module example.com/m\n")
            repo.put(f"{name}/order/domain/b.go", BAD)
            repo.put(f"{name}/order/app/a.go", "package app\n")
            repo.git(f"-C {name} init -q")
            repo.git(f"-C {name} add -A")
            repo.git(f"-C {name} commit -q -m other")
        repo.put("clone/.gitignore", "*\n")
        repo.git("-c protocol.file.allow=always -c advice.addEmbeddedRepo=false submodule add -q ./sub sub")
        repo.git("commit -q -m sub")
        _, report, _ = repo.gate("--base HEAD", want=0)
        check(report["change"]["files"] == 0 and report["proof"]["repositories_left_out"] == 2, report["change"], report["proof"])
        check(b"left out: 2 repositories below this one" in repo.run("meshctl gate --base HEAD", 0)[1].replace(b"\n          ", b" "))
        repo.run("meshctl gate --base HEAD --format markdown", 0)
        check(b"same" in repo.run("meshctl diff HEAD", 0)[1], "diff")
        repo.gate("", want=1)                           # without a base the whole folder is judged
        repo.put("order/domain/b.go", BAD)
        _, report, _ = repo.gate("--base HEAD", want=1)
        check(report["change"]["files"] == 1, report["change"])
        # In the submodule itself its own commits count.
        repo.put("sub/.meshctl.yaml", POLICY)
        repo.run("cd sub && meshctl gate --base HEAD", 0)
        repo.run("cd sub && meshctl gate", 1)


@case
def sparse(box_of):
    """What a sparse working tree has not checked out was not removed: a green result would hide what stands there."""
    with box_of() as box:
        repo = Gated(box).begin()
        repo.put("away/app/a.go", "package app\n")
        repo.put("docs/x/notes.txt", "no Go\n")
        repo.git("add -A")
        repo.git("commit -q -m more")
        repo.git("sparse-checkout set --cone order docs")
        said = repo.run("meshctl gate --base HEAD", 3)[2]
        check(b"the working tree is sparse" in said, said)
        repo.run("meshctl gate --base HEAD~1 --rev HEAD", 0)
        repo.git("sparse-checkout set --cone order away")
        repo.run("meshctl gate --base HEAD", 0)                 # every Go file is there
        repo.git("sparse-checkout set --cone --sparse-index order")
        repo.run("meshctl gate --base HEAD", 3)
        repo.run("cd order && meshctl gate --base HEAD", 3)     # the module is read whole
        repo.git("sparse-checkout disable")
        repo.run("meshctl gate --base HEAD", 0)


def names_of(report):
    return {(f["rule"], f["from"], f["to"], f["symbol"]) for f in report["findings"]
            if f["state"] == "new" and f["level"] in ("warning", "error") and not f["rule_id"].startswith("MC4")}


@case
def properties(box_of):
    """Random changes: what is new is what the head has and the base has not; itself is no change."""
    grown = 0
    for seed in range(20):
        rng = random.Random(seed)
        with box_of() as box:
            repo = Repo(box)
            edges = random_tree(repo, rng, policy=True)
            repo.git("init -q .")
            repo.git("add -A")
            repo.git("commit -q -m base")
            _, out, _ = repo.run("meshctl gate --base HEAD --json", 0)
            check(not names_of(json.loads(out)), seed)
            base = names_of(repo.report()[1])
            packages = sorted(edges)
            for p in rng.sample(packages, 3):
                edges[p] ^= {rng.choice([q for q in packages if q != p])}
            write_edges(repo, edges)
            head = names_of(repo.report()[1])
            status, out, _ = repo.run("meshctl gate --base HEAD --json")
            report = json.loads(out)
            circles = {n for n in head if n[0].endswith("cycle")}
            # Circles are compared edge by edge, all else by identity.
            check(names_of(report) - circles == head - base - circles, seed, names_of(report), head - base)
            check(names_of(report) <= head, seed)
            grown += status == 1
            for jobs in (1, 7):
                again = repo.run(f"meshctl gate --base HEAD --json -j {jobs}")
                check(again[:2] == (status, out), seed, jobs)
            # The other way round: read from the object database, and what is gone comes back.
            repo.git("add -A")
            repo.git("commit -q -m head")
            _, out, _ = repo.run("meshctl gate --base HEAD~1 --rev HEAD --json")
            check(names_of(json.loads(out)) == names_of(report), seed)
    check(grown > 5, "too few random changes made anything worse", grown)


@case
def held_at_the_base(box_of):
    """What the base's baseline accepted is known, also where the change drops the line."""
    with box_of() as box:
        repo = Gated(box).begin()
        repo.put("order/domain/b.go", BAD)
        repo.run("meshctl baseline update --allow-new --reason legacy", 0)
        repo.commit("legacy")
        repo.put(FILE, HEADER)
        _, _, rows = repo.gate("--base HEAD", want=0)
        check("fewer" in rows["larger-baseline"]["note"], rows)


sys.exit(run_cases(CASES))
