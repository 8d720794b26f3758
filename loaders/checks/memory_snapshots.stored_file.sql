-- severity: error
-- dialect: sqlite
-- means: The snapshot's content is a file of the store beside the database (FILE.store), and that file
--        is missing, damaged, or another content than the row says.
-- do: Restore the store from a backup, or import into a new database.
SELECT {key}, content_path, stored_file_state(content_path, content_hash) AS state
FROM {rows}
WHERE content_path IS NOT NULL AND stored_file_state(content_path, content_hash) <> 'whole'
