#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""portable.py --make MAKE --build DIR - the portable tarball and the Debian package, unpacked and run.

`make tarball` twice gives the same bytes.  The program then runs in a bare root: a folder that holds
the C library, the tarball, a git repository, and nothing else; no library of the build, no git, no
shell.  What it prints there is what the program of this build prints here.  Without chroot and
without user namespaces that is skipped, and what the files need is looked at all the same."""
import argparse
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

# All that the bare root gets of this system: files of libc6.
LIBC = ("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2",
        "librt.so.1")
HOME_OF_LIBC = ("/lib64", "/lib", "/usr/lib64", "/usr/lib")
WHO = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
       "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
       "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
# What runs in the bare root, in this order, in one copy of the shop: words, statuses that are right.
RUNS = [
    (["--version"], {0}),
    (["analyze", "-q"], {0}),
    (["cycles", "-q", "--level", "dir:1"], {0, 1}),
    (["graph", "-q", "--level", "dir:1", "--format", "dot"], {0}),
    (["init", "-q"], {0}),
    (["analyze", "-q", "--json"], {0}),
    (["layers", "-q"], {0, 1}),
    (["gate", "-q", "--base", "HEAD~1"], {0, 1}),
    (["list", "--json", "--rev", "HEAD~1", "./internal/model/..."], {0}),
    (["metrics", "packages", "-q", "--rev", "HEAD"], {0}),
    (["analyze", "-q", "--rev", "HEAD~1"], {0}),
    (["why", "-q", "nowhere", "nothing"], {2}),
    (["setup", "cache", "status", "--json"], {0}),
]
failed = 0


def verdict(name, problem=None, skip=None):
    global failed
    failed += bool(problem)
    print(f"{'not ok' if problem else 'ok'} {name}" + (f" # SKIP {skip}" if skip else "")
          + (f"\n  {problem}" if problem else ""), flush=True)


def run(words, **more):
    got = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600, **more)
    text = got.stdout.decode("utf-8", "replace")
    if got.returncode:
        raise RuntimeError(f"{' '.join(words)}: status {got.returncode}: {text[-3000:]}")
    return text


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def libraries(files):
    """What these files need, and the newest symbol version of the C library."""
    needed, glibc = set(), (0, 0)
    for path in files:
        needed |= set(re.findall(r"\(NEEDED\).*\[(.*)\]", run(["readelf", "-dW", path])))
        for m in re.finditer(r"GLIBC_(\d+)\.(\d+)", run(["readelf", "-VW", path])):
            glibc = max(glibc, (int(m[1]), int(m[2])))
    return needed, glibc


def tarball(make, top):
    """Unpacks it below top; the folder of the program, or None."""
    said = run(make + ["tarball"]).strip().splitlines()[-1]
    path = said.split(":")[0]
    before = digest(path)
    run(make + ["tarball"])
    verdict("tarball is reproducible", None if digest(path) == before else "two runs, two files")
    run(["tar", "-xzf", path, "-C", top])
    (name,) = os.listdir(top)
    have = {os.path.relpath(os.path.join(d, n), os.path.join(top, name))
            for d, _, names in os.walk(os.path.join(top, name)) for n in names}
    want = {"bin/meshctl", "share/man/man5/meshctl.yaml.5", "share/bash-completion/completions/meshctl",
            "share/zsh/site-functions/_meshctl", "share/fish/vendor_completions.d/meshctl.fish",
            "share/doc/meshctl/LICENSE", "share/doc/meshctl/NOTICE", "share/doc/meshctl/licences/libraries",
            "share/meshctl/report.schema.json", "share/meshctl/policy/ddd.yaml"}
    want |= {f"share/man/man1/{os.path.basename(m)}" for m in glob.glob("man/*.1")}
    want |= {f"share/doc/meshctl/licences/{n}.copyright" for n in ("tree-sitter", "tree-sitter-go", "dagre", "icu")}
    verdict("tarball is whole", f"missing {sorted(want - have)}" if want - have else None)
    parts = [os.path.join(top, name, f) for f in have if f.startswith(("bin/", "lib/"))]
    needed, glibc = libraries(parts)
    foreign = needed - {os.path.basename(p) for p in parts} - set(LIBC)
    problem = f"needs {sorted(foreign)}" if foreign else None
    if glibc > (2, 36):
        problem = f"needs glibc {glibc[0]}.{glibc[1]}, newer than Debian 12 has"
    with open(os.path.join(top, name, "share/doc/meshctl/licences/libraries"), encoding="utf-8") as f:
        listed = f.read()
    for part in parts:
        if "/lib/" in part and os.path.basename(part) + " shared " not in listed:
            problem = f"no licence of {os.path.basename(part)}"
    size = os.path.getsize(path)
    verdict(f"tarball needs the C library only ({size // 1024} KB, glibc {glibc[0]}.{glibc[1]})", problem)
    return os.path.join(top, name)


def repository(where):
    """A copy of the shop with two commits, the second one with an import that was not there."""
    shutil.copytree("testdata/repos/shop", where)
    env = {**os.environ, **WHO}
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "one"]):
        run(["git"] + words, cwd=where, env=env)
    with open(os.path.join(where, "internal/model/order/shortcut.go"), "w", encoding="ascii") as f:
        f.write('package order\n\nimport _ "github.com/acme/shop/internal/service/user/member"\n')
    for words in (["add", "-A"], ["commit", "-qm", "two"], ["gc", "-q"]):
        run(["git"] + words, cwd=where, env=env)


def bare_root(root, program):
    """The C library, the tarball, a repository, an empty home."""
    loader = re.search(r"interpreter: ([^\]]+)\]", run(["readelf", "-lW", os.path.join(program, "bin/meshctl")]))[1]
    os.makedirs(os.path.join(root, os.path.dirname(loader).lstrip("/")))
    shutil.copy(os.path.realpath(loader), os.path.join(root, loader.lstrip("/")))
    os.makedirs(os.path.join(root, "lib"), exist_ok=True)
    machine = run(["gcc", "-print-multiarch"]).strip()
    for name in LIBC:
        for home in HOME_OF_LIBC:
            path = os.path.join(home, machine, name)
            if os.path.exists(path) and not os.path.exists(os.path.join(root, "lib", name)):
                shutil.copy(os.path.realpath(path), os.path.join(root, "lib", name))
    shutil.copytree(program, os.path.join(root, "opt/meshctl"))
    # The loader asks here where the program is: all of /proc that is needed.
    os.makedirs(os.path.join(root, "proc/self"))
    os.symlink("/opt/meshctl/bin/meshctl", os.path.join(root, "proc/self/exe"))
    os.makedirs(os.path.join(root, "home"))
    repository(os.path.join(root, "repo"))


def entering():
    """The words that enter a root, or None."""
    for words in (["chroot"], ["unshare", "-r", "chroot"]):
        if shutil.which(words[0]) and not subprocess.run(words + ["/", "/bin/true"], stderr=subprocess.DEVNULL).returncode:
            return words
    return None


def in_root(enter, root, binary):
    env = {"HOME": "/home", "PATH": "/nowhere"}
    here = {"HOME": os.path.join(root, "home-here"), "PATH": "/nowhere"}
    os.makedirs(here["HOME"])
    twin = os.path.join(root, "twin", "repo")
    shutil.copytree(os.path.join(root, "repo"), twin, symlinks=True)
    chroot = [shutil.which(enter[0])] + enter[1:] + [root]
    for words, right in RUNS:
        at = [] if words[0] in ("--version", "setup") else ["-C", "/repo"]
        got = subprocess.run(chroot + ["/opt/meshctl/bin/meshctl", *words[:1], *at, *words[1:]], env=env,
                             stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        own = subprocess.run([binary, *words[:1], *(["-C", twin] if at else []), *words[1:]], env=here,
                             stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        problem = None
        if got.returncode not in right:
            problem = f"status {got.returncode}: {(got.stderr or got.stdout).decode('utf-8', 'replace')[-800:]}"
        elif words[0] != "setup" and (got.returncode, got.stdout) != (own.returncode, own.stdout.replace(
                twin.encode(), b"/repo")):
            problem = f"says another thing than the program of this build:\n{got.stdout.decode()[:1500]}\n" \
                      f"and\n{own.stdout.decode()[:1500]}{own.stderr.decode()[:500]}"
        verdict("bare root: meshctl " + " ".join(words), problem)
    left = sorted(set(os.listdir(root)) - {"lib", "lib64", "opt", "proc", "home", "home-here", "repo", "twin"})
    verdict("bare root holds nothing else", f"{left}" if left else None)


def debian(make, top):
    if not shutil.which("dpkg-deb") or not shutil.which("dpkg-shlibdeps"):
        return verdict("deb", skip="no dpkg-dev here")
    path = run(make + ["deb"]).strip().splitlines()[-1].split(":")[0]
    before = digest(path)
    run(make + ["deb"])
    verdict("deb is reproducible", None if digest(path) == before else "two runs, two files")
    fields = dict(l.split(": ", 1) for l in run(["dpkg-deb", "-f", path]).splitlines() if ": " in l)
    problem = None if fields.get("Conflicts") == "bluez-meshd" else "does not conflict with bluez-meshd"
    for needed in ("libc6", "libgit2-", "libcjson", "libyaml", "libpcre2"):
        if needed not in fields.get("Depends", ""):
            problem = f"does not depend on {needed}: {fields.get('Depends')}"
    verdict("deb says what it needs", problem)
    run(["dpkg-deb", "-x", path, top])
    text = run([os.path.join(top, "usr/bin/meshctl"), "--version"])
    problem = None if text.startswith("meshctl ") else text
    for name in ("usr/share/man/man1/meshctl.1.gz", "usr/share/doc/meshctl/copyright",
                 "usr/share/doc/meshctl/changelog.gz", "usr/share/bash-completion/completions/meshctl",
                 "usr/share/zsh/vendor-completions/_meshctl"):
        if not os.path.exists(os.path.join(top, name)):
            problem = f"no {name}"
    verdict("deb unpacks and runs", problem)
    if shutil.which("lintian"):
        got = subprocess.run(["lintian", "--fail-on", "error,warning", path], capture_output=True, text=True)
        verdict("deb is clean for lintian", got.stdout if got.returncode else None)
    else:
        verdict("deb is clean for lintian", skip="no lintian here")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--make", default="make")
    p.add_argument("--build", default="build")
    args = p.parse_args()
    make = [args.make, "--no-print-directory", f"BUILD={args.build}", "CC=gcc"]
    with tempfile.TemporaryDirectory(prefix="meshctl portable ") as top:
        try:
            for name in ("tarball", "root", "deb"):
                os.mkdir(os.path.join(top, name))
            program = tarball(make, os.path.join(top, "tarball"))
            enter = entering()
            if enter:
                bare_root(os.path.join(top, "root"), program)
                in_root(enter, os.path.join(top, "root"), os.path.realpath(os.path.join(args.build, "meshctl")))
            else:
                verdict("bare root", skip="neither chroot nor user namespaces here")
            debian(make, os.path.join(top, "deb"))
        except (RuntimeError, OSError) as e:
            verdict("portable", str(e))
    return 1 if failed else 0


sys.exit(main())
