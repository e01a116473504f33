package ask

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/names"
)

// societyFinds is of how many records at most is looked up whether they are for society, for each that is asked for.
const societyFinds = 4

func (s *Asker) findRecords(ctx context.Context, question model.Question, sought string, limit int) (records []model.FoundRecord, err error) {
	words := strings.Fields(sought)
	for i, word := range words {
		words[i] = names.Folded(word)
	}
	if len(words) == 0 {
		return nil, nil
	}
	asked, society := limit+1, ""
	if s.society != nil {
		asked, society = societyFinds*limit+1, "only"
	}
	found, err := s.plan(ctx, "search/records", question)
	if err != nil {
		return nil, err
	}
	if err := s.selectText(ctx, "search/records", facts.WithoutUnset(found.text, map[string]string{"society": society}), &records,
		append(found.arguments, clickhouse.Named("words", words), clickhouse.Named("society", society), clickhouse.Named("limit", strconv.Itoa(asked)))); err != nil {
		return nil, err
	}
	shown := records[:0]
	for _, record := range records {
		if record.Title != "" && record.RecordID != "" { // else it is withheld, and so is that there is one
			shown = append(shown, record)
		}
	}
	return shown[:min(limit+1, len(shown))], nil
}

func (s *Asker) otherNames(ctx context.Context, question model.Question, ids []any) (map[string]string, error) {
	question.KnownAt = time.Time{}
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID       string `ch:"id"`
		Text     string `ch:"text"`
		Initials string `ch:"initials"`
	}
	if err := s.Conn().Select(ctx, &rows, "SELECT id, text, initials FROM sought WHERE load_id = {load:UInt64} AND kind = 'unit' AND id IN {ids:Array(String)}",
		append(ids, clickhouse.NamedNumber("load", load))...); err != nil {
		return nil, fmt.Errorf("look up what units are called besides: %w", err)
	}
	others := map[string]string{}
	for _, row := range rows {
		aliases := strings.Split(row.Text, "\n")[2:] // behind the id and the name
		if s.society == nil || len(aliases) == 0 {   // initials of aliases stand with those of the name
			others[row.ID] = strings.TrimSpace(strings.Join(aliases, " ") + row.Initials)
		}
	}
	return others, nil
}
