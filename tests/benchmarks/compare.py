#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs commands in turn and prints how they compare: compare.py ROUNDS NAME=COMMAND…

Each round runs every command once, so that a slow moment of the machine hits all of them. `{fresh}`
in a command is a new empty directory. The first one is the measure of the ratios.
"""

import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def run(command):
    """Seconds and peak KiB of one run; ends the program when it fails."""
    fresh = tempfile.mkdtemp(prefix="ingot-bench-")
    try:
        start = time.monotonic()
        process = subprocess.Popen(shlex.split(command.replace("{fresh}", fresh)),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        if status != 0:
            sys.exit("%s\nended with %d: %s" % (command, os.waitstatus_to_exitcode(status),
                                                errors.decode(errors="replace")))
        return seconds, usage.ru_maxrss
    finally:
        shutil.rmtree(fresh)


def main():
    rounds = int(sys.argv[1])
    commands = dict(argument.split("=", 1) for argument in sys.argv[2:])
    seconds = {name: [] for name in commands}
    peak = dict.fromkeys(commands, 0)
    for _ in range(rounds):
        for name, command in commands.items():
            taken, memory = run(command)
            seconds[name].append(taken)
            peak[name] = max(peak[name], memory)
    base = statistics.median(seconds[next(iter(commands))])
    print("%-24s %8s %8s %8s %8s %9s" % ("", "min s", "median s", "max s", "ratio", "peak MiB"))
    for name, taken in seconds.items():
        median = statistics.median(taken)
        print("%-24s %8.2f %8.2f %8.2f %8.2f %9.0f" % (
            name, min(taken), median, max(taken), median / base, peak[name] / 1024))


main()
