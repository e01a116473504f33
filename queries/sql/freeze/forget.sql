DELETE FROM freezes WHERE known_at = {known_at:DateTime64(3)} AND name = {name:String}
