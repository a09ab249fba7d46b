# SPDX-License-Identifier: MIT
"""formats.py - what each report format has to be: one function a format, which takes the bytes of a
report, the JSON envelope of the same run and the folder that was judged, and raises Wrong."""
import csv
import io
import json
import os
import re
import urllib.parse
import xml.etree.ElementTree as xml

import jsonschema

LEVELS = ["off", "info", "warning", "error"]
FORMATS = ["sarif", "github", "gitlab", "junit", "rdjsonl", "markdown", "csv", "openmetrics"]
HASHED = 16 << 20       # larger files are not read as a whole: their lines have no hash
# Controls and marks that the program writes as words.
HOSTILE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


class Wrong(Exception):
    pass


def need(holds, *words):
    if not holds:
        raise Wrong(" ".join(str(w) for w in words)[:1500])


def known(text):
    """A path or a message in which the envelope had to replace nothing."""
    return "\ufffd" not in text and "\ufffe" not in text


def same(got, want, what):
    if got == want:
        return
    if isinstance(got, list) and isinstance(want, list):
        need(len(got) == len(want), f"{what}: {len(got)}, not {len(want)}")
        for i, (g, w) in enumerate(zip(got, want)):
            need(g == w, f"{what} {i}: {g!r}, not {w!r}")
    need(False, f"{what}: {got!r}, not {want!r}")


class Tree:
    """Files as the formats see them; paths of the envelope are text, those on disk are bytes."""

    def __init__(self, folder):
        self.folder, self.lines, self.hashes = os.fsencode(folder), {}, {}

    def raw(self, path):
        with open(os.path.join(self.folder, path), "rb") as f:
            return f.read()

    def line(self, path, number):
        """The bytes of a line without its end; None where there is none."""
        if path not in self.lines:
            try:
                self.lines[path] = self.raw(path).removeprefix(b"\xef\xbb\xbf").split(b"\n")
            except OSError:
                self.lines[path] = None
        lines = self.lines[path]
        return lines[number - 1].removesuffix(b"\r") if lines and number <= len(lines) else None

    def points(self, path, number, column):
        """The column in code points of one in bytes."""
        line = self.line(path, number)
        return column if line is None else len(line[:column - 1].decode("utf-8", "surrogateescape")) + 1

    def github_hashes(self, path):
        """A window of a hundred units that rolls over the file, one unit after the other."""
        if path in self.hashes:
            return self.hashes[path]
        units = [int.from_bytes(u, "little") for u in
                 re.findall(b"..", self.raw(path).decode("utf-8", "replace").encode("utf-16-le"), re.S)]
        window, marks, at, value, line, start, after_cr = [0] * 100, [0] * 100, 0, 0, 0, True, False
        seen, out, power = {}, {}, pow(37, 100)

        def roll(unit):
            nonlocal value, at
            value = (value * 37 + unit - power * window[at]) % (1 << 64)
            window[at], at = unit, (at + 1) % 100

        def tell():
            if marks[at]:
                seen[value] = seen.get(value, 0) + 1
                out[marks[at]] = f"{value:x}:{seen[value]}"
                marks[at] = 0

        for unit in units + [65535]:
            if unit in (9, 32) or (after_cr and unit == 10):
                after_cr = False
                continue
            after_cr = unit == 13
            unit = 10 if after_cr else unit
            tell()
            if start:
                line += 1
                marks[at] = line
            start = unit == 10
            roll(unit)
        for _ in range(100):
            tell()
            roll(0)
        self.hashes[path] = out
        return out


def fresh(report):
    return [f for f in report["findings"] if f["state"] == "new"]


def is_row(f, report):
    """Of the gate: told by its table, not counted among the findings."""
    return f["rule"] in {c["rule"] for c in report.get("checks", [])}


def path_bytes(text):
    """Of a path without anything that the envelope had to replace."""
    return text.encode()


