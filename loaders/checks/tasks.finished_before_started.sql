-- severity: warning
-- means: The task was completed before it was created or started.
-- do: Look at the files that state the times; a clock or --timezone is likely wrong.
SELECT {key}, created_at, started_at, completed_at
FROM {rows}
WHERE completed_at < started_at OR completed_at < created_at
