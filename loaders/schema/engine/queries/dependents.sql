-- What DROP … CASCADE of the roots would drop. A column of another table is not followed further.
WITH RECURSIVE found(classid, objid, objsubid) AS (
    SELECT c::oid, o::oid, 0 FROM (VALUES ${roots}) AS roots(c, o)
    UNION
    SELECT next.*
      FROM found f
     CROSS JOIN LATERAL (
            SELECT d.classid, d.objid,
                   CASE WHEN d.classid = 'pg_class'::regclass THEN d.objsubid ELSE 0 END
              FROM pg_depend d
             WHERE d.refclassid = f.classid AND d.refobjid = f.objid AND d.deptype <> 'e'
               AND (d.classid, d.objid) <> (f.classid, f.objid)
            UNION ALL
            SELECT d.refclassid, d.refobjid, 0
              FROM pg_depend d
             WHERE d.classid = f.classid AND d.objid = f.objid AND d.deptype = 'i'
               AND d.refobjsubid = 0) AS next
     WHERE f.objsubid = 0)
