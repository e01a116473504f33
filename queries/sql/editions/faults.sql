-- A part's faults of what was published: of the records of a subtree (within), of a duty or not.
INSERT INTO faults
SELECT {layer:UInt64}, {as_of:Date32}, v.unit_id AS unit_id, i.programme AS programme, i.focus AS focus, assumeNotNull(v.published_on) AS published_on,
    countIf(v.backdated) AS backdated, countIf(v.overexposed) AS overexposed
FROM records_published(unit = '', programme = '', focus = '', ...) AS v
INNER JOIN (SELECT item_id, programme, focus FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = v.item_id
GROUP BY unit_id, programme, focus, published_on
HAVING backdated + overexposed > 0
