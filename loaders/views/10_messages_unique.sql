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
