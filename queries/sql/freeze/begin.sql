-- Pins what is known now: what has ended and can be seen, whatever the clocks of those who wrote it say.
INSERT INTO freezes (known_at, name, finished, load_id, collections, question, manifest)
SELECT
    {known_at:DateTime64(3)}, {name:String}, 0,
    (SELECT max(load_id) FROM loads),
    (
        SELECT mapFromArrays(groupArray(source), groupArray(latest)) FROM (
            SELECT toString(source) AS source, max(collection_id) AS latest FROM collections FINAL WHERE outcome != 'running' GROUP BY source
            UNION ALL
            SELECT ':notices', max(event_id) FROM notice_events
            UNION ALL
            SELECT ':findings', max(report_id) FROM findings
            UNION ALL
            SELECT ':verdicts', max(event_id) FROM finding_verdicts
            UNION ALL
            SELECT ':evidence', toUInt64(max(toInt32(day))) FROM chain_days -- the day of its last link, in days since 1970
        )
    ),
    {question:String}, ''
