package queries

import (
	"context"
	"fmt"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// keptNames are the questions that an edition answers when they are about very many units.
func keptNames() []string {
	return []string{
		"reports/ranking", "ranking/part", "ranking/totals", "reports/obligations", "reports/lapsed", "reports/items", "reports/summary",
		"metrics/units", "metrics/lapses", "metrics/dues", "lapses/unverified", "lapses/due", "lapses/totals", "lapses/part", "lapses/grouped",
		"procedure/flow", "procedure/times", "procedure/broken", "evidence/backdated", "evidence/sources",
		"overview/months", "placement/channels", "placement/overexposed", "placement/misplaced",
	}
}

// formulate is the text of a question and the question that it is asked with: directly, or, about very many units, of an edition. Then the
// question is asked as of the edition's time of knowledge. Errors: *NotKeptError.
func (s *Store) formulate(ctx context.Context, name string, load uint64, question Question) (string, Question, error) {
	var kept *edition
	if slices.Contains(keptNames(), name) {
		var err error
		if kept, err = s.keptQuestion(ctx, load, rankedAmong(name, question)); err != nil {
			return "", question, err
		}
	}
	return formulated(name, question, kept)
}

// formulated is formulate of an edition, or directly if that is nil.
func formulated(name string, question Question, kept *edition) (string, Question, error) {
	var instead []map[string]string
	if question.KnownAt.IsZero() {
		instead = append(instead, asOfNow())
	}
	if kept != nil {
		question.KnownAt = kept.KnownAt
		instead = append(instead, fromEdition())
		if kept.whole {
			instead = append(instead, totalsFromEdition())
		}
		if question.Scope != "subtree" {
			instead = append(instead, rankedFromEdition(name))
		}
	}
	text, err := questionText(name, instead...)
	return lean(text, question), question, err
}

// rankedAmong is the question that a question reads: a unit's rank is told among all that are within.
func rankedAmong(name string, question Question) Question {
	if slices.Contains([]string{"reports/ranking", "ranking/part", "ranking/totals", "metrics/units"}, name) {
		question.Unit, question.Scope = "", "own"
	}
	return question
}

// keptQuestion is the edition that answers a question; nil when it is answered directly.
func (s *Store) keptQuestion(ctx context.Context, load uint64, question Question) (*edition, error) {
	if s.keepAbove < 0 || (question.Unit != "" && question.Scope != "subtree") {
		return nil, nil
	}
	root := question.Within
	if question.Unit != "" {
		root = question.Unit
	}
	units, err := s.unitsBelow(ctx, load, root)
	if err != nil || units <= uint64(s.keepAbove) {
		return nil, err
	}
	found, ok, err := s.latestEdition(ctx, load, question, question.KnownAt.IsZero())
	if err != nil {
		return nil, err
	}
	question.Within, question.Unit, question.Group, question.Scope = "", "", "all", "own"
	if wanted := s.want.Load(); wanted != nil {
		select {
		case *wanted <- question:
		default: // so many are waiting that this one will be asked for again
		}
	}
	if !ok {
		return nil, &NotKeptError{Question: question, Units: units}
	}
	found.whole = root == "" || units > uint64(s.localityUnits)
	return &found, nil
}

// unitsBelow counts the units of a load in the subtree of one, or all.
func (s *Store) unitsBelow(ctx context.Context, load uint64, root string) (units uint64, err error) {
	row := s.Conn().QueryRow(ctx, `SELECT if({root:String} = '',
		(SELECT count() FROM units WHERE load_id = {load:UInt64}), (SELECT count() FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {root:String}))`,
		named("load", load), clickhouse.Named("root", root))
	if err := row.Scan(&units); err != nil {
		return 0, fmt.Errorf("count the units asked about: %w", err)
	}
	return units, nil
}
