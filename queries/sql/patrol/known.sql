-- Of some records the texts that were ever read: whether each is still shown, and whether all that it says is known. asked_records: the session's.
SELECT source, record_id, place, max(shown) AS stands, max(read) AS whole
FROM (
    SELECT toString(source) AS source, record_id, place, false AS shown, false AS read FROM patrol_texts WHERE record_id IN asked_records
    UNION ALL
    SELECT source, record_id, place, fault != 'not_shown', fault IN ('', 'more') FROM texts_in_force(within = '', unit = '', ...) WHERE record_id IN asked_records
)
GROUP BY source, record_id, place