def columns(f, tree, path):
    """(line, column, end) as formats have them: (bytes, code points)."""
    line = f["line"] or 1
    text = tree.line(path, line)
    begin = f["column"] if f["line"] and f["column"] else 1
    if text is None:
        end = max(f["end_column"] or 0, begin)
        return line, (begin, end), (begin, end)
    whole = not (f["line"] and f["column"] and f["end_column"])
    begin = min(begin, len(text) + 1)
    end = max(begin, len(text) + 1 if whole else min(f["end_column"], len(text) + 1))
    return line, (begin, end), tuple(len(text[:c - 1].decode("utf-8", "surrogateescape")) + 1 for c in (begin, end))


def escaped(text):
    """As the program writes text of the repository in one line."""
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

    def one(m):
        c = m[0]
        return short.get(c) or (f"\\x{ord(c):02x}" if ord(c) < 0x80 else f"\\u{ord(c):04x}")
    return HOSTILE.sub(one, text)


def sarif(raw, report, tree):
    doc = json.loads(raw)
    same(doc["version"], "2.1.0", "version")
    need(len(doc["runs"]) == 1, "runs")
    run = doc["runs"][0]
    same(run["columnKind"], "unicodeCodePoints", "columnKind")
    same(run["automationDetails"]["id"], f"meshctl/{report['command']}/", "category")
    invocation = run["invocations"][0]
    same(invocation["exitCode"], report["status"], "exitCode")
    same(invocation["executionSuccessful"], report["status"] in (0, 1), "executionSuccessful")
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for key in ("id", "name", "shortDescription", "fullDescription", "help", "helpUri"):
            need(rule.get(key), f"rule {rule.get('id')} without {key}")
        need(rule["help"]["text"] and rule["help"]["markdown"], "help")
        need(rule["defaultConfiguration"]["level"] in ("error", "warning", "note"), "level of", rule["id"])
        need(set(rule["properties"]) == {"tags", "precision", "problem.severity"}, "properties of", rule["id"])
    if report["error"]:
        same(run["results"], [], "results of a failure")
        need(invocation["toolExecutionNotifications"][0]["level"] == "error", "no notification")
        return
    findings = report["findings"]
    shown = findings[:25000]
    same(len(run["results"]), len(shown), "results")
    left_out = [n for n in invocation["toolExecutionNotifications"] if "left out" in n["message"]["text"]]
    same(len(left_out), int(len(findings) > len(shown)), "notifications of what is left out")
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for f, got in zip(shown, run["results"]):
        same(rules[got["ruleIndex"]]["id"], got["ruleId"], "ruleIndex")
        same((got["ruleId"], got["level"]), (f["rule_id"], levels[f["level"]]), "rule and level")
        need(got["message"]["text"][-1] in ".?" and "\n" not in got["message"]["text"], "message", got["message"])
        same(len(got["locations"]), 1, "locations")
        at = got["locations"][0]["physicalLocation"]
        need(re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=@/%-]+", at["artifactLocation"]["uri"]), "uri", at)
        same(at["artifactLocation"]["uriBaseId"], "%SRCROOT%", "uriBaseId")
        path = urllib.parse.unquote_to_bytes(at["artifactLocation"]["uri"])
        same(path.decode("utf-8", "replace").replace("\ufffd", ""), (f["path"] or ".").replace("\ufffd", ""), "path")
        line, _, (begin, end) = columns(f, tree, path)
        region = at["region"]
        same((region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]),
             (line, begin, line, end), f"region of {f['path']}:{f['line']}:{f['column']}")
        prints = dict(got["partialFingerprints"])
        same(prints.pop("meshctl/v1"), f["fingerprint"], "fingerprint")
        if os.path.isfile(os.path.join(tree.folder, path)) and len(tree.raw(path)) < HASHED:
            same(prints, {"primaryLocationLineHash": tree.github_hashes(path).get(line)}, f"hash of {path}:{line}")
        same(got["baselineState"], "unchanged" if f["state"] in ("baselined", "known") else "new", "baselineState")
        kinds = {"new": [], "known": [], "excepted": ["external"], "baselined": ["external"], "ignored": ["inSource"]}
        same([s["kind"] for s in got.get("suppressions", [])], kinds[f["state"]], "suppressions")
        same(len(got.get("relatedLocations", [])), min(len(f["related"]), 999), "relatedLocations")
        hops = [r for r in f["related"][:999] if " -> " in (r["note"] or "")]
        flows = got.get("codeFlows", [])
        same(len(flows), int(bool(hops)), "codeFlows")
        if hops:
            same(len(flows[0]["threadFlows"][0]["locations"]), len(hops), "steps")


