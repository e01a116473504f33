package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector"
	tables "yangguang/collector/registry"
	"yangguang/queries/model"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

// defaultTolerance is backdating_tolerance_days where the configuration does not say it (SPEC §3).
const defaultTolerance = 3

// readRegistry reads the registry files, the assessment and what the sources cover. Its error is tables.Problems, *model.AssessmentError or a
// user mistake when the files are wrong.
func (a *application) readRegistry(ctx context.Context) (registry.Load, error) {
	c := a.config
	files, remarks, err := tables.Read(ctx, tables.Files(c.Registry.RegistryFiles), c.Location)
	a.remarks = remarks
	if err != nil {
		return registry.Load{}, err
	}
	load, err := a.loadOf(files)
	if err != nil {
		return registry.Load{}, err
	}
	if load.Covers, err = collector.Covers(a.sources, files); err != nil {
		return registry.Load{}, terminal.Mistake(err)
	}
	return load, nil
}

// loadOf is a registry with the assessment and what else the configuration says, but for what the sources cover.
func (a *application) loadOf(files model.Registry) (load registry.Load, err error) {
	c := a.config
	load = registry.Load{
		Registry: files, Assessment: model.DefaultAssessment(), Timezone: c.Timezone, Since: c.Begins, BackdatingToleranceDays: defaultTolerance, Program: build.Version,
	}
	if c.Assessment != "" {
		if load.Assessment, err = model.LoadAssessment(c.Assessment); err != nil {
			return load, terminal.Mistake(err)
		}
	}
	if c.BackdatingToleranceDays != nil {
		load.BackdatingToleranceDays = *c.BackdatingToleranceDays
	}
	return load, nil
}

// loadRegistry puts the registry files in force if they are good; a bad registry is reported and leaves the last good one in force (SPEC §2).
func (a *application) loadRegistry(ctx context.Context, problems io.Writer) error {
	if err := a.replaceRegistry(ctx, problems); err != nil {
		return err
	}
	assessment, err := registry.AssessmentInForce(ctx, a.store)
	if err != nil {
		return err
	}
	a.assessment.Store(&assessment)
	return nil
}

func (a *application) replaceRegistry(ctx context.Context, problems io.Writer) error {
	load, err := a.readRegistry(ctx)
	terminal.WriteRemarks(problems, a.config.Printer(), terminal.Line(a.config.Lines(), "registry_prefix"), a.remarks)
	if err := records.NoteRegistryReading(ctx, a.store, time.Now(), collector.StoredRemarks(a.remarks)); err != nil {
		return err
	}
	var mistakes tables.Problems
	switch {
	case errors.As(err, &mistakes):
		return a.keepRegistry(ctx, problems, mistakes, "the registry is refused")
	case a.keeps && errors.Is(err, terminal.ErrUsage):
		return a.keepRegistry(ctx, problems, err, "the assessment, or what sources cover, is refused")
	case err != nil:
		if ctx.Err() == nil {
			a.condition.change(func(c *condition) { c.registry = err })
		}
		return err
	}
	return a.putInForce(ctx, load, problems)
}

// keepRegistry leaves the last good registry and assessment in force and says why, once.
func (a *application) keepRegistry(ctx context.Context, problems io.Writer, mistakes error, what string) (err error) {
	a.registry, err = registry.InForce(ctx, a.store)
	known := a.condition.refuses(mistakes)
	a.condition.registryIs(a.registry, a.config.Location, mistakes)
	if errors.Is(err, model.ErrNoRegistry) {
		return terminal.Mistake(fmt.Errorf("%s, and there is no earlier one:\n%w", what, mistakes))
	}
	if !known {
		lines := a.config.Lines()
		terminal.WriteLine(problems, lines, "last_good", "What", lines.Said(what), "Mistakes", lines.SaidOfFile(mistakes.Error()))
	}
	return err
}
