package dashboard

import (
	"embed"
	"fmt"
	"net/http"
)

//go:embed messages/*.yaml
var messages embed.FS

// server answers every address of the pages.
type server struct {
	Options
	assets   assets
	pages    pages
	limiter  *limiter
	lastGood *lastGood
}

// New returns the handler of the whole site. It adds the page texts to the bundle, so a bundle serves one New only.
func New(options Options) (http.Handler, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := options.Bundle.Add(messages); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	s := &server{Options: options}
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	if s.pages, err = loadPages(s.assets); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	if s.limiter, err = newLimiter(options.Limits); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	if s.lastGood, err = newLastGood(options.Society); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	routes, err := s.routes()
	if err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	return unstalled(options.Stall, s.recovered(secured(compressed(s.limiter.limited(routes))))), nil
}

// route is an address, or many by a pattern of http.ServeMux, and what answers it.
type route struct {
	pattern string
	handler http.Handler
}

// routes is what answers every address.
func (s *server) routes() (http.Handler, error) {
	table, err := s.routeTable()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, one := range table {
		mux.Handle(one.pattern, one.handler)
	}
	return mux, nil
}

// routeTable is the list of everything there is; a new page is one more line and one more file.
func (s *server) routeTable() ([]route, error) {
	table := []route{
		{"GET /{$}", s.page("overview", overview, "by")},
		{"GET /ranking/{group}", s.page("ranking", ranking, "search", "only", "sort", "page")},
		{"GET /unit/{id}", s.page("unit", unit)},
		{"GET /lapsed", s.page("lapsed", lapsed, "by", "page", "age", "item")},
		{"GET /procedure", s.page("procedure", procedure)},
		{"GET /supervision", s.page("supervision", supervision, "page")},
		{"GET /evidence", s.page("evidence", evidence)},
		{"GET /placement", s.page("placement", placement)},
		{"GET /methodology", s.page("methodology", methodology)},
		{"GET /sites", s.page("sites", sites, "site", "search", "page")},
		{"GET /sites/{id}", s.page("site", oneSite)},
		{"GET /proof/{source}/{record}", s.page("proof", proof, "version")},
		{"GET /proof/{source}/{record}/content", s.answered(proofContent)},
		{"GET /sources", s.page("sources", sources, "search", "page")},
		{"GET /sources/{source}", s.page("source", oneSource, "search", "page")},
		{"GET /-/healthy", http.HandlerFunc(healthy)},
		{"GET /-/ready", http.HandlerFunc(s.ready)},
		{"GET /static/{name...}", s.assets},
		{"GET /", http.HandlerFunc(s.missing)},
	}
	if s.Metrics != nil {
		table = append(table, route{"GET /metrics", s.Metrics})
	}
	if s.Export != nil {
		table = append(table, route{"GET /export/", s.asWhole(s.Export)})
	}
	if s.Packs != nil {
		form, err := s.sameSite(s.asWhole(s.answered(freeze)))
		if err != nil {
			return nil, err
		}
		table = append(table, route{"GET /freezes", withForm(s.page("freezes", freezes))}, route{"POST /freezes", form},
			route{"GET /freezes/{name}/{file}", s.answered(frozenFile)})
	}
	return table, nil
}
