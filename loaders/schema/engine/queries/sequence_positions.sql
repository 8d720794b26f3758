-- What brings each sequence of these schemas where it is; the position of one that is not ours to read is NULL.
SELECT format('SELECT setval(%L, %s)', format('%I.%I', schemaname, sequencename), last_value)
  FROM pg_sequences
 WHERE schemaname IN (${schemas}) AND last_value IS NOT NULL
 ORDER BY schemaname, sequencename
