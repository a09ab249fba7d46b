#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""completion.py FOLDER - loads meshctl.bash, _meshctl and meshctl.fish from FOLDER into their shells
and completes command lines: bash through its function and, as zsh, on a real terminal (a pty)."""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

HOSTILE = "zz$(touch${IFS}pwned)"      # a branch's name may be this


def environment(folder):
    return {"PATH": os.environ["PATH"], "HOME": folder, "TERM": "dumb", "LC_ALL": "C.UTF-8",
            "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder, "GIT_CONFIG_GLOBAL": "/dev/null"}


def playground(folder):
    for name in ("internal/order", "internal/user", "with space"):
        os.makedirs(os.path.join(folder, name))
    open(os.path.join(folder, "go.mod"), "w").close()
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid"]
    for args in (["init", "-q", "-b", "main"], ["commit", "-q", "--allow-empty", "-m", "x"], ["branch", HOSTILE],
                 ["branch", "topic"]):
        subprocess.run(git + args, cwd=folder, env=environment(folder), check=True)


class Terminal:
    """An interactive shell; ^G prints the line that is being edited as <line>."""

    def __init__(self, argv, folder, setup):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(argv[0], argv, environment(folder))
        self.text = ""
        for line in setup + ["echo rea''dy"]:
            os.write(self.fd, line.encode() + b"\n")
        self.wait(r"ready\r?\n")

    def wait(self, pattern, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = re.search(pattern, self.text, re.S)
            if found:
                self.text = self.text[found.end():]
                return found
            if select.select([self.fd], [], [], 0.2)[0]:
                try:
                    self.text += os.read(self.fd, 65536).decode(errors="replace")
                except OSError:
                    break
        raise RuntimeError(f"no {pattern!r} in {self.text[-300:]!r}")

    def complete(self, typed):
        os.write(self.fd, typed.encode() + b"\t\x07")
        line = self.wait(r"<<(.*?)>>").group(1)
        os.write(self.fd, b"\x15")
        return line

    def close(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def bash_words(script, folder, words):
    """What the function answers for COMP_WORDS; the words are bash's own pieces."""
    code = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_WORDBREAKS=$\' \\t\\n"\\\'><=;|&(:\'; '
            '_meshctl; ((${#COMPREPLY[@]})) && printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(["bash", "--norc", "-c", code, "bash", script, *words], cwd=folder,
                          env=environment(folder), capture_output=True, text=True)
    # compopt works inside a completion only.
    return done.stdout.split("\n")[:-1]


def fish_words(script, folder, line):
    done = subprocess.run(["fish", "--no-config", "-c", 'source $argv[1]; complete -C "$argv[2]"', script, line],
                          cwd=folder, env=environment(folder), capture_output=True, text=True)
    return [w.split("\t")[0] for w in done.stdout.split("\n")[:-1]] + [w for w in [done.stderr.strip()] if w]


BASH_FUNCTION = [
    (["meshctl", "li"], ["list"]),
    (["meshctl", "-C", "internal", "li"], ["list"]),
    (["meshctl", "help", "expl"], ["explain"]),
    (["meshctl", "--vers"], ["--version"]),
    (["meshctl", "list", "--platf"], ["--platform"]),
    (["meshctl", "analyze", "--fail-on", "w"], ["warning"]),
    (["meshctl", "analyze", "--fail-on", "=", "w"], ["warning"]),
    (["meshctl", "explain", "import"], ["import-cycle"]),
    (["meshctl", "analyze", "--rule", "import-cycle,test-c"], ["import-cycle,test-cycle"]),
    (["meshctl", "explain", "--format", "j"], ["json"]),
    (["meshctl", "explain", "--format", "json", ":", "go"], ["go.mod"]),
    (["meshctl", "explain", "-o", "go"], ["go.mod"]),
    (["meshctl", "list", "int"], ["internal"]),
    (["meshctl", "list", "internal/o"], ["internal/order"]),
    (["meshctl", "list", "--rev", "to"], ["topic"]),
    (["meshctl", "list", "--rev", "zz"], [r"zz\$\(touch\$\{IFS\}pwned\)"]),
    (["meshctl", "list", "-j", "x"], []),
    (["meshctl", "completion", "z"], ["zsh"]),
    (["meshctl", "list", "--", "--pl"], []),
]

