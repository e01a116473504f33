package queries

import (
	"context"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Rules are what figures are computed by, beside the definitions: the settings of the registry load in force.
type Rules struct {
	Assessment    Assessment
	LoadedAt      time.Time // when the load was written, UTC
	Program       string    // version of the program that wrote it
	Timezone      string    // of every civil day
	Since         time.Time // of the configuration; zero: none
	Beginning     time.Time // the day before which nobody is accused: see Store.Beginning
	ToleranceDays uint16    // a record is back-dated beyond them
	Example       *DueExample
}

// DueExample is one obligation's due day. Days are civil days at midnight UTC.
type DueExample struct {
	ItemID   string    `ch:"item_id"`
	Item     string    `ch:"item"`
	Cadence  string    `ch:"cadence"`
	DueDays  uint16    `ch:"due_days"`
	DayKind  string    `ch:"day_kind"` // natural, working
	Period   string    `ch:"period"`
	EndOn    time.Time `ch:"end_on"` // the period's last day
	DueOn    time.Time `ch:"due_on"`
	RestDays *uint64   `ch:"rest_days"` // after EndOn, up to DueOn
}

// RulesInForce reads the settings that were in force at the question's time of knowledge. Errors: as Store.Ranking.
func (s *Store) RulesInForce(ctx context.Context, question Question) (Rules, error) {
	load, err := s.loadInForce(ctx, question)
	if err != nil {
		return Rules{}, err
	}
	var rules Rules
	err = s.readLoad(ctx, load, `SELECT loaded_at, program, timezone, since, backdating_tolerance_days FROM loads WHERE load_id = {load_id:UInt64}`,
		func(rows driver.Rows) error {
			var since *time.Time
			err := rows.Scan(&rules.LoadedAt, &rules.Program, &rules.Timezone, &since, &rules.ToleranceDays)
			rules.Since = dayOrZero(since)
			return err
		})
	if err != nil {
		return Rules{}, fmt.Errorf("read the settings in force: %w", err)
	}
	if rules.Assessment, err = s.assessmentOf(ctx, load); err != nil {
		return Rules{}, fmt.Errorf("read the assessment in force: %w", err)
	}
	if rules.Beginning, err = s.beginningOf(ctx, load); err != nil {
		return Rules{}, err
	}
	var examples []DueExample
	if err := s.selectQuestion(ctx, "rules/example", &examples, question, load); err != nil {
		return Rules{}, err
	}
	if len(examples) > 0 {
		rules.Example = &examples[0]
	}
	return rules, nil
}

// CatalogueRow is one item of the report catalogue; Tier, Scope and Channel are lists of codes joined by |, empty for any.
type CatalogueRow struct {
	ItemID      string     `column:"item_id"`
	Item        string     `column:"item"`
	Programme   string     `column:"programme"`
	Catalogue   string     `column:"catalogue"`
	Tier        string     `column:"tier"`
	Focus       string     `column:"focus"`
	Class       string     `column:"class"`
	Scope       string     `column:"scope"`
	Channel     string     `column:"channel"`
	Cadence     string     `column:"cadence"`
	DueDays     int64      `column:"due_days"`
	DayKind     string     `column:"day_kind"`
	DisplayDays int64      `column:"display_days"`
	NotBefore   string     `column:"not_before"`
	ValidFrom   *time.Time `column:"valid_from"`
	ValidTo     *time.Time `column:"valid_to"`
	LegalBasis  string     `column:"legal_basis"`
}

// CalendarRow is one exception to Monday–Friday, a row of the report calendar.
type CalendarRow struct {
	Day  time.Time `column:"day"`
	Kind string    `column:"calendar_kind"` // holiday, workday
}

// ExemptionRow is one exemption of the report exemptions; "*" is every unit or item, which then has no name.
type ExemptionRow struct {
	UnitID     string     `column:"unit_id"`
	Unit       string     `column:"unit"`
	ItemID     string     `column:"item_id"`
	Item       string     `column:"item"`
	FromOn     *time.Time `column:"from_on"`
	ToOn       *time.Time `column:"to_on"`
	Reason     string     `column:"reason"`
	ApprovedBy string     `column:"approved_by"`
}

// Catalogue answers the report catalogue: the items in force in the window, by catalogue and id.
func (s *Store) Catalogue(ctx context.Context, question Question) ([]CatalogueRow, error) {
	return rowsOf[CatalogueRow](ctx, s, "catalogue", question)
}

// Calendar answers the report calendar: the exceptions from the window's first year to the year after its last.
func (s *Store) Calendar(ctx context.Context, question Question) ([]CalendarRow, error) {
	return rowsOf[CalendarRow](ctx, s, "calendar", question)
}

// Exemptions answers the report exemptions: those that cover a day of the window, those of everybody first.
func (s *Store) Exemptions(ctx context.Context, question Question) ([]ExemptionRow, error) {
	return rowsOf[ExemptionRow](ctx, s, "exemptions", question)
}

func catalogueColumns() []Column {
	return []Column{
		{"item_id", Text},
		{"item", Text},
		{"programme", Code},
		{"catalogue", Code},
		{"tier", Code},
		{"focus", Code},
		{"class", Code},
		{"scope", Code},
		{"channel", Code},
		{"cadence", Code},
		{"due_days", Days},
		{"day_kind", Code},
		{"display_days", Days},
		{"not_before", Code},
		{"valid_from", Date},
		{"valid_to", Date},
		{"legal_basis", Text},
	}
}

func calendarColumns() []Column {
	return []Column{{"day", Date}, {"calendar_kind", Code}}
}

func exemptionColumns() []Column {
	return []Column{
		{"unit_id", Text},
		{"unit", Text},
		{"item_id", Text},
		{"item", Text},
		{"from_on", Date},
		{"to_on", Date},
		{"reason", Text},
		{"approved_by", Text},
	}
}
