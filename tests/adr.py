#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""adr.py [--binary FILE] [TEST...] - decision records where a golden cannot look: the editor on a
terminal, many writers at once, folders that cannot be written, a full disk, ten thousand records.
"""
import argparse
import json
import os
import pty
import re
import resource
import select
import signal
import stat
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "cli"))
from sandbox import Sandbox

MANY = 10000
SECONDS = 2.0           # of the processor, for one command over them


def write(box, path, text, mode=None):
    full = os.path.join(box.dir, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as f:
        f.write(text)
    if mode:
        os.chmod(full, mode)


def read(box, path):
    with open(os.path.join(box.dir, path), encoding="utf-8") as f:
        return f.read()


def environment(box, **more):
    env = {k: v for k, v in os.environ.items() if k not in ("VISUAL", "EDITOR")}
    env.update(SOURCE_DATE_EPOCH="1769817600", LC_ALL="C.UTF-8", XDG_CACHE_HOME=os.path.join(box.dir, ".cache"), **more)
    return env


def on_terminal(box, binary, args, keys=b"", **more):
    """(exit status, what the terminal shows)"""
    pid, fd = pty.fork()
    if not pid:
        os.chdir(box.dir)
        os.execve(binary, [binary, *args], environment(box, **more))
    shown, until = b"", time.monotonic() + 30
    while time.monotonic() < until:
        ready, _, _ = select.select([fd], [], [], 0.1)
        if not ready:
            continue
        try:
            more_bytes = os.read(fd, 65536)
        except OSError:
            break
        if not more_bytes:
            break
        shown += more_bytes
        if keys and b"ready" in shown:
            os.write(fd, keys)
            keys = b""
    _, status = os.waitpid(pid, 0)
    os.close(fd)
    return os.waitstatus_to_exitcode(status), shown.decode("utf-8", "replace")


def editor(box, binary):
    """The editor of $VISUAL, else $EDITOR; what it fails at or leaves behind is said."""
    write(box, "ed.sh", "#!/bin/sh\necho \"$0 $*\" >>calls\ncase $1 in\n--add) echo 'By hand.' >>\"$2\";;\n--empty) : >\"$2\";;\n"
          "--drop) rm \"$2\";;\n--break) printf -- '---\\nstatus: [\\n---\\n' >\"$2\";;\n--fail) exit 3;;\n"
          "--keys) trap 'echo stopped' INT; echo ready; sleep 5 & wait; echo over;;\nesac\n", 0o755)
    ed = os.path.join(box.dir, "ed.sh")
    cases = [
        # name, environment, status, words that are shown, words that are not, in the file
        ("visual first", dict(VISUAL=f"{ed} --add", EDITOR="false"), ["docs/decisions/0001-visual-first.md"], ["meshctl:"], "By hand."),
        ("editor else", dict(VISUAL="", EDITOR=f"{ed} --add"), [], ["meshctl:"], "By hand."),
        ("unchanged", dict(EDITOR="true"), ["0003-unchanged.md"], ["meshctl:"], "# unchanged"),
        ("fails", dict(EDITOR=f"{ed} --fail"), ["the editor", "failed; the record is written"], [], "# fails"),
        ("is not there", dict(EDITOR="/no/such/editor"), ["failed; the record is written"], [], "# is not there"),
        ("empty", dict(EDITOR=f"{ed} --empty"), ["was left empty"], ["failed"], None),
        ("dropped", dict(EDITOR=f"{ed} --drop"), ["is gone"], ["failed"], None),
        ("broken", dict(EDITOR=f"{ed} --break"), ["is no decision record any more: "], ["failed"], None),
        ("nobody", {}, ["-nobody.md"], ["meshctl:"], None),
    ]
    for n, (name, env, shows, hides, inside) in enumerate(cases):
        status, text = on_terminal(box, binary, ["adr", "new", name], **env)
        if status:
            return f"{name}: status {status}: {text}"
        if shows and not any(s in text for s in shows) or any(h in text for h in hides):
            return f"{name}: the terminal shows {text!r}"
        if inside:
            path = re.search(r"docs/decisions/\S+\.md", text)[0]
            if inside not in read(box, path):
                return f"{name}: '{path}' has no {inside!r}"
    calls = read(box, "calls").split("\n")
    if not calls[0].endswith("--add docs/decisions/0001-visual-first.md"):
        return f"the editor was called with {calls[0]!r}"
    # ^C belongs to the editor: the record stays, and meshctl ends as the editor lets it.
    status, text = on_terminal(box, binary, ["adr", "new", "keys"], b"\x03", EDITOR=f"{ed} --keys")
    if status or "stopped" not in text or "over" not in text:
        return f"^C in the editor: status {status}: {text!r}"
    before = len(read(box, "calls").split("\n"))
    # No terminal, or -q: nobody waits for an editor.
    subprocess.run([binary, "adr", "new", "piped"], cwd=box.dir, env=environment(box, EDITOR=f"{ed} --add"),
                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    on_terminal(box, binary, ["adr", "new", "-q", "quiet"], EDITOR=f"{ed} --add")
    if len(read(box, "calls").split("\n")) != before:
        return "an editor was opened without a terminal, or with -q"
    return None


TITLES = ["模块化：“单体”", "قرارات معمارية", "🎉🚀", "!!!???", "- dash first", "# hash", "a: b", "{{title}} {flow}", "[list](../../x.md)", "---",
          "Use C#", "5 tiers are enough", "REST -> gRPC", "superseded by 3", "Status: rejected", "x" * 300, "\\back\\slash", "null", "1. "]


def titles(box, binary):
    """What is typed is what is read again, in every format; a file of that name can be made everywhere."""
    for form in ("madr", "nygard", "log4brains", "yaml"):
        for n, title in enumerate(TITLES):
            folder = f"{form}{n}"
            os.makedirs(os.path.join(box.dir, folder))

            def meshctl(*args):
                return subprocess.run([binary, "adr", args[0], "-C", folder, *args[1:]], cwd=box.dir, env=environment(box),
                                      stdin=subprocess.DEVNULL, capture_output=True, text=True)
            p = meshctl("new", "--as", form, "--", title)
            if p.returncode:
                return f"{form} {title!r}: status {p.returncode}: {p.stderr}"
            name = os.path.basename(p.stdout.strip())
            if len(name.encode()) > 100 or re.search(r"[\s/\\:*?\"<>|]|^[-.]", name):
                return f"{form} {title!r}: the file's name is {name!r}"
            listed = meshctl("list", "--json")
            records = json.loads(listed.stdout)["records"]
            if [(r["title"], r["status"], r["format"]) for r in records] != [(title.strip(), "proposed", form)]:
                return f"{form} {title!r}: read again as {records}"
            if meshctl("check").returncode:
                return f"{form} {title!r}: adr check finds something"
    return None


def writers(box, binary):
    """Many at once: each number once, both sides of each link."""
    write(box, "docs/decisions/0001-old.md", "# 1. Old\n\n## Status\n\nAccepted\n")
    running = [subprocess.Popen([binary, "adr", "new", "--as", "madr", f"Record {i}"] + (["--supersedes", "1"] if i == 5 else []),
                                cwd=box.dir, env=environment(box), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True) for i in range(24)]
    running += [subprocess.Popen([binary, "adr", "set", "1", "deprecated"], cwd=box.dir, env=environment(box),
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)]
    for p in running:
        out, _ = p.communicate(timeout=120)
        if p.returncode:
            return f"a writer failed: {out}"
    names = sorted(os.listdir(os.path.join(box.dir, "docs/decisions")))
    numbers = [int(n[:4]) for n in names if n.endswith(".md")]
    if numbers != list(range(1, 26)):
        return f"numbers {numbers}"
    if [n for n in names if not n.endswith(".md") and not n.endswith(".lock")]:
        return f"something was left: {names}"
    return None


def limited(size):
    def set_up():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return set_up


def full_disk(box, binary):
    """A write that does not fit changes nothing, on either side."""
    write(box, "docs/decisions/0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n" + "Because. " * 500 + "\n")
    write(box, "docs/decisions/0002-b.md", "# 2. B\n\n## Status\n\nAccepted\n")
    before = {n: read(box, f"docs/decisions/{n}") for n in ("0001-a.md", "0002-b.md")}
    for args, size in ((["new", "X"], 100), (["new", "X", "--as", "nygard", "--supersedes", "2", "--supersedes", "1"], 3000),
                       (["set", "1", "rejected"], 100), (["set", "1", "superseded-by", "2"], 1000)):
        p = subprocess.run([binary, "adr", *args], cwd=box.dir, env=environment(box), stdin=subprocess.DEVNULL, capture_output=True,
                           text=True, preexec_fn=limited(size), timeout=60)
        if p.returncode != 3 or "File too large" not in p.stderr:
            return f"{args}: status {p.returncode}: {p.stderr}"
        now = {n: read(box, f"docs/decisions/{n}") for n in os.listdir(os.path.join(box.dir, "docs/decisions"))
               if not n.endswith(".lock")}
        if now != before:
            return f"{args}: the folder changed: {sorted(now)}"
    return None


def read_only(box, binary):
    """Folders and files that cannot be written or read are named; nothing is changed."""
    # Root may write everywhere: somebody else tries.
    other = {"user": 65534, "group": 65534, "extra_groups": []} if not os.geteuid() else {}
    write(box, "docs/decisions/0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n")
    folder = os.path.join(box.dir, "docs/decisions")
    for above in (box.dir, os.path.dirname(box.dir)):
        if other and above not in ("/", "/tmp"):
            os.chmod(above, 0o755)
    os.chmod(folder, 0o555)
    try:
        for args in (["new", "X"], ["set", "1", "rejected"]):
            try:
                p = subprocess.run([binary, "adr", *args], cwd=box.dir, env=environment(box), capture_output=True, text=True, **other)
            except PermissionError as e:
                return f"# SKIP nobody else may run here: {e}"
            if p.returncode != 3 or "Permission denied" not in p.stderr:
                return f"{args}: status {p.returncode}: {p.stderr}"
        os.chmod(folder, 0)
        p = subprocess.run([binary, "adr", "check"], cwd=box.dir, env=environment(box), capture_output=True, text=True, **other)
        if p.returncode != 3 or "cannot be listed" not in p.stdout:
            return f"check: status {p.returncode}: {p.stdout}{p.stderr}"
    finally:
        os.chmod(folder, stat.S_IRWXU)
    return None


def git(box, *args):
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *args], cwd=box.dir, check=True,
                   stdout=subprocess.DEVNULL)


def used(box, binary, args):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    p = subprocess.run([binary, *args], cwd=box.dir, env=environment(box), stdin=subprocess.DEVNULL, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return p, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def many(box, binary):
    """Ten thousand records, some of them edited in many commits: every command stays quick."""
    body = "".join(f"Line {i} of what was thought about it, with a [link](0001-x.md).\n" for i in range(12))
    write(box, "go.mod", "module example.com/m\n\ngo 1.22\n")
    write(box, "a/a.go", "package a\n\nimport _ \"example.com/m/b\"\n")
    write(box, "b/b.go", "package b\n")
    write(box, ".meshctl.yaml", "version: 1\nlayers:\n  b: {in: [\"b/**\"]}\n  a: {in: [\"a/**\"], uses: [b]}\n"
          "rules:\n  adr-required: error\n  layer-violation: {level: error, adr: 7}\n")
    for i in range(1, MANY + 1):
        by = i % 3 == 0
        write(box, f"docs/decisions/{i:04}-x.md", f"---\nstatus: \"{f'superseded by ADR-{i - 1:04}' if by else 'accepted'}\"\n---\n\n"
              f"# Decision {i}\n\n## Context\n\n{body}")
    git(box, "init", "-q", "-b", "main")
    git(box, "add", "-A")
    git(box, "commit", "-qm", "base")
    for i in range(40):
        with open(os.path.join(box.dir, f"docs/decisions/{i * 3 + 1:04}-x.md"), "a", encoding="utf-8") as f:
            f.write("More.\n")
        git(box, "commit", "-qam", f"edit {i}")
    git(box, "checkout", "-q", "-b", "change")
    with open(os.path.join(box.dir, ".meshctl.yaml"), "a", encoding="utf-8") as f:
        f.write("contexts:\n  c: {in: [\"b/**\"]}\n")
    git(box, "commit", "-qam", "contexts")
    for args, status, word in ((["adr", "list"], 0, f"{MANY:,} decision records"), (["adr", "show", "77"], 0, "Decision 77"),
                               (["adr", "check"], 1, "40 warnings"), (["adr", "list", "--graph"], 0, "superseded by"),
                               (["adr", "new", "Another"], 0, f"{MANY + 1}-another.md"),
                               (["analyze"], 0, f"{MANY + 1:,} decision records"), (["gate", "--base", "main"], 0, "the policy's contexts")):
        p, seconds = used(box, binary, args)
        if p.returncode != status or word not in p.stdout:
            return f"{args}: status {p.returncode}, no {word!r}: {p.stdout[-600:]}{p.stderr[-300:]}"
        print(f"# {' '.join(args)}: {seconds:.2f} s")
        if seconds > SECONDS:
            return f"{args}: {seconds:.2f} s of the processor, at most {SECONDS}"
    return None


TESTS = [editor, titles, writers, full_disk, read_only, many]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    p.add_argument("only", nargs="*")
    args = p.parse_args()
    binary, failed = os.path.abspath(args.binary), 0
    for test in TESTS:
        if args.only and test.__name__ not in args.only:
            continue
        with Sandbox(binary) as box:
            problem = test(box, binary)
        skip = problem if problem and problem.startswith("# SKIP") else ""
        print(f"{'ok' if not problem or skip else 'not ok'} adr {test.__name__} {skip}".rstrip(), flush=True)
        if problem and not skip:
            print("  " + problem)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
