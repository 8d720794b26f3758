-- severity: warning
-- for: any column named inferred
-- examples: 1
-- means: Files mention these but none of them describes one, so all that is known is the id.
-- do: Nothing, unless the files that describe them should be in the workspace.
SELECT {key}
FROM {rows}
WHERE inferred
