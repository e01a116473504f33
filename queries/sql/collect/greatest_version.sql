-- The greatest version of the source given so far.
SELECT max(version) FROM record_versions WHERE source = {source:String}
