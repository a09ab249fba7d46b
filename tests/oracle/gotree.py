# SPDX-License-Identifier: MIT
"""gotree.py - Go trees to compare on: the toolchain's own sources, Debian's golang-*-dev packages
prepared so that `go list` works without their dependencies, and what `go list` says of them, cached."""
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess

FIELDS = ["Dir", "ImportPath", "Name", "GoFiles", "CgoFiles", "IgnoredGoFiles", "TestGoFiles",
          "XTestGoFiles", "Imports", "TestImports", "XTestImports"]
PREPARATION = "5"       # part of every cache key: change it with prepare()
SKIPPED = ("vendor", "testdata")


def say(text):
    print("# " + text, flush=True)


def tree_dirs(top):
    """Folders that a `...` pattern looks into, links not followed."""
    for folder, dirs, names in os.walk(top):
        dirs[:] = sorted(d for d in dirs if d not in SKIPPED and d[0] not in "._"
                         and not os.path.islink(os.path.join(folder, d)))
        yield folder, names


def ignored_by(module):
    """What go.mod's ignore block names, as patterns over paths below the module that end in /."""
    with open(os.path.join(module, "go.mod"), encoding="utf-8") as f:
        block = re.search(r"^ignore \((.*?)^\)", f.read(), re.M | re.S)
    words = block[1].split() if block else []
    return [re.compile("^" + re.escape(w[2:]) + "/" if w.startswith("./") else "(^|/)" + re.escape(w) + "/") for w in words]


def modules_below(top):
    """Folders with a go.mod, but for those that a module around them ignores."""
    found = []
    for folder, names in tree_dirs(top):
        around = [m for m in found if folder.startswith(m + "/")]
        if "go.mod" in names and not any(p.search(os.path.relpath(folder, m) + "/") for m in around
                                         for p in ignored_by(m)):
            found.append(folder)
    return found


def stream(text):
    """The objects of a stream of JSON documents."""
    decoder, at, end = json.JSONDecoder(), 0, len(text)
    while True:
        while at < end and text[at] in " \t\r\n":
            at += 1
        if at == end:
            return
        value, at = decoder.raw_decode(text, at)
        yield value


def reduced(package):
    """A package with the compared fields only; absent and empty lists are the same to go list."""
    out = {f: package.get(f) or ("" if f in ("Dir", "ImportPath", "Name") else []) for f in FIELDS}
    # No Dir: go list refuses the folder for its name ("malformed import path") and looks no further.
    out["Refused"] = not out["Dir"]
    out["Dir"] = os.path.realpath(out["Dir"]) if out["Dir"] else ""
    out["Module"] = (package.get("Module") or {}).get("Path")
    return out


