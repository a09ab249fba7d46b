# SPDX-License-Identifier: MIT
"""verdicts_tools.py - what the tools whose policies meshctl imports say of a tree, as a set of
verdicts: (importing folder, is it a test, imported path).  They are built once, by the Go command."""
import collections
import hashlib
import json
import os
import re
import shutil
import subprocess

from gotree import say

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "verdicts")
Verdict = collections.namedtuple("Verdict", "folder test path")
SKIPPED = ("vendor", "testdata")        # the go command does not look into these, nor into .x and _x
SYSTEMS = ("aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows unix "
           "386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm").split()
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"[^"\n]*"|`[^`]*`|\w+|\n|[^\s]', re.S)
Site = collections.namedtuple("Site", "file line test constrained walked cgo")


def imports_of(text):
    """(path, line) of the imports of a Go file, by a scan of its own."""
    found, line, last, group, on = [], 1, "", False, False
    for m in TOKEN.finditer(text):
        t = m[0]
        if t[:2] in ("//", "/*") or t == "\n":
            line += t.count("\n")
            continue
        if t in ("package", "import") and not group:
            on = t == "import"
        elif t == "(" and last == "import":
            group = True
        elif t == ")" and group:
            group = on = False
        elif t[0] in "\"`" and on:
            found.append((t[1:-1], line))
            on = group
        elif last in ("func", "var", "const", "type") and not on:
            break
        line += t.count("\n")
        last = t
    return found


class Tree:
    """A tree of Go files: where each import stands, and in what kind of file."""

    def __init__(self, top):
        self.top = os.path.realpath(top)
        self.modules, self.sites, self.folders = {}, collections.defaultdict(list), set()
        for folder, dirs, names in os.walk(self.top):
            dirs[:] = sorted(d for d in dirs if d != ".git")
            below = os.path.relpath(folder, self.top)
            below = "" if below == "." else below
            if "go.mod" in names:
                with open(os.path.join(folder, "go.mod"), encoding="utf-8", errors="replace") as f:
                    m = re.search(r'^module\s+"?([^\s"]+)', f.read(), re.M)
                self.modules[below] = m[1] if m else ""
            for name in sorted(names):
                if name.endswith(".go") and os.path.isfile(os.path.join(folder, name)):
                    self.read(below, name)

    def read(self, folder, name):
        path = os.path.join(folder, name)
        with open(os.path.join(self.top, path), encoding="utf-8", errors="replace") as f:
            text = f.read()
        walked = any(p in SKIPPED or p[0] in "._" for p in path.split("/"))
        test = name.endswith("_test.go")
        stem = (name[:-8] if test else name[:-3]).split("_")[1:]
        head = text.split("\npackage ")[0]
        found = imports_of(text)
        cgo = any(p == "C" for p, _ in found)
        constrained = bool(re.search(r"^//(go:build| \+build)", head, re.M)) or bool(stem and stem[-1] in SYSTEMS)
        if not walked:
            self.folders.add(folder)
        for imported, line in found:
            self.sites[folder, imported].append(Site(path, line, test, constrained, walked, cgo))

    def module_of(self, folder):
        while folder and folder not in self.modules:
            folder = os.path.dirname(folder)
        return folder

    def import_path(self, folder):
        at = self.module_of(folder)
        rest = os.path.relpath(folder, at) if at else folder
        return "/".join(p for p in (self.modules.get(at, ""), "" if rest == "." else rest) if p)

    def folder_of(self, path):
        """The folder of a package of the tree, or None."""
        for at in sorted(self.modules, key=lambda m: -len(self.modules[m])):
            name = self.modules[at]
            if path == name or path.startswith(name + "/"):
                return "/".join(p for p in (at, path[len(name) + 1:]) if p)
        return None

    def verdict_of_file(self, path, imported):
        path = os.path.relpath(path, self.top) if os.path.isabs(path) else path.lstrip("/")
        return Verdict(os.path.dirname(path), path.endswith("_test.go"), imported)

    def identity(self):
        """A hash of everything in the tree."""
        key = hashlib.sha256()
        for folder, dirs, names in os.walk(self.top):
            dirs[:] = sorted(d for d in dirs if d not in (".git", ".arch-go"))
            for name in sorted(names):
                path = os.path.join(folder, name)
                if name != ".meshctl.yaml" and os.path.isfile(path):
                    with open(path, "rb") as f:
                        data = f.read()
                    key.update(f"{os.path.relpath(path, self.top)}\0{len(data)}\0".encode() + data)
        return key.hexdigest()[:16]


def parse_archlint(tree, out):
    if not out.startswith("{"):
        raise Refused(out.strip()[:200])
    said = json.loads(out)
    payload = said["Payload"]
    if said["Type"] != "models.Check":
        raise Refused(str(payload.get("Error", payload))[:200])
    if payload["ExecutionWarnings"]:
        raise Refused(payload["ExecutionWarnings"][0]["Text"])
    if payload["OmittedCount"]:
        raise RuntimeError("go-arch-lint left verdicts out")
    return ({tree.verdict_of_file(w["FileAbsolutePath"], w["ResolvedImportName"]) for w in payload["ArchWarningsDeps"]},
            {tree.verdict_of_file(w["FileAbsolutePath"], "").folder for w in payload["ArchWarningsNotMatched"] or []})


def parse_cleanarch(tree, out):
    if "[cleanarch] checking" not in out:
        raise Refused(out[:200])
    lines = re.findall(r"import \w* ?Layer \(([^)]*)\) to \w+ Layer \(([^)]*)\)", out)
    return {tree.verdict_of_file(file, imported) for imported, file in lines}, set()


