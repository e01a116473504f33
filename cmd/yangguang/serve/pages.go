package serve

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/whatif"
	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/dashboard/metrics"
	"yangguang/dashboard/pack"
	"yangguang/dashboard/page"
	"yangguang/dashboard/signin"
	"yangguang/dashboard/web"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	register "yangguang/queries/notices"
	"yangguang/queries/verdicts"
)

// rememberedAnswers is how many answers to pages are kept while the data do not change.
const rememberedAnswers = 200

// Sites are what is served. Close them.
type Sites struct {
	All     http.Handler // for those who may see all
	society http.Handler // for everyone; nil where it is not wanted
	figures *metrics.Handler
	tries   *whatif.Tries
}

// Close ends what goes on behind the pages.
func (s *Sites) Close() {
	s.tries.Close()
	s.figures.Close()
}

// NewSites makes what is served: to those who may see all, and, where it is wanted, to everyone.
func NewSites(a *application.Application, public bool) (*Sites, error) {
	remembered, err := ask.NewCached(a.Asker, rememberedAnswers)
	if err != nil {
		return nil, err
	}
	options, err := pagesOf(a, a.Asker, remembered, false)
	if err != nil {
		return nil, err
	}
	if options.Packs, err = pack.New(a.Asker, options.Bundle, a.Config.Location, build.Version); err != nil {
		return nil, err
	}
	options.Register, options.Inspection = register.NewRegister(a.Asker), verdicts.NewPeople(a.Asker)
	tries := whatif.NewTries(a)
	options.WhatIf = tries
	if a.Config.OIDC != nil {
		options.SignOut = signin.SignOutPath
	}
	figures := metrics.NewHandler(metrics.Options{
		Store: a.Asker, Zone: a.Config.Location, Now: time.Now, MaxSeries: a.Config.Metrics.MaxSeries, Log: a.Logger, Own: a.Own,
	})
	options.Metrics = figures
	made := &Sites{figures: figures, tries: tries}
	made.All, err = web.New(options)
	if err == nil && public {
		made.society, err = societySite(a, remembered)
	}
	if err != nil {
		made.Close()
		return nil, fmt.Errorf("make the pages: %w", err)
	}
	return made, nil
}

// beginFigures has the metrics computed before they are asked for, unless nothing was ever collected: then the first collection has something to say.
func beginFigures(ctx context.Context, a *application.Application, figures *metrics.Handler) {
	if last, err := a.LastSuccesses(ctx); err == nil && len(last) > 0 { // else the first scrape has them computed
		figures.Begin()
	}
}

// societySite has neither metrics nor packs, and withholds what is not for society.
func societySite(a *application.Application, remembered *ask.Cached) (http.Handler, error) {
	options, err := pagesOf(a, a.Asker.ForSociety(), remembered.ForSociety(), true)
	if err != nil {
		return nil, err
	}
	options.Limits.Forwarded = false // what keeps others out there does not stand here
	return web.New(options)
}

// pagesOf are the pages and exports of a database; society: of one that withholds what is not for society.
func pagesOf(a *application.Application, store *ask.Asker, remembered *ask.Cached, society bool) (options page.Options, err error) {
	bundle, err := language.Load()
	if err != nil {
		return options, err
	}
	return page.Options{
		Society: society, Store: remembered, Bundle: bundle, Location: a.Config.Location, Sample: a.Config.Sample, Language: a.Config.Language,
		ExternalURL: a.Config.ExternalURL, District: a.Config.District, Logger: a.Logger, Version: build.Version,
		Export: &export.Handler{
			Streamer: store, Bundle: bundle, Zone: a.Config.Location, Language: a.Config.Language, District: a.Config.District, Now: time.Now, Log: a.Logger,
			Version: build.Version, Society: society,
		},
		Ready: a.Ready, Schedule: a.Schedule, Patrols: func() bool { return a.Config.Patrol != nil }, Assessment: func() model.Assessment { return *a.Assessment.Load() },
		Limits: a.Config.ReaderLimits(), Notices: a.Notices, FrameAncestors: a.Config.FrameAncestors,
	}, nil
}
