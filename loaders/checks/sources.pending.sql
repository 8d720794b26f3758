-- severity: warning
-- means: The file ends within a record; its last bytes are no rows yet.
-- do: Import again when its writer has finished the line.
SELECT {key}, pending_bytes
FROM {rows}
WHERE pending_bytes > 0