def parse_archgo(tree, out):
    path = os.path.join(tree.top, ".arch-go", "report.json")
    if not os.path.exists(path):
        raise Refused(out.strip()[-200:])
    with open(path, encoding="utf-8") as f:
        report = json.load(f)
    if tree.folders and not report["coverage"].get("details"):
        raise Refused("it sees no package")
    rules = report["compliance"]["details"]["dependenciesRules"].get("details") or []
    return {Verdict(tree.folder_of(p["package"]), False, re.search(r"'([^']*)'$", d)[1])
            for r in rules for p in r.get("packageDetails") or [] for d in p.get("details") or []}, set()


def parse_depguard(tree, out):
    return {tree.verdict_of_file(f, imported) for f, _, imported in (l.split("\t") for l in out.splitlines())}, set()


def parse_importboss(tree, out):
    if "failed to load packages" in out or "doesn't compile" in out or "error finding rules" in out:
        raise Refused(re.sub(r"^.*?\] ", "", out.strip())[:200])
    found = set()
    for left, arrow, right in re.findall(r'^ERROR: "([^"]*)" (<?--?>?) "([^"]*)"', out, re.M):
        importer, imported = (left, right) if arrow[-1] == ">" else (right, left)
        path, _, test = importer.partition(" ((")
        folder = tree.folder_of(path)
        if folder is not None:
            found.add(Verdict(folder, bool(test), imported.partition(" ((")[0]))
    # The variant of a package with its tests has the imports of the package again.
    return {v for v in found if not (v.test and v._replace(test=False) in found)
            and not (v.test and any(not s.test for s in tree.sites.get((v.folder, v.path), ())))}, set()


class Refused(Exception):
    """The tool does not take this policy."""


Format = collections.namedtuple("Format", "tool package file command stdin parse")
# The name of a format: how its tool is run in a tree, and how its output is read.
FORMATS = {
    "go-arch-lint": Format("go-arch-lint", "github.com/fe3dback/go-arch-lint", ".go-arch-lint.yml",
                           ["check", "--json", "--max-warnings", "32000", "--project-path", "."], None, parse_archlint),
    "go-cleanarch": Format("go-cleanarch", "github.com/roblaszczak/go-cleanarch", None, ["."], None, parse_cleanarch),
    "arch-go": Format("arch-go", "github.com/arch-go/arch-go", "arch-go.yml", ["--json"], None, parse_archgo),
    "depguard": Format("depguard", ".", ".golangci.yml", ["."], "depguard", parse_depguard),
    "import-restrictions": Format("import-boss", "k8s.io/kubernetes/cmd/import-boss", ".import-restrictions", ["./..."],
                                  None, parse_importboss),
}


def read_yaml(text):
    if text.startswith("{"):
        return json.loads(text)     # our own cases, which are YAML as well
    import yaml                     # only for other people's files, by hand
    return yaml.safe_load(text)


def depguard_settings(text):
    """What golangci-lint makes of its file for depguard's analyzer."""
    tree = read_yaml(text)
    rules = (tree.get("linters", {}).get("settings") or tree.get("linters-settings"))["depguard"]["rules"]
    return {name: {"listMode": r.get("list-mode", ""), "files": r.get("files") or [], "allow": r.get("allow") or [],
                   "deny": {d["pkg"]: d.get("desc", "") for d in r.get("deny") or []}} for name, r in rules.items()}


class Tools:
    """The tools, built into the cache; there is False where they cannot be had."""

    def __init__(self, version, cache, others):
        key = hashlib.sha256(version.encode())
        for name in sorted(os.listdir(HERE)):
            with open(os.path.join(HERE, name), "rb") as f:
                key.update(f.read())
        self.bin = os.path.join(cache, "verdicts-" + key.hexdigest()[:16])
        self.others = others            # tool: path of another binary
        self.there = os.path.isdir(self.bin) or self.build()

    def build(self):
        new = self.bin + ".new"
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(HERE, new)
        env = dict(os.environ, GOFLAGS="-mod=mod", GOWORK="off", GO111MODULE="on", GOTOOLCHAIN="local", GOEXPERIMENT="")
        for f in FORMATS.values():
            try:
                r = subprocess.run(["go", "build", "-o", f.tool, f.package], cwd=new, env=env, stderr=subprocess.PIPE)
            except OSError as e:
                say(f"no Go command: {e}")
                return False
            if r.returncode:
                say(f"the Go command cannot build {f.package}: " + r.stderr.decode("utf-8", "replace").strip()[-200:])
                return False
        os.rename(new, self.bin)
        return True

    def run(self, name, tree, env=None):
        """(verdicts, folders that no rule is about) of a format's tool in a tree."""
        f = FORMATS[name]
        env = dict(os.environ, GOFLAGS="-mod=mod", GOWORK="off", GO111MODULE="on", GOTOOLCHAIN="local", GOPROXY="off",
                   PWD=tree.top, **(env or {}))
        stdin = b""
        if f.stdin:
            with open(os.path.join(tree.top, f.file), encoding="utf-8") as source:
                stdin = json.dumps(depguard_settings(source.read())).encode()
        shutil.rmtree(os.path.join(tree.top, ".arch-go"), ignore_errors=True)
        binary = self.others.get(f.tool) or os.path.join(self.bin, f.tool)
        r = subprocess.run([binary] + f.command, cwd=tree.top, env=env, input=stdin, timeout=900, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
        out, err = r.stdout.decode("utf-8", "replace"), r.stderr.decode("utf-8", "replace")
        if r.returncode not in (0, 1):
            raise Refused(f"{f.tool}: status {r.returncode}: {(err or out).strip()[:200]}")
        return f.parse(tree, out + err if name == "import-restrictions" else out or err)
