-- severity: error
-- for: any json column
-- dialect: sqlite
-- means: The value is no JSON; PostgreSQL's own type already refuses such a value.
-- do: Another program changed the database: import into a new one.
SELECT {key}, {column}
FROM {rows}
WHERE {column} IS NOT NULL AND NOT is_json({column})
