-- Loads of the registry that were no longer in force at the horizon and that no freeze rests on.
SELECT load_id FROM loads
WHERE load_id < (SELECT max(load_id) FROM loads WHERE loaded_at <= {before:DateTime64(3)})
    AND load_id NOT IN (SELECT load_id FROM freezes)
