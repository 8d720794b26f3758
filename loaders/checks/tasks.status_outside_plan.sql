-- severity: warning
-- means: The task's status is stated in a word that is none of the plan's pending, in_progress, completed,
--        failed and cancelled, and that says none of them otherwise.
-- do: Look at source_status, which keeps the word; the status is unknown.
SELECT source_status, count(*) AS violations
FROM tasks
WHERE {scope} AND source_status IS NOT NULL
  AND status NOT IN ('pending', 'in_progress', 'completed', 'failed', 'cancelled')
GROUP BY source_status
ORDER BY count(*) DESC, source_status
