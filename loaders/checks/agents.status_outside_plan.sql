-- severity: warning
-- means: The agent's status is stated in a word that is none of the plan's active, idle, crashed and
--        sleeping, and that says none of them otherwise.
-- do: Look at source_status, which keeps the word; the status is unknown.
SELECT source_status, count(*) AS violations
FROM agents
WHERE {scope} AND source_status IS NOT NULL
  AND status NOT IN ('active', 'idle', 'crashed', 'sleeping')
GROUP BY source_status
ORDER BY count(*) DESC, source_status
