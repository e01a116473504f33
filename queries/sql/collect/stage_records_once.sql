-- A batch that is sent again after a broken connection is taken once: ClickHouse remembers this many tokens.
ALTER TABLE collecting_$collection MODIFY SETTING non_replicated_deduplication_window = 100000
