#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""validate.py [--binary FILE] [--build DIR] - reports against other people's validators from npm, pinned by
package-lock.json beside this file and kept in DIR/cache, which `make clean` leaves alone.

SARIF: Microsoft's validator with its rules and GitHub's; nothing of level error or warning.  It exits 0
whatever it finds, so its own report is read; documents that were broken on purpose must be told.
Markdown: rendered by markdown-it; each finding is a row whose text is the finding's, and nothing
in it became a link, a heading or HTML.  Without npm all of it is skipped.
"""
import argparse
import copy
import glob
import html.parser
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "reports"), os.path.join(HERE, "..", "cli")]
import npm
import reports
from formats import escaped, fresh, is_row, known

ALLOWED = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "strong", "br", "details", "summary", "ul", "li"}


def install(build):
    """The folder with node_modules, got once for each lock file."""
    folder = npm.install(HERE, "validators", build)
    tool = os.path.join(folder, "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool")
    os.chmod(tool, 0o755)
    return folder, tool


def multitool(tool, pattern, work):
    """[(file, rule, level, text)] of what it says, and how many files it read."""
    out = os.path.join(work, "said.sarif")
    # Larger files than it usually takes; without this they are left out in silence.
    run = subprocess.run([tool, "validate", pattern, "--rule-kind", "Sarif;Gh", "--level", "Error;Warning", "--output", out,
                          "--log", "ForceOverwrite", "--max-file-size-in-kb", "200000"], stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, timeout=900, env=dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1",
                                                                         DOTNET_BUNDLE_EXTRACT_BASE_DIR=work))
    text = run.stdout.decode("utf-8", "replace")
    if "files scanned" not in text or not os.path.exists(out):
        raise RuntimeError(f"the validator did not run, status {run.returncode}: {text[-1500:]}")
    with open(out, encoding="utf-8-sig") as f:
        runs = json.load(f)["runs"]
    said = []
    for one in runs:
        for r in one["results"]:
            where = r["locations"][0]["physicalLocation"]["artifactLocation"].get("uri", "") if r.get("locations") else ""
            said.append((os.path.basename(where), r["ruleId"], r.get("level", "warning"),
                         json.dumps(r["message"].get("arguments") or r["message"])[:300]))
        for i in one.get("invocations", []):
            for key in ("toolExecutionNotifications", "toolConfigurationNotifications"):
                said += [("", "notification", n.get("level", "warning"), json.dumps(n["message"])) for n in i.get(key, [])
                         if n.get("level") != "note"]
    return said, int(text.split(" files scanned")[0].split()[-1])


def choose(kept, work):
    """Of the reports those that have something which no other before has: a rule, a member, a level."""
    seen, chosen = set(), 0
    for path in sorted(glob.glob(os.path.join(kept, "*.sarif")), key=os.path.getsize, reverse=True):
        with open(path, encoding="utf-8") as f:
            run = json.load(f)["runs"][0]
        has = {(r["ruleId"], r["level"], r["baselineState"], len(r.get("suppressions", [])), "codeFlows" in r) for r in run["results"]}
        has.add((run["invocations"][0]["executionSuccessful"], len(run["invocations"][0]["toolExecutionNotifications"])))
        if has - seen or "hostile" in path:
            seen |= has
            shutil.copy(path, work)
            chosen += 1
    return chosen, len(seen)


def broken(path, work):
    """Copies that a validator must refuse, each with one thing wrong."""
    def cut_region(r):
        del r["locations"][0]["physicalLocation"]["region"]

    def cut_location(r):
        del r["locations"]

    def backwards(r):
        r["locations"][0]["physicalLocation"]["region"].update(endColumn=1, startColumn=5)

    def absolute(r):
        r["ruleIndex"] = 4000

    with open(path, encoding="utf-8") as f:
        doc = json.load(f)
    for change in (cut_region, cut_location, backwards, absolute):
        bad = copy.deepcopy(doc)
        for r in bad["runs"][0]["results"]:
            change(r)
        with open(os.path.join(work, change.__name__ + ".sarif"), "w", encoding="utf-8") as f:
            json.dump(bad, f)
    return 4


def sarif(tool, kept, work):
    good, bad = os.path.join(work, "good"), os.path.join(work, "bad")
    os.makedirs(good)
    os.makedirs(bad)
    chosen, kinds = choose(kept, good)
    said, read = multitool(tool, os.path.join(good, "*.sarif"), work)
    if said or read != chosen or chosen < 20:
        return f"{read} of {chosen} files read, {len(said)} objections: {said[:6]}"
    wrong = broken(os.path.join(kept, "repos-shop.sarif"), bad)
    said, read = multitool(tool, os.path.join(bad, "*.sarif"), work)
    told = {s[0] for s in said}
    if len(told) != wrong:
        return f"of {wrong} broken reports it refuses {sorted(told)}: the check proves nothing"
    print(f"ok validators sarif: {chosen} reports with {kinds} kinds of results, no objection; {wrong} broken ones refused")
    return None


class Page(html.parser.HTMLParser):
    """Rows of the first table as text; every element's name."""

    def __init__(self):
        super().__init__()
        self.rows, self.names, self.attributes, self.cell, self.tables = [], set(), set(), None, 0

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {a for a, _ in attrs}
        self.tables += tag == "table"
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.cell = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.rows[-1].append(self.cell)
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


