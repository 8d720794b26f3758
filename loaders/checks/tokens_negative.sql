-- severity: error
-- for: any column named *_tokens token_count
-- means: A number of tokens is less than nothing, which makes every sum wrong.
-- do: Correct the record that states it, or import without its file (--only).
SELECT {key}, {column}
FROM {rows}
WHERE {column} < 0
