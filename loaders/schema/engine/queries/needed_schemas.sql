-- Schemas with something that the target's schema needs, whatever the number of steps, and itself.
WITH RECURSIVE owners(classid, objid, schema) AS (
    SELECT 'pg_class'::regclass::oid, oid, relnamespace FROM pg_class
    UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type
    UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace FROM pg_proc
    UNION ALL SELECT 'pg_constraint'::regclass, oid, connamespace FROM pg_constraint
    UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace FROM pg_operator
    UNION ALL SELECT 'pg_opclass'::regclass, oid, opcnamespace FROM pg_opclass
    UNION ALL SELECT 'pg_collation'::regclass, oid, collnamespace FROM pg_collation
    UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgnamespace FROM pg_ts_config
    UNION ALL SELECT 'pg_rewrite'::regclass, w.oid, relnamespace FROM pg_rewrite w JOIN pg_class c ON c.oid = ev_class
    UNION ALL SELECT 'pg_trigger'::regclass, t.oid, relnamespace FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    UNION ALL SELECT 'pg_policy'::regclass, p.oid, relnamespace FROM pg_policy p JOIN pg_class c ON c.oid = polrelid
    UNION ALL SELECT 'pg_attrdef'::regclass, d.oid, relnamespace FROM pg_attrdef d JOIN pg_class c ON c.oid = adrelid
), uses AS MATERIALIZED (
    SELECT DISTINCT a.schema AS by_schema, b.schema AS of_schema
      FROM pg_depend d
      JOIN owners a ON a.classid = d.classid AND a.objid = d.objid
      JOIN owners b ON b.classid = d.refclassid AND b.objid = d.refobjid
     WHERE a.schema <> b.schema
), needed(schema) AS (
    SELECT oid FROM pg_namespace WHERE nspname = ${schema}
    UNION
    SELECT of_schema FROM needed JOIN uses ON by_schema = needed.schema
)
SELECT nspname
  FROM needed JOIN pg_namespace n ON n.oid = needed.schema
 WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
 ORDER BY nspname
