#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""reports.py [--binary FILE] [--keep DIR] [CASE...] - every report format against what it has to be, and
against the JSON of the same run: over the shop, every tree of testdata/rules, hostile names, more findings
than SARIF takes; files that appear whole or not at all; what GitHub Actions and others are given.

--keep leaves the JSON, SARIF and Markdown reports in DIR, for the validators.
"""
import argparse
import glob
import json
import os
import re
import resource
import shlex
import shutil
import stat
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "cli"))
from sandbox import Sandbox
from formats import CHECKS, FORMATS, MUTE, Tree, Wrong, fresh, need, same

CASES = []
HOSTILE = [b"new\nline", b"q\"uo'te", b"]]>", b"\x01\x1b[31mred", b"\xff\xfe\xe4\xb8", b"100%", b"%0A::error::x", b"\xf0\x9f\x98\x80",
           "订单".encode(), b"=1+cmd|'x'!A0", b"-1+1", b"@everyone", b"+plus", b"tick`s|pipe", b"<b>&amp;", b"a:b,c;d",
           b"::error file=x::y", "\u202egnp".encode(), "\ufffe".encode(), b"[link](1)", b"{0}", b"\ttab", b"cr\rlf", b"back\\slash\\",
           b"sp ace ", b"#1", b"a\xcc\x81", "＝1".encode(), b"x" * 200]


def case(function):
    CASES.append(function)
    return function


class Repo:
    def __init__(self, box, keep):
        self.box, self.keep, self.out = box, keep, os.path.join(box.top, "out")
        os.makedirs(self.out, exist_ok=True)

    def put(self, name, data):
        path = os.path.join(os.fsencode(self.box.dir), name if isinstance(name, bytes) else name.encode())
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())

    def reports(self, command, want=(0, 1, 3)):
        """One run, every format: {name: bytes}, the envelope, the status."""
        words = " ".join(f"--format {f}:{self.out}/{f}" for f in ["json"] + FORMATS)
        for name in os.listdir(self.out):
            os.unlink(os.path.join(self.out, name))
        status, out, err = self.box.run(f"meshctl {command} -q {words}")
        need(status in want, f"{command}: status {status}:", err.decode("utf-8", "replace"))
        need(not out, "something on standard output:", out[:200])
        got = {}
        for name in os.listdir(self.out):
            with open(os.path.join(self.out, name), "rb") as f:
                got[name] = f.read()
        return got, json.loads(got["json"]), status

    def check(self, command, name, want=(0, 1, 3), fail_on="error"):
        got, report, status = self.reports(command, want)
        same(report["status"], status, "status")
        same(sorted(got), sorted(["json"] + [f for f in FORMATS if not report["error"] or f not in MUTE]), "files")
        tree = Tree(self.box.dir)
        for fmt in FORMATS:
            if fmt not in got:
                continue
            try:
                if fmt == "junit":
                    CHECKS[fmt](got[fmt], report, tree, fail_on)
                else:
                    CHECKS[fmt](got[fmt], report, tree)
            except (Wrong, ValueError, KeyError, IndexError, SyntaxError) as e:
                raise Wrong(f"{name}: {command}: {fmt}: {type(e).__name__}: {e}") from e
        for fmt in ("json", "sarif", "markdown") if self.keep else ():
            shutil.copy(os.path.join(self.out, fmt), os.path.join(self.keep, f"{re.sub(r'[^a-z0-9]+', '-', name)}.{fmt}"))
        return report


def trees():
    return sorted(glob.glob("testdata/rules/*/*")) + ["testdata/repos/shop"]


def fill(box, path):
    tree = os.path.join(path, "tree")
    if os.path.isdir(tree) or "rules" not in path:
        box.fill(tree if os.path.isdir(tree) else path)
    if os.path.exists(os.path.join(path, "setup.sh")):
        box.setup(os.path.join(path, "setup.sh"))


@case
def every_tree(binary, keep):
    """Each format of each tree, with all rules."""
    seen = 0
    for path in trees():
        with Sandbox(binary) as box:
            fill(box, path)
            extra = ""
            if os.path.exists(os.path.join(path, "args")):
                with open(os.path.join(path, "args"), encoding="utf-8") as f:
                    # --all-rules excludes --rule.
                    extra = re.sub(r"--rule[= ]\S+", "", f.read().strip())
            report = Repo(box, keep).check(f"analyze --all-rules {extra}", path.removeprefix("testdata/"))
            seen += len(report["findings"])
    need(seen > 300, "only", seen, "findings")
    return f"{len(trees())} trees, {seen} findings"


@case
def other_commands(binary, keep):
    """Circles, layers and contexts write the same formats."""
    with Sandbox(binary) as box:
        fill(box, "testdata/repos/shop")
        repo = Repo(box, keep)
        repo.check("cycles", "cycles")
        repo.check("cycles --level test --fail-on info", "cycles-test", fail_on="info")
        status, out, err = box.run("meshctl init -q --force")
        need(status == 0, "init:", err)
        for command in ("layers", "contexts", "analyze --show-suppressed"):
            report = repo.check(command, command)
            need(any(f["state"] == "baselined" for f in report["findings"]), command, "holds nothing back")


@case
def a_gate(binary, keep):
    """Its rows are findings and a table; what the base has too is old."""
    with Sandbox(binary) as box:
        fill(box, "testdata/repos/shop")
        repo = Repo(box, keep)
        box.run("git init -q && meshctl init -q && sed -i 1q .meshctl-baseline.jsonl "
                "&& git add -A && git commit -qm base")
        report = repo.check("gate --base HEAD", "gate passes", (0, 1))
        need(any(f["state"] == "known" for f in report["findings"]), "nothing is known")
        repo.put("internal/model/order/shortcut.go",
                 'package order\n\nimport _ "github.com/acme/shop/internal/service/user/member"\n')
        report = repo.check("gate --base HEAD", "gate fails", (1,))
        need([c["rule"] for c in report["checks"] if c["verdict"] == "fail"], "no row fails")


@case
def hostile_names(binary, keep):
    """Names that end lines, cells, quotes, elements, commands; columns behind emoji and CJK."""
    with Sandbox(binary) as box:
        repo = Repo(box, keep)
        repo.put("go.mod", "module m\n\ngo 1.21\n")
        for i, name in enumerate(HOSTILE):
            repo.put(b"a/n%d%s.go" % (i, name), f'package a\n\nimport "m/gone{i}"\n')
            repo.put(b"d/" + name + b"/x.go", f'package x\n\nimport (\n\t"fmt"\n\t/* 😀订e\u0301 */ _ "m/lost{i}"\n)\n')
            repo.put(b"d/" + name + b"/y.go", b"\xef\xbb\xbfpackage y /* \xff\xfe */; import \"m/bom%d\"\r\n" % i)
            repo.put(b"p/%s/z.go" % name, b"package z\n\nimport _ \"m/q/" + (b"y" * 20) + b"\"\n")
        repo.put(b"deep/" + b"/".join([b"d" * 60] * 6) + b"/deep.go", 'package deep\n\nimport "m/gone"\n')
        report = repo.check("analyze --all-rules", "hostile")
        need(len(report["findings"]) > 3 * len(HOSTILE), "only", len(report["findings"]), "findings")
        need(max(len(f["path"]) for f in report["findings"]) > 300, "no long path")
        need(any(f["column"] and f["column"] > 10 for f in report["findings"]), "no column behind emoji")
        return f"{len(report['findings'])} findings"


@case
def more_than_sarif_takes(binary, keep):
    """25,000 results, worst first, within 10 MB; the rest is told; 999 related places."""
    import gzip
    with Sandbox(binary) as box:
        repo = Repo(box, None)
        repo.put("go.mod", "module example.com/many\n\ngo 1.21\n")
        for p in range(130):
            imports = "".join(f'\t"example.com/many/gone/p{p}/x{i}"\n' for i in range(200))
            repo.put(f"p{p}/p.go", f"package p{p}\n\nimport (\n{imports})\n")
        for i in range(1500):
            repo.put(f"wide/f{i}.go", 'package wide\n\nimport "example.com/many/lost"\n')
        report = repo.check("analyze --rule missing-package", "many")
        need(len(report["findings"]) > 25000, "only", len(report["findings"]), "findings")
        need(max(len(f["related"]) for f in report["findings"]) > 1000, "not enough places")
        with open(os.path.join(repo.out, "sarif"), "rb") as f:
            raw = f.read()
        packed = len(gzip.compress(raw, 6))
        need(packed < 10_000_000, packed, "bytes of gzip")
        return f"{len(report['findings'])} findings, {len(raw)} bytes, {packed} with gzip"


def prints(report_of, got):
    """Of all findings: {short form: (SARIF line-free, GitHub's)} and GitLab's fingerprints."""
    sarif = json.loads(got["sarif"])["runs"][0]["results"]
    one = sorted((r["partialFingerprints"]["meshctl/v1"], r["ruleId"]) for r in sarif)
    hashes = sorted((r["ruleId"], r["partialFingerprints"].get("primaryLocationLineHash")) for r in sarif)
    return one, hashes, sorted(i["fingerprint"] for i in json.loads(got["gitlab"]))


@case
def stable_fingerprints(binary, keep):
    """Lines move, files are renamed, workers and the order of files change: the same findings."""
    with Sandbox(binary) as box:
        fill(box, "testdata/repos/shop")
        repo = Repo(box, None)
        command = "analyze --all-rules"
        first, report, _ = repo.reports(command)
        before = prints(report, first)
        need(len(before[0]) > 50, "only", len(before[0]), "findings")
        for jobs in (1, 2, 7):
            got, _, _ = repo.reports(f"{command} -j {jobs}")
            need(got == first, f"-j {jobs} prints something else")
        # Blank lines and a comment before everything else: line-free fingerprints stay.
        moved = 0
        for folder, _, names in os.walk(box.dir):
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith(".go"):
                    with open(path, "rb") as f:
                        data = f.read()
                    if b"//go:build" not in data:
                        with open(path, "wb") as f:
                            f.write(b"\n\n\n" + data)
                        moved += 1
        got, after, _ = repo.reports(command)
        need(moved > 300, "moved only", moved)
        same(prints(after, got)[0], before[0], "fingerprints after lines moved")
        same(prints(after, got)[2], before[2], "GitLab's fingerprints after lines moved")
        # The hash of the line itself survives as well: its hundred units are the same.
        same(prints(after, got)[1], before[1], "hashes of lines after they moved")
        # Other file names, and with them another order.
        for folder, _, names in os.walk(box.dir):
            for name in names:
                if re.fullmatch(r"[a-z]+\.go", name) and name not in ("doc.go",):
                    os.rename(os.path.join(folder, name), os.path.join(folder, "q" + name[::-1][3:] + ".go"))
        got, renamed, _ = repo.reports("analyze")
        got_before = {f["fingerprint"] for f in report["findings"] if f["rule"] in
                      ("import-cycle", "test-cycle", "could-be-internal", "package-by-layer")}
        got_after = {f["fingerprint"] for f in renamed["findings"]}
        need(got_before <= got_after, "lost by renaming files:", got_before - got_after)
        same(len(set(prints(renamed, got)[2])), len(prints(renamed, got)[2]), "GitLab's fingerprints that differ")


@case
def failed_runs(binary, keep):
    """A run that fails says so in every format that can, and leaves the files of the others alone."""
    for command, status in (("analyze ./nowhere", 3), ("analyze --rule nonsense", 2), ("cycles --level dir:0", 2),
                            ("layers", 2), ("analyze --rev nonsense", 3)):
        with Sandbox(binary) as box:
            fill(box, "testdata/rules/missing-package/" + sorted(os.listdir("testdata/rules/missing-package"))[0])
            repo = Repo(box, keep)
            repo.check(command, "failed " + command, (2, 3))
            for fmt in ["text"] + FORMATS:
                path = os.path.join(repo.out, "earlier")
                with open(path, "w", encoding="utf-8") as f:
                    f.write("earlier\n")
                got, out, err = box.run(f"meshctl {command} -q --format {fmt}:{path}")
                need(got in (2, 3) and err, f"{command}: status {got}")
                with open(path, "rb") as f:
                    same(f.read() == b"earlier\n", fmt in MUTE, f"{fmt}: the earlier file stays")
    with Sandbox(binary) as box:
        repo = Repo(box, keep)
        repo.put("go.mod", "module m\n")
        repo.check("analyze", "nothing to read", (3,))


@case
def places(binary, keep):
    """Whole files or none: what cannot be written is status 3, what cannot be meant is status 2."""
    with Sandbox(binary) as box:
        fill(box, "testdata/rules/missing-package/" + sorted(os.listdir("testdata/rules/missing-package"))[0])
        Repo(box, None)
        def run(words, want, says=None):
            status, out, err = box.run("meshctl analyze -q --fail-on off " + words)
            same(status, want, f"status of {words} ({err.decode('utf-8', 'replace')})")
            need(says is None or says in err.decode(), words, "says", err)
            return out
        before = sorted(os.listdir(box.dir))
        run("--format sarif --format junit", 2, "both go to standard output")
        run("--format sarif --format junit:-", 2, "both go to standard output")
        run("--format sarif:x --format junit:x", 2, "both go to 'x'")
        run("--format sarif:x --format junit:./x", 2, "both go to './x'")
        run("--format sarif:x --format junit:$PWD//x", 2, "both go to")
        run("--format sarif:x --format sarif:x; test -s x; ln -s x y", 0)
        run("--format sarif:x --format junit:y", 2, "both go to 'y'")
        box.run("rm x y")
        run("--format sarif:", 2, "no path after the colon")
        run("--format sarfi", 2, "did you mean 'sarif'?")
        for fmt in FORMATS:
            run(f"--format {fmt}:nowhere/x", 3, "cannot write 'nowhere/x'")
            run(f"--format {fmt}:/dev/full", 3, "cannot write '/dev/full'")
            run(f"--format {fmt}:. ", 3, "cannot write '.'")
            run(f"--format {fmt} >/dev/full", 3, "cannot write standard output")
            run(f"--format {fmt}:ok.{fmt} --format text:nowhere/x", 3)
            plain, dash = run(f"--format {fmt}", 0), run(f"--format {fmt}:-", 0)
            need(plain and plain == dash, fmt, "to - is not what standard output gets")
            run(f"--format {fmt}:ok.{fmt} --format text:-", 0)
            with open(os.path.join(box.dir, f"ok.{fmt}"), "rb") as f:
                need(f.read() == plain, fmt, "in a file is something else")
            os.unlink(os.path.join(box.dir, f"ok.{fmt}"))
        same(sorted(os.listdir(box.dir)), before, "files that remain")
        # A file system without room: RLIMIT_FSIZE fails the write as ENOSPC does.
        for fmt in FORMATS:
            run(f"--format {fmt}:big 2>&1 >/dev/null; ls -A | grep -c meshctl- ; rm -f big; true", 0)
            status, out, err = box.run(f"trap '' XFSZ; ulimit -f 0; meshctl analyze -q --fail-on off --format {fmt}:big")
            same(status, 3, f"{fmt} beyond the size limit: status ({err})")
        same(sorted(os.listdir(box.dir)), before, "files that remain")


@case
def continuous_integration(binary, keep):
    """Text stays text; annotations and a summary where GitHub asks for them, and how to be without."""
    with Sandbox(binary) as box:
        fill(box, "testdata/repos/shop")
        box.run("rm -f go.work; printf 'package x\\n\\nimport _ \"github.com/acme/shop/gone\"\\n' >pkg/log/x.go")
        text = box.run("meshctl analyze -q")[1]
        github = box.run("meshctl analyze -q --format github")[1]
        markdown = box.run("meshctl analyze -q --format markdown")[1]
        summary = os.path.join(box.top, "summary")
        box.env.update(GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=summary)

        def slurp():
            if not os.path.exists(summary):
                return None
            with open(summary, "rb") as f:
                return f.read()
        status, out, err = box.run("meshctl analyze -q")
        need(status == 1 and not err, status, err)
        m = re.fullmatch(rb"::stop-commands::(meshctl-[0-9a-f]{16})\n(.*)::\1::\n(.*)", out, re.S)
        need(m, "not guarded:", out[:300])
        need(m[2] == text, "the text is another one")
        need(m[3] == github, "the annotations are others")
        same(slurp(), b"\n" + markdown, "summary")
        box.run("meshctl analyze -q")
        same(slurp(), 2 * (b"\n" + markdown), "summary of two commands")
        for words, asked in (("--format text", False), ("--json", False), ("-o x", False), ("--format text:y", False),
                             ("--format github", True), ("--format github:z", True), ("--format sarif:z", False)):
            os.unlink(summary) if os.path.exists(summary) else None
            status, out, err = box.run(f"meshctl analyze -q {words}")
            need(b"::stop-commands" not in out and (asked or b"::" not in re.sub(rb"[a-z]::", b"", out)), words, out[:200])
            same(slurp() is not None, asked, f"summary with {words}")
        # Other commands that do not judge say nothing of it.
        same(box.run("meshctl list ./pkg/log")[1].count(b"::"), 0, "commands of list")
        # Room: what is there stays, a report that does not fit is cut to whole rows.
        for used in (1048576 - 22000, 1048576 - 18000, 1048576 - 1000, 2000000):
            with open(summary, "wb") as f:
                f.write(b"x" * used)
            need(box.run("meshctl analyze -q --all-rules")[0] == 1, "status")
            got = slurp()
            need(got.startswith(b"x" * used) and len(got) <= max(used, 1048576), "summary of", len(got), "after", used)
            need(got.count(b"<details>") == got.count(b"</details>"), "details left open")
            need(used > 1040000 or b"findings are not shown here" in got, "nothing left out after", used)
        # Unwritable: status 3, whole reports.
        for path in (os.path.join(box.top, "no", "where"), "/dev/full", box.top):
            box.env["GITHUB_STEP_SUMMARY"] = path
            status, out, err = box.run("meshctl analyze -q --format github --format json:j.json; echo $?")
            need(out.endswith(b"3\n") and b"summary" in err and github in out, path, out[-200:], err)
            need(json.loads(box.run("cat j.json")[1])["status"] == 1, "the other report is lost")
            box.run("rm j.json")
        box.env["GITHUB_STEP_SUMMARY"] = ""
        need(box.run("meshctl analyze -q")[0] == 1, "an empty name of a summary")
        status, out, err = box.run("meshctl analyze -q ./nowhere")
        need(status == 3 and out.startswith(b"::error title=meshctl analyze::"), "a failure is not annotated:", out)
        box.env["GITHUB_ACTIONS"] = "false"
        need(box.run("meshctl analyze -q")[1] == text, "GITHUB_ACTIONS=false")
        del box.env["GITHUB_ACTIONS"], box.env["GITHUB_STEP_SUMMARY"]
        for name, fmt in (("GITLAB_CI", b"gitlab:"), ("JENKINS_URL", b"junit:"), ("CIRCLECI", b"junit:"), ("TF_BUILD", b"junit:")):
            box.env[name] = "true"
            status, out, err = box.run("meshctl analyze")
            need(out == text and b"--format " + fmt in err, name, err)
            need(fmt not in box.run("meshctl analyze -q")[2], "-q speaks")
            need(fmt not in box.run("meshctl analyze --format text")[2], "--format text speaks")
            del box.env[name]


@case
def guarded_names(binary, keep):
    """A path at the beginning of a line is no workflow command."""
    with Sandbox(binary) as box:
        repo = Repo(box, None)
        repo.put("go.mod", "module m\n\ngo 1.21\n")
        repo.put("::add-mask::e/x.go", 'package x\n\nimport "m/gone"\n')
        box.env.update(GITHUB_ACTIONS="true")
        out = box.run("meshctl analyze -q")[1]
        lines = out.decode().split("\n")
        begin = lines[0].removeprefix("::stop-commands::")
        end = lines.index(f"::{begin}::")
        need(any(l.startswith("::add-mask::") for l in lines[:end]), "the case proves nothing")
        need(not any(l.startswith("::add-mask::") for l in lines[end:]), "a name of the repository is a command")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("--keep")
    p.add_argument("only", nargs="*")
    args = p.parse_args()
    if args.keep:
        os.makedirs(args.keep, exist_ok=True)
    failed = 0
    for function in CASES:
        if args.only and function.__name__ not in args.only:
            continue
        try:
            words = function(args.binary, args.keep)
            print(f"ok reports {function.__name__}" + (f" ({words})" if words else ""), flush=True)
        except (Wrong, OSError, RuntimeError) as e:
            failed += 1
            print(f"not ok reports {function.__name__}: {e}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
