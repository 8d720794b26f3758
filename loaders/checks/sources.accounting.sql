-- severity: error
-- means: The bytes in rows, rejected, blank and pending are not the file's size.
-- do: Import again, since a file whose import was interrupted looks like this; if it stays, report it.
SELECT {key}, status, size_bytes, row_bytes, rejected_bytes, blank_bytes, pending_bytes
FROM {rows}
WHERE status IN ('loaded', 'unmapped', 'companion', 'unreadable')
  AND row_bytes + rejected_bytes + blank_bytes + pending_bytes <> size_bytes
