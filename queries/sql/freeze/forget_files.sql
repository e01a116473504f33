DELETE FROM freeze_files WHERE known_at = {known_at:DateTime64(3)} AND known_at IN (SELECT known_at FROM freezes WHERE name = {name:String})
