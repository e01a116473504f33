-- What a window adds up says of which as-of day it is: a question may be about two windows. What was stored without (kind results) is not read any more.
ALTER TABLE kept_unit_results ADD COLUMN IF NOT EXISTS as_of Date32;
ALTER TABLE kept_standings ADD COLUMN IF NOT EXISTS as_of Date32;
