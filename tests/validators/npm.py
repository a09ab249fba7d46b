# SPDX-License-Identifier: MIT
"""npm.py - packages that validators need: got once for each lock file, outside of the tree."""
import hashlib
import os
import shutil
import subprocess


def install(own, name, build):
    """The folder with node_modules of what `own`/package-lock.json pins."""
    with open(os.path.join(own, "package-lock.json"), "rb") as f:
        folder = os.path.join(build, "cache", f"{name}-" + hashlib.sha256(f.read()).hexdigest()[:12])
    if not os.path.isdir(folder):
        part = folder + ".new"
        shutil.rmtree(part, ignore_errors=True)
        os.makedirs(part)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(os.path.join(own, file), part)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=part, check=True,
                       timeout=600)
        os.rename(part, folder)
    return folder
