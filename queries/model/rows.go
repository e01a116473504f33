package model

import (
	"time"

	"github.com/shopspring/decimal"
)

// The rows of the reports as pages and metrics use them. Fields carry the column's key; a pointer is nil where there is no value.
// Days are civil days at midnight UTC. Ratios have 4 decimals, scores and mean days 2, as shown (SPEC §5).

// RankingRow is one unit of the report ranking.
type RankingRow struct {
	Rank                  *int64           `column:"rank"`
	PreviousRank          *int64           `column:"previous_rank"`
	UnitID                string           `column:"unit_id"`
	Unit                  string           `column:"unit"`
	Tier                  string           `column:"tier"`
	Parent                string           `column:"parent"`
	Score                 *decimal.Decimal `column:"score"`
	PreviousScore         *decimal.Decimal `column:"previous_score"`
	Rating                string           `column:"rating"` // empty without a score
	Coverage              *decimal.Decimal `column:"coverage"`
	Timeliness            *decimal.Decimal `column:"timeliness"`
	EvidencedTimeliness   *decimal.Decimal `column:"evidenced_timeliness"`
	Procedure             *decimal.Decimal `column:"procedure"`
	Placement             *decimal.Decimal `column:"placement"`
	Verified              *decimal.Decimal `column:"verified"`
	EvidenceShare         *decimal.Decimal `column:"evidence_share"`
	Deductions            *decimal.Decimal `column:"deductions"`
	Assessed              int64            `column:"assessed"`
	OnTime                int64            `column:"on_time"`
	Late                  int64            `column:"late"`
	Lapsed                int64            `column:"lapsed"`
	CarriedLapsed         int64            `column:"carried_lapsed"`
	EssentialLapsed       int64            `column:"essential_lapsed"`
	Pending               int64            `column:"pending"`
	Unverified            int64            `column:"unverified"`
	Exempt                int64            `column:"exempt"`
	Undated               int64            `column:"undated"`
	MeanDelayDays         *decimal.Decimal `column:"mean_delay_days"`
	OldestLapseDays       *int64           `column:"oldest_lapse_days"`
	Backdated             int64            `column:"backdated"`
	Overexposed           int64            `column:"overexposed"`
	YellowCards           int64            `column:"yellow_cards"`
	OpenRectifications    int64            `column:"open_rectifications"`
	OverdueRectifications int64            `column:"overdue_rectifications"`
	Institutions          int64            `column:"institutions"`
	Stars                 int64            `column:"stars"`
	Group                 string           `column:"group"`
	ParentID              string           `column:"parent_id"`
	EssentialCarried      int64            `column:"essential_carried"` // lapsed essential items due before the window
	GroupRank             *int64           `column:"group_rank"`        // in the unit's own group; nil where very many units are asked for, or unranked
	PreviousGroupRank     *int64           `column:"previous_group_rank"`
	ConfirmedBackdated    int64            `column:"confirmed_backdated"` // confirmed by people, where a cap of the rating counts them; else 0
	ConfirmedFailingLinks int64            `column:"confirmed_failing_links"`
	Unranked              string           `column:"unranked"` // why not ranked: no_score, unverified, few_assessed; empty where ranked
}

// ObligationRow is one obligation of the reports obligations and lapsed.
type ObligationRow struct {
	UnitID        string     `column:"unit_id"`
	Unit          string     `column:"unit"`
	ItemID        string     `column:"item_id"`
	Item          string     `column:"item"`
	Programme     string     `column:"programme"`
	Class         string     `column:"class"`
	Period        string     `column:"period"` // 2026, 2026H1, 2026Q3, 2026-07; an event's day; empty for standing and undated
	DueOn         *time.Time `column:"due_on"`
	State         string     `column:"state"`
	PublishedOn   *time.Time `column:"published_on"`
	EvidencedOn   *time.Time `column:"evidenced_on"`
	Backdated     *int64     `column:"backdated"`
	DelayDays     *int64     `column:"delay_days"`
	Procedure     *int64     `column:"procedure"`
	Placement     *int64     `column:"placement"`
	RecordID      string     `column:"record_id"`
	Source        string     `column:"source"`
	URL           string     `column:"url"`
	Group         string     `column:"group"`
	Cadence       string     `column:"cadence"`
	LookedOn      *time.Time `column:"looked_on"`       // every covering source succeeded on this day or later; nil: one never did, or none covers it
	LapsedAfterOn *time.Time `column:"lapsed_after_on"` // of a lapsed one: the day after which it is; else nil
	ForSociety    *int64     `column:"for_society"`     // 1: the record shown is for everyone

	UndatedWithSteps *int64 `column:"undated_with_steps"` // 1: undated, of a source with steps, so it counts against timeliness
}

