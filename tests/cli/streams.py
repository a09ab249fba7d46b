#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""streams.py BINARY - what meshctl does to its process: exit status, standard streams, signals, files
that appear whole or not at all. Needs no repository."""
import os
import random
import signal
import stat
import subprocess
import sys
import tempfile
import time

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE, signal.SIGXCPU)

failed = False


def verdict(name, problem):
    global failed
    failed |= bool(problem)
    print(f"{'not ok' if problem else 'ok'} streams: {name}")
    if problem:
        print(f"  {problem}")


def differs(got, want):
    return "" if got == want else f"wanted {want!r}, got {got!r}"


def leftovers(folder, allowed):
    return differs(sorted(os.listdir(folder)), sorted(allowed))


def run(binary, args, folder, **kw):
    kw.setdefault("stdout", subprocess.PIPE)
    done = subprocess.run([binary, *args], cwd=folder, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, **kw)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "backslashreplace")


# Arguments, status, the beginning of stderr (None: empty).
LINES = [
    ([], 2, "meshctl - judge the architecture of Go repositories\n"),
    (["help"], 0, None), (["--help"], 0, None), (["-h"], 0, None), (["help", "explain"], 0, None),
    (["--help", "explain"], 0, None), (["explain", "-h"], 0, None), (["help", "help"], 0, None),
    (["--version"], 0, None), (["-V"], 0, None), (["explain", "--version"], 0, None),
    (["explain"], 0, None), (["explain", "MC101"], 0, None), (["explain", "mc101"], 0, None),
    (["--color=never", "explain", "--json"], 0, None), (["expl"], 2, "meshctl: unknown command 'expl'; did you mean 'explain'?\nTry 'meshctl --help'\n"),
    (["version"], 2, "meshctl: unknown command 'version'; did you mean 'meshctl --version'?\n"),
    (["help", "lst"], 2, "meshctl: unknown command 'lst'; did you mean 'list'?\nTry 'meshctl --help'\n"),
    (["help", "list", "x"], 2, "meshctl: unexpected operand 'x': meshctl help [COMMAND]\n"),
    (["-q"], 2, "meshctl: no command\nTry 'meshctl --help'\n"),
    (["--qqqqqqqq", "list"], 2, "meshctl: unknown option '--qqqqqqqq'\nTry 'meshctl --help'\n"),
    (["explain", "--jsn"], 2, "meshctl: unknown option '--jsn'; did you mean '--json'?\nTry 'meshctl explain --help'\n"),
    (["completion", "-j", "3"], 2, "meshctl: 'completion' takes no option '--jobs'; it belongs to 'analyze'"),
    (["explain", "a", "b", "c"], 2, "meshctl: unexpected operand 'c': meshctl explain [THING [TO]]\nTry 'meshctl explain --help'\n"),
    (["explain", "import-cyle"], 2, "meshctl: unknown rule, metric, tactic, finding or package 'import-cyle'; did you mean 'import-cycle'?\n"),
    (["explain", "\x1b[31mred\u202e\n"], 2, "meshctl: unknown rule, metric, tactic, finding or package '\\x1b[31mred\\u202e\\n'; 'meshctl explain' lists what is no part of a tree\n"),
    (["completion"], 2, "meshctl: missing operand: meshctl completion SHELL\nTry 'meshctl completion --help'\n"),
    (["completion", "tcsh"], 2, "meshctl: unknown shell 'tcsh'; did you mean "),
    (["-C", "nowhere", "explain"], 3, "meshctl: cannot enter 'nowhere': No such file or directory\n"),
    (["explain", "-o", "nowhere/x"], 3, "meshctl: cannot write 'nowhere/x': No such file or directory\n"),
    (["explain", "-o", "."], 3, "meshctl: cannot write '.': Is a directory\n"),
    (["explain", "--format", "xml"], 2, "meshctl: unknown format 'xml'; 'explain' prints text and json\n"),
    (["explain", "--format=text", "--json"], 2, "meshctl: formats text and json both go to standard output; "),
]


def lines(binary, folder):
    for args, status, says in LINES:
        got, out, err = run(binary, args, folder)
        problem = differs(got, status)
        if not problem and (err if says is None else not err.startswith(says)):
            problem = f"stderr: {err!r}"
        if not problem and bool(out) != (status == 0):
            problem = f"stdout: {out[:80]!r}"
        verdict(f"meshctl {' '.join(args)!r}", problem)
    verdict("nothing was written", leftovers(folder, []))


def full_disk(binary, folder):
    for args in (["help"], ["help", "list"], ["--version"], ["explain"], ["explain", "--json"], ["completion", "bash"],
                 ["__man"]):
        with open("/dev/full", "w") as full:
            got = run(binary, args, folder, stdout=full)
        verdict(f"full disk: {' '.join(args)}",
                differs(got[::2], (3, "meshctl: cannot write standard output: No space left on device\n")))
    # As root a mistake would replace the machine's /dev/full by a file: ask a pipe first.
    fifo = os.path.join(folder, "pipe")
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    run(binary, ["explain", "-o", "pipe"], folder)
    in_place = stat.S_ISFIFO(os.lstat(fifo).st_mode)
    verdict("a pipe is written in place", differs((in_place, os.read(reader, 2)), (True, b"id")))
    os.close(reader)
    os.unlink(fifo)
    if not in_place:
        return
    got = run(binary, ["explain", "--format=text:kept", "--format=json:/dev/full"], folder)
    verdict("full disk: one of two reports", differs(got[::2], (3, "meshctl: cannot write '/dev/full': No space left on device\n"))
            or leftovers(folder, []))
    for args, want in ((["explain"], 3), (["explain", "-o", "kept"], 0)):
        done = subprocess.run(["sh", "-c", 'exec "$0" "$@" >&-', binary, *args], cwd=folder, capture_output=True)
        verdict(f"closed standard output: {' '.join(args)}", differs(done.returncode, want))
    with open(os.path.join(folder, "kept"), "rb") as f:
        verdict("closed standard output: the file is whole", differs(f.read(), run(binary, ["explain"], folder)[1]))
    os.unlink(os.path.join(folder, "kept"))


def broken_pipe(binary, folder):
    for restore, want in ((True, -signal.SIGPIPE), (False, 3)):
        reader, writer = os.pipe()
        os.close(reader)
        got = run(binary, ["completion", "bash"], folder, stdout=writer, restore_signals=restore)
        os.close(writer)
        verdict(f"nobody reads, SIGPIPE {'ends' if restore else 'ignored'}: quiet", differs(got[::2], (want, "")))


def links(folder):
    try:
        return [os.readlink(os.path.join(folder, name)) for name in os.listdir(folder)]
    except OSError:
        return []


def waiting(binary, folder, before=()):
    """meshctl with an unfinished report open, waiting for a reader of its second output."""
    fifo = os.path.join(folder, "fifo")
    if not os.path.exists(fifo):
        os.mkfifo(fifo)
    p = subprocess.Popen([*before, binary, "explain", "--format=text:report", "--format=json:fifo"], cwd=folder,
                         stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    end = time.monotonic() + 5
    while time.monotonic() < end and "(deleted)" not in "".join(links(f"/proc/{p.pid}/fd")):
        time.sleep(0.01)
    time.sleep(0.05)
    return p


def signals(binary, folder):
    for number in ENDING:
        p = waiting(binary, folder)
        p.send_signal(number)
        err = p.communicate(timeout=20)[1]
        verdict(f"{number.name} keeps its status and leaves nothing", differs((p.returncode, err), (-number, b""))
                or leftovers(folder, ["fifo"]))
    p = waiting(binary, folder, ["sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"])
    p.send_signal(signal.SIGINT)
    p.send_signal(signal.SIGHUP)
    with open(os.path.join(folder, "fifo"), "rb") as f:
        got = f.read()
    p.communicate(timeout=20)
    verdict("ignored signals stay ignored", differs((p.returncode, got[:1]), (0, b"{"))
            or leftovers(folder, ["fifo", "report"]))
    for name in ("fifo", "report"):
        os.unlink(os.path.join(folder, name))


def any_moment(binary, folder):
    """A signal at a random moment: the old report or the new one, and nothing beside it."""
    new = run(binary, ["explain", "--json"], folder)[1]
    report = os.path.join(folder, "report")
    choose = random.Random(1)
    problem = ""
    for _ in range(150):
        with open(report, "wb") as f:
            f.write(b"old")
        p = subprocess.Popen([binary, "explain", "--json", "-o", "report"], cwd=folder, stderr=subprocess.DEVNULL)
        time.sleep(choose.random() * 0.005)
        number = choose.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
        p.send_signal(number)
        status = p.wait(timeout=20)
        with open(report, "rb") as f:
            text = f.read()
        problem = problem or leftovers(folder, ["report"]) \
            or ("" if status in (0, -number) else f"status {status}") \
            or ("" if text == new or (text == b"old" and status) else f"status {status}, report {text[:40]!r}")
    verdict("150 signals at random moments", problem)
    os.unlink(report)


def files(binary, folder):
    want = run(binary, ["explain"], folder)[1]
    os.mkdir(os.path.join(folder, "sub"))
    for args in (["-C", "sub", "explain", "-o", "x"], ["explain", "-C", "sub", "--format", "text:x"], ["explain", "-ox", "--dir=sub"]):
        run(binary, args, folder)
        path = os.path.join(folder, "sub", "x")
        with open(path, "rb") as f:
            verdict(f"{' '.join(args)}: below sub", differs(f.read(), want))
        os.unlink(path)
    os.rmdir(os.path.join(folder, "sub"))
    verdict("-o - is standard output", differs(run(binary, ["explain", "-o", "-"], folder)[1], want))
    verdict("options after operands under POSIXLY_CORRECT",
            differs(run(binary, ["explain", "MC101", "--json"], folder, env={**os.environ, "POSIXLY_CORRECT": "1"})[1][:1], b"{"))
    colours = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE")}
    for args, env, want_colour in ((["explain"], {}, False), (["explain", "--color=always"], {}, True),
                                   (["explain"], {"CLICOLOR_FORCE": "1"}, True),
                                   (["explain"], {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
                                   (["explain", "--color=always"], {"NO_COLOR": "1"}, True)):
        out = run(binary, args, folder, env={**colours, **env})[1]
        verdict(f"colour: {' '.join(args)} {env}", differs(b"\x1b[" in out, want_colour))


def main():
    binary = os.path.abspath(sys.argv[1])
    # A shell gives what it runs in the background, or under nohup, ignored signals: programs inherit them.
    for number in set(ENDING) - {signal.SIGPIPE}:
        signal.signal(number, signal.SIG_DFL)
    for test in (lines, full_disk, broken_pipe, signals, any_moment, files):
        with tempfile.TemporaryDirectory() as folder:
            test(binary, folder)
            verdict(f"{test.__name__}: nothing is left", leftovers(folder, []))
    return failed


if __name__ == "__main__":
    sys.exit(main())
