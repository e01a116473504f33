SELECT beginning_on FROM beginning(load = {load:UInt64})
