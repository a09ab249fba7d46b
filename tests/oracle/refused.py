#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""refused.py [--binary FILE] [--trees N] - imports that Go refuses, against the go command.

Random modules and workspaces, with folders named internal or with programs, are given to
`go list -e -deps -test` and to `meshctl analyze --rule internal-import,main-import --json`.  Both
must name the same import lines.  The go command does not look further at a package that it refused
once, so each package imports one other at most, and nobody imports a package that imports.  So must
they for the trees of testdata/rules for these rules.
"""
import argparse
import glob
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

REFUSED = {"internal-import": "use of internal package ", "main-import": " is a program, not an importable package"}
TEMPLATE = "{{with .Error}}{{.Pos}}|{{.Err}}\n{{end}}{{range .DepsErrors}}{{.Pos}}|{{.Err}}\n{{end}}"
WORDS = ["internal", "internal", "a", "b", "internals", "xinternal", "cmd"]


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def random_tree(top, rng):
    """Modules one inside the other or side by side; packages import only earlier ones, so no cycles."""
    modules = {"": "example.com/top"}
    if rng.random() < 0.6:
        modules["sub"] = rng.choice(["example.com/top/sub", "example.com/other", "example.com/top/internal"])
    if rng.random() < 0.4:
        modules["a/deep"] = rng.choice(["example.com/top/a", "example.com/third"])
    for folder, path in modules.items():
        write(os.path.join(top, folder, "go.mod"), f"module {path}\n\ngo 1.21\n")
    if len(modules) > 1:
        write(os.path.join(top, "go.work"), "go 1.21\n\nuse (\n" + "".join(f"\t./{f}\n" for f in modules) + ")\n")
    packages, folders = [], set()
    count = rng.randrange(20, 80)
    for i in range(count):
        module = rng.choice(sorted(modules))
        below = "/".join(rng.choice(WORDS) for _ in range(rng.randrange(1, 5)))
        folder = os.path.join(module, below)
        path = modules[module] + "/" + below
        # Two modules may claim one path, and a folder may lie in another module: not what is tested here.
        if folder in folders or any(p == path for p, _ in packages) or \
           any(m and m != module and (folder + "/").startswith(m + "/") for m in modules):
            continue
        if any(path.startswith(modules[m] + "/") and len(modules[m]) > len(modules[module]) for m in modules):
            continue
        folders.add(folder)
        if i < count // 2:
            program = rng.random() < 0.15
            # Go looks at the internal folder only where the package is none of its errors.
            text = "package main\n\nfunc main() {}\n" if program else "package p\n"
            write(os.path.join(top, folder, "x.go"), text)
            if not (program and "internal" in path.split("/")):
                packages.append((path, folder))
            continue
        line = f'import _ "{rng.choice(packages)[0]}"\n' if packages else ""
        kind = rng.randrange(3)
        write(os.path.join(top, folder, "x.go"), "package p\n\n" + (line if kind == 0 else ""))
        if kind == 1:
            write(os.path.join(top, folder, "x_test.go"), "package p\n\n" + line)
        if kind == 2:
            write(os.path.join(top, folder, "x_test.go"), "package p_test\n\n" + line)
    return modules


def go_says(top, patterns):
    env = dict(os.environ, GOFLAGS="", GOPROXY="off", GOOS="linux", GOARCH="amd64", CGO_ENABLED="1",
               GOTOOLCHAIN="local", GOWORK="")
    # One pattern a run: a package that is also a dependency is told once only.
    out = ""
    for pattern in patterns:
        run = subprocess.run(["go", "list", "-e", "-deps", "-test", "-f", TEMPLATE, pattern], cwd=top, env=env,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        out += run.stdout.decode()
    found = set()
    for line in out.splitlines():
        place, _, text = line.partition("|")
        for rule, words in REFUSED.items():
            if words in text and place:
                found.add((rule, place))
    return found


def meshctl_says(top, binary):
    run = subprocess.run([binary, "analyze", "-q", "--json", "--platform", "linux/amd64", "--rule", ",".join(REFUSED)],
                         cwd=top, stdout=subprocess.PIPE, check=False)
    found = set()
    for f in json.loads(run.stdout)["findings"]:
        for place in [f] + f["related"]:
            found.add((f["rule"], f"{place['path']}:{place['line']}:{place['column']}"))
    return found


def compare(name, top, modules, binary):
    patterns = [f"./{m}/..." if m else "./..." for m in modules]
    go, ours = go_says(top, patterns), meshctl_says(top, binary)
    if go == ours:
        return len(go)
    print(f"not ok {name}: only go: {sorted(go - ours)}; only meshctl: {sorted(ours - go)}")
    return -1


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--trees", type=int, default=25)
    args = p.parse_args()
    binary = os.path.realpath(args.binary)
    failed = lines = trees = 0
    if not shutil.which("go"):
        raise SystemExit("not ok refused: no go")
    for seed in range(args.trees):
        with tempfile.TemporaryDirectory(prefix="meshctl-refused-") as top:
            modules = random_tree(top, random.Random(seed))
            n = compare(f"seed {seed}", top, modules, binary)
        trees, lines, failed = trees + 1, lines + max(n, 0), failed + (n < 0)
    for case in sorted(c for r in REFUSED for c in glob.glob(f"testdata/rules/{r}/*/tree")):
        with open(os.path.join(case, "go.mod" if os.path.exists(os.path.join(case, "go.mod")) else "go.work")) as f:
            if "module std" in f.read():
                continue        # the go command knows its own library from elsewhere
        if case.endswith("fires-other-modules-and-std/tree"):
            continue        # the go command cannot find what is not there, and stops at that
        with tempfile.TemporaryDirectory(prefix="meshctl-refused-") as top:
            shutil.copytree(case, top, dirs_exist_ok=True)
            modules = [os.path.relpath(d, top).replace(".", "", 1) if d == top else os.path.relpath(d, top)
                       for d, _, files in os.walk(top) if "go.mod" in files]
            n = compare(case, top, modules, binary)
        trees, lines, failed = trees + 1, lines + max(n, 0), failed + (n < 0)
    print(f"{'not ok' if failed else 'ok'} {trees} trees, {lines} refused import lines, {failed} differ from go")
    return 1 if failed or not lines else 0


sys.exit(main())
