#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""doctor.py --binary FILE - `meshctl setup doctor` with every illness made for real.

Each case makes one thing wrong in a healthy repository, and the doctor must say exactly that: the
checks whose level is not `ok`, each with a word of its text, and the exit status.  The JSON of each
fits its schema and says what the text says."""
import argparse
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "cli"))
from sandbox import Sandbox

HEALTHY = """
git init -q . && mkdir -p ../home/.fonts && : >../home/.fonts/a.ttf
meshctl init -q >/dev/null && meshctl setup ci github >/dev/null && meshctl setup hook install >/dev/null
git add -A && git commit -qm one --no-verify
"""
# Name, what is done to the healthy one, words before the command, {check: (level, word)}, status.
CASES = [
    ("healthy", ":", "", {}, 0),
    ("no git", ":", "PATH=$PWD/../bin", {"git": ("warn", "not installed")}, 0),
    ("shallow clone", "cd .. && git clone -q --depth 1 file://$PWD/w s && rm -rf w && mv s w && cd w && "
     "meshctl setup hook install", "", {"repository": ("warn", "shallow")}, 0),
    ("somebody else's", "chown -R 12345 .", "",
     {"repository": ("fail", "belongs to somebody else")}, 1),
    ("no repository", "rm -rf .git", "", {"repository": ("warn", "no working tree")}, 0),
    ("cache for all", "mkdir -p ../cache/meshctl && chmod 777 ../cache/meshctl", "", {"cache": ("warn", "others may")}, 0),
    ("no home", ":", "env -u HOME -u XDG_CACHE_HOME", {"cache": ("warn", "neither XDG_CACHE_HOME nor HOME")}, 0),
    ("no policy", "rm .meshctl.yaml", "", {"policy": ("warn", "none")}, 0),
    ("wrong policy", "echo 'laers: 1' >>.meshctl.yaml", "", {"policy": ("fail", "unknown key 'laers'")}, 1),
    ("policy of little", "printf 'version: 1\\nlayers:\\n  model:\\n    in: [internal/model/**]\\n' >.meshctl.yaml", "",
     {"policy": ("warn", "judged (")}, 0),
    ("no baseline", "rm .meshctl-baseline.jsonl", "", {"baseline": ("fail", "is not there")}, 1),
    ("broken baseline", "echo '<<<<<<< ours' >>.meshctl-baseline.jsonl", "", {"baseline": ("fail", "baseline.jsonl")}, 1),
    ("hook that is not run", "chmod -x .git/hooks/pre-commit", "", {"hook": ("fail", "not executable")}, 1),
    ("hook cut off", "sed -i '/<<< meshctl/d' .git/hooks/pre-commit", "", {"hook": ("fail", "no end")}, 1),
    ("no CI", "rm -r .github", "", {"ci": ("warn", "no file")}, 0),
    ("CI of one commit", "sed -i '/fetch-depth/d' .github/workflows/meshctl.yml", "", {"ci": ("warn", "one commit")}, 0),
    ("in CI", "rm -r .github", "GITHUB_ACTIONS=true", {}, 0),
]
failed = 0


def look(binary, case, schema):
    """What is wrong, or None."""
    name, script, words, want, status = case
    with Sandbox(binary) as box:
        box.fill("testdata/repos/shop")
        for text in (HEALTHY, script):
            made, out, err = box.run(text)
            if made:
                return f"cannot be made: {(out + err).decode()[-500:]}"
        box.run(f"{words} meshctl setup doctor")    # the cache is filled: its size is part of the answer
        got, out, err = box.run(f"{words} meshctl setup doctor --json")
        told, text, _ = box.run(f"{words} meshctl setup doctor")
    if got != status or told != status:
        return f"status {got} and {told}, not {status}: {(out + err).decode()[-1500:]}"
    report = json.loads(out)
    if schema:
        schema(report)
    ill = {c["check"]: c for c in report["checks"] if c["level"] != "ok"}
    if {k: c["level"] for k, c in ill.items()} != {k: level for k, (level, _) in want.items()}:
        return f"says {ill}"
    for check, (_, word) in want.items():
        if word not in ill[check]["text"] or not ill[check]["todo"]:
            return f"says {ill[check]}"
    flat = re.sub(r"\s+", " ", text.decode())
    for c in report["checks"]:
        if re.sub(r"\s+", " ", c["text"]) not in flat:
            return f"the text does not say {c}:\n{text.decode()}"
    if max(map(len, text.decode().splitlines())) > 100:
        return "a line of more than 100 columns"
    return None if report["status"] == status else f"its status says {report['status']}"


def main():
    global failed
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    args = p.parse_args()
    schema = None
    try:
        import jsonschema
        with open("cmd/report/doctor.schema.json", encoding="utf-8") as f:
            rules = json.load(f)
        jsonschema.Draft202012Validator.check_schema(rules)
        schema = jsonschema.Draft202012Validator(rules).validate
        print("ok schema")
    except ImportError:
        print("ok schema # SKIP no jsonschema")
    for case in CASES:
        if case[0] == "somebody else's" and os.geteuid():
            print(f"ok {case[0]} # SKIP not root")
            continue
        try:
            problem = look(args.binary, case, schema)
        except Exception as e:      # of the validator
            problem = str(e)
        failed += bool(problem)
        print(f"{'not ok' if problem else 'ok'} {case[0]}" + (f"\n  {problem}" if problem else ""))
    return 1 if failed else 0


sys.exit(main())