def page_problem(html_text, report):
    page = Page()
    page.feed(html_text)
    if report["command"] == "gate" and report.get("base"):
        # The comment of a change has links and a picture; formats.py reads its text.
        extra = page.names - ALLOWED - {"a", "pre"}, page.attributes - {"style", "href", "class"}
        return f"elements {extra[0]}, attributes {extra[1]}" if extra[0] or extra[1] else None
    if page.names - ALLOWED or page.attributes - {"style"}:
        return f"elements {page.names - ALLOWED}, attributes {page.attributes - {'style'}}"
    checks = [c for c in report.get("checks", []) if c["verdict"] != "off"]
    rows = page.rows[len(checks) + 1:] if checks else page.rows
    findings = [f for f in fresh(report) if not is_row(f, report)]
    if len(rows) != (len(findings) + 1 if findings else 0) or page.tables != bool(checks) + bool(findings):
        return f"{len(rows)} rows in {page.tables} tables for {len(findings)} findings"
    for check, row in zip(checks, page.rows[1:]):
        if row[0] != check["title"] or row[4].split(",")[0].lower() != check["verdict"]:
            return f"{row} instead of {check}"
    for f, row in zip(findings, rows[1:]):
        place = escaped(f["path"] or ".") + (f":{f['line']}" if f["line"] else "")
        want = [f["level"], escaped(f["message"]).replace("'", ""), f"{f['rule']} {f['id']}", place]
        got = [row[0], row[1].replace("'", "")] + row[2:]
        if known(f["message"] + f["path"]) and got != want:
            return f"{got} instead of {want}"
    return None


def markdown(folder, kept):
    files = sorted(glob.glob(os.path.join(kept, "*.markdown")))
    run = subprocess.run(["node", os.path.join(HERE, "render.js"), *files], stdout=subprocess.PIPE, timeout=300, check=True,
                         env=dict(os.environ, NODE_PATH=os.path.join(folder, "node_modules")))
    pages = run.stdout.decode().splitlines()
    rows = 0
    for path, line in zip(files, pages, strict=True):
        with open(path.removesuffix("markdown") + "json", encoding="utf-8") as f:
            report = json.load(f)
        problem = page_problem(json.loads(line), report)
        if problem:
            return f"{os.path.basename(path)}: {problem}"
        rows += len(report["findings"])
    if rows < 300:
        return f"only {rows} findings"
    print(f"ok validators markdown: {len(files)} pages, {rows} findings, each a row with its text")
    return None


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--build", default="build")
    args = p.parse_args()
    if not shutil.which("npm") or not shutil.which("node"):
        print("ok validators sarif # SKIP npm is missing\nok validators markdown # SKIP npm is missing")
        return 0
    folder, tool = install(os.path.abspath(args.build))
    failed = 0
    with tempfile.TemporaryDirectory(prefix="meshctl-validators-") as work:
        kept = os.path.join(work, "kept")
        os.makedirs(kept)
        for function in (reports.every_tree, reports.other_commands, reports.a_gate,
                         reports.hostile_names, reports.failed_runs):
            function(args.binary, kept)
        for name, problem in (("sarif", sarif(tool, kept, work)), ("markdown", markdown(folder, kept))):
            if problem:
                failed += 1
                print(f"not ok validators {name}: {problem}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
