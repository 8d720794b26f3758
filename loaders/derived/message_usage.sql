-- Usage once per API message: of all its records the one with most output tokens, then the latest,
-- then by path and offset. The filter narrows to the messages that were touched, by rowid; all of them
-- are read in the table's own order, which is twice as quick as by an index.
SELECT workspace_id, message_id, session_id, model, substr(timestamp, 1, 10) AS day,
       input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens
FROM (
    SELECT m.workspace_id, coalesce(m.message_id, m.source_id || ':' || m.source_offset) AS message_id,
           m.session_id, m.model, m.timestamp,
           m.input_tokens, m.output_tokens, m.cache_creation_tokens, m.cache_read_tokens,
           row_number() OVER (
               PARTITION BY coalesce(m.message_id, m.source_id || ':' || m.source_offset)
               ORDER BY coalesce(m.output_tokens, -1) DESC, coalesce(m.timestamp, '') DESC,
                        coalesce(s.path_bytes, CAST(s.path AS BLOB)), m.source_offset, m.source_seq) AS place
    FROM messages m NOT INDEXED
    JOIN sources s ON s.workspace_id = m.workspace_id AND s.source_id = m.source_id
    WHERE m.workspace_id = ?1
      AND (m.input_tokens IS NOT NULL OR m.output_tokens IS NOT NULL
           OR m.cache_creation_tokens IS NOT NULL OR m.cache_read_tokens IS NOT NULL)
      {filter}
) ranked
WHERE place = 1
ORDER BY message_id
