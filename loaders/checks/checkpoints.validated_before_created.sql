-- severity: warning
-- means: The checkpoint was validated before it was created.
-- do: Look at the files that state the times; a clock or --timezone is likely wrong.
SELECT {key}, created_at, validated_at
FROM {rows}
WHERE validated_at < created_at
