-- severity: error
-- for: any time column
-- dialect: sqlite
-- means: The time is not written like 2025-07-16T02:22:10.050741Z, so it sorts in a wrong place.
-- do: Another program changed the database: import into a new one.
SELECT {key}, {column}
FROM {rows}
WHERE {column} NOT GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'