// ItemRow is one item of the report items.
type ItemRow struct {
	ItemID     string           `column:"item_id"`
	Item       string           `column:"item"`
	Class      string           `column:"class"`
	Units      int64            `column:"units"`
	Assessed   int64            `column:"assessed"`
	Coverage   *decimal.Decimal `column:"coverage"`
	Timeliness *decimal.Decimal `column:"timeliness"`
	Lapsed     int64            `column:"lapsed"`
}

// Owed says whether the unit owed anything in the window, whatever became of it.
func (r RankingRow) Owed() bool {
	return r.Assessed+r.Unverified+r.Pending+r.Exempt+r.Undated+r.Lapsed+r.CarriedLapsed > 0
}

// SummaryRow is one ranking group, or all, of the report summary.
type SummaryRow struct {
	Group                string           `column:"group"`
	Units                int64            `column:"units"`
	Assessed             int64            `column:"assessed"`
	Coverage             *decimal.Decimal `column:"coverage"`
	Timeliness           *decimal.Decimal `column:"timeliness"`
	EvidencedTimeliness  *decimal.Decimal `column:"evidenced_timeliness"`
	Procedure            *decimal.Decimal `column:"procedure"`
	Placement            *decimal.Decimal `column:"placement"`
	OrganisationCoverage *decimal.Decimal `column:"organisation_coverage"`
	MemberCoverage       *decimal.Decimal `column:"member_coverage"`
	ClearUnits           *decimal.Decimal `column:"clear_units"`
	Lapsed               int64            `column:"lapsed"`
	CarriedLapsed        int64            `column:"carried_lapsed"`
	Unverified           int64            `column:"unverified"`
	Pending              int64            `column:"pending"`
	Score                *decimal.Decimal `column:"score"`
	OnTime               int64            `column:"on_time"`
	Late                 int64            `column:"late"`
	Exempt               int64            `column:"exempt"`
	Undated              int64            `column:"undated"`
	Backdated            int64            `column:"backdated"`
	Overexposed          int64            `column:"overexposed"`
	EvidenceShare        *decimal.Decimal `column:"evidence_share"`
	LapsingUnits         int64            `column:"lapsing_units"` // with a lapse of the window or carried into it
}

// Owed says whether the group owed anything in the window; otherwise that nothing lapsed says nothing.
func (r SummaryRow) Owed() bool {
	return r.Assessed+r.Unverified+r.Pending+r.Exempt+r.Undated+r.Lapsed+r.CarriedLapsed > 0
}

// SiteRow is one demonstration site of the report sites.
type SiteRow struct {
	Rank               *int64           `column:"rank"`
	UnitID             string           `column:"unit_id"`
	Unit               string           `column:"unit"`
	Score              *decimal.Decimal `column:"score"`
	Venue              *decimal.Decimal `column:"venue"`
	Organisation       *decimal.Decimal `column:"organisation"`
	Operation          *decimal.Decimal `column:"operation"`
	Disclosure         *decimal.Decimal `column:"disclosure"`
	Publicity          *decimal.Decimal `column:"publicity"`
	InspectedOn        *time.Time       `column:"inspected_on"`
	DemonstrationSince *time.Time       `column:"demonstration_since"`
	TimelinessBefore   *decimal.Decimal `column:"timeliness_before"`
	TimelinessAfter    *decimal.Decimal `column:"timeliness_after"`
	Observations       int64            `column:"observations"`
	Group              string           `column:"group"`
	Stars              int64            `column:"stars"`
}

// NoticeRow is one rectification notice of the report notices.
type NoticeRow struct {
	NoticeID    string     `column:"notice_id"`
	IssueNo     string     `column:"issue_no"`
	IssuedOn    *time.Time `column:"issued_on"`
	UnitID      string     `column:"unit_id"`
	Unit        string     `column:"unit"`
	ItemID      string     `column:"item_id"`
	Problem     string     `column:"problem"`
	RectifyBy   *time.Time `column:"rectify_by"`
	RectifiedOn *time.Time `column:"rectified_on"`
	YellowCard  int64      `column:"yellow_card"`
	State       string     `column:"state"`      // open, overdue, closed
	Registered  int64      `column:"registered"` // noted in the register, not in notices.csv
}

// SourceRow is one source of the report sources; its instants are in UTC.
type SourceRow struct {
	Source      string     `column:"source"`
	Kind        string     `column:"kind"`
	LastSuccess *time.Time `column:"last_success"`
	LastOutcome string     `column:"last_outcome"`
	Read        int64      `column:"read"`
	New         int64      `column:"new"`
	Changed     int64      `column:"changed"`
	Unchanged   int64      `column:"unchanged"`
	Rejected    int64      `column:"rejected"`
	// NotUnderstood is how many parts of it were not understood or not read.
	NotUnderstood int64  `column:"not_understood"`
	Error         string `column:"error"` // why it is no look
	// FailingSince is when the first collection since the last look was begun that failed or was suspicious; nil: there is none.
	FailingSince *time.Time `column:"failing_since"`
	Failures     int64      `column:"failures"` // since then
}
