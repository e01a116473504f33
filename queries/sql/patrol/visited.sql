-- How far patrol has come with the units that a question asks; days is for how long a visit says something of an address.
SELECT links.at AS links_at, links.addresses AS addresses, links.recent AS recent, links.failing AS failing, links.not_known AS not_known,
    texts.at AS texts_at, texts.texts AS texts, texts.unreadable AS unreadable, rounds.outcome AS outcome, rounds.waiting AS waiting
FROM (
    SELECT if(countIf(says) = 0, NULL, toNullable(maxIf(checked_at, says))) AS at, count() AS addresses,
        countIf(says AND checked_at > {known_at:DateTime64(3)} - toIntervalDay({days:UInt32})) AS recent,
        countIf(failing AND checked_at > {known_at:DateTime64(3)} - toIntervalDay({days:UInt32})) AS failing, countIf(NOT says) AS not_known
    FROM links_in_force(...)
    WHERE unit_id IN (
        SELECT unit_id FROM active_units(within = {listed_within:String}, unit = {listed_unit:String}, ...) WHERE {group_name:String} IN ('', 'all', group_name))
) AS links
CROSS JOIN (
    SELECT if(count() = 0, NULL, toNullable(greatest(max(fetched_at), (SELECT max(ended_at) FROM content_rounds WHERE ended_at <= {known_at:DateTime64(3)})))) AS at,
        uniqExactIf((source, record_id, place), holds) AS texts, uniqExactIf((source, record_id, place), holds AND fault NOT IN ('', 'more', 'part')) AS unreadable
    FROM (
        SELECT source, record_id, place, unit_id, fetched_at, fault,
            fault != 'not_shown' AND NOT (place = '' AND fault = 'unread') AS holds -- not a title alone, of whose text nothing is kept
        FROM patrol_texts
        WHERE fetched_at <= {known_at:DateTime64(3)} ORDER BY source, record_id, place, version DESC, round_id DESC LIMIT 1 BY source, record_id, place
    )
    WHERE unit_id IN (
        SELECT unit_id FROM active_units(within = {listed_within:String}, unit = {listed_unit:String}, ...) WHERE {group_name:String} IN ('', 'all', group_name))
) AS texts
CROSS JOIN ( -- of everybody: the last round of visits that has ended
    SELECT toString(argMax(outcome, begun_at)) AS outcome, argMax(left, begun_at) AS waiting FROM patrol_rounds FINAL
    WHERE part = 'links' AND ended_at <= {known_at:DateTime64(3)}
) AS rounds
