-- At which percentage of a full context what has to be done: thresholds of context_thresholds.json,
-- "name": 75 or "name": {"percent": 75, "action": "…"}, or else 75, 85 and 95.
CREATE VIEW context_thresholds AS
WITH stated AS (
    SELECT c.workspace_id, substr(c.key, 12) AS name, CAST(c.value AS TEXT) AS value
    FROM configurations c
    JOIN sources s ON s.workspace_id = c.workspace_id AND s.source_id = c.source_id
    WHERE c.key LIKE 'thresholds.%' AND s.path LIKE '%context_thresholds.json'
),
numbers AS (
    SELECT workspace_id,
           CASE WHEN name LIKE '%.percent' THEN substr(name, 1, length(name) - 8) ELSE name END AS name,
           CASE WHEN value <> '' AND trim(value, '0123456789') IN ('', '.')
                THEN CAST(value AS DOUBLE PRECISION) END AS percent
    FROM stated
    WHERE name NOT LIKE '%.%' OR (name LIKE '%.percent' AND name NOT LIKE '%.%.%')
)
SELECT n.workspace_id, coalesce(trim(a.value, '"'), n.name) AS action, min(n.percent) AS percent
FROM numbers n
LEFT JOIN stated a ON a.workspace_id = n.workspace_id AND a.name = n.name || '.action'
WHERE n.percent IS NOT NULL
GROUP BY n.workspace_id, coalesce(trim(a.value, '"'), n.name)
UNION ALL
SELECT w.workspace_id, d.action, d.percent
FROM workspaces w
CROSS JOIN (SELECT 'consolidation_light' AS action, 75.0 AS percent
            UNION ALL SELECT 'consolidation_critical', 85.0
            UNION ALL SELECT 'sleep_emergency', 95.0) d
WHERE NOT EXISTS (SELECT 1 FROM numbers n WHERE n.workspace_id = w.workspace_id AND n.percent IS NOT NULL)
