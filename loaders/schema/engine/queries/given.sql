-- Nothing but the roots.
WITH found(classid, objid, objsubid) AS (
    SELECT c::oid, o::oid, 0 FROM (VALUES ${roots}) AS roots(c, o))
