-- What follows a page is part of it: a list whose pages are linked by header could not be read on from a stored one.
ALTER TABLE pages ADD COLUMN IF NOT EXISTS link String AFTER content_type; -- the header Link (RFC 8288)
