-- What texts that stand are held against each other by, without what they say. page: of the record's page, 0 where it has none.
SELECT ref, source, record_id, place, if(url = '', 0, cityHash64(url)) AS page, unit_id, item_id, round_id, published_on, coalesce(period_to, happened_on, published_on) AS at,
    arraySort(stated) AS stated, sketch, lengthUTF8(skeleton) AS letters
FROM texts_in_force(within = '', unit = '', ...)
