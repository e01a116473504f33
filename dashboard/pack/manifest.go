package pack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/queries/chain"
	"yangguang/queries/freeze"
	"yangguang/queries/model"
)

// ManifestFile is the name of the manifest in a pack.
const ManifestFile = "manifest.json"

// Manifest says what a pack is: what was asked, what was known, what it rests on, and every file. Days are civil days written 2026-09-30,
// instants RFC 3339 in the configured zone; hashes are SHA-256 in hexadecimal.
type Manifest struct {
	Name       string         `json:"name"`
	Asked      asked          `json:"question"`
	KnownAt    string         `json:"known_at"`
	ComputedAt string         `json:"computed_at"`
	Program    string         `json:"program"`
	ClickHouse string         `json:"clickhouse"`
	Timezone   string         `json:"timezone"`
	Registry   registryInput  `json:"registry"`
	Assessment map[string]any `json:"assessment"` // weights as whole numbers in their ratio
	Since      string         `json:"since,omitempty"`
	Tolerance  uint16         `json:"backdating_tolerance_days"`
	Sources    []sourceInput  `json:"sources"`
	Evidence   *chain.Printed `json:"evidence,omitempty"` // last link of the chain of evidence
	Files      []File         `json:"files"`
}

// asked is a question as it is kept.
type asked struct {
	From      string `json:"from"`
	To        string `json:"to"`
	AsOf      string `json:"as_of"`
	Group     string `json:"group"`
	Within    string `json:"within,omitempty"`
	Scope     string `json:"scope"`
	Programme string `json:"programme,omitempty"`
	Focus     string `json:"focus,omitempty"`
	Language  string `json:"language"`
	District  string `json:"district,omitempty"`
	Baseline  string `json:"baseline,omitempty"`    // pack of the meeting before; none: nothing is compared
	Sheets    bool   `json:"unit_sheets,omitempty"` // there is a sheet for each unit that is called up
	Patrol    bool   `json:"patrol,omitempty"`      // there is a chapter of what patrol has found
}

type registryInput struct {
	LoadID   uint64 `json:"load_id"`
	LoadedAt string `json:"loaded_at"`
	Program  string `json:"program"`
	SHA256   string `json:"sha256"`
	Units    uint64 `json:"units"`
	Items    uint64 `json:"items"`
}

type sourceInput struct {
	Source         string `json:"source"`
	Kind           string `json:"kind"`
	Collections    uint64 `json:"collections"`
	LastCollection uint64 `json:"last_collection"`
	LastEnded      string `json:"last_ended"`
	Records        uint64 `json:"records"`
	SHA256         string `json:"sha256"`
}

// File is one file of a pack, but for the manifest itself.
type File struct {
	Name   string `json:"name"`
	Report string `json:"report,omitempty"` // of SPEC §7, of a CSV
	Group  string `json:"group,omitempty"`  // of a ranking
	Rows   int    `json:"rows,omitempty"`   // of a CSV, without its header
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func askedOf(order Order) asked {
	q := order.Question
	return asked{
		From: q.From.Format(time.DateOnly), To: q.To.Format(time.DateOnly), AsOf: q.AsOf.Format(time.DateOnly),
		Group: q.Group, Within: q.Within, Scope: q.Scope, Programme: q.Programme, Focus: q.Focus, Language: order.Language, District: order.District,
		Baseline: order.Baseline, Sheets: order.unitSheets, Patrol: order.patrol,
	}
}

// order is the order that was kept.
func (a asked) order(name string) (Order, error) {
	order := Order{
		Name: name, Language: a.Language, District: a.District, Baseline: a.Baseline, unitSheets: a.Sheets, patrol: a.Patrol,
		Question: model.Question{Group: a.Group, Within: a.Within, Scope: a.Scope, Programme: a.Programme, Focus: a.Focus},
	}
	for text, day := range map[*string]*time.Time{&a.From: &order.Question.From, &a.To: &order.Question.To, &a.AsOf: &order.Question.AsOf} {
		var err error
		if *day, err = time.Parse(time.DateOnly, *text); err != nil {
			return order, fmt.Errorf("the question of freeze %s: %w", name, err)
		}
	}
	return order, nil
}

// describe is the manifest without its files.
func (p *Packs) describe(frozen freeze.Freeze, order Order, inputs freeze.Inputs) (Manifest, error) {
	assessment, err := plain(inputs.Assessment)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{
		Name: frozen.Name, Asked: askedOf(order), KnownAt: p.instant(frozen.KnownAt), ComputedAt: p.instant(p.clock()),
		Program: p.program, ClickHouse: inputs.ClickHouse, Timezone: inputs.Timezone,
		Registry: registryInput{
			LoadID: inputs.LoadID, LoadedAt: p.instant(inputs.LoadedAt), Program: inputs.LoadedBy, SHA256: inputs.RegistryHash,
			Units: inputs.Units, Items: inputs.Items,
		},
		Assessment: assessment, Tolerance: inputs.BackdatingToleranceDays, Sources: []sourceInput{}, Evidence: inputs.Evidence,
	}
	if !inputs.Since.IsZero() {
		m.Since = inputs.Since.Format(time.DateOnly)
	}
	for _, source := range inputs.Sources {
		m.Sources = append(m.Sources, sourceInput{
			Source: source.Source, Kind: source.Kind, Collections: source.Collections, LastCollection: source.LastCollection,
			LastEnded: p.instant(source.LastEnded), Records: source.Records, SHA256: source.SHA256,
		})
	}
	return m, nil
}

func (p *Packs) instant(at time.Time) string {
	return at.In(p.zone).Truncate(time.Millisecond).Format("2006-01-02T15:04:05.000Z07:00")
}

// plain is the assessment by its keys in assessment.yaml, numbers as numbers.
func plain(assessment model.Assessment) (keys map[string]any, err error) {
	text, err := yaml.Marshal(assessment)
	if err != nil {
		return nil, fmt.Errorf("write assessment: %w", err)
	}
	return keys, yaml.Unmarshal(text, &keys)
}

// encode writes the manifest as the file that is handed out.
func (m Manifest) encode() ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(m); err != nil {
		return nil, fmt.Errorf("write manifest: %w", err)
	}
	return text.Bytes(), nil
}

func decodeManifest(frozen freeze.Freeze) (m Manifest, err error) {
	if err := json.Unmarshal([]byte(frozen.Manifest), &m); err != nil {
		return m, fmt.Errorf("read the manifest of freeze %s: %w", frozen.Name, err)
	}
	return m, nil
}

// Limits are the filters of the question in one line; empty without any.
func (m Manifest) Limits() string {
	var limits []string
	for _, limit := range []struct{ value, usual string }{
		{m.Asked.Group, "all"}, {m.Asked.Within, ""}, {m.Asked.Scope, "own"}, {m.Asked.Programme, ""}, {m.Asked.Focus, ""},
	} {
		if limit.value != limit.usual {
			limits = append(limits, limit.value)
		}
	}
	return strings.Join(limits, " ")
}
