#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""init_share.py [--binary FILE] FOLDER... - `meshctl init` on copies of repositories.

Prints a table: packages, the starter that init chose, the share of the packages that are in a layer
or shared, the exit statuses of init and of the `analyze` after it, findings in the baseline, the
share of imports that the policy judges.  The status is 1 where one of them is not green.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = shutil.ignore_patterns(".git", "node_modules", ".meshctl*")
HEAD = ("repository", "packages", "starter", "in a layer", "shared", "recognised", "contexts", "init", "analyze",
        "baseline", "imports judged")


def run(binary, where, *words):
    env = dict(os.environ, GIT_CEILING_DIRECTORIES=os.path.dirname(where), XDG_CACHE_HOME=where + ".cache")
    r = subprocess.run([binary, *words], cwd=where, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return r.returncode, r.stdout.decode("utf-8", "replace"), r.stderr.decode("utf-8", "replace")


def measure(binary, top):
    """The cells of a row, and whether all of it is green."""
    made, _, err = run(binary, top, "init")
    if made:
        return [str(made), "-", "-", err.strip()[-80:]], False
    with open(os.path.join(top, ".meshctl.yaml"), encoding="utf-8") as f:
        starter = re.search(r"^extends: (\S+)", f.read(), re.M)
    mapping = json.loads(run(binary, top, "policy", "check", "--json")[1])
    counts = mapping["mapping"]
    status, text, _ = run(binary, top, "analyze")
    baseline = 0
    try:
        with open(os.path.join(top, ".meshctl-baseline.jsonl"), encoding="utf-8") as f:
            baseline = sum('"rule"' in line for line in f)
    except FileNotFoundError:
        pass
    judged = re.search(r"([\d,]+)\s+of\s+([\d,]+)\s+imports\s+inside\s+judged\s+\((\d+) %\)", text)
    packages = counts["packages"]
    known = counts["mapped"] + counts["shared"]
    cells = [packages, starter[1] if starter else "-", counts["mapped"], counts["shared"],
             f"{100 * known / packages:.0f} %" if packages else "-", len(mapping["contexts"]), made, status, baseline,
             f"{judged[3]} %" if judged else "-"]
    return [str(c) for c in cells], status == 0


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--keep", metavar="FOLDER", help="leave the copies, and what init wrote, here")
    p.add_argument("folder", nargs="+")
    args = p.parse_args()
    binary, green = os.path.realpath(args.binary), True
    print("| " + " | ".join(HEAD) + " |\n| --- | ---: | --- |" + " ---: |" * (len(HEAD) - 3))
    with tempfile.TemporaryDirectory() as temporary:
        for folder in args.folder:
            name = os.path.basename(os.path.realpath(folder))
            top = os.path.join(os.path.realpath(args.keep or temporary), name)
            shutil.rmtree(top, ignore_errors=True)
            shutil.copytree(folder, top, symlinks=True, ignore=SKIPPED)
            cells, good = measure(binary, top)
            green &= good
            print("| " + " | ".join([name] + cells) + " |", flush=True)
            if not args.keep:
                shutil.rmtree(top)
    return 0 if green else 1


if __name__ == "__main__":
    sys.exit(main())
