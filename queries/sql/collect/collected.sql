-- Whether the source has been collected whole under the configuration.
SELECT count() > 0 FROM collections FINAL
WHERE source = {source:String} AND config_hash = {config_hash:String} AND outcome = 'success'
