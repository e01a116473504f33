-- The greatest collection_id given so far.
SELECT max(collection_id) FROM collections
