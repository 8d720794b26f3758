-- severity: warning
-- for: any column named usage_percent test_coverage
-- means: The percentage is not between 0 and 100.
-- do: Look at the record that states it; the value is kept as it is.
SELECT {key}, {column}
FROM {rows}
WHERE {column} < 0 OR {column} > 100
