-- severity: error
-- for: each domain column
-- means: The value is not one of those that the column may have (docs/tables.md lists them).
-- do: Import the file again; if the row stays, the database was changed by another program.
SELECT {key}, {column}
FROM {rows}
WHERE {column} NOT IN ({domain})
