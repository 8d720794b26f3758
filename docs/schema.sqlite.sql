CREATE TABLE workspaces (
    workspace_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    path TEXT NOT NULL,
    label TEXT,
    store_id TEXT NOT NULL,
    first_imported_at TEXT NOT NULL,
    last_imported_at TEXT NOT NULL,
    PRIMARY KEY (workspace_id)
) STRICT;

CREATE TABLE import_runs (
    workspace_id INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    tool_version TEXT NOT NULL,
    options TEXT NOT NULL,
    files_seen INTEGER NOT NULL,
    bytes_seen INTEGER NOT NULL,
    rows_loaded INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL,
    report TEXT,
    PRIMARY KEY (workspace_id, run_id),
    FOREIGN KEY (workspace_id) REFERENCES workspaces (workspace_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE sources (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    path_bytes BLOB,
    family TEXT NOT NULL,
    extractor TEXT,
    extractor_version INTEGER,
    size_bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    mode INTEGER NOT NULL,
    link_target TEXT,
    inode INTEGER,
    head_hash TEXT,
    tail_hash TEXT,
    content_hash TEXT,
    blocks_hash TEXT,
    source_version INTEGER NOT NULL,
    consumed_bytes INTEGER NOT NULL,
    row_bytes INTEGER NOT NULL,
    rejected_bytes INTEGER NOT NULL,
    blank_bytes INTEGER NOT NULL,
    pending_bytes INTEGER NOT NULL,
    records INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    repaired INTEGER NOT NULL,
    encoding TEXT,
    resume_offset INTEGER,
    resume_line INTEGER,
    resume_state TEXT,
    uses_file_time INTEGER NOT NULL CHECK (uses_file_time IN (0, 1)),
    companions TEXT,
    settings TEXT,
    archived_bytes INTEGER NOT NULL,
    status TEXT NOT NULL,
    first_run_id TEXT,
    last_run_id TEXT,
    missing_since TEXT,
    PRIMARY KEY (workspace_id, source_id),
    FOREIGN KEY (workspace_id) REFERENCES workspaces (workspace_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE source_versions (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    source_version INTEGER NOT NULL,
    path TEXT NOT NULL,
    path_bytes BLOB,
    family TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    mode INTEGER NOT NULL,
    link_target TEXT,
    consumed_bytes INTEGER NOT NULL,
    content_hash TEXT,
    extractor_version INTEGER,
    status TEXT NOT NULL,
    missing INTEGER NOT NULL CHECK (missing IN (0, 1)),
    PRIMARY KEY (workspace_id, source_id, run_id)
) STRICT;

CREATE TABLE source_segments (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_version INTEGER NOT NULL,
    segment_no INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    byte_length INTEGER NOT NULL,
    codec TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_version, segment_no)
) STRICT;

CREATE TABLE source_tables (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    PRIMARY KEY (workspace_id, source_id, table_name)
) STRICT;

CREATE TABLE schema_migrations (
    id INTEGER NOT NULL,
    pack TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    direction TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    applied_by TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    undone_at TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE migration_journal (
    id INTEGER NOT NULL,
    pack TEXT NOT NULL,
    version INTEGER NOT NULL,
    step TEXT NOT NULL,
    object TEXT NOT NULL,
    row_key TEXT,
    old_value TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE migration_log (
    id INTEGER NOT NULL,
    pack TEXT NOT NULL,
    version INTEGER NOT NULL,
    phase TEXT NOT NULL,
    step TEXT NOT NULL,
    direction TEXT NOT NULL,
    start_time TEXT NOT NULL,
    end_time TEXT,
    status TEXT NOT NULL,
    records_processed INTEGER NOT NULL,
    errors_encountered INTEGER NOT NULL,
    detail TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE rejects (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    source_length INTEGER NOT NULL,
    line INTEGER,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    raw BLOB,
    run_id TEXT NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE entity_statements (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    said_at TEXT,
    attributes TEXT NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE agents (
    workspace_id INTEGER NOT NULL,
    agent_id TEXT NOT NULL,
    agent_type TEXT NOT NULL,
    status TEXT NOT NULL,
    source_status TEXT,
    worktree_path TEXT,
    branch_name TEXT,
    created_at TEXT,
    last_activity TEXT,
    configuration TEXT,
    inferred INTEGER NOT NULL CHECK (inferred IN (0, 1)),
    PRIMARY KEY (workspace_id, agent_id)
) STRICT;

CREATE TABLE projects (
    workspace_id INTEGER NOT NULL,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    status TEXT,
    path TEXT,
    created_at TEXT,
    target_completion TEXT,
    metadata TEXT,
    inferred INTEGER NOT NULL CHECK (inferred IN (0, 1)),
    PRIMARY KEY (workspace_id, project_id)
) STRICT;

CREATE TABLE context_sessions (
    workspace_id INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    agent_id TEXT,
    project_id TEXT,
    kind TEXT NOT NULL,
    parent_session_id TEXT,
    title TEXT,
    context_data TEXT,
    usage_percent REAL,
    token_count INTEGER,
    max_tokens INTEGER,
    created_at TEXT,
    last_accessed TEXT,
    is_active INTEGER CHECK (is_active IN (0, 1)),
    message_count INTEGER NOT NULL,
    inferred INTEGER NOT NULL CHECK (inferred IN (0, 1)),
    PRIMARY KEY (workspace_id, session_id),
    FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, project_id) REFERENCES projects (workspace_id, project_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, parent_session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE tasks (
    workspace_id INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    agent_id TEXT,
    title TEXT NOT NULL,
    description TEXT,
    status TEXT NOT NULL,
    source_status TEXT,
    priority TEXT,
    created_at TEXT,
    started_at TEXT,
    completed_at TEXT,
    estimated_duration INTEGER,
    actual_duration INTEGER,
    confidence_score REAL,
    parent_task_id TEXT,
    session_id TEXT,
    tags TEXT,
    metadata TEXT,
    inferred INTEGER NOT NULL CHECK (inferred IN (0, 1)),
    PRIMARY KEY (workspace_id, task_id),
    FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, parent_task_id) REFERENCES tasks (workspace_id, task_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE project_tasks (
    workspace_id INTEGER NOT NULL,
    project_id TEXT NOT NULL,
    task_id TEXT NOT NULL,
    PRIMARY KEY (workspace_id, project_id, task_id),
    FOREIGN KEY (workspace_id, project_id) REFERENCES projects (workspace_id, project_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, task_id) REFERENCES tasks (workspace_id, task_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE checkpoints (
    workspace_id INTEGER NOT NULL,
    checkpoint_id TEXT NOT NULL,
    project_id TEXT,
    name TEXT NOT NULL,
    git_tag TEXT,
    metrics TEXT,
    quality_score REAL,
    passed INTEGER CHECK (passed IN (0, 1)),
    created_at TEXT,
    validated_at TEXT,
    inferred INTEGER NOT NULL CHECK (inferred IN (0, 1)),
    PRIMARY KEY (workspace_id, checkpoint_id),
    FOREIGN KEY (workspace_id, project_id) REFERENCES projects (workspace_id, project_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE pull_requests (
    workspace_id INTEGER NOT NULL,
    pr_id TEXT NOT NULL,
    pr_number INTEGER,
    title TEXT NOT NULL,
    description TEXT,
    author_agent TEXT,
    status TEXT,
    head_ref TEXT,
    size_lines INTEGER,
    test_coverage REAL,
    quality_score REAL,
    created_at TEXT,
    merged_at TEXT,
    PRIMARY KEY (workspace_id, pr_id),
    FOREIGN KEY (workspace_id, author_agent) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE message_usage (
    workspace_id INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    model TEXT,
    day TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cache_creation_tokens INTEGER,
    cache_read_tokens INTEGER,
    PRIMARY KEY (workspace_id, message_id),
    FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE events (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    agent_id TEXT,
    session_id TEXT,
    event_type TEXT NOT NULL,
    severity TEXT NOT NULL,
    logger TEXT,
    message TEXT NOT NULL,
    details TEXT,
    timestamp TEXT,
    timestamp_raw TEXT,
    timestamp_source TEXT NOT NULL,
    correlation_id TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE configurations (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    agent_id TEXT,
    category TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    updated_at TEXT,
    updated_by TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE memory_snapshots (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    snapshot_id TEXT NOT NULL,
    producer_id TEXT,
    session_id TEXT,
    agent_id TEXT,
    memory_type TEXT NOT NULL,
    content TEXT,
    content_path TEXT,
    content_hash TEXT NOT NULL,
    content_bytes INTEGER NOT NULL,
    stored_bytes INTEGER NOT NULL,
    compression_ratio REAL,
    importance_score REAL,
    created_at TEXT,
    expires_at TEXT,
    tags TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE context_events (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    details TEXT,
    timestamp TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE messages (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    uuid TEXT,
    parent_uuid TEXT,
    record_type TEXT NOT NULL,
    role TEXT,
    agent_id TEXT,
    is_sidechain INTEGER CHECK (is_sidechain IN (0, 1)),
    message_id TEXT,
    request_id TEXT,
    model TEXT,
    stop_reason TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cache_creation_tokens INTEGER,
    cache_read_tokens INTEGER,
    cwd TEXT,
    git_branch TEXT,
    version TEXT,
    timestamp TEXT,
    text TEXT,
    raw TEXT NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE tool_uses (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    message_uuid TEXT,
    tool_use_id TEXT NOT NULL,
    name TEXT NOT NULL,
    input TEXT NOT NULL,
    timestamp TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE tool_results (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    message_uuid TEXT,
    tool_use_id TEXT NOT NULL,
    is_error INTEGER CHECK (is_error IN (0, 1)),
    result_bytes INTEGER NOT NULL,
    timestamp TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE agent_messages (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    message_id TEXT,
    from_agent TEXT,
    to_agent TEXT,
    message_type TEXT NOT NULL,
    content TEXT NOT NULL,
    priority TEXT,
    sent_at TEXT,
    delivered_at TEXT,
    acknowledged_at TEXT,
    details TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, from_agent) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, to_agent) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE performance_metrics (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    agent_id TEXT,
    task_id TEXT,
    metric_type TEXT NOT NULL,
    value REAL,
    unit TEXT,
    context TEXT,
    recorded_at TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, task_id) REFERENCES tasks (workspace_id, task_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE git_state (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    agent_id TEXT,
    session_id TEXT,
    branch_name TEXT,
    commit_hash TEXT,
    pr_number INTEGER,
    pr_status TEXT,
    lines_added INTEGER,
    lines_removed INTEGER,
    files_changed INTEGER,
    updated_at TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE documents (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT,
    front_matter TEXT,
    body TEXT NOT NULL,
    modified_at TEXT,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE state_rows (
    workspace_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    source_offset INTEGER NOT NULL,
    source_seq INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq),
    FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX idx_migration_journal_object ON migration_journal (pack, version, object);

CREATE INDEX idx_entity_statements_entity ON entity_statements (workspace_id, entity, entity_id);

CREATE INDEX idx_context_sessions_agent_id ON context_sessions (workspace_id, agent_id);

CREATE INDEX idx_context_sessions_project_id ON context_sessions (workspace_id, project_id);

CREATE INDEX idx_context_sessions_parent_session_id ON context_sessions (workspace_id, parent_session_id);

CREATE INDEX idx_tasks_agent_id ON tasks (workspace_id, agent_id);

CREATE INDEX idx_tasks_parent_task_id ON tasks (workspace_id, parent_task_id);

CREATE INDEX idx_tasks_session_id ON tasks (workspace_id, session_id);

CREATE INDEX idx_project_tasks_project_id ON project_tasks (workspace_id, project_id);

CREATE INDEX idx_project_tasks_task_id ON project_tasks (workspace_id, task_id);

CREATE INDEX idx_checkpoints_project_id ON checkpoints (workspace_id, project_id);

CREATE INDEX idx_pull_requests_author_agent ON pull_requests (workspace_id, author_agent);

CREATE INDEX idx_message_usage_session_id ON message_usage (workspace_id, session_id);

CREATE INDEX idx_events_agent_id ON events (workspace_id, agent_id, timestamp);

CREATE INDEX idx_events_session_id ON events (workspace_id, session_id);

CREATE INDEX idx_configurations_agent_id ON configurations (workspace_id, agent_id);

CREATE INDEX idx_memory_snapshots_session_id ON memory_snapshots (workspace_id, session_id);

CREATE INDEX idx_memory_snapshots_agent_id ON memory_snapshots (workspace_id, agent_id);

CREATE INDEX idx_memory_snapshots_snapshot_id ON memory_snapshots (workspace_id, snapshot_id);

CREATE INDEX idx_memory_snapshots_producer_id ON memory_snapshots (workspace_id, producer_id);

CREATE INDEX idx_context_events_session_id ON context_events (workspace_id, session_id);

CREATE INDEX idx_messages_session_id ON messages (workspace_id, session_id, timestamp);

CREATE INDEX idx_messages_agent_id ON messages (workspace_id, agent_id, timestamp);

CREATE INDEX idx_messages_uuid ON messages (workspace_id, uuid);

CREATE INDEX idx_messages_message_id ON messages (workspace_id, message_id);

CREATE INDEX idx_tool_uses_session_id ON tool_uses (workspace_id, session_id);

CREATE INDEX idx_tool_uses_tool_use_id ON tool_uses (workspace_id, tool_use_id);

CREATE INDEX idx_tool_results_session_id ON tool_results (workspace_id, session_id);

CREATE INDEX idx_tool_results_tool_use_id ON tool_results (workspace_id, tool_use_id);

CREATE INDEX idx_agent_messages_from_agent ON agent_messages (workspace_id, from_agent);

CREATE INDEX idx_agent_messages_to_agent ON agent_messages (workspace_id, to_agent);

CREATE INDEX idx_performance_metrics_agent_id ON performance_metrics (workspace_id, agent_id);

CREATE INDEX idx_performance_metrics_task_id ON performance_metrics (workspace_id, task_id);

CREATE INDEX idx_git_state_agent_id ON git_state (workspace_id, agent_id);

CREATE INDEX idx_git_state_session_id ON git_state (workspace_id, session_id);

-- One row per uuid: forks and resumed sessions begin with copies of other transcripts. The first by
-- path and offset stands for all; a record without uuid stands for itself.
CREATE VIEW messages_unique AS
SELECT m.*
FROM messages m
JOIN sources s ON s.workspace_id = m.workspace_id AND s.source_id = m.source_id
WHERE m.uuid IS NULL
   OR NOT EXISTS (
       SELECT 1
       FROM messages o
       JOIN sources os ON os.workspace_id = o.workspace_id AND os.source_id = o.source_id
       WHERE o.workspace_id = m.workspace_id AND o.uuid = m.uuid
         AND (os.path, o.source_id, o.source_offset, o.source_seq)
           < (s.path, m.source_id, m.source_offset, m.source_seq))
;

-- Each use of a tool with its result: that of the same file where there is one, else the first by
-- path and offset.
CREATE VIEW tool_calls AS
SELECT u.workspace_id, u.source_id, u.source_offset, u.source_seq,
       u.session_id, u.message_uuid, u.tool_use_id, u.name, u.input,
       r.message_uuid AS result_message_uuid, r.is_error, r.result_bytes,
       u.timestamp AS started_at, r.timestamp AS finished_at
FROM tool_uses u
LEFT JOIN tool_results r
  ON r.workspace_id = u.workspace_id AND r.tool_use_id = u.tool_use_id
 AND NOT EXISTS (
     SELECT 1
     FROM tool_results b
     JOIN sources bs ON bs.workspace_id = b.workspace_id AND bs.source_id = b.source_id
     JOIN sources rs ON rs.workspace_id = r.workspace_id AND rs.source_id = r.source_id
     WHERE b.workspace_id = u.workspace_id AND b.tool_use_id = u.tool_use_id
       AND (CASE WHEN b.source_id = u.source_id THEN 0 ELSE 1 END, bs.path, b.source_id, b.source_offset, b.source_seq)
         < (CASE WHEN r.source_id = u.source_id THEN 0 ELSE 1 END, rs.path, r.source_id, r.source_offset, r.source_seq))
;

-- Tokens per session, model and day (UTC). Each message of the API counts once.
CREATE VIEW token_usage AS
SELECT workspace_id, session_id, model, day, count(*) AS messages,
       CAST(sum(input_tokens) AS BIGINT) AS input_tokens,
       CAST(sum(output_tokens) AS BIGINT) AS output_tokens,
       CAST(sum(cache_creation_tokens) AS BIGINT) AS cache_creation_tokens,
       CAST(sum(cache_read_tokens) AS BIGINT) AS cache_read_tokens
FROM message_usage
GROUP BY workspace_id, session_id, model, day
;

-- How often each session used each tool, and how that ended. A call without a result was refused,
-- interrupted, or is still running.
CREATE VIEW tool_usage AS
SELECT workspace_id, session_id, name, count(*) AS calls,
       CAST(sum(CASE WHEN is_error THEN 1 ELSE 0 END) AS BIGINT) AS errors,
       CAST(sum(CASE WHEN result_bytes IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS without_result,
       CAST(sum(result_bytes) AS BIGINT) AS result_bytes,
       min(started_at) AS first_used_at, max(started_at) AS last_used_at
FROM tool_calls
GROUP BY workspace_id, session_id, name
;

-- A session at a glance.
CREATE VIEW session_overview AS
SELECT s.workspace_id, s.session_id, s.kind, s.title, s.agent_id, s.parent_session_id,
       s.project_id, p.path AS project_path, s.created_at, s.last_accessed, s.message_count,
       (SELECT count(*) FROM context_sessions c
        WHERE c.workspace_id = s.workspace_id AND c.parent_session_id = s.session_id) AS subsessions,
       (SELECT count(*) FROM tool_uses u
        WHERE u.workspace_id = s.workspace_id AND u.session_id = s.session_id) AS tool_calls,
       (SELECT count(*) FROM tool_results r
        WHERE r.workspace_id = s.workspace_id AND r.session_id = s.session_id AND r.is_error) AS tool_errors,
       (SELECT CAST(sum(m.input_tokens) AS BIGINT) FROM message_usage m
        WHERE m.workspace_id = s.workspace_id AND m.session_id = s.session_id) AS input_tokens,
       (SELECT CAST(sum(m.output_tokens) AS BIGINT) FROM message_usage m
        WHERE m.workspace_id = s.workspace_id AND m.session_id = s.session_id) AS output_tokens,
       (SELECT CAST(sum(m.cache_creation_tokens) AS BIGINT) FROM message_usage m
        WHERE m.workspace_id = s.workspace_id AND m.session_id = s.session_id) AS cache_creation_tokens,
       (SELECT CAST(sum(m.cache_read_tokens) AS BIGINT) FROM message_usage m
        WHERE m.workspace_id = s.workspace_id AND m.session_id = s.session_id) AS cache_read_tokens
FROM context_sessions s
LEFT JOIN projects p ON p.workspace_id = s.workspace_id AND p.project_id = s.project_id
;

-- At which percentage of a full context what has to be done: thresholds of context_thresholds.json,
-- "name": 75 or "name": {"percent": 75, "action": "…"}, or else 75, 85 and 95.
CREATE VIEW context_thresholds AS
WITH stated AS (
    SELECT c.workspace_id, substr(c.key, 12) AS name, CAST(c.value AS TEXT) AS value
    FROM configurations c
    JOIN sources s ON s.workspace_id = c.workspace_id AND s.source_id = c.source_id
    WHERE c.key LIKE 'thresholds.%' AND s.path LIKE '%context_thresholds.json'
),
numbers AS (
    SELECT workspace_id,
           CASE WHEN name LIKE '%.percent' THEN substr(name, 1, length(name) - 8) ELSE name END AS name,
           CASE WHEN value <> '' AND trim(value, '0123456789') IN ('', '.')
                THEN CAST(value AS DOUBLE PRECISION) END AS percent
    FROM stated
    WHERE name NOT LIKE '%.%' OR (name LIKE '%.percent' AND name NOT LIKE '%.%.%')
)
SELECT n.workspace_id, coalesce(trim(a.value, '"'), n.name) AS action, min(n.percent) AS percent
FROM numbers n
LEFT JOIN stated a ON a.workspace_id = n.workspace_id AND a.name = n.name || '.action'
WHERE n.percent IS NOT NULL
GROUP BY n.workspace_id, coalesce(trim(a.value, '"'), n.name)
UNION ALL
SELECT w.workspace_id, d.action, d.percent
FROM workspaces w
CROSS JOIN (SELECT 'consolidation_light' AS action, 75.0 AS percent
            UNION ALL SELECT 'consolidation_critical', 85.0
            UNION ALL SELECT 'sleep_emergency', 95.0) d
WHERE NOT EXISTS (SELECT 1 FROM numbers n WHERE n.workspace_id = w.workspace_id AND n.percent IS NOT NULL)
;

-- How full each session's context is, and the action that is due; NULL when none is.
CREATE VIEW context_pressure AS
SELECT workspace_id, session_id, percent, action, threshold
FROM (
    SELECT s.workspace_id, s.session_id, s.percent, t.action, t.percent AS threshold,
           row_number() OVER (PARTITION BY s.workspace_id, s.session_id ORDER BY t.percent DESC, t.action) AS place
    FROM (SELECT workspace_id, session_id,
                 coalesce(usage_percent, CAST(100.0 * token_count AS DOUBLE PRECISION) / nullif(max_tokens, 0)) AS percent
          FROM context_sessions) s
    LEFT JOIN context_thresholds t ON t.workspace_id = s.workspace_id AND t.percent <= s.percent
    WHERE s.percent IS NOT NULL
) ranked
WHERE place = 1
;

