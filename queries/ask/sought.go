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

// FindUnits finds units that are active on the as-of day, at most so many, the nearest first: by id, name, parent's name, alias or initials, whatever
// is asked besides. They are those of the registry in force now.
func (s *Asker) FindUnits(ctx context.Context, question model.Question, sought string, limit int) (units []model.FoundUnit, err error) {
	return units, s.find(ctx, "search/units", &units, question, sought, limit)
}

// FindItems finds items of the catalogue in force now, at most so many, the nearest first: by id, name, alias or initials.
func (s *Asker) FindItems(ctx context.Context, question model.Question, sought string, limit int) (items []model.FoundItem, err error) {
	return items, s.find(ctx, "search/items", &items, question, sought, limit)
}

func (s *Asker) find(ctx context.Context, name string, rows any, question model.Question, sought string, limit int) error {
	words := names.Words(sought)
	if len(words) == 0 {
		return nil
	}
	question.KnownAt = time.Time{}
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return err
	}
	return s.selectQuestion(ctx, name, rows, question, load, clickhouse.Named("words", words), clickhouse.Named("whole", strings.Join(words, "")),
		clickhouse.Named("limit", strconv.Itoa(limit)))
}

// societyFinds is of how many records at most is looked up whether they are for society, for each that is asked for.
const societyFinds = 4

// FindRecords finds records by words of their titles, the latest published first, at most so many; more says that there are others. Society finds
// only what it may see.
func (s *Asker) FindRecords(ctx context.Context, question model.Question, sought string, limit int) (records []model.FoundRecord, more bool, err error) {
	words := strings.Fields(sought)
	for i, word := range words {
		words[i] = names.Folded(word)
	}
	if len(words) == 0 {
		return nil, false, nil
	}
	asked, society := limit+1, ""
	if s.society != nil {
		asked, society = societyFinds*limit+1, "only"
	}
	found, err := s.plan(ctx, "search/records", question)
	if err != nil {
		return nil, false, err
	}
	if err := s.selectText(ctx, "search/records", facts.WithoutUnset(found.text, map[string]string{"society": society}), &records,
		append(found.arguments, clickhouse.Named("words", words), clickhouse.Named("society", society), clickhouse.Named("limit", strconv.Itoa(asked)))); err != nil {
		return nil, false, err
	}
	shown := records[:0]
	for _, record := range records {
		if record.Title != "" && record.RecordID != "" { // else it is withheld, and so is that there is one
			shown = append(shown, record)
		}
	}
	return shown[:min(limit, len(shown))], len(shown) > limit, nil
}

// OtherNames are what finds some units besides their names: aliases, and pinyin initials, as text, by id. They are those of the registry in force now.
// Society is given those of units without an alias.
func (s *Asker) OtherNames(ctx context.Context, question model.Question, ids []string) (map[string]string, error) {
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
		clickhouse.NamedNumber("load", load), clickhouse.Named("ids", ids)); err != nil {
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
