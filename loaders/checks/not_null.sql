-- severity: error
-- for: any required column
-- means: A column that must have a value has none.
-- do: Another program changed the database: import into a new one.
SELECT {key}, {column}
FROM {rows}
WHERE {column} IS NULL