def github(raw, report, tree):
    lines = raw.decode().split("\n")
    need(lines.pop() == "", "the last line has no end")
    title = f"title=meshctl {report['command']}"
    if report["error"]:
        same(len(lines), 1, "lines of a failure")
        need(lines[0].startswith(f"::error {title}::"), lines[0])
        return
    if report["incomplete"]:
        need(lines.pop(0).startswith(f"::error {title}::incomplete: "), "incomplete is not said")
    findings = fresh(report)
    last = lines.pop()
    need(last.startswith(f"::notice {title}::" if findings else f"meshctl {report['command']}: "), "count", last)
    errors = sum(f["level"] == "error" and not is_row(f, report) for f in findings)
    need(f"{errors:,} error" in last, "count", last)
    same(len(lines), len(findings), "annotations")
    commands = {"error": "error", "warning": "warning", "info": "notice"}
    order = [["error", "warning", "notice"].index(l.split(" ")[0][2:]) for l in lines]
    same(order, sorted(order), "order")
    for f, line in zip(findings, lines):
        m = re.fullmatch(r"::(\w+) file=([^:,]*),line=(\d+),endLine=(\d+),col=(\d+),endColumn=(\d+),"
                         r"title=([^:,]*)::(.*)", line)
        need(m, "no command:", line)

        def plain(text):
            return urllib.parse.unquote(re.sub(r"%(?!(25|0A|0D|3A|2C))", "%25", text))
        need(not re.search(r"%(?!25|0A|0D|3A|2C)", m[2] + m[7] + m[8]), "a bare %:", line)
        same((m[1], plain(m[2])), (commands[f["level"]], f["path"] or "."), "annotation")
        if known(f["path"]):
            number, _, (begin, end) = columns(f, tree, path_bytes(f["path"]))
            same(tuple(map(int, m.groups()[2:6])), (number, number, begin, end), f"place of {f['path']}")
        same(plain(m[7]), f"{f['rule']} #{f['id']}", "title")
        if known(f["message"]):
            same(plain(m[8]).split("\n")[0], escaped(f["message"]), "message")


GITLAB = {
    "type": "array",
    "items": {
        "type": "object", "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1}, "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object", "additionalProperties": False, "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "pattern": "^(?!\\./|/)"},
                    "lines": {"type": "object", "additionalProperties": False, "required": ["begin"],
                              "properties": {"begin": {"type": "integer", "minimum": 1}}}}}}}}


def gitlab(raw, report, tree):
    need(not raw.startswith(b"\xef\xbb\xbf"), "a byte order mark")
    issues = json.loads(raw)
    jsonschema.validate(issues, GITLAB)
    findings = fresh(report)
    severity = {"error": "major", "warning": "minor", "info": "info"}
    same([(i["check_name"], i["severity"], i["location"]["path"], i["location"]["lines"]["begin"], i["fingerprint"])
          for i in issues],
         [(f["rule"], severity[f["level"]], f["path"] or ".", f["line"] or 1, f["fingerprint"]) for f in findings], "issue")
    same(len({i["fingerprint"] for i in issues}), len(issues), "fingerprints that differ")


