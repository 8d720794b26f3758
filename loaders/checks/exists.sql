-- severity: error
-- for: each reference
-- means: The row names a parent that is not there.
-- do: Another program removed the parent: import into a new database.
SELECT {key}, {column}
FROM {rows}
WHERE {column} IS NOT NULL
  AND NOT EXISTS (
      SELECT 1
      FROM {parent} p
      WHERE p.workspace_id = {table}.workspace_id AND p.{target} = {table}.{column})
