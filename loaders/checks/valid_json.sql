-- severity: error
-- for: any json column
-- dialect: sqlite
-- means: The value is no JSON; PostgreSQL's own type already refuses such a value.
-- do: Import the file again; if the row stays, the database was changed by another program.
SELECT {key}, {column}
FROM {rows}
WHERE {column} IS NOT NULL AND NOT is_json({column})