# What junit-10.xsd of Jenkins' xUnit plugin lets an element have: attributes (! = required), children.
JUNIT = {
    "testsuites": ("name time tests failures errors", "testsuite"),
    "testsuite": ("name! tests! failures! errors! group time skipped timestamp hostname id package file log url",
                  "testsuite properties testcase system-out system-err"),
    "testcase": ("name! time classname group", "skipped error failure system-out system-err"),
    "failure": ("type message", ""), "error": ("type message", ""), "skipped": ("type message", ""),
    "system-out": ("", ""), "system-err": ("", ""),
}
SUREFIRE_TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?")


def junit_shape(node):
    names, children = (words.split() for words in JUNIT.get(node.tag, ("", "")))
    need(node.tag in JUNIT, "element", node.tag)
    for name in names:
        need(not name.endswith("!") or name[:-1] in node.attrib, node.tag, "without", name)
    for name, value in node.attrib.items():
        need(name in [n.rstrip("!") for n in names], node.tag, "has", name)
        need(name != "time" or SUREFIRE_TIME.fullmatch(value), "time", value)
    for child in node:
        need(child.tag in children, child.tag, "inside of", node.tag)
        junit_shape(child)


def junit(raw, report, tree, fail_on="error"):
    root = xml.fromstring(raw)
    same(root.tag, "testsuites", "root")
    junit_shape(root)
    first = root[0]
    same((first.get("name"), first.get("errors")), ("meshctl", str(int(report["status"] in (2, 3)))), "completeness")
    if report["error"]:
        same(len(root), 1, "suites of a failure")
        return
    names = [(c.get("classname"), c.get("name")) for c in root.iter("testcase")]
    same(len(set(names)), len(names), "names of cases that differ")
    for suite in root:
        cases = suite.findall("testcase")
        for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            same(int(suite.get(key)), sum(c.find(tag) is not None for c in cases), f"{key} of {suite.get('name')}")
        same(int(suite.get("tests")), len(cases), "tests of " + suite.get("name"))
        if suite is first:
            continue
        mine = [f for f in report["findings"] if f["rule"] == suite.get("name")]
        need(bool(mine) != cases[0].get("name").startswith("not found: "), "cases of " + suite.get("name"))
        for f, case in zip(mine, cases):
            if known(f["path"] + f["message"]):
                same(case.get("name"), escaped(f"{f['path'] or '.'}: {f['message']} [#{f['id']}]"), "case")
            want = ("skipped" if f["state"] != "new" else
                    "system-out" if "checks" in report and report["status"] == 0 else
                    "failure" if LEVELS.index(f["level"]) >= LEVELS.index(fail_on) else "system-out")
            same([c.tag for c in case], [want], "verdict on " + case.get("name"))
    ran = {r["rule"] for r in report["proof"]["rules"] if r["ran"]}
    need(ran <= {s.get("name") for s in root}, "rules without a suite:", ran - {s.get("name") for s in root})


POSITION = {"type": "object", "additionalProperties": False, "required": ["line", "column"],
            "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}}}
RDF = {
    "type": "object", "additionalProperties": False, "required": ["message", "location"],
    "properties": {
        "message": {"type": "string"},
        "location": {"type": "object", "additionalProperties": False, "required": ["path"], "properties": {
            "path": {"type": "string"},
            "range": {"type": "object", "additionalProperties": False, "required": ["start"],
                      "properties": {"start": POSITION, "end": POSITION}}}},
        "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
        "source": {"type": "object", "additionalProperties": False, "properties": {"name": {"type": "string"},
                                                                                   "url": {"type": "string"}}},
        "code": {"type": "object", "additionalProperties": False, "properties": {"value": {"type": "string"},
                                                                                 "url": {"type": "string"}}},
    },
}


def rdjsonl(raw, report, tree):
    lines = raw.decode().split("\n")
    need(lines.pop() == "", "the last line has no end")
    findings = fresh(report)
    same(len(lines), len(findings), "diagnostics")
    validator = jsonschema.Draft202012Validator(RDF)
    for f, line in zip(findings, lines):
        d = json.loads(line)
        validator.validate(d)
        same((d["severity"], d["code"]["value"], d["location"]["path"]),
             ({"info": "INFO"}.get(f["level"], f["level"].upper()), f["rule"], f["path"] or "."), "diagnostic")
        if known(f["message"]):
            same(d["message"].split("\n")[0], escaped(f["message"]), "message")
        if known(f["path"]):
            number, (begin, end), _ = columns(f, tree, path_bytes(f["path"]))
            r = d["location"]["range"]
            same((r["start"]["line"], r["start"]["column"], r["end"]["line"], r["end"]["column"]),
                 (number, begin, number, end), f"range in {f['path']}")


def markdown_cells(row):
    """Of a GFM row: cut at pipes that no backslash escapes."""
    need(row.startswith("| ") and row.endswith(" |"), "row", row)
    return re.split(r" (?<!\\)\| ", row[2:-2])


def markdown_plain(text):
    """What a reader sees of a cell."""
    text = text.replace("<!-- -->", "")
    text = re.sub(r"</?code>", "", text)
    return re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), text).replace("`", "")


