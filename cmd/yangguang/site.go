package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"yangguang/dashboard"
	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/dashboard/metrics"
	"yangguang/dashboard/pack"
	"yangguang/queries"
)

// rememberedAnswers is how many answers to pages are kept while the data do not change.
const rememberedAnswers = 200

// site is everything that is served, and what ends it.
func (a *application) site() (site http.Handler, end func(), err error) {
	bundle, err := language.Load()
	if err != nil {
		return nil, nil, err
	}
	remembered, err := queries.Remember(a.store, rememberedAnswers)
	if err != nil {
		return nil, nil, err
	}
	packs, err := pack.New(a.store, bundle, a.config.location, version)
	if err != nil {
		return nil, nil, err
	}
	figures := metrics.NewHandler(metrics.Options{
		Store: a.store, Zone: a.config.location, Now: time.Now, MaxSeries: a.config.Metrics.MaxSeries, Log: a.logger,
	})
	site, err = dashboard.New(dashboard.Options{
		Store: remembered, Bundle: bundle, Location: a.config.location, Sample: a.config.Sample, Language: a.config.Language,
		ExternalURL: a.config.ExternalURL, Logger: a.logger, Version: version, Metrics: figures,
		Export: &export.Handler{Streamer: a.store, Bundle: bundle, Zone: a.config.location, Language: a.config.Language, Now: time.Now, Log: a.logger},
		Packs:  packs, Ready: a.ready, Schedule: a.schedule, Assessment: func() queries.Assessment { return *a.assessment.Load() }, Registry: a.store.RegistryInForce,
	})
	if err != nil {
		figures.Close()
		return nil, nil, fmt.Errorf("make the pages: %w", err)
	}
	return site, figures.Close, nil
}

// schedule tells when each source is collected next.
func (a *application) schedule() map[string]dashboard.Run {
	if table := a.table.Load(); table != nil {
		return table.runs()
	}
	return nil
}

// ready tells whether the database answers and has a registry.
func (a *application) ready(ctx context.Context) error {
	_, err := a.store.AssessmentInForce(ctx)
	return err
}
