-- The records of the samples for inspectors, whatever the window: the latest sample first.
SELECT
    sample_id, toUInt64(number) AS number, unit_id, unit, item_id, item, period, title, published_on, url, source, record_id,
    if(verdict = '', NULL, toNullable(verdict)) AS verdict, remark, entered_by, entered_at, if(machine = '', NULL, toNullable(machine)) AS machine, seed
FROM named_sampled(within = {listed_within:String}, unit = {listed_unit:String}, ...)
ORDER BY drawn_at DESC, sample_id DESC, number
