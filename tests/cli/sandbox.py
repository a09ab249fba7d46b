# SPDX-License-Identifier: MIT
"""sandbox.py - one temporary folder in which a command of a test runs: a fresh copy of a tree, a
`meshctl` on PATH, and everything that could differ between hosts pinned."""
import os
import shutil
import subprocess
import tempfile

PINNED = {
    "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb", "COLUMNS": "100", "NO_COLOR": "1",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "init.defaultBranch", "GIT_CONFIG_VALUE_0": "main",
    "GIT_CONFIG_KEY_1": "core.autocrlf", "GIT_CONFIG_VALUE_1": "false",
    "GIT_AUTHOR_NAME": "A U Thor", "GIT_AUTHOR_EMAIL": "author@example.com",
    "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
    "GIT_COMMITTER_NAME": "C O Mitter", "GIT_COMMITTER_EMAIL": "committer@example.com",
    "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
    "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",
}
KEPT = ("TMPDIR", "LD_LIBRARY_PATH")


class Sandbox:
    """with Sandbox(binary) as box: box.fill(tree); box.run("meshctl list")"""

    def __init__(self, binary):
        self.binary = os.path.realpath(binary)

    def __enter__(self):
        self.top = os.path.realpath(tempfile.mkdtemp(prefix="meshctl-test-"))
        self.dir = os.path.join(self.top, "w")
        for name in ("w", "home", "cache", "bin"):
            os.mkdir(os.path.join(self.top, name))
        os.symlink(self.binary, os.path.join(self.top, "bin", "meshctl"))
        self.env = {k: os.environ[k] for k in KEPT if k in os.environ}
        self.env.update(PINNED, HOME=os.path.join(self.top, "home"),
                        XDG_CACHE_HOME=os.path.join(self.top, "cache"),
                        PATH=os.path.join(self.top, "bin") + ":/usr/local/bin:/usr/bin:/bin")
        return self

    def __exit__(self, *unused):
        for folder, dirs, _ in os.walk(self.top):
            for name in dirs:
                path = os.path.join(folder, name)
                if not os.path.islink(path):
                    os.chmod(path, 0o700)
        shutil.rmtree(self.top, ignore_errors=True)

    def fill(self, tree):
        shutil.copytree(tree, self.dir, symlinks=True, dirs_exist_ok=True)

    def setup(self, script):
        run = subprocess.run(["sh", "-eu", os.path.abspath(script)], cwd=self.dir, env=self.env,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if run.returncode:
            raise RuntimeError(f"{script}: status {run.returncode}: {run.stdout.decode('utf-8', 'replace')}")

    def run(self, command, timeout=120):
        """(status, stdout, stderr) of a shell command; the folder's path in them becomes $DIR.
        A signal is 128 + its number, as in a shell."""
        try:
            run = subprocess.run(["sh", "-c", command], cwd=self.dir, env=self.env, timeout=timeout,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except subprocess.TimeoutExpired:
            return 124, b"", f"still running after {timeout} s\n".encode()
        path = self.dir.encode()
        status = run.returncode if run.returncode >= 0 else 128 - run.returncode
        return status, run.stdout.replace(path, b"$DIR"), run.stderr.replace(path, b"$DIR")
