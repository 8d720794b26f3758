#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The script that one would write by hand: baseline.py WORKSPACE DATABASE.

Every line of every transcript into SQLite with Python's own json and sqlite3: one transaction, three
indexes. No accounting, no archive, no checks: what an import is measured against.
"""

import json
import sqlite3
import sys
from pathlib import Path

SCHEMA = """
CREATE TABLE messages (session_id TEXT, uuid TEXT, parent TEXT, type TEXT, role TEXT, model TEXT,
    input_tokens INTEGER, output_tokens INTEGER, cache_creation_tokens INTEGER,
    cache_read_tokens INTEGER, timestamp TEXT, cwd TEXT, version TEXT, text TEXT, raw TEXT);
CREATE TABLE tool_uses (session_id TEXT, uuid TEXT, tool_use_id TEXT, name TEXT, input TEXT);
CREATE TABLE tool_results (session_id TEXT, uuid TEXT, tool_use_id TEXT, is_error INTEGER, bytes INTEGER);
"""
INDEXES = """
CREATE INDEX messages_session ON messages (session_id, timestamp);
CREATE INDEX messages_uuid ON messages (uuid);
CREATE INDEX tool_uses_id ON tool_uses (tool_use_id);
"""


def load_line(db, line):
    record = json.loads(line)
    session, uuid = record.get("sessionId"), record.get("uuid")
    message = record.get("message") or {}
    content = message.get("content")
    usage = message.get("usage") or {}
    blocks = content if isinstance(content, list) else []
    text = content if isinstance(content, str) else "\n".join(
        block.get("text", "") for block in blocks if block.get("type") == "text")
    db.execute("INSERT INTO messages VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", (
        session, uuid, record.get("parentUuid"), record.get("type"), message.get("role"),
        message.get("model"), usage.get("input_tokens"), usage.get("output_tokens"),
        usage.get("cache_creation_input_tokens"), usage.get("cache_read_input_tokens"),
        record.get("timestamp"), record.get("cwd"), record.get("version"), text, line))
    for block in blocks:
        if block.get("type") == "tool_use":
            db.execute("INSERT INTO tool_uses VALUES (?,?,?,?,?)",
                       (session, uuid, block["id"], block["name"], json.dumps(block["input"])))
        elif block.get("type") == "tool_result":
            db.execute("INSERT INTO tool_results VALUES (?,?,?,?,?)", (
                session, uuid, block["tool_use_id"], block.get("is_error"),
                len(json.dumps(block.get("content")))))


def main():
    db = sqlite3.connect(sys.argv[2])
    db.executescript(SCHEMA)
    with db:
        for path in sorted(Path(sys.argv[1]).rglob("*.jsonl")):
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    load_line(db, line)
    with db:
        db.executescript(INDEXES)


main()
