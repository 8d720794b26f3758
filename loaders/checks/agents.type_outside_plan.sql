-- severity: warning
-- means: The agent's type is not one of service-mesh, integration, pm and frontend, which the migration
--        plan lists; agents whose type no file states are not counted.
-- do: Nothing to use the rows; before you put a CHECK on the plan's list, widen the list.
SELECT agent_type, count(*) AS violations
FROM agents
WHERE {scope} AND agent_type NOT IN ('service-mesh', 'integration', 'pm', 'frontend', 'unknown')
GROUP BY agent_type
ORDER BY count(*) DESC, agent_type
