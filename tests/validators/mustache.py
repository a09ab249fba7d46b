#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""mustache.py [--count N] [--seed N] --tool FILE --build DIR - holds templates/mustache.c against npm mustache:
random templates, the same text; where one refuses a template the other does."""
import argparse
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import npm

OWN = os.path.dirname(os.path.abspath(__file__))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--tool", required=True)
    p.add_argument("--build", default="build")
    p.add_argument("--count", type=int, default=8000)
    p.add_argument("--seed", type=int, default=20260131)
    args = p.parse_args()
    folder = npm.install(OWN, "validators", args.build)
    env = {**os.environ, "NODE_PATH": os.path.join(folder, "node_modules")}
    asked = subprocess.run(["node", os.path.join(OWN, "mustache.js"), str(args.count), str(args.seed)], env=env,
                           stdout=subprocess.PIPE, check=True, timeout=300).stdout
    got = subprocess.run([args.tool], input=asked, stdout=subprocess.PIPE, check=True, timeout=300).stdout
    cases = [json.loads(line) for line in asked.splitlines()]
    answers = [json.loads(line) for line in got.splitlines()]
    bad = len(cases) != len(answers) or len(cases) < args.count // 4
    differ = 0
    for case, answer in zip(cases, answers):
        if ("error" in case) != ("error" in answer) or case.get("text") != answer.get("text"):
            differ += 1
            if differ <= 3:
                print(f"template {case['template']!r}\ndata {case['data']!r}\npartials {case['partials']!r}\n"
                      f"  npm  {case.get('text', case.get('error'))!r}\n  ours {answer.get('text', answer.get('error'))!r}")
    refused = sum("error" in c for c in cases)
    print(f"{len(cases)} templates, {refused} refused by both, {differ} differ")
    print(f"{0 if bad or differ else 1} passed, {1 if bad or differ else 0} failed")
    sys.exit(1 if bad or differ else 0)


if __name__ == "__main__":
    main()
