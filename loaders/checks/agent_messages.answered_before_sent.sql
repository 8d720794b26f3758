-- severity: warning
-- means: The message was delivered or acknowledged before it was sent.
-- do: Look at the files that state the times; a clock or --timezone is likely wrong.
SELECT {key}, sent_at, delivered_at, acknowledged_at
FROM {rows}
WHERE delivered_at < sent_at OR acknowledged_at < sent_at
