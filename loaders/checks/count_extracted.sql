-- severity: error
-- for: fact table
-- means: The file's rows here are not as many as were extracted from it.
-- do: Another program added or removed rows: import into a new database.
SELECT s.path, c.extracted, c.here, abs(c.extracted - c.here) AS violations
FROM (
    SELECT source_id, sum(extracted) AS extracted, sum(here) AS here
    FROM (
        SELECT source_id, row_count AS extracted, 0 AS here
        FROM source_tables
        WHERE workspace_id = {workspace} AND table_name = '{table}'
        UNION ALL
        SELECT source_id, 0 AS extracted, count(*) AS here
        FROM {table}
        WHERE workspace_id = {workspace}
        GROUP BY source_id) AS counts
    GROUP BY source_id
    HAVING sum(extracted) <> sum(here)) AS c
LEFT JOIN sources s ON s.workspace_id = {workspace} AND s.source_id = c.source_id
