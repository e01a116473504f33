package model

import (
	"errors"
	"time"
)

// Registry is what a district declares about itself (SPEC §2): who owes what, by when, and what supervision found.
// Civil days are midnight UTC; the zero time is an empty cell. Lists are never nil-sensitive.
type Registry struct {
	Units        []Unit
	Items        []Item
	Calendar     []CalendarDay
	Exemptions   []Exemption
	SiteScores   []SiteScore
	Observations []Observation
	Notices      []Notice
	Institutions []Institution
}

// Unit is an organisation with duties (units.csv).
type Unit struct {
	ID                 string
	Name               string
	Tier               string // committee, discipline, organ, town, subdistrict, village, community
	ParentID           string
	Members            uint32
	Aliases            []string
	Contact            string
	DemonstrationSince time.Time
	Stars              uint8
	ActiveFrom         time.Time
	ActiveTo           time.Time
}

// Item is one thing that must be disclosed (catalogue.csv).
type Item struct {
	ID          string
	Name        string
	Programme   string   // party, government, village, judicial, livelihood
	Catalogue   string   // committee, grassroots, discipline
	Tiers       []string // who owes it
	Focus       string   // political_life, personnel, integrity or empty
	Class       string   // essential, obligatory, recommended
	Scopes      []string // allowed audiences; empty means any
	Channels    []string // allowed channels; empty means any
	Cadence     string   // standing, annual, semiannual, quarterly, monthly, event
	DueDays     uint16
	DayKind     string // natural, working
	DisplayDays uint16
	MinChars    uint16 `json:",omitzero"` // a text of fewer characters says too little; 0: none does. Registries of before keep their hash
	NotBefore   string // start, end, any
	NilReturn   string `json:",omitzero"` // monthly, quarterly: an event item's period without an event must say so (零报告); empty: none need. Registries of before keep their hash
	ValidFrom   time.Time
	ValidTo     time.Time
	LegalBasis  string
	Aliases     []string
}

// CalendarDay is an exception to Monday–Friday (calendar.csv).
type CalendarDay struct {
	Date time.Time
	Kind string // holiday, workday
}

// Exemption frees a unit from an item for a while (exemptions.csv); "*" is every unit or item.
type Exemption struct {
	UnitID, ItemID     string
	From, To           time.Time
	Reason, ApprovedBy string
}

// SiteScore is one inspection of a demonstration site, 0–100 for each of the five aspects, in hundredths (site_scores.csv).
type SiteScore struct {
	UnitID                                                string
	InspectedOn                                           time.Time
	Venue, Organisation, Operation, Disclosure, Publicity uint16
	Inspector                                             string
}

// Observation is one visit to a demonstration site (observations.csv, 观摩).
type Observation struct {
	SiteID    string
	VisitedOn time.Time
	VisitorID string
	Attendees uint32
}

// Notice is one rectification notice of the supervision group (notices.csv, 督导整改通报).
type Notice struct {
	ID          string
	IssueNo     string
	IssuedOn    time.Time
	UnitID      string
	ItemID      string
	Problem     string
	RectifyBy   time.Time
	RectifiedOn time.Time
	YellowCard  bool
}

// Institution is one of the five institutions (五项制度) in place at a unit (institutions.csv).
type Institution struct {
	UnitID        string
	Institution   string // study, publicity, assessment, disclosure, meeting
	EstablishedOn time.Time
}

// Cover says that a source reports what a unit owes for an item (SPEC §4); "*" is every unit or item.
type Cover struct {
	Source, UnitID, ItemID string
}

// ErrNoRegistry says that no registry has been loaded yet, or none by the asked time of knowledge.
var ErrNoRegistry = errors.New("no registry has been loaded")
