-- Of some records the texts that were ever read, and whether each stands.
SELECT DISTINCT toString(source) AS source, record_id, place,
    (source, record_id, place) IN (SELECT source, record_id, place FROM texts_in_force(within = '', unit = '', ...) WHERE record_id IN {records:Array(String)}) AS stands
FROM patrol_texts
WHERE record_id IN {records:Array(String)}
