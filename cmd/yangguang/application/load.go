package application

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

// ReadRegistry reads the registry files, the assessment and what the sources cover. Its error is tables.Problems, *model.AssessmentError or a
// user mistake when the files are wrong.
func (a *Application) ReadRegistry(ctx context.Context) (registry.Load, error) {
	c := a.Config
	files, remarks, err := tables.Read(ctx, tables.Files(c.Registry.RegistryFiles), c.Location)
	a.Remarks = remarks
	if err != nil {
		return registry.Load{}, err
	}
	load, err := a.LoadOf(files)
	if err != nil {
		return registry.Load{}, err
	}
	if load.Covers, err = collector.Covers(a.Sources, files); err != nil {
		return registry.Load{}, terminal.Mistake(err)
	}
	return load, nil
}

// LoadOf is a registry with the assessment and what else the configuration says, but for what the sources cover.
func (a *Application) LoadOf(files model.Registry) (load registry.Load, err error) {
	c := a.Config
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

// LoadRegistry puts the registry files in force if they are good; a bad registry is reported and leaves the last good one in force (SPEC §2).
func (a *Application) LoadRegistry(ctx context.Context, problems io.Writer) error {
	if err := a.replaceRegistry(ctx, problems); err != nil {
		return err
	}
	assessment, err := registry.AssessmentInForce(ctx, a.Store)
	if err != nil {
		return err
	}
	a.Assessment.Store(&assessment)
	return nil
}

func (a *Application) replaceRegistry(ctx context.Context, problems io.Writer) error {
	load, err := a.ReadRegistry(ctx)
	terminal.WriteRemarks(problems, a.Config.Printer(), terminal.Line(a.Config.Lines(), "registry_prefix"), a.Remarks)
	if err := records.NoteRegistryReading(ctx, a.Store, time.Now(), collector.StoredRemarks(a.Remarks)); err != nil {
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
			a.Condition.change(func(c *Condition) { c.registry = err })
		}
		return err
	}
	return a.putInForce(ctx, load, problems)
}

// keepRegistry leaves the last good registry and assessment in force and says why, once.
func (a *Application) keepRegistry(ctx context.Context, problems io.Writer, mistakes error, what string) (err error) {
	a.Registry, err = registry.InForce(ctx, a.Store)
	known := a.Condition.refuses(mistakes)
	a.Condition.registryIs(a.Registry, a.Config.Location, mistakes)
	if errors.Is(err, model.ErrNoRegistry) {
		return terminal.Mistake(fmt.Errorf("%s, and there is no earlier one:\n%w", what, mistakes))
	}
	if !known {
		lines := a.Config.Lines()
		terminal.WriteLine(problems, lines, "last_good", "What", lines.Said(what), "Mistakes", lines.SaidOfFile(mistakes.Error()))
	}
	return err
}
