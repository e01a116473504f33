package patrol

import (
	"context"
	"fmt"
	"slices"
	"time"

	"yangguang/queries/clickhouse"
)

// NotShown is why there is no text where there was one: its address is gone, or its page links to it no more.
const NotShown = "not_shown"

// noteNotShown stores of texts that readers do not find any more that nothing is shown there, so that what was found in them does not stand for ever. What
// is shown again is read again. An attachment whose page does not open may be there: nothing is said of it.
func noteNotShown(ctx context.Context, s *clickhouse.Store, at time.Time, checks []Check) error {
	gone := map[Key]bool{}
	records := []string{}
	for _, c := range checks {
		if c.Outcome.Confirms(Gone) {
			gone[c.Record.key(c.URL)] = true
		} else if !c.Files {
			continue
		}
		records = append(records, c.Record.RecordID)
	}
	slices.Sort(records)
	left := leftOut(checks)
	var texts []Text
	for part := range chunks(slices.Compact(records)) {
		var shown []Text
		err := s.Conn().Select(ctx, &shown, `SELECT toString(source) AS source, record_id, version, place, unit_id, toString(item_id) AS item_id, title, toString(kind) AS kind
			FROM (
				SELECT * EXCEPT (text, skeleton) FROM patrol_texts WHERE record_id IN {records:Array(String)} AND place != ''
				ORDER BY source, record_id, place, round_id DESC LIMIT 1 BY source, record_id, place
			)
			WHERE fault != 'not_shown'`, clickhouse.Named("records", part))
		if err != nil {
			return fmt.Errorf("look for what is not shown any more: %w", err)
		}
		for _, text := range shown {
			if gone[text.Key()] || left(text.Key()) {
				text.Fault, text.FetchedAt, text.Figures, text.Days = NotShown, at.UTC().Truncate(time.Millisecond), []uint64{}, []uint64{}
				texts = append(texts, text)
			}
		}
	}
	return NoteTexts(ctx, s, texts)
}
