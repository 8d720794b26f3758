-- severity: error
-- for: table
-- means: Two rows have one primary key.
-- do: The primary key was taken away or is damaged: import into a new database.
SELECT {key}, count(*) - 1 AS violations
FROM {table}
WHERE {scope}
GROUP BY {key}
HAVING count(*) > 1
