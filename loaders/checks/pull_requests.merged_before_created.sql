-- severity: warning
-- means: The pull request was merged before it was created.
-- do: Look at the files that state the times; a clock or --timezone is likely wrong.
SELECT {key}, created_at, merged_at
FROM {rows}
WHERE merged_at < created_at