def comment(text, report):
    """Of a change: what is new from warnings up, in the order of the report; nothing where nothing is."""
    bad = [f for f in fresh(report) if not is_row(f, report) and f["level"] in ("warning", "error")]
    if not text:
        same([], [f["id"] for f in bad], "silent")
        same(report["status"], 0, "silent")
        return
    need(text.startswith("<!-- meshctl -->\n### meshctl: "), text[:80])
    need(not HOSTILE.search(text.replace("\n", "")), "a control character")
    need(len(text.encode()) <= 60000, "too large")
    items = [l for l in text.split("\n") if re.match(r"- \*\*(warning|error)\*\* ", l)]
    same(len(items), min(len(bad), 20), "items")
    for f, item in zip(bad, items):
        need(f"`{f['rule']}` `#{f['id']}`" in item, item)
        if known(f["path"] + f["message"]):
            seen, want = markdown_plain(item), escaped(f["message"]).replace("`", "")
            need(want.replace("'", "") in seen.replace("'", ""), "message", item)
    need(text.count("<details>") == text.count("</details>"), "details")


def markdown(raw, report, tree):
    text = raw.decode()
    if report["command"] == "gate" and report.get("base"):
        comment(text, report)
        return
    need(text.startswith(f"### meshctl {report['command']}: "), text[:80])
    need(not HOSTILE.search(text.replace("\n", "")), "a control character")
    if report["error"]:
        return
    need(bool(report["incomplete"]) == ("**The analysis is incomplete:**" in text), "incomplete")
    tables = [t.split("\n")[2:] for t in text.split("\n\n") if t.startswith("| ")]
    checks = [c for c in report.get("checks", []) if c["verdict"] != "off"]
    if checks:
        same(len(tables.pop(0)), len(checks), "rows of the gate")
    rows = tables[0] if tables else []
    findings = [f for f in fresh(report) if not is_row(f, report)]
    same(len(rows), len(findings), "rows")
    for f, row in zip(findings, rows):
        cells = markdown_cells(row)
        same(len(cells), 4, "cells of " + row)
        same(cells[0].strip("*"), f["level"], "level")
        if not known(f["path"] + f["message"]):
            continue
        seen, want = markdown_plain(cells[1]), escaped(f["message"]).replace("`", "")
        # Quotes around names become code.
        same(seen.replace("'", ""), want.replace("'", ""), "message")
        place = escaped(f["path"] or ".") + (f":{f['line']}" if f["line"] else "")
        same(markdown_plain(cells[3]), place.replace("`", ""), "place")
    need("**checked** " in text and "**result** " in text, "no proof")
    need(text.count("<details>") == text.count("</details>"), "details")


HEADER = ("rule,rule_id,id,level,message,path,line,column,end_column,from,to,symbol,fingerprint,state").split(",")


