// Package registry reads the eight registry files of a district (SPEC §2, docs/registry.md) and checks them as a whole.
package registry

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"yangguang/collector"
	"yangguang/queries/model"
)

// Files are the paths of the registry files, CSV or XLSX. Only Units and Catalogue are mandatory.
type Files struct {
	Units, Catalogue, Calendar, Exemptions, SiteScores, Observations, Notices, Institutions string
}

// Problem is one mistake in a registry file.
type Problem struct {
	File  string
	Sheet string // of a workbook
	Line  int    // 0: the file as a whole
	Field string // key of the column; empty: the row as a whole
	Value string // as written
	Want  string // what is wrong and what would be right
}

// Error names the place, the field, the value and what would be right: units.csv:17: tier: "区直" is unknown; one of …
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Sheet != "" {
		fmt.Fprintf(&b, ":%s!%d", p.Sheet, p.Line)
	} else if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	if p.Field != "" {
		b.WriteString(": " + p.Field)
	}
	b.WriteString(": ")
	if p.Value != "" {
		fmt.Fprintf(&b, "%q ", p.Value)
	}
	b.WriteString(p.Want)
	return b.String()
}

// Problems are all mistakes of a registry, by file and line: the user's to mend, unlike other errors of Load.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Load reads and checks the registry. A registry with mistakes is refused whole: the error is then Problems and lists
// every one of them. Times with an offset fall on the day they have in zone.
func Load(ctx context.Context, files Files, zone *time.Location) (model.Registry, error) {
	registry, _, err := Read(ctx, files, zone)
	return registry, err
}

// Read is Load that also says, file by file, what of them is not read; it does so when the registry is refused, too.
func Read(ctx context.Context, files Files, zone *time.Location) (model.Registry, []collector.Remark, error) {
	l := &loader{ctx: ctx, zone: zone}
	l.readUnits(files.Units)
	l.readCatalogue(files.Catalogue)
	l.checkUnits()
	l.checkItems()
	l.readCalendar(files.Calendar)
	l.readExemptions(files.Exemptions)
	l.readSiteScores(files.SiteScores)
	l.readObservations(files.Observations)
	l.readNotices(files.Notices)
	l.readInstitutions(files.Institutions)
	if l.fault != nil {
		return model.Registry{}, l.remarks, fmt.Errorf("load registry: %w", l.fault)
	}
	if len(l.problems) > 0 {
		order := []string{files.Units, files.Catalogue, files.Calendar, files.Exemptions, files.SiteScores, files.Observations, files.Notices, files.Institutions}
		slices.SortStableFunc(l.problems, func(a, b Problem) int {
			return cmp.Or(
				cmp.Compare(slices.Index(order, a.File), slices.Index(order, b.File)),
				cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Line, b.Line))
		})
		return model.Registry{}, l.remarks, l.problems
	}
	return l.registry, l.remarks, nil
}
