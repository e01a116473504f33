-- Run again after an interruption, it adds what is missing. A row may have been resolved twice, in the same way.
INSERT INTO settled_$collection
SELECT s.* REPLACE (
    if(r.version = 0, s.record_id, r.record_id) AS record_id,
    if(r.version = 0, s.channel, r.channel) AS channel,
    if(r.version = 0, s.hash, r.hash) AS hash,
    if(r.unseen, r.unseen_on, s.unseen_on) AS unseen_on
)
FROM collecting_$collection AS s
LEFT JOIN (SELECT * FROM resolving_$collection LIMIT 1 BY version) AS r ON r.version = s.version
WHERE NOT r.merged AND r.reason = '' AND s.version NOT IN (SELECT version FROM settled_$collection)
