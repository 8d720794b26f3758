-- Tokens per session, model and day (UTC). Each message of the API counts once.
CREATE VIEW token_usage AS
SELECT workspace_id, session_id, model, day, count(*) AS messages,
       CAST(sum(input_tokens) AS BIGINT) AS input_tokens,
       CAST(sum(output_tokens) AS BIGINT) AS output_tokens,
       CAST(sum(cache_creation_tokens) AS BIGINT) AS cache_creation_tokens,
       CAST(sum(cache_read_tokens) AS BIGINT) AS cache_read_tokens
FROM message_usage
GROUP BY workspace_id, session_id, model, day
