SELECT beginning_on FROM beginning(...)
