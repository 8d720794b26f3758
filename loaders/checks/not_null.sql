-- severity: error
-- for: any required column
-- means: A column that must have a value has none.
-- do: Import the file again; if the row stays, the database was changed by another program.
SELECT {key}, {column}
FROM {rows}
WHERE {column} IS NULL
