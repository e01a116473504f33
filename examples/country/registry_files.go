package country

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"yangguang/queries/model"
)

// writeRegistry writes the registry files of SPEC §2 into dir/registry.
func (c *Country) writeRegistry(dir string) error {
	r := c.declared()
	units := func(yield func([]string) bool) {
		for at := range c.units {
			if !yield(unitRow(c.unitAt(at))) {
				return
			}
		}
	}
	for _, f := range []struct {
		name, header string
		rows         func(func([]string) bool)
	}{
		{"units", "unit_id,name,tier,parent_id,members,aliases,contact,demonstration_since,stars", units},
		{
			"catalogue", "item_id,name,programme,catalogue,tiers,focus,class,scope,channels,cadence,due_days,day_kind,display_days,not_before,valid_from,aliases",
			each(r.Items, itemRow),
		},
		{"calendar", "date,kind", each(r.Calendar, func(d model.CalendarDay) []string { return []string{iso(d.Date), d.Kind} })},
		{"exemptions", "unit_id,item_id,from,to,reason,approved_by", each(r.Exemptions, func(e model.Exemption) []string {
			return []string{e.UnitID, e.ItemID, iso(e.From), iso(e.To), e.Reason, e.ApprovedBy}
		})},
		{"site_scores", "unit_id,inspected_on,venue,organisation,operation,disclosure,publicity,inspector", each(r.SiteScores, scoreRow)},
		{"observations", "site_id,visited_on,visitor_id,attendees", each(r.Observations, func(o model.Observation) []string {
			return []string{o.SiteID, iso(o.VisitedOn), o.VisitorID, decimal(uint64(o.Attendees))}
		})},
		{"notices", "notice_id,issue_no,issued_on,unit_id,item_id,problem,rectify_by,rectified_on,yellow_card", each(r.Notices, func(n model.Notice) []string {
			return []string{
				n.ID, n.IssueNo, iso(n.IssuedOn), n.UnitID, n.ItemID, n.Problem, iso(n.RectifyBy), iso(n.RectifiedOn), strconv.FormatBool(n.YellowCard),
			}
		})},
		{"institutions", "unit_id,institution,established_on", each(r.Institutions, func(i model.Institution) []string {
			return []string{i.UnitID, i.Institution, iso(i.EstablishedOn)}
		})},
	} {
		if err := writeTable(filepath.Join(dir, "registry", f.name+".csv"), f.header, f.rows); err != nil {
			return err
		}
	}
	return nil
}

func each[T any](list []T, row func(T) []string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for _, element := range list {
			if !yield(row(element)) {
				return
			}
		}
	}
}

func unitRow(u model.Unit) []string {
	return []string{
		u.ID, u.Name, u.Tier, u.ParentID, decimal(uint64(u.Members)), strings.Join(u.Aliases, "|"), u.Contact, iso(u.DemonstrationSince), decimal(uint64(u.Stars)),
	}
}

func itemRow(i model.Item) []string {
	return []string{
		i.ID, i.Name, i.Programme, i.Catalogue, strings.Join(i.Tiers, "|"), i.Focus, i.Class, strings.Join(i.Scopes, "|"), strings.Join(i.Channels, "|"),
		i.Cadence, decimal(uint64(i.DueDays)), i.DayKind, decimal(uint64(i.DisplayDays)), i.NotBefore, iso(i.ValidFrom), strings.Join(i.Aliases, "|"),
	}
}

func scoreRow(s model.SiteScore) []string {
	row := []string{s.UnitID, iso(s.InspectedOn)}
	for _, aspect := range []uint16{s.Venue, s.Organisation, s.Operation, s.Disclosure, s.Publicity} {
		row = append(row, fmt.Sprintf("%d.%02d", aspect/100, aspect%100))
	}
	return append(row, s.Inspector)
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

func iso(on time.Time) string {
	if on.IsZero() {
		return ""
	}
	return on.Format(time.DateOnly)
}

func writeTable(path, header string, rows func(func([]string) bool)) error {
	return writeFile(path, func(w io.Writer) error {
		out := csv.NewWriter(w)
		if err := out.Write(strings.Split(header, ",")); err != nil {
			return err
		}
		for row := range rows {
			if err := out.Write(row); err != nil {
				return err
			}
		}
		out.Flush()
		return out.Error()
	})
}

// writeFile writes a file whole or not at all, in UTF-8 with the mark by which spreadsheets know it.
func writeFile(path string, write func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	temporary := path + ".part"
	out, err := os.Create(temporary)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = io.WriteString(out, "\ufeff")
	if err == nil {
		err = write(out)
	}
	if err = errors.Join(err, out.Close()); err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(temporary)))
	}
	return nil
}
