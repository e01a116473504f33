package pack

// RemoveWith replaces how the folder in which a pack is made is removed.
func (p *Packs) RemoveWith(removeAll func(string) error) { p.removeAll = removeAll }
