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
	assets  assets
	pages   pages
	limiter *limiter
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
	routes, err := s.routes()
	if err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	return unstalled(options.Stall, s.recovered(secured(compressed(s.limiter.limited(routes))))), nil
}

// routes is the list of everything there is; a new page is one more line and one more file.
func (s *server) routes() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", s.page("overview", overview, "by"))
	mux.Handle("GET /ranking/{group}", s.page("ranking", ranking, "search", "only", "sort", "page"))
	mux.Handle("GET /unit/{id}", s.page("unit", unit))
	mux.Handle("GET /lapsed", s.page("lapsed", lapsed, "by", "page"))
	mux.Handle("GET /procedure", s.page("procedure", procedure))
	mux.Handle("GET /supervision", s.page("supervision", supervision, "page"))
	mux.Handle("GET /evidence", s.page("evidence", evidence))
	mux.Handle("GET /placement", s.page("placement", placement))
	mux.Handle("GET /methodology", s.page("methodology", methodology))
	mux.Handle("GET /sites", s.page("sites", sites, "site", "search", "page"))
	mux.Handle("GET /sites/{id}", s.page("site", oneSite))
	mux.Handle("GET /proof/{source}/{record}", s.page("proof", proof, "version"))
	mux.HandleFunc("GET /proof/{source}/{record}/content", s.proofContent)
	mux.Handle("GET /sources", s.page("sources", sources, "search", "page"))
	mux.Handle("GET /sources/{source}", s.page("source", oneSource, "search", "page"))
	mux.HandleFunc("GET /-/healthy", healthy)
	mux.HandleFunc("GET /-/ready", s.ready)
	mux.Handle("GET /static/{name...}", s.assets)
	if s.Metrics != nil {
		mux.Handle("GET /metrics", s.Metrics)
	}
	if s.Export != nil {
		mux.Handle("GET /export/", s.asWhole(s.Export))
	}
	if s.Packs != nil {
		form, err := s.sameSite(s.asWhole(http.HandlerFunc(s.freeze)))
		if err != nil {
			return nil, err
		}
		mux.Handle("GET /freezes", withForm(s.page("freezes", freezes)))
		mux.Handle("POST /freezes", form)
		mux.HandleFunc("GET /freezes/{name}/{file}", s.frozenFile)
	}
	mux.HandleFunc("GET /", s.missing)
	return mux, nil
}