def csv_(raw, report, tree):
    text = raw.decode()
    need(text.endswith("\r\n") and text.count("\n") == text.count("\r\n"), "line ends")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    same(len(rows), text.count("\r\n"), "a row a line")
    same(rows.pop(0), HEADER, "header")
    same(len(rows), len(report["findings"]), "rows")
    for f, row in zip(report["findings"], rows):
        same(len(row), len(HEADER), "cells")
        for cell in row:
            need(not re.match(r"[=+\-@\t\r＝＋－＠]", cell), "a formula:", cell)
        got = dict(zip(HEADER, row))
        same([got[k] for k in ("line", "column", "end_column")], [str(f[k] or "") for k in ("line", "column", "end_column")],
             "place")
        for key in ("rule", "rule_id", "id", "level", "message", "path", "from", "to", "symbol", "fingerprint"):
            want = escaped(f[key] or ("." if key == "path" else ""))
            if known(want):
                same(got[key].removeprefix("'") if re.match(r" *[=+\-@＝＋－＠]", want) else got[key], want, key)
        need(got["state"].split()[0] == {"baselined": "accepted", "known": "as"}.get(f["state"], f["state"]), "state", got["state"])


SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (-?[0-9.]+)')


def openmetrics(raw, report, tree):
    """The grammar of OpenMetrics 1.0, as far as gauges and infos go; strict in order."""
    lines = raw.decode().split("\n")
    need(lines[-2:] == ["# EOF", ""] and lines.count("# EOF") == 1, "end")
    family, kind, unit, families, samples, seen = None, None, "", set(), {}, []
    for line in lines[:-2]:
        words = line.split(" ", 3)
        if line.startswith("# "):
            key, name, rest = words[1:4]
            need(key in ("TYPE", "UNIT", "HELP"), line)
            if key == "TYPE":
                need(name not in families, "family twice:", name)
                families.add(name)
                family, kind, unit, seen = name, rest, "", []
                need(kind in ("gauge", "info"), line)
            need(name == family and key not in seen, "metadata of", name)
            seen.append(key)
            if key == "UNIT":
                need(name.endswith("_" + rest), "unit of", name)
            continue
        m = SAMPLE.fullmatch(line)
        need(m, "no sample:", line)
        need(m[1] == family + ("_info" if kind == "info" else ""), "sample of another family:", line)
        need(kind != "info" or m[3] == "1", line)
        labels = re.findall(r'([a-z_]+)="((?:[^"\\]|\\.)*)"', m[2] or "")
        need(len(dict(labels)) == len(labels), "label twice:", line)
        key = (m[1], tuple(sorted(labels)))
        need(key not in samples, "sample twice:", line)
        samples[key] = float(m[3])
    same(samples[("meshctl_exit_status", ())], report["status"], "exit status")
    same(samples[("meshctl_incomplete", ())], int(bool(report["error"] or report["incomplete"])), "incomplete")
    if report["error"]:
        return
    counted = {}
    for f in report["findings"]:
        key = tuple(sorted((k, f[k]) for k in ("rule", "level", "state")))
        counted[key] = counted.get(key, 0) + 1
    got = {k[1]: v for k, v in samples.items() if k[0] == "meshctl_findings"}
    same({k: v for k, v in got.items() if v}, counted, "findings")
    for rule in report["proof"]["rules"]:
        same(("meshctl_judged", (("rule", rule["rule"]),)) in samples, rule["ran"], "judged by " + rule["rule"])
    for name, key in (("files", "parsed"), ("packages", "packages"), ("imports", "imports"), ("lines", "lines")):
        labels = (("state", "parsed"),) if name == "files" else ()
        same(samples[(f"meshctl_{name}", labels)], report["proof"][key], name)


CHECKS = {"sarif": sarif, "github": github, "gitlab": gitlab, "junit": junit, "rdjsonl": rdjsonl, "markdown": markdown,
          "csv": csv_, "openmetrics": openmetrics}
# Those that have no way to say that a run failed.
MUTE = ("text", "gitlab", "rdjsonl", "csv")
