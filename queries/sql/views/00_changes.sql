-- What was changed, and by whom, that is known by an instant: what is noted of acts, notices, findings, samples and
-- accepted collections. A registry or pack of before acts were
-- noted is of nobody who is known. A registry that the retention policy has let go is here still.
CREATE OR REPLACE VIEW changes AS
SELECT changed_at, act, subject, done_by, done_with, before, after
FROM (
    SELECT a.noted_at AS changed_at, toString(a.what) AS act, if(f.name = '', a.subject, f.name) AS subject, a.done_by AS done_by,
        toString(a.done_with) AS done_with, a.before AS before, if(f.name = '', a.after, f.question) AS after
    FROM (SELECT * FROM acts FINAL) AS a
    LEFT JOIN (SELECT toString(toUnixTimestamp64Milli(known_at)) AS known, name, question FROM freezes FINAL WHERE finished = 1) AS f
        ON f.known = if(a.what = 'freeze', a.subject, '')
    UNION ALL
    SELECT loaded_at, 'registry', toString(load_id), '', '', '', ''
    FROM loads
    WHERE toString(load_id) NOT IN (SELECT subject FROM acts WHERE what = 'registry')
    UNION ALL
    SELECT known_at, 'freeze', name, '', '', '', question
    FROM freezes FINAL
    WHERE finished = 1 AND toString(toUnixTimestamp64Milli(known_at)) NOT IN (SELECT subject FROM acts WHERE what = 'freeze')
    UNION ALL
    SELECT noted_at, concat('notice_', what), notice_id, noted_by, 'page', before,
        formatRowNoNewline('JSONEachRow', what, issue_no, issued_on, unit_id, problem, rectify_by, yellow_card, item_ids, periods, done_on, remark)
    FROM notice_events FINAL
    UNION ALL
    SELECT noted_at, concat('finding_', what), toString(finding_id), noted_by, 'page', before, formatRowNoNewline('JSONEachRow', what, reason)
    FROM finding_verdicts FINAL
    UNION ALL
    SELECT drawn_at, 'sample_drawn', sample_id, drawn_by, 'page', '', formatRowNoNewline('JSONEachRow', seed, size, among, from_on, to_on, group_name, within)
    FROM samples FINAL
    UNION ALL
    SELECT noted_at, 'sample_entered', concat(sample_id, ' ', toString(number)), noted_by, toString(noted_with), before, formatRowNoNewline('JSONEachRow', verdict, remark)
    FROM sample_verdicts FINAL
    UNION ALL
    SELECT started_at, 'accepted', toString(source), accepted_by, 'command', '', accepted
    FROM (SELECT * FROM collections FINAL WHERE accepted != '' AND accepted_by != 'agreement')
)
WHERE changed_at <= {known_at:DateTime64(3)}
