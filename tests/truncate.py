#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""truncate.py PROGRAM - runs tests/truncate over every Go file of testdata, on all processors."""
import concurrent.futures
import os
import subprocess
import sys


def main():
    files = []
    for folder, _, names in os.walk("testdata"):
        files += [os.path.join(folder, n) for n in names if n.endswith(".go")]
    files = sorted((f for f in files if os.path.isfile(f)), key=lambda f: (os.path.getsize(f), f))
    # Dealt like cards, so that each share has large and small files.
    shares = [files[i::16] for i in range(16) if files[i::16]]

    def run(share):
        return subprocess.run([sys.argv[1]] + share, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    failed = not files
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for result in pool.map(run, shares):
            text = result.stdout.decode("utf-8", "replace")
            print(text[-8000:], end="")
            if result.returncode:
                failed = True
                if "not ok" not in text:
                    print(f"not ok truncate: status {result.returncode}")
    if not files:
        print("not ok truncate: testdata has no Go file")
    return 1 if failed else 0


sys.exit(main())
