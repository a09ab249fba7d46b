#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sides.py --binary FILE [CASE...] - a base that says the same as the change is not judged, and nobody can
tell: whatever is edited, the gate's report is byte by byte the one of a run that must judge both sides,
because it writes a pull request's comment as well.
"""
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "cli"))
from repo import FILE, HEADER, Repo, check, random_tree, run_cases, write_edges

CASES = []
POLICY = """version: 1
layers:
  domain: {in: ["**/domain/**"], uses: []}
  app: {in: ["**/app/**"], uses: [domain], external: {allow: ["github.com/ok/**"]}}
  infra: {in: ["**/infra/**"], uses: [domain]}
contexts:
  order: {in: ["order/**"], published: ["order/app"], expose: interfaces}
  user: {in: ["user/**"], published: ["user/**"]}
  pay: {in: ["pay/**"]}
"""
RULES = ("god-package: {level: warning, min: 5}", "function-complexity: {level: warning, max: 2}", "adr-edited: warning",
         "adr-required: error", "deeper-imports: error", "more-unmapped: warning", "pay-down: warning",
         "layer-violation: warning", "unmapped-package: error", "api-change: warning", "hub-package: warning",
         "layer-violation: {level: error, adr: 1}", "could-be-internal: off", "debt-rise: warning")
EXCEPTION = "exceptions:\n  - {from: \"**/domain/**\", to: \"**\", rule: layer-violation, reason: x, expires: 2026-01-%02d}\n"
RECORD = "# 1. Ports\n\nDate: 2026-01-02\n\n## Status\n\n%s\n\n## Decision\n\nWe use %s.\n"


def case(function):
    CASES.append(function)
    return function


class Edited(Repo):
    """A repository, and what people do to one; an edit returns nothing and may change nothing."""

    def begin(self, rng, filler=0):
        self.rng, self.n = rng, 0
        self.edges = random_tree(self, rng, policy=False)
        self.rules, self.exception = [], ""
        self.write_policy()
        for n in range(filler):
            self.put(f"filler/f{n:03d}.go", f"package filler\n\nconst F{n} = {n}\n")
        self.git("init -q .")
        self.commit()
        return self

    def commit(self):
        self.n += 1
        self.git("add -A")
        self.run(f"GIT_COMMITTER_DATE=2026-01-{min(3 + self.n, 28):02d}T03:04:05Z git commit -q --allow-empty -m c", 0)

    def write_policy(self):
        rules = "rules:\n" + "".join(f"  {r}\n" for r in self.rules) if self.rules else ""
        self.put(".meshctl.yaml", POLICY + self.exception + rules)

    def files(self, suffix=".go"):
        found = []
        for folder, dirs, names in os.walk(self.box.dir):
            dirs[:] = sorted(d for d in dirs if d != ".git")
            found += [os.path.relpath(os.path.join(folder, n), self.box.dir) for n in sorted(names) if n.endswith(suffix)]
        return found

    def pick(self):
        return self.rng.choice(self.files())

    def change(self, path, how):
        self.put(path, how(self.get(path).decode()))

    # ---- edits ----

    def body(self):
        self.n += 1
        text = self.rng.choice(("func F%d() int { if X > 1 { return 2 }; return 1 }", "type T%d interface{ M() }", "var V%d = 1",
                                "type S%d struct{ A int }", "// a comment %d", "//meshctl:ignore layer-violation -- %d"))
        self.change(self.pick(), lambda t: t + "\n" + text % self.n + "\n")

    def same_length(self):
        self.change(self.pick(), lambda t: t.replace("const X = 1", f"const X = {self.rng.randint(1, 9)}"))

    def imports(self):
        packages = sorted(self.edges)
        p = self.rng.choice(packages)
        self.edges[p] ^= {self.rng.choice([q for q in packages if q != p])}
        write_edges(self, {p: self.edges[p]})

    def outside(self):
        self.change(self.pick(), lambda t: t.replace("\n\n", "\n\nimport _ \"github.com/%s/x\"\n" %
                                                     self.rng.choice(("ok", "no")), 1))

    def uses(self):
        self.put("pay/app/uses.go", "package p\n\nimport \"example.com/m/order/app\"\n\nvar _ = p.S%d{}\n" % self.rng.randint(0, 9))
        self.put("order/app/s.go", "package p\n\ntype S%d struct{}\n" % self.rng.randint(0, 9))

    def first_line(self):
        self.change(self.pick(), lambda t: "// moved\n" + t)

    def tags(self):
        line = self.rng.choice(("//go:build linux", "//go:build windows", "//go:build ignore", "//go:build ((", "//meshctl:ignore x"))
        self.change(self.pick(), lambda t: t if t.startswith("//go") else f"{line}\n\n{t}")

    def file(self):
        self.n += 1
        name = self.rng.choice(("n%d.go", "n%d_test.go", "n%d_windows.go", "_n%d.go"))
        folder = self.rng.choice(sorted(self.edges) + ["extra", "vendor/github.com/no/x"])
        self.put(f"{folder}/{name % self.n}", "package p\n")

    def gone(self):
        files = self.files()
        if len(files) > 4:
            os.remove(os.path.join(self.box.dir, self.rng.choice(files)))

    def moved(self):
        old = self.rng.choice(sorted(self.edges))
        if os.path.isdir(os.path.join(self.box.dir, old)) and not os.path.exists(os.path.join(self.box.dir, old + "x")):
            os.rename(os.path.join(self.box.dir, old), os.path.join(self.box.dir, old + "x"))

    def broken(self):
        self.put("order/app/broken.go", self.rng.choice(("package p\n\nimport (\n", "package p\n", "packag\n")))

    def gomod(self):
        self.put("go.mod", "module example.com/m\n\ngo 1.%d\n%s" % (self.rng.randint(20, 24), self.rng.choice((
            "", "\nrequire github.com/no/x v1.0.0\n", "\nreplace github.com/no/x => ./gone\n", "\n// a comment\n", "\nbad\n"))))

    def module(self):
        self.put("nested/go.mod", "module example.com/n\n")
        self.put("nested/n.go", "package n\n")

    def policy(self):
        what = self.rng.choice(("rule", "rule", "less", "expires", "comment"))
        if what == "rule" or not self.rules:
            new = self.rng.choice(RULES)
            self.rules = [r for r in self.rules if r.split(":")[0] != new.split(":")[0]] + [new]
        elif what == "less":
            self.rules.pop(0)
        elif what == "expires":
            self.exception = EXCEPTION % self.rng.randint(3, 28)
        else:
            self.exception += "# a comment\n"
        self.write_policy()

    def baseline(self):
        what = self.rng.choice(("new", "less", "none", "blank"))
        if what == "new" or FILE not in os.listdir(self.box.dir):
            self.run("meshctl baseline update --allow-new --reason legacy" + self.rng.choice(("", " --expires 2026-01-09")))
        elif what == "less":
            lines = self.get().decode().splitlines(True)
            self.put(FILE, "".join(lines[:1] + lines[2:]))
        elif what == "none":
            os.remove(os.path.join(self.box.dir, FILE))
        else:
            self.put(FILE, HEADER)

    def owners(self):
        self.put(self.rng.choice(("CODEOWNERS", ".github/CODEOWNERS")), f"* @team{self.rng.randint(1, 3)}\n")

    def record(self):
        self.put("docs/adr/0001-ports.md", RECORD % (self.rng.choice(("Accepted", "Proposed", "Superseded by [2](0002-x.md)")),
                                                     self.rng.choice(("ports", "doors"))))

    def readme(self):
        self.put("README.md", f"{self.rng.random()}\n")

    # ---- comparing ----

    def same(self, args, words):
        # Both runs leave the text of the same name: it is a part of what is compared.  One reads and judges the
        # base beside the head, the other behind it.
        gate = f"meshctl gate --format json --format text:../text %s -q {args}; s=$?; cat ../text; exit $s"
        shared, both = self.run(gate % "-j 2"), self.run(gate % "-j 1 --format markdown:/dev/null")
        check(shared[:2] == both[:2], words, args, shared[0], both[0], first_difference(shared[1], both[1]))
        check(shared[2] == both[2], words, args, shared[2], both[2])
        return shared[0]


def first_difference(a, b):
    for x, y in zip(a.decode().splitlines(), b.decode().splitlines()):
        if x != y:
            return f"\n- {y[:900]}\n+ {x[:900]}"
    return f"{len(a)} bytes, {len(b)} bytes"


BODIES = ("body", "same_length", "readme")
OTHERS = ("imports", "outside", "uses", "first_line", "tags", "file", "gone", "moved", "broken", "gomod", "module", "policy",
          "policy", "baseline", "baseline", "owners", "record", "record")


def walk(box, seed, steps, filler):
    rng = random.Random(seed)
    repo = Edited(box).begin(rng, filler)
    seen = set()
    for step in range(steps):
        edits = [rng.choice(BODIES if rng.random() < 0.5 else OTHERS) for _ in range(rng.choice((1, 1, 2, 3)))]
        for name in edits:
            getattr(repo, name)()
        # What bodies say, what only some rows ask for, what git alone knows: one after the other.
        args = rng.choice(("--base HEAD", "--base HEAD --weigh symbols", "--staged", "--base HEAD --show-suppressed",
                           "--base HEAD --now 2026-01-20", "--base HEAD ./order/..."))
        if "--staged" in args:
            repo.git("add -A")
        seen.add(repo.same(args, f"seed {seed}, step {step}, {edits}"))
        if rng.random() < 0.6:
            repo.commit()
            seen.add(repo.same("--base HEAD~1 --rev HEAD", f"seed {seed}, step {step}, {edits}, committed"))
    return seen


@case
def any_edit(box_of):
    seen = set()
    for seed in range(6):
        with box_of() as box:
            seen |= walk(box, seed, 9, 0)
    check({0, 1} <= seen, "the edits are too tame or too wild", seen)


@case
def with_the_cache(box_of):
    """Enough files that the heads come from the cache: what is known by name need not be asked again."""
    for seed in (100, 101):
        with box_of() as box:
            walk(box, seed, 5, 140)


@case
def each_edit_alone(box_of):
    """After an edit of a body, which both sides share all but."""
    with box_of() as box:
        repo = Edited(box).begin(random.Random(7))
        repo.record()
        repo.owners()
        repo.run("meshctl baseline update --allow-new --reason legacy")
        repo.commit()
        for name in sorted(set(BODIES + OTHERS)):
            repo.git("checkout -q -f main")
            repo.git("clean -q -f -d")
            repo.edges = {p: set(e) for p, e in repo.edges.items()}
            getattr(repo, name)()
            repo.same("--base HEAD", name)


@case
def days_and_lengths(box_of):
    """Facts that are the same, and yet another day, or a longer file: what is new is told."""
    with box_of() as box:
        repo = Edited(box).begin(random.Random(3))
        repo.put("order/domain/b.go", "package p\n\nimport _ \"example.com/m/user/app\"\n")
        repo.put("user/app/u.go", "package p\n")
        repo.exception = EXCEPTION % 6
        repo.write_policy()
        repo.commit()
        for n in range(2):
            repo.change("order/domain/b.go", lambda t: t + "// more\n")
            repo.commit()
        check(b"expired-exception" in repo.run("meshctl gate --json --base HEAD~1 --show-suppressed")[1], "it did not expire")
        repo.same("--base HEAD~1 --rev HEAD", "expired")
        repo.rules = ["god-package: {level: error, min: 5}"]
        repo.write_policy()
        repo.commit()
        repo.put("order/domain/b.go", repo.get("order/domain/b.go") + b"\n" * 400)
        check(repo.same("--base HEAD", "longer") == 1, "it is not too long")


if __name__ == "__main__":
    sys.exit(run_cases(CASES))
