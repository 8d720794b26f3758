-- severity: warning
-- for: any time column but expires_at target_completion
-- means: The time is before 2000 or more than a day ahead of now.
-- do: Look at the clock of the machine that wrote the file, and at --timezone for times without a zone.
SELECT {key}, {column}
FROM {rows}
WHERE {column} < '2000-01-01T00:00:00.000000Z' OR {column} > {tomorrow}
