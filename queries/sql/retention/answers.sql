-- Editions of earlier times of knowledge: who asks again has them made again.
SELECT edition_id FROM editions WHERE NOT live AND edition_id < toUnixTimestamp64Micro({before:DateTime64(3)})
