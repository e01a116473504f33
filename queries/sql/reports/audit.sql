-- What was changed, by whom, the latest first, whatever the window.
SELECT changed_at, act, subject, done_by, done_with, before, after
FROM changes(...)
ORDER BY changed_at DESC, act, subject
