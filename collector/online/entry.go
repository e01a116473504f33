package online

import (
	"cmp"
	"strings"

	"yangguang/collector"
	"yangguang/collector/record"
)

// Entry is one row of an answer, as its source understood it.
type Entry struct {
	Place       string // the address it was read from and its number
	Content     string // as the source had it
	Fields      record.Fields
	Attachments []string // further addresses, for upload_day
	Problem     string   // why it cannot be a record; empty when nothing is known against it
}

// adapt turns an entry into a record or a rejected row.
func (s *Source) adapt(chunk *collector.Chunk, number int, entry Entry, rules record.Rules) {
	fields := entry.Fields
	reject := func(reason string) { chunk.Reject(entry.Place, reason, entry.Content, fields) }
	if entry.Problem != "" {
		reject(entry.Problem)
		return
	}
	if strings.TrimSpace(fields.UploadedOn) == "" {
		fields.UploadedOn = s.uploadDay(append([]string{fields.URL}, entry.Attachments...))
	}
	s.complement(&fields)
	if _, problem := s.titles.Fill(&fields, rules.Resolver); problem != nil {
		reject(problem.Error())
		return
	}
	resolved, problem := record.Adapt(fields, rules)
	if problem != nil {
		reject(problem.Error())
		return
	}
	chunk.Content(number, entry.Content)
	chunk.Record(number, entry.Place, &resolved)
}

// complement puts the fixed values into the fields that the row does not give.
func (s *Source) complement(fields *record.Fields) {
	var fixed record.Fields
	for name, value := range s.config.Fixed {
		Set(&fixed, name, value)
	}
	given := *fields
	*fields = record.Fields{
		RecordID: cmp.Or(given.RecordID, fixed.RecordID), Unit: cmp.Or(given.Unit, fixed.Unit), Parent: cmp.Or(given.Parent, fixed.Parent),
		Item: cmp.Or(given.Item, fixed.Item), Title: cmp.Or(given.Title, fixed.Title), EventID: cmp.Or(given.EventID, fixed.EventID),
		Period: cmp.Or(given.Period, fixed.Period), OccurredOn: cmp.Or(given.OccurredOn, fixed.OccurredOn),
		ProposedOn: cmp.Or(given.ProposedOn, fixed.ProposedOn), ReviewedOn: cmp.Or(given.ReviewedOn, fixed.ReviewedOn),
		ApprovedOn: cmp.Or(given.ApprovedOn, fixed.ApprovedOn), PublishedOn: cmp.Or(given.PublishedOn, fixed.PublishedOn),
		UploadedOn: cmp.Or(given.UploadedOn, fixed.UploadedOn), WithdrawnOn: cmp.Or(given.WithdrawnOn, fixed.WithdrawnOn),
		Scope: cmp.Or(given.Scope, fixed.Scope), Channel: cmp.Or(given.Channel, fixed.Channel), URL: cmp.Or(given.URL, fixed.URL),
	}
}

// uploadDay finds the latest day that the addresses carry where the expressions say, as written when it is no day.
func (s *Source) uploadDay(addresses []string) (latest string) {
	for _, pattern := range s.uploads {
		for _, address := range addresses {
			match := pattern.FindStringSubmatch(address)
			if match == nil {
				continue
			}
			latest = max(latest, AddressDay(match[min(1, len(match)-1)]))
		}
	}
	return latest
}
