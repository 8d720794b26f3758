-- severity: error
-- for: each domain column
-- means: The value is not one of those that the column may have (docs/tables.md lists them).
-- do: Another program changed the database: import into a new one.
SELECT {key}, {column}
FROM {rows}
WHERE {column} NOT IN ({domain})
