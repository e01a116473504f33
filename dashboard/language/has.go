package language

// Has says that there is a message of an id.
func (p Printer) Has(id string) bool { return p.ids[id] }
