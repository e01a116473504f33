// Package web serves the pages, and mounts the exports and metrics beside them.
package web

import (
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"yangguang/dashboard/access"
	"yangguang/dashboard/export"
	"yangguang/dashboard/page"
	"yangguang/dashboard/pages"
	"yangguang/dashboard/whatif"
)

// server answers every address of the pages.
type server struct {
	page.Options
	sections  []page.Section
	assets    assets
	templates templates
	limiter   *limiter
	lastGood  *lastGood
	manual    manual
}

// New returns the handler of the whole site. It adds the page texts to the bundle, so a bundle serves one New only.
func New(options page.Options) (http.Handler, error) {
	options, err := options.WithDefaults()
	if err != nil {
		return nil, err
	}
	s := &server{Options: options, sections: pages.All()}
	texts := []fs.FS{page.Files, files, whatif.Messages}
	for _, section := range s.sections {
		texts = append(texts, section.Files)
	}
	for _, one := range texts {
		if err := options.Bundle.Add(one); err != nil {
			return nil, fmt.Errorf("dashboard: %w", err)
		}
	}
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	if s.templates, err = loadTemplates(s.assets, s.sections); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	if s.limiter, err = newLimiter(options.Limits); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	if s.lastGood, err = newLastGood(options.Society); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	if s.manual, err = newManual(s.assets); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	routes, err := s.routes()
	if err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	return unstalled(options.Stall, s.recovered(secured(options.FrameAncestors, compressed(s.limiter.limited(routes))))), nil
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

// routeTable is the list of everything there is: the sections, and what stands beside them.
func (s *server) routeTable() ([]route, error) {
	table := []route{
		{"GET /-/healthy", http.HandlerFunc(healthy)},
		{"GET /-/ready", http.HandlerFunc(s.ready)},
		{"GET /static/{name...}", s.assets},
		{"GET /", http.HandlerFunc(s.missing)},
	}
	if !s.Society {
		table = append(table, route{"GET /help/{name}", s.manual})
	}
	if s.Metrics != nil {
		table = append(table, route{"GET /metrics", s.Metrics})
	}
	if s.Export != nil {
		table = append(table, route{"GET /export/", s.asWhole(s.Export)}, route{"GET " + export.OpenAPIPath, s.Export})
	}
	for _, section := range s.sections {
		if section.Packs && s.Packs == nil || section.Register && s.Register == nil || (section.Operators || section.Inner) && s.Society || section.WhatIf && s.WhatIf == nil {
			continue
		}
		for _, one := range section.Pages {
			handler := s.page(one)
			if section.Operators {
				handler = s.forOperators(handler)
			}
			if section.WhatIf {
				handler = s.forTrying(handler)
			}
			table = append(table, route{"GET " + one.Pattern, handler})
		}
		for _, one := range section.Routes {
			handler := s.answered(one.Answer)
			if section.WhatIf {
				handler = s.forTrying(handler)
			}
			if !strings.HasPrefix(one.Pattern, http.MethodGet+" ") { // it changes something
				var err error
				if handler, err = s.sameSite(s.asWhole(handler)); err != nil {
					return nil, err
				}
			}
			table = append(table, route{one.Pattern, handler})
		}
	}
	return table, nil
}

// forTrying answers nobody but who may try registries, whatever was shown at the address before.
func (s *server) forTrying(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked := page.New(s.Options, r); !asked.MayTry() {
			s.fail(w, asked, page.WhatIfOnly())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// forOperators answers nobody else, whatever was shown at the address before.
func (s *server) forOperators(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !access.Of(r.Context()).Operator {
			s.fail(w, page.New(s.Options, r), page.OperatorsOnly())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Patterns are the addresses that a site with such options answers, as patterns of http.ServeMux.
func Patterns(options page.Options) (patterns []string, err error) {
	s := &server{Options: options, sections: pages.All()}
	table, err := s.routeTable()
	for _, one := range table {
		patterns = append(patterns, one.pattern)
	}
	return patterns, err
}
