-- severity: warning
-- for: any column named *_tokens token_count
-- means: More than 100 million tokens for one message or session.
-- do: Look at the record that states it before you trust a sum that it is part of.
SELECT {key}, {column}
FROM {rows}
WHERE {column} > 100000000
