-- Pages of online sources that can be asked for conditionally, so that an unchanged one need not be sent again.
CREATE TABLE pages (
    address       String,          -- SHA-256 of address and headers: they may hold secrets
    final_url     String,          -- after redirects
    etag          String,
    last_modified String,
    content_type  String,
    body          String CODEC(ZSTD(6)),
    fetched_at    DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(fetched_at) ORDER BY address TTL toDateTime(fetched_at) + INTERVAL 90 DAY;