class Go:
    """The installed toolchain."""

    def __init__(self, cache):
        self.cache = cache
        self.root = self.env("GOROOT")
        self.version = self.env("GOVERSION")                    # go1.26.1
        self.minor = re.match(r"go(1\.\d+)", self.version)[1]   # 1.26
        os.makedirs(cache, exist_ok=True)

    def env(self, name):
        return subprocess.run(["go", "env", name], check=True, stdout=subprocess.PIPE, text=True,
                              cwd="/").stdout.strip()

    def list(self, where, tree_id, patterns, config, **env):
        """What `go list -e -json` says, run in folder `where`; read from the cache when the same
        tree was asked before.  None and the reason when go list gave nothing."""
        goos, goarch, cgo = config
        env = dict({"GOOS": goos, "GOARCH": goarch, "CGO_ENABLED": "1" if cgo else "0",
                    "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOWORK": "off",
                    "GO111MODULE": "on", "GONOSUMDB": "*", "GOENV": "off", "GOEXPERIMENT": "",
                    "GOCACHE": os.path.join(self.cache, "gocache"),
                    "GOPATH": os.path.join(self.cache, "gopath")}, **env)
        # A main package with a default.pgo would show its imports as "fmt [cmd/compile]".
        flags = ["-pgo=off"] if int(self.minor.split(".")[1]) >= 21 else []
        asked = json.dumps([PREPARATION, tree_id, self.version, self.root, where, patterns, flags,
                            sorted(env.items())])
        key = os.path.join(self.cache, "golist-" + hashlib.sha256(asked.encode()).hexdigest()[:24] + ".gz")
        try:
            with gzip.open(key, "rt", encoding="utf-8") as f:
                return json.load(f)
        except (OSError, ValueError):
            pass
        command = (["go", "list", "-e"] + flags + ["-json=" + ",".join(FIELDS + ["Module"])]
                   + patterns)
        run = subprocess.run(command, cwd=where, env=dict(os.environ, PWD=where, **env),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        text = run.stdout.decode("utf-8", "surrogateescape")
        if run.returncode:
            raise RuntimeError(f"go list in {where}: status {run.returncode}: "
                               + run.stderr.decode("utf-8", "replace")[-1500:])
        # A pattern that matched nothing comes back as a package of that name.
        packages = [reduced(p) for p in stream(text) if "..." not in p["ImportPath"]]
        with gzip.open(key + ".new", "wt", encoding="utf-8", errors="surrogateescape") as f:
            json.dump(packages, f)
        os.replace(key + ".new", key)
        return packages


def import_root(path):
    """Where a module would begin in a GOPATH tree: github.com/a/b, golang.org/x/tools, k8s.io/api."""
    parts = path.split("/")
    long = parts[0] in ("github.com", "gitlab.com", "bitbucket.org") or parts[:2] == ["golang.org", "x"]
    return "/".join(parts[:3 if long else 2])


def write_module(folder, path, line):
    with open(os.path.join(folder, "go.mod"), "w", encoding="utf-8") as f:
        f.write(f"module {path}\n\ngo {line}\n")


def prepare(top, newest):
    """Makes `go list` work in a tree whose dependencies are absent: each go.mod keeps its module and
    go line only; go.sum, go.work and vendor go; a repository without a go.mod gets one."""
    for folder, dirs, names in os.walk(top):
        for name in [d for d in dirs if d == "vendor"]:
            shutil.rmtree(os.path.join(folder, name))
            dirs.remove(name)
        for name in names:
            if name in ("go.sum", "go.work", "go.work.sum"):
                os.unlink(os.path.join(folder, name))
        if "go.mod" in names:
            with open(os.path.join(folder, "go.mod"), encoding="utf-8") as f:
                text = f.read()
            path = re.search(r'^module\s+"?([^\s"]+)', text, re.M)
            line = re.search(r"^go\s+(1\.(\d+))", text, re.M)
            usable = line and int(line[2]) <= int(newest.split(".")[1])
            if path:
                write_module(folder, path[1], line[1] if usable else "1.16")
    for folder, names in tree_dirs(top):
        path = os.path.relpath(folder, top)
        if path != "." and any(n.endswith(".go") for n in names):
            root = os.path.join(top, import_root(path))
            up = folder
            while up != top and not os.path.exists(os.path.join(up, "go.mod")):
                up = os.path.dirname(up)
            if up == top:
                write_module(root, import_root(path), "1.16")


def debian_sources(package, cache):
    """(folder of usr/share/gocode/src, its identity), downloaded once."""
    known = [d for d in sorted(os.listdir(cache)) if d.startswith(package + "_") and
             os.path.isdir(os.path.join(cache, d))]
    if not known:
        say(f"apt-get download {package}")
        tmp = os.path.join(cache, "download-" + package)
        shutil.rmtree(tmp, ignore_errors=True)
        os.makedirs(tmp)
        # As root apt would drop to a user that cannot write here, and warn.
        subprocess.run(["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", package], cwd=tmp,
                       check=True, stdout=subprocess.DEVNULL)
        deb = os.listdir(tmp)[0]
        subprocess.run(["dpkg-deb", "-x", deb, "x"], cwd=tmp, check=True)
        known = [deb[:-len(".deb")].replace("%3a", "~")]
        os.rename(os.path.join(tmp, "x"), os.path.join(cache, known[0]))
        shutil.rmtree(tmp)
    return os.path.join(cache, known[-1], "usr/share/gocode/src"), known[-1]


def prepared_copy(source, name, cache, edit):
    """A copy of `source` after edit(copy), made once."""
    copy = os.path.join(cache, "tree-" + PREPARATION, name)
    if not os.path.isdir(copy):
        shutil.rmtree(copy + ".new", ignore_errors=True)
        shutil.copytree(source, copy + ".new", symlinks=True)
        edit(copy + ".new")
        os.rename(copy + ".new", copy)
    return copy
