#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a workspace of transcripts: make_workspace.py DIRECTORY [MB].

The same size gives the same bytes on every machine. Lines are 1.2 KB in the median and 30 KB at the
99th percentile; there are tool calls with their results, usage spread over several records of one
API message, several projects, and sub-agents in files of their own.
"""

import json
import math
import random
import sys
from pathlib import Path

MIB = 1 << 20
FILE_BYTES = 4 * MIB  # of one main transcript
MEDIAN_TEXT = 700  # what the envelope leaves of a median line
SIGMA = 1.74  # from the median to the 99th percentile
LONGEST_TEXT = 2 * MIB
TOOLS = ["Bash", "Read", "Edit", "Grep", "Write", "Glob"]
MODELS = ["claude-opus-4-5", "claude-sonnet-4-6", "claude-haiku-4-5"]
WORDS = (
    "the tide table of harbour north is read from file and every line holds one ship with its "
    'name time and berth "quoted" path/to/module.py def load(self): return rows[0] # café → ✓ '
    "error warning 0.85 12345 [x] {y} \\n\ttab if not found then try again until it works\n"
).split(" ")


class Text:
    """Slices of one long text: cheap, and no two records alike."""

    def __init__(self, rng):
        self.rng = rng
        self.text = " ".join(rng.choice(WORDS) for _ in range(800_000))

    def take(self, length):
        at = self.rng.randrange(max(1, len(self.text) - length))
        return self.text[at : at + length]

    def take_some(self):
        length = int(MEDIAN_TEXT * math.exp(self.rng.gauss(0, SIGMA)))
        return self.take(min(max(length, 8), LONGEST_TEXT))


class Session:
    """Writes the records of one transcript until it is long enough."""

    def __init__(self, rng, text, project, session_id, agent_id=None):
        self.rng, self.text = rng, text
        self.time = 1_750_000_000_000 + rng.randrange(20_000_000_000)
        self.parent = None
        self.message = 0
        self.envelope = {
            "isSidechain": agent_id is not None,
            "userType": "external",
            "cwd": "/srv/" + project,
            "sessionId": session_id,
            "version": "2.1.%d" % rng.randrange(20, 120),
            "gitBranch": rng.choice(["main", "feature/retry", "fix/docs"]),
        }
        if agent_id is not None:
            self.envelope["agentId"] = agent_id

    def stamp(self):
        self.time += self.rng.randrange(50, 20_000)
        seconds, milliseconds = divmod(self.time, 1000)
        days, rest = divmod(seconds, 86400)
        year, month, day = civil(days)
        return "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ" % (
            year, month, day, rest // 3600, rest // 60 % 60, rest % 60, milliseconds)

    def record(self, kind, **members):
        uuid = make_uuid(self.rng)
        line = {"parentUuid": self.parent, **self.envelope, "type": kind, **members,
                "uuid": uuid, "timestamp": self.stamp()}
        self.parent = uuid
        return line

    def usage(self, output):
        return {"input_tokens": self.rng.randrange(3, 400), "output_tokens": output,
                "cache_creation_input_tokens": self.rng.randrange(5000),
                "cache_read_input_tokens": self.rng.randrange(150_000), "service_tier": "standard"}

    def assistant(self, message_id, model, block, stop, output):
        message = {"id": message_id, "type": "message", "role": "assistant", "model": model,
                   "content": [block], "stop_reason": stop, "usage": self.usage(output)}
        return self.record("assistant", requestId="req_" + message_id[4:], message=message)

    def turn(self):
        """A prompt, then answers that call tools."""
        yield self.record("user", message={"role": "user", "content": self.text.take_some()},
                          permissionMode="default")
        for _ in range(self.rng.randrange(1, 8)):
            self.message += 1
            message_id = "msg_%s%05d" % (self.envelope["sessionId"][:8], self.message)
            model = self.rng.choice(MODELS)
            output = self.rng.randrange(5, 2000)
            yield self.assistant(message_id, model, {"type": "text", "text": self.text.take_some()},
                                 None, 3)
            tool = "toolu_" + make_uuid(self.rng)[:18]
            yield self.assistant(message_id, model,
                                 {"type": "tool_use", "id": tool, "name": self.rng.choice(TOOLS),
                                  "input": {"command": self.text.take(self.rng.randrange(900)), "limit": 20}},
                                 "tool_use", output)
            result = self.text.take_some()
            yield self.record("user", message={"role": "user", "content": [
                {"tool_use_id": tool, "type": "tool_result", "content": result}]},
                toolUseResult={"stdout": result[:2000], "stderr": "", "interrupted": False})


def civil(days):
    """Year, month and day of a day counted from 1970."""
    days += 719468
    era, day_of_era = divmod(days, 146097)
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    month = (5 * day_of_year + 2) // 153
    return (year + era * 400 + (month >= 10), month + (3 if month < 10 else -9),
            day_of_year - (153 * month + 2) // 5 + 1)


def make_uuid(rng):
    digits = "%032x" % rng.getrandbits(128)
    return "-".join((digits[:8], digits[8:12], "4" + digits[13:16], "8" + digits[17:20], digits[20:]))


def write(path, session, limit):
    """Returns the bytes written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with path.open("wb") as out:
        while size < limit:
            for line in session.turn():
                data = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                out.write(data)
                size += len(data)
        title = {"type": "ai-title", "aiTitle": "Work", "sessionId": session.envelope["sessionId"]}
        data = json.dumps(title, separators=(",", ":")).encode() + b"\n"
        out.write(data)
    return size + len(data)


def main():
    root, megabytes = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 200
    rng = random.Random(2026)
    text = Text(rng)
    wanted, done = int(megabytes * MIB), 0
    while done < wanted:
        project = "project-%d" % rng.randrange(12)
        session_id = make_uuid(rng)
        folder = root / ".claude" / "projects" / ("-srv-" + project)
        size = min(FILE_BYTES, wanted - done)
        done += write(folder / (session_id + ".jsonl"), Session(rng, text, project, session_id), size)
        for _ in range(rng.randrange(3)):
            if done >= wanted:
                break
            agent = "a" + make_uuid(rng).replace("-", "")[:16]
            path = folder / session_id / "subagents" / ("agent-%s.jsonl" % agent)
            done += write(path, Session(rng, text, project, session_id, agent),
                          min(FILE_BYTES // 8, wanted - done))
    print("%d bytes of transcripts below %s" % (done, root))


main()
