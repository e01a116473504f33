package dashboard

// Patterns are the addresses that a site with such options answers, as patterns of http.ServeMux.
func Patterns(options Options) ([]string, error) {
	s := &server{Options: options}
	table, err := s.routeTable()
	var patterns []string
	for _, one := range table {
		patterns = append(patterns, one.pattern)
	}
	return patterns, err
}
