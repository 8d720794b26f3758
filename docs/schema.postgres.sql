CREATE FUNCTION as_jsonb(value json) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN replace(value::text, '\u0000', '\ufffd')::jsonb;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;

CREATE TABLE workspaces (
    workspace_id bigint NOT NULL,
    name text COMPRESSION lz4 COLLATE "C" NOT NULL,
    host text COMPRESSION lz4 COLLATE "C" NOT NULL,
    path text COMPRESSION lz4 COLLATE "C" NOT NULL,
    label text COMPRESSION lz4 COLLATE "C",
    store_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    first_imported_at timestamptz NOT NULL,
    last_imported_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id)
);

CREATE TABLE import_runs (
    workspace_id bigint NOT NULL,
    run_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    mode text COMPRESSION lz4 COLLATE "C" NOT NULL,
    status text COMPRESSION lz4 COLLATE "C" NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    tool_version text COMPRESSION lz4 COLLATE "C" NOT NULL,
    options json COMPRESSION lz4 NOT NULL,
    files_seen bigint NOT NULL,
    bytes_seen bigint NOT NULL,
    rows_loaded bigint NOT NULL,
    rows_rejected bigint NOT NULL,
    report json COMPRESSION lz4,
    PRIMARY KEY (workspace_id, run_id)
);

CREATE TABLE sources (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    path text COMPRESSION lz4 COLLATE "C" NOT NULL,
    path_bytes bytea COMPRESSION lz4,
    family text COMPRESSION lz4 COLLATE "C" NOT NULL,
    extractor text COMPRESSION lz4 COLLATE "C",
    extractor_version bigint,
    size_bytes bigint NOT NULL,
    modified_ns bigint NOT NULL,
    mode bigint NOT NULL,
    link_target text COMPRESSION lz4 COLLATE "C",
    inode bigint,
    head_hash text COMPRESSION lz4 COLLATE "C",
    tail_hash text COMPRESSION lz4 COLLATE "C",
    content_hash text COMPRESSION lz4 COLLATE "C",
    blocks_hash text COMPRESSION lz4 COLLATE "C",
    source_version bigint NOT NULL,
    consumed_bytes bigint NOT NULL,
    row_bytes bigint NOT NULL,
    rejected_bytes bigint NOT NULL,
    blank_bytes bigint NOT NULL,
    pending_bytes bigint NOT NULL,
    records bigint NOT NULL,
    row_count bigint NOT NULL,
    rejected bigint NOT NULL,
    repaired bigint NOT NULL,
    encoding text COMPRESSION lz4 COLLATE "C",
    resume_offset bigint,
    resume_line bigint,
    resume_state text COMPRESSION lz4 COLLATE "C",
    uses_file_time boolean NOT NULL,
    companions text COMPRESSION lz4 COLLATE "C",
    settings text COMPRESSION lz4 COLLATE "C",
    archived_bytes bigint NOT NULL,
    status text COMPRESSION lz4 COLLATE "C" NOT NULL,
    first_run_id text COMPRESSION lz4 COLLATE "C",
    last_run_id text COMPRESSION lz4 COLLATE "C",
    missing_since timestamptz,
    PRIMARY KEY (workspace_id, source_id)
);

CREATE TABLE source_versions (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    run_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    source_version bigint NOT NULL,
    path text COMPRESSION lz4 COLLATE "C" NOT NULL,
    path_bytes bytea COMPRESSION lz4,
    family text COMPRESSION lz4 COLLATE "C" NOT NULL,
    size_bytes bigint NOT NULL,
    modified_ns bigint NOT NULL,
    mode bigint NOT NULL,
    link_target text COMPRESSION lz4 COLLATE "C",
    consumed_bytes bigint NOT NULL,
    content_hash text COMPRESSION lz4 COLLATE "C",
    extractor_version bigint,
    status text COMPRESSION lz4 COLLATE "C" NOT NULL,
    missing boolean NOT NULL,
    PRIMARY KEY (workspace_id, source_id, run_id)
);

CREATE TABLE source_segments (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_version bigint NOT NULL,
    segment_no bigint NOT NULL,
    source_offset bigint NOT NULL,
    byte_length bigint NOT NULL,
    codec text COMPRESSION lz4 COLLATE "C" NOT NULL,
    payload_hash text COMPRESSION lz4 COLLATE "C" NOT NULL,
    payload bytea COMPRESSION lz4 NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_version, segment_no)
);

