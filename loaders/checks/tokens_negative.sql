-- severity: error
-- for: any column named *_tokens token_count
-- means: A number of tokens is less than nothing, which makes every sum wrong.
-- do: Look at the record that states it; correct the file, or import the rest with --only.
SELECT {key}, {column}
FROM {rows}
WHERE {column} < 0
