-- severity: error
-- for: each reference
-- means: The row names a parent that is not there.
-- do: Another program removed the parent: import into a new database.
SELECT {key}, {column}
FROM {rows}
WHERE {column} IN (
    SELECT d.id
    FROM (SELECT DISTINCT {column} AS id FROM {table} WHERE {scope} AND {column} IS NOT NULL) AS d
    WHERE NOT EXISTS (
        SELECT 1
        FROM {parent} p
        WHERE p.workspace_id = {workspace} AND p.{target} = d.id))
