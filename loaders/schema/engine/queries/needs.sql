-- Types, functions and sequences of the schema that the roots need.
WITH RECURSIVE found(classid, objid, objsubid) AS (
    SELECT c::oid, o::oid, 0 FROM (VALUES ${roots}) AS roots(c, o)
    UNION
    SELECT d.refclassid, d.refobjid, 0
      FROM found f
      JOIN pg_depend d ON d.classid = f.classid AND d.objid = f.objid
      LEFT JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
      LEFT JOIN pg_class r ON r.oid = t.typrelid
      LEFT JOIN pg_class s ON d.refclassid = 'pg_class'::regclass AND s.oid = d.refobjid
     WHERE (d.refclassid = 'pg_proc'::regclass OR s.relkind = 'S'
            OR (t.oid IS NOT NULL AND coalesce(r.relkind, 'c') = 'c'))
       AND d.refobjid >= 16384
       AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.refclassid
                                                 AND e.objid = d.refobjid AND e.deptype = 'e'))
