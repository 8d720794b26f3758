-- How full each session's context is, and the action that is due; NULL when none is.
CREATE VIEW context_pressure AS
SELECT workspace_id, session_id, percent, action, threshold
FROM (
    SELECT s.workspace_id, s.session_id, s.percent, t.action, t.percent AS threshold,
           row_number() OVER (PARTITION BY s.workspace_id, s.session_id ORDER BY t.percent DESC, t.action) AS place
    FROM (SELECT workspace_id, session_id,
                 coalesce(usage_percent, CAST(100.0 * token_count AS DOUBLE PRECISION) / nullif(max_tokens, 0)) AS percent
          FROM context_sessions) s
    LEFT JOIN context_thresholds t ON t.workspace_id = s.workspace_id AND t.percent <= s.percent
    WHERE s.percent IS NOT NULL
) ranked
WHERE place = 1