CREATE TABLE source_tables (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    table_name text COMPRESSION lz4 COLLATE "C" NOT NULL,
    row_count bigint NOT NULL,
    checksum text COMPRESSION lz4 COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, source_id, table_name)
);

CREATE TABLE schema_migrations (
    id bigint NOT NULL,
    pack text COMPRESSION lz4 COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COMPRESSION lz4 COLLATE "C" NOT NULL,
    checksum text COMPRESSION lz4 COLLATE "C" NOT NULL,
    direction text COMPRESSION lz4 COLLATE "C" NOT NULL,
    applied_at timestamptz NOT NULL,
    applied_by text COMPRESSION lz4 COLLATE "C" NOT NULL,
    duration_ms bigint NOT NULL,
    undone_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE migration_journal (
    id bigint NOT NULL,
    pack text COMPRESSION lz4 COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    step text COMPRESSION lz4 COLLATE "C" NOT NULL,
    object text COMPRESSION lz4 COLLATE "C" NOT NULL,
    row_key text COMPRESSION lz4 COLLATE "C",
    old_value json COMPRESSION lz4,
    PRIMARY KEY (id)
);

CREATE TABLE migration_log (
    id bigint NOT NULL,
    pack text COMPRESSION lz4 COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    phase text COMPRESSION lz4 COLLATE "C" NOT NULL,
    step text COMPRESSION lz4 COLLATE "C" NOT NULL,
    direction text COMPRESSION lz4 COLLATE "C" NOT NULL,
    start_time timestamptz NOT NULL,
    end_time timestamptz,
    status text COMPRESSION lz4 COLLATE "C" NOT NULL,
    records_processed bigint NOT NULL,
    errors_encountered bigint NOT NULL,
    detail text COMPRESSION lz4 COLLATE "C",
    PRIMARY KEY (id)
);

CREATE TABLE rejects (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    source_length bigint NOT NULL,
    line bigint,
    reason text COMPRESSION lz4 COLLATE "C" NOT NULL,
    detail text COMPRESSION lz4 COLLATE "C" NOT NULL,
    raw bytea COMPRESSION lz4,
    run_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE entity_statements (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    entity text COMPRESSION lz4 COLLATE "C" NOT NULL,
    entity_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    said_at timestamptz,
    attributes json COMPRESSION lz4 NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE agents (
    workspace_id bigint NOT NULL,
    agent_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    agent_type text COMPRESSION lz4 COLLATE "C" NOT NULL,
    status text COMPRESSION lz4 COLLATE "C" NOT NULL,
    source_status text COMPRESSION lz4 COLLATE "C",
    worktree_path text COMPRESSION lz4 COLLATE "C",
    branch_name text COMPRESSION lz4 COLLATE "C",
    created_at timestamptz,
    last_activity timestamptz,
    configuration json COMPRESSION lz4,
    inferred boolean NOT NULL,
    PRIMARY KEY (workspace_id, agent_id)
);

CREATE TABLE projects (
    workspace_id bigint NOT NULL,
    project_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    name text COMPRESSION lz4 COLLATE "C" NOT NULL,
    description text COMPRESSION lz4 COLLATE "C",
    status text COMPRESSION lz4 COLLATE "C",
    path text COMPRESSION lz4 COLLATE "C",
    created_at timestamptz,
    target_completion timestamptz,
    metadata json COMPRESSION lz4,
    inferred boolean NOT NULL,
    PRIMARY KEY (workspace_id, project_id)
);

CREATE TABLE context_sessions (
    workspace_id bigint NOT NULL,
    session_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    agent_id text COMPRESSION lz4 COLLATE "C",
    project_id text COMPRESSION lz4 COLLATE "C",
    kind text COMPRESSION lz4 COLLATE "C" NOT NULL,
    parent_session_id text COMPRESSION lz4 COLLATE "C",
    title text COMPRESSION lz4 COLLATE "C",
    context_data json COMPRESSION lz4,
    usage_percent double precision,
    token_count bigint,
    max_tokens bigint,
    created_at timestamptz,
    last_accessed timestamptz,
    is_active boolean,
    message_count bigint NOT NULL,
    inferred boolean NOT NULL,
    PRIMARY KEY (workspace_id, session_id)
);

CREATE TABLE tasks (
    workspace_id bigint NOT NULL,
    task_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    agent_id text COMPRESSION lz4 COLLATE "C",
    title text COMPRESSION lz4 COLLATE "C" NOT NULL,
    description text COMPRESSION lz4 COLLATE "C",
    status text COMPRESSION lz4 COLLATE "C" NOT NULL,
    source_status text COMPRESSION lz4 COLLATE "C",
    priority text COMPRESSION lz4 COLLATE "C",
    created_at timestamptz,
    started_at timestamptz,
    completed_at timestamptz,
    estimated_duration bigint,
    actual_duration bigint,
    confidence_score double precision,
    parent_task_id text COMPRESSION lz4 COLLATE "C",
    session_id text COMPRESSION lz4 COLLATE "C",
    tags json COMPRESSION lz4,
    metadata json COMPRESSION lz4,
    inferred boolean NOT NULL,
    PRIMARY KEY (workspace_id, task_id)
);

CREATE TABLE project_tasks (
    workspace_id bigint NOT NULL,
    project_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    task_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, project_id, task_id)
);

CREATE TABLE checkpoints (
    workspace_id bigint NOT NULL,
    checkpoint_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    project_id text COMPRESSION lz4 COLLATE "C",
    name text COMPRESSION lz4 COLLATE "C" NOT NULL,
    git_tag text COMPRESSION lz4 COLLATE "C",
    metrics json COMPRESSION lz4,
    quality_score double precision,
    passed boolean,
    created_at timestamptz,
    validated_at timestamptz,
    inferred boolean NOT NULL,
    PRIMARY KEY (workspace_id, checkpoint_id)
);

CREATE TABLE pull_requests (
    workspace_id bigint NOT NULL,
    pr_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    pr_number bigint,
    title text COMPRESSION lz4 COLLATE "C" NOT NULL,
    description text COMPRESSION lz4 COLLATE "C",
    author_agent text COMPRESSION lz4 COLLATE "C",
    status text COMPRESSION lz4 COLLATE "C",
    head_ref text COMPRESSION lz4 COLLATE "C",
    size_lines bigint,
    test_coverage double precision,
    quality_score double precision,
    created_at timestamptz,
    merged_at timestamptz,
    PRIMARY KEY (workspace_id, pr_id)
);

CREATE TABLE message_usage (
    workspace_id bigint NOT NULL,
    message_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    session_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    model text COMPRESSION lz4 COLLATE "C",
    day text COMPRESSION lz4 COLLATE "C",
    input_tokens bigint,
    output_tokens bigint,
    cache_creation_tokens bigint,
    cache_read_tokens bigint,
    PRIMARY KEY (workspace_id, message_id)
);

CREATE TABLE events (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    agent_id text COMPRESSION lz4 COLLATE "C",
    session_id text COMPRESSION lz4 COLLATE "C",
    event_type text COMPRESSION lz4 COLLATE "C" NOT NULL,
    severity text COMPRESSION lz4 COLLATE "C" NOT NULL,
    logger text COMPRESSION lz4 COLLATE "C",
    message text COMPRESSION lz4 COLLATE "C" NOT NULL,
    details json COMPRESSION lz4,
    timestamp timestamptz,
    timestamp_raw text COMPRESSION lz4 COLLATE "C",
    timestamp_source text COMPRESSION lz4 COLLATE "C" NOT NULL,
    correlation_id text COMPRESSION lz4 COLLATE "C",
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE configurations (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    agent_id text COMPRESSION lz4 COLLATE "C",
    category text COMPRESSION lz4 COLLATE "C" NOT NULL,
    key text COMPRESSION lz4 COLLATE "C" NOT NULL,
    value json COMPRESSION lz4 NOT NULL,
    updated_at timestamptz,
    updated_by text COMPRESSION lz4 COLLATE "C",
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE memory_snapshots (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    snapshot_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    producer_id text COMPRESSION lz4 COLLATE "C",
    session_id text COMPRESSION lz4 COLLATE "C",
    agent_id text COMPRESSION lz4 COLLATE "C",
    memory_type text COMPRESSION lz4 COLLATE "C" NOT NULL,
    content json COMPRESSION lz4,
    content_path text COMPRESSION lz4 COLLATE "C",
    content_hash text COMPRESSION lz4 COLLATE "C" NOT NULL,
    content_bytes bigint NOT NULL,
    stored_bytes bigint NOT NULL,
    compression_ratio double precision,
    importance_score double precision,
    created_at timestamptz,
    expires_at timestamptz,
    tags json COMPRESSION lz4,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE context_events (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    session_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    event_type text COMPRESSION lz4 COLLATE "C" NOT NULL,
    details json COMPRESSION lz4,
    timestamp timestamptz,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE messages (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    session_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    uuid text COMPRESSION lz4 COLLATE "C",
    parent_uuid text COMPRESSION lz4 COLLATE "C",
    record_type text COMPRESSION lz4 COLLATE "C" NOT NULL,
    role text COMPRESSION lz4 COLLATE "C",
    agent_id text COMPRESSION lz4 COLLATE "C",
    is_sidechain boolean,
    message_id text COMPRESSION lz4 COLLATE "C",
    request_id text COMPRESSION lz4 COLLATE "C",
    model text COMPRESSION lz4 COLLATE "C",
    stop_reason text COMPRESSION lz4 COLLATE "C",
    input_tokens bigint,
    output_tokens bigint,
    cache_creation_tokens bigint,
    cache_read_tokens bigint,
    cwd text COMPRESSION lz4 COLLATE "C",
    git_branch text COMPRESSION lz4 COLLATE "C",
    version text COMPRESSION lz4 COLLATE "C",
    timestamp timestamptz,
    text text COMPRESSION lz4 COLLATE "C",
    raw json COMPRESSION lz4 NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE tool_uses (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    session_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    message_uuid text COMPRESSION lz4 COLLATE "C",
    tool_use_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    name text COMPRESSION lz4 COLLATE "C" NOT NULL,
    input json COMPRESSION lz4 NOT NULL,
    timestamp timestamptz,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE tool_results (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    session_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    message_uuid text COMPRESSION lz4 COLLATE "C",
    tool_use_id text COMPRESSION lz4 COLLATE "C" NOT NULL,
    is_error boolean,
    result_bytes bigint NOT NULL,
    timestamp timestamptz,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE agent_messages (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    message_id text COMPRESSION lz4 COLLATE "C",
    from_agent text COMPRESSION lz4 COLLATE "C",
    to_agent text COMPRESSION lz4 COLLATE "C",
    message_type text COMPRESSION lz4 COLLATE "C" NOT NULL,
    content text COMPRESSION lz4 COLLATE "C" NOT NULL,
    priority text COMPRESSION lz4 COLLATE "C",
    sent_at timestamptz,
    delivered_at timestamptz,
    acknowledged_at timestamptz,
    details json COMPRESSION lz4,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE performance_metrics (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    agent_id text COMPRESSION lz4 COLLATE "C",
    task_id text COMPRESSION lz4 COLLATE "C",
    metric_type text COMPRESSION lz4 COLLATE "C" NOT NULL,
    value double precision,
    unit text COMPRESSION lz4 COLLATE "C",
    context json COMPRESSION lz4,
    recorded_at timestamptz,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE git_state (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    agent_id text COMPRESSION lz4 COLLATE "C",
    session_id text COMPRESSION lz4 COLLATE "C",
    branch_name text COMPRESSION lz4 COLLATE "C",
    commit_hash text COMPRESSION lz4 COLLATE "C",
    pr_number bigint,
    pr_status text COMPRESSION lz4 COLLATE "C",
    lines_added bigint,
    lines_removed bigint,
    files_changed bigint,
    updated_at timestamptz,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE documents (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    path text COMPRESSION lz4 COLLATE "C" NOT NULL,
    kind text COMPRESSION lz4 COLLATE "C" NOT NULL,
    name text COMPRESSION lz4 COLLATE "C" NOT NULL,
    title text COMPRESSION lz4 COLLATE "C",
    front_matter json COMPRESSION lz4,
    body text COMPRESSION lz4 COLLATE "C" NOT NULL,
    modified_at timestamptz,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE TABLE state_rows (
    workspace_id bigint NOT NULL,
    source_id bigint NOT NULL,
    source_offset bigint NOT NULL,
    source_seq bigint NOT NULL,
    table_name text COMPRESSION lz4 COLLATE "C" NOT NULL,
    row json COMPRESSION lz4 NOT NULL,
    PRIMARY KEY (workspace_id, source_id, source_offset, source_seq)
);

CREATE INDEX idx_migration_journal_object ON migration_journal (pack, version, object);

CREATE INDEX idx_entity_statements_entity ON entity_statements (workspace_id, entity, entity_id);

CREATE INDEX idx_agents_status_activity ON agents (workspace_id, status, last_activity);

CREATE INDEX idx_agents_configuration_gin ON agents USING gin (as_jsonb(configuration));

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

ALTER TABLE import_runs ADD CONSTRAINT fk_import_runs_workspace_id FOREIGN KEY (workspace_id) REFERENCES workspaces (workspace_id) NOT VALID;

ALTER TABLE sources ADD CONSTRAINT fk_sources_workspace_id FOREIGN KEY (workspace_id) REFERENCES workspaces (workspace_id) NOT VALID;

ALTER TABLE rejects ADD CONSTRAINT fk_rejects_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE entity_statements ADD CONSTRAINT fk_entity_statements_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE context_sessions ADD CONSTRAINT fk_context_sessions_agent_id FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE context_sessions ADD CONSTRAINT fk_context_sessions_project_id FOREIGN KEY (workspace_id, project_id) REFERENCES projects (workspace_id, project_id) NOT VALID;

ALTER TABLE context_sessions ADD CONSTRAINT fk_context_sessions_parent_session_id FOREIGN KEY (workspace_id, parent_session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE tasks ADD CONSTRAINT fk_tasks_agent_id FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE tasks ADD CONSTRAINT fk_tasks_parent_task_id FOREIGN KEY (workspace_id, parent_task_id) REFERENCES tasks (workspace_id, task_id) NOT VALID;

ALTER TABLE tasks ADD CONSTRAINT fk_tasks_session_id FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE project_tasks ADD CONSTRAINT fk_project_tasks_project_id FOREIGN KEY (workspace_id, project_id) REFERENCES projects (workspace_id, project_id) NOT VALID;

ALTER TABLE project_tasks ADD CONSTRAINT fk_project_tasks_task_id FOREIGN KEY (workspace_id, task_id) REFERENCES tasks (workspace_id, task_id) NOT VALID;

ALTER TABLE checkpoints ADD CONSTRAINT fk_checkpoints_project_id FOREIGN KEY (workspace_id, project_id) REFERENCES projects (workspace_id, project_id) NOT VALID;

ALTER TABLE pull_requests ADD CONSTRAINT fk_pull_requests_author_agent FOREIGN KEY (workspace_id, author_agent) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE message_usage ADD CONSTRAINT fk_message_usage_session_id FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE events ADD CONSTRAINT fk_events_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE events ADD CONSTRAINT fk_events_agent_id FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE events ADD CONSTRAINT fk_events_session_id FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE configurations ADD CONSTRAINT fk_configurations_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE configurations ADD CONSTRAINT fk_configurations_agent_id FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE memory_snapshots ADD CONSTRAINT fk_memory_snapshots_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE memory_snapshots ADD CONSTRAINT fk_memory_snapshots_session_id FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE memory_snapshots ADD CONSTRAINT fk_memory_snapshots_agent_id FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE context_events ADD CONSTRAINT fk_context_events_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE context_events ADD CONSTRAINT fk_context_events_session_id FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE messages ADD CONSTRAINT fk_messages_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE messages ADD CONSTRAINT fk_messages_session_id FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE messages ADD CONSTRAINT fk_messages_agent_id FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE tool_uses ADD CONSTRAINT fk_tool_uses_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE tool_uses ADD CONSTRAINT fk_tool_uses_session_id FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE tool_results ADD CONSTRAINT fk_tool_results_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE tool_results ADD CONSTRAINT fk_tool_results_session_id FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE agent_messages ADD CONSTRAINT fk_agent_messages_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE agent_messages ADD CONSTRAINT fk_agent_messages_from_agent FOREIGN KEY (workspace_id, from_agent) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE agent_messages ADD CONSTRAINT fk_agent_messages_to_agent FOREIGN KEY (workspace_id, to_agent) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE performance_metrics ADD CONSTRAINT fk_performance_metrics_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE performance_metrics ADD CONSTRAINT fk_performance_metrics_agent_id FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE performance_metrics ADD CONSTRAINT fk_performance_metrics_task_id FOREIGN KEY (workspace_id, task_id) REFERENCES tasks (workspace_id, task_id) NOT VALID;

ALTER TABLE git_state ADD CONSTRAINT fk_git_state_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE git_state ADD CONSTRAINT fk_git_state_agent_id FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, agent_id) NOT VALID;

ALTER TABLE git_state ADD CONSTRAINT fk_git_state_session_id FOREIGN KEY (workspace_id, session_id) REFERENCES context_sessions (workspace_id, session_id) NOT VALID;

ALTER TABLE documents ADD CONSTRAINT fk_documents_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE state_rows ADD CONSTRAINT fk_state_rows_source_id FOREIGN KEY (workspace_id, source_id) REFERENCES sources (workspace_id, source_id) NOT VALID;

ALTER TABLE import_runs VALIDATE CONSTRAINT fk_import_runs_workspace_id;

ALTER TABLE sources VALIDATE CONSTRAINT fk_sources_workspace_id;

ALTER TABLE rejects VALIDATE CONSTRAINT fk_rejects_source_id;

ALTER TABLE entity_statements VALIDATE CONSTRAINT fk_entity_statements_source_id;

ALTER TABLE context_sessions VALIDATE CONSTRAINT fk_context_sessions_agent_id;

ALTER TABLE context_sessions VALIDATE CONSTRAINT fk_context_sessions_project_id;

ALTER TABLE context_sessions VALIDATE CONSTRAINT fk_context_sessions_parent_session_id;

ALTER TABLE tasks VALIDATE CONSTRAINT fk_tasks_agent_id;

ALTER TABLE tasks VALIDATE CONSTRAINT fk_tasks_parent_task_id;

ALTER TABLE tasks VALIDATE CONSTRAINT fk_tasks_session_id;

ALTER TABLE project_tasks VALIDATE CONSTRAINT fk_project_tasks_project_id;

ALTER TABLE project_tasks VALIDATE CONSTRAINT fk_project_tasks_task_id;

ALTER TABLE checkpoints VALIDATE CONSTRAINT fk_checkpoints_project_id;

ALTER TABLE pull_requests VALIDATE CONSTRAINT fk_pull_requests_author_agent;

ALTER TABLE message_usage VALIDATE CONSTRAINT fk_message_usage_session_id;

ALTER TABLE events VALIDATE CONSTRAINT fk_events_source_id;

ALTER TABLE events VALIDATE CONSTRAINT fk_events_agent_id;

ALTER TABLE events VALIDATE CONSTRAINT fk_events_session_id;

ALTER TABLE configurations VALIDATE CONSTRAINT fk_configurations_source_id;

ALTER TABLE configurations VALIDATE CONSTRAINT fk_configurations_agent_id;

ALTER TABLE memory_snapshots VALIDATE CONSTRAINT fk_memory_snapshots_source_id;

ALTER TABLE memory_snapshots VALIDATE CONSTRAINT fk_memory_snapshots_session_id;

ALTER TABLE memory_snapshots VALIDATE CONSTRAINT fk_memory_snapshots_agent_id;

ALTER TABLE context_events VALIDATE CONSTRAINT fk_context_events_source_id;

ALTER TABLE context_events VALIDATE CONSTRAINT fk_context_events_session_id;

ALTER TABLE messages VALIDATE CONSTRAINT fk_messages_source_id;

ALTER TABLE messages VALIDATE CONSTRAINT fk_messages_session_id;

ALTER TABLE messages VALIDATE CONSTRAINT fk_messages_agent_id;

ALTER TABLE tool_uses VALIDATE CONSTRAINT fk_tool_uses_source_id;

ALTER TABLE tool_uses VALIDATE CONSTRAINT fk_tool_uses_session_id;

ALTER TABLE tool_results VALIDATE CONSTRAINT fk_tool_results_source_id;

ALTER TABLE tool_results VALIDATE CONSTRAINT fk_tool_results_session_id;

ALTER TABLE agent_messages VALIDATE CONSTRAINT fk_agent_messages_source_id;

ALTER TABLE agent_messages VALIDATE CONSTRAINT fk_agent_messages_from_agent;

ALTER TABLE agent_messages VALIDATE CONSTRAINT fk_agent_messages_to_agent;

ALTER TABLE performance_metrics VALIDATE CONSTRAINT fk_performance_metrics_source_id;

ALTER TABLE performance_metrics VALIDATE CONSTRAINT fk_performance_metrics_agent_id;

ALTER TABLE performance_metrics VALIDATE CONSTRAINT fk_performance_metrics_task_id;

ALTER TABLE git_state VALIDATE CONSTRAINT fk_git_state_source_id;

ALTER TABLE git_state VALIDATE CONSTRAINT fk_git_state_agent_id;

ALTER TABLE git_state VALIDATE CONSTRAINT fk_git_state_session_id;

ALTER TABLE documents VALIDATE CONSTRAINT fk_documents_source_id;

ALTER TABLE state_rows VALIDATE CONSTRAINT fk_state_rows_source_id;

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

