SELECT beginning_on, configured FROM beginning(...)
