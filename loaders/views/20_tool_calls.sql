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