TYPED = [
    ("meshctl li", "meshctl list "),
    ("meshctl -C internal li", "meshctl -C internal list "),
    ("meshctl analyze --fail-on w", "meshctl analyze --fail-on warning "),
    ("meshctl analyze --fail-on=w", "meshctl analyze --fail-on=warning "),
    ("meshctl explain import", "meshctl explain import-cycle "),
    ("meshctl explain --format j", "meshctl explain --format json "),
    ("meshctl cycles --level mod", "meshctl cycles --level module "),
    ("meshctl cycles --level dir:", "meshctl cycles --level dir:"),
    ("meshctl list with", "meshctl list with\\ space/"),
    ("meshctl explain -o go.m", "meshctl explain -o go.mod "),
    ("meshctl list --rev to", "meshctl list --rev topic "),
]

FISH = [
    ("meshctl li", ["list"]),
    ("meshctl -C internal li", ["list"]),
    ("meshctl help expl", ["explain"]),
    ("meshctl analyze --fail-on w", ["warning"]),
    ("meshctl analyze --fail-on=w", ["--fail-on=warning"]),
    ("meshctl explain import", ["import-cycle"]),
    ("meshctl explain --format j", ["json"]),
    ("meshctl list --platfo", ["--platform"]),
    ("meshctl list int", ["internal/"]),
    ("meshctl explain -o go.", ["go.mod"]),
    ("meshctl list --rev to", ["topic"]),
    ("meshctl analyze --rule import-cycle,test-c", ["import-cycle,test-cycle"]),
    ("meshctl completion z", ["zsh"]),
]


def main():
    scripts = os.path.abspath(sys.argv[1])
    failed = False

    def verdict(name, got, want):
        nonlocal failed
        good = got == want
        failed |= not good
        print(f"{'ok' if good else 'not ok'} completion: {name}")
        if not good:
            print(f"  wanted {want!r}\n  got    {got!r}")

    def typed(shell, terminal, cases):
        for line, want in cases:
            try:
                got = terminal.complete(line)
            except (OSError, RuntimeError) as e:
                got = str(e)
            verdict(f"{shell} terminal: {line}", got, want)
        terminal.close()

    with tempfile.TemporaryDirectory() as folder:
        playground(folder)
        script = os.path.join(scripts, "meshctl.bash")
        for words, want in BASH_FUNCTION:
            verdict("bash: " + " ".join(words), bash_words(script, folder, words), want)
        typed("bash", Terminal(["bash", "--norc", "-i"], folder, [
            "PS1=", f"source '{script}'", "bind 'set enable-bracketed-paste off'",
            """bind -x '"\\C-g": printf "<<%s>>\\n" "$READLINE_LINE"'"""]), TYPED)
        if shutil.which("zsh"):
            os.makedirs(os.path.join(folder, ".zsh"))
            shutil.copy(os.path.join(scripts, "_meshctl"), os.path.join(folder, ".zsh", "_meshctl"))
            typed("zsh", Terminal(["zsh", "-f", "-i"], folder, [
                "PS1=", "unsetopt zle_bracketed_paste 2>/dev/null; unset zle_bracketed_paste", f"fpath=('{folder}/.zsh' $fpath)",
                "autoload -Uz compinit; compinit -u -D", "setopt no_beep; unsetopt prompt_cr prompt_sp",
                'show() { print -r -- "<<$BUFFER>>" }; zle -N show; bindkey "^g" show']),
                [c for c in TYPED if c[0] != "meshctl cycles --level dir:"] + [
                    ("meshctl explain --format json:go", "meshctl explain --format json:go.mod "),
                    # The comma goes when a space or the end of the line follows.
                    ("meshctl analyze --rule import-cycle,test-c", "meshctl analyze --rule import-cycle,test-cycle,")])
        if shutil.which("fish"):
            script = os.path.join(scripts, "meshctl.fish")
            for line, want in FISH:
                verdict("fish: " + line, fish_words(script, folder, line), want)
        verdict("no branch name was run", os.path.exists(os.path.join(folder, "pwned")), False)
    return failed


if __name__ == "__main__":
    sys.exit(main())
