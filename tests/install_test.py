#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""install_test.py --make MAKE --build DIR - make install, uninstall and dist in temporary folders.

Install under another name leaves no trace of the old one; uninstall leaves no file; two `make dist`
give the same bytes; the tarball builds with nothing but the system's libraries."""
import argparse
import glob
import hashlib
import os
import re
import subprocess
import sys
import tempfile

failed = 0


def verdict(name, problem):
    global failed
    failed += bool(problem)
    print(f"{'not ok' if problem else 'ok'} {name}" + (f"\n  {problem}" if problem else ""), flush=True)


def run(words, cwd=None, env=None):
    got = subprocess.run(words, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = got.stdout.decode("utf-8", "replace")
    if got.returncode:
        raise RuntimeError(f"{' '.join(words)}: status {got.returncode}: {text[-3000:]}")
    return text


def files_below(top):
    found = []
    for folder, _, names in os.walk(top):
        found += [os.path.relpath(os.path.join(folder, n), top) for n in names]
    return sorted(found)


def install(make, program):
    with tempfile.TemporaryDirectory(prefix="meshctl install ") as top:        # with a space, on purpose
        words = make + [f"DESTDIR={top}", "PREFIX=/opt/m", f"PROGRAM={program}"]
        run(words + ["install"])
        have = files_below(top)
        want = [f"opt/m/bin/{program}", f"opt/m/share/bash-completion/completions/{program}",
                f"opt/m/share/zsh/site-functions/_{program}", f"opt/m/share/fish/vendor_completions.d/{program}.fish",
                f"opt/m/share/doc/{program}/LICENSE", f"opt/m/share/doc/{program}/NOTICE"]
        want += [f"opt/m/share/man/man1/{program}{os.path.basename(m)[len('meshctl'):]}" for m in glob.glob("man/*.1")]
        want += [f"opt/m/share/man/man5/{os.path.basename(m)}" for m in glob.glob("man/*.5")]
        schemas = [f for f in have if f.startswith(f"opt/m/share/{program}/")]
        problem = f"missing {sorted(set(want) - set(have))}, unexpected {sorted(set(have) - set(want) - set(schemas))}" \
            if set(have) - set(schemas) != set(want) else None
        if not glob.glob("man/*.1"):
            problem = "no man page to install"
        version = run([os.path.join(top, f"opt/m/bin/{program}"), "--version"])
        if not re.match(r"\S+ \d+\.\d+\.\d+\n", version):
            problem = f"--version says {version!r}"
        if program != "meshctl" and not problem:
            for name in have:
                if "/man/" in name or "complet" in name or "site-functions" in name:
                    with open(os.path.join(top, name), encoding="utf-8") as f:
                        for line in f:
                            if re.search(r"^\.(Nm|Xr) meshctl(?!\.yaml)|(^|[\s/`]|oq)_?meshctl(\s|\.fish|\"|$)", line):
                                problem = f"{name} still says: {line.strip()}"
        verdict(f"install PROGRAM={program}", problem)
        run(words + ["uninstall"])
        verdict(f"uninstall PROGRAM={program}", f"left {files_below(top)}" if files_below(top) else None)


def dist(make, jobs):
    sums = []
    for _ in range(2):
        path = run(make + ["dist"]).split()[-1]
        with open(path, "rb") as f:
            sums.append(hashlib.sha256(f.read()).hexdigest())
    verdict("dist is reproducible", None if sums[0] == sums[1] else "two runs, two files")
    names = run(["tar", "-tzf", path]).split("\n")
    needed = ("README.md", "LICENSE", "Makefile", "third_party/sources/tree-sitter-go/src/parser.c",
              "third_party/sources/tree-sitter/vendor/tree-sitter/lib/src/lib.c",
              "third_party/sources/tree-sitter/vendor/tree-sitter/lib/src/unicode/LICENSE",
              "third_party/sources/dagre/dagre.min.js", "third_party/sources/dagre/dagre.min.js.LEGAL.txt")
    missing = [n for n in needed if not any(m.endswith("/" + n) for m in names)]
    verdict("dist is whole", f"missing {missing}" if missing else None)
    with tempfile.TemporaryDirectory(prefix="meshctl dist ") as top:
        run(["tar", "-xzf", os.path.abspath(path), "-C", top])
        where = os.path.join(top, os.listdir(top)[0])
        # npm and the network cannot be reached: what stands for npm fails.
        os.mkdir(os.path.join(top, "bin"))
        with open(os.path.join(top, "bin", "npm"), "w", encoding="ascii") as f:
            f.write("#!/bin/sh\necho npm was called\nexit 1\n")
        os.chmod(os.path.join(top, "bin", "npm"), 0o755)
        env = {k: v for k, v in os.environ.items() if k not in ("TS_DIR", "GRAMMAR_DIR", "LAYOUT_JS")}
        env["PATH"] = os.path.join(top, "bin") + ":" + env["PATH"]
        run([make[0], f"-j{jobs}", "CFLAGS=-O0", "all"], cwd=where, env=env)
        text = run([os.path.join(where, "build/meshctl"), "--version"])
        verdict("dist builds without npm", None if text.startswith("meshctl ") else text)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--make", default="make")
    p.add_argument("--build", default="build")
    args = p.parse_args()
    make = [args.make, "--no-print-directory", f"BUILD={args.build}", "CC=gcc"]  # as built: else it builds again
    try:
        install(make, "meshctl")
        install(make, "archmesh")
        if os.path.exists(".git"):
            dist(make, 2)
        else:
            print("ok dist # SKIP not a git checkout")
    except (RuntimeError, OSError) as e:
        verdict("install and dist", str(e))
    return 1 if failed else 0


sys.exit(main())
