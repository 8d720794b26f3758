-- severity: error
-- for: table
-- means: Two rows have one primary key.
-- do: Restore the database, or import into a new one; its primary key was taken away or is damaged.
SELECT {key}, count(*) - 1 AS violations
FROM {table}
WHERE {scope}
GROUP BY {key}
HAVING count(*) > 1
