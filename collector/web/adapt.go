package web

import (
	"cmp"
	"maps"

	"yangguang/collector"
	"yangguang/collector/online"
	"yangguang/collector/record"
)

// adapt turns the entries of a page into records and rejected rows.
func (s *Source) adapt(chunk *collector.Chunk, entries []entry, rules record.Rules) {
	for i, entry := range entries {
		place := entry.place
		if address := entry.values["url"]; address != "" {
			place = address
		}
		fields := s.fieldsOf(entry)
		if problem := cmp.Or(entry.problem, yearMissing(fields.PublishedOn)); problem != "" {
			chunk.Reject(place, problem, entry.content, fields)
			continue
		}
		if _, problem := s.titles.Fill(&fields, rules.Resolver); problem != nil {
			chunk.Reject(place, problem.Error(), entry.content, fields)
			continue
		}
		resolved, problem := record.Adapt(fields, rules)
		if problem != nil {
			chunk.Reject(place, problem.Error(), entry.content, fields)
			continue
		}
		chunk.Record(i, place, &resolved)
		chunk.Content(i, entry.content)
	}
}

// fieldsOf is what a row says, before the title rules.
func (s *Source) fieldsOf(e entry) record.Fields {
	v := maps.Clone(e.values)
	for name, value := range s.config.Fixed {
		if v[name] == "" {
			v[name] = value
		}
	}
	fields := record.Fields{
		RecordID: v["record_id"], Unit: v["unit"], Parent: v["parent"], Item: v["item"], Title: v["title"], EventID: v["event_id"],
		Period: v["period"], OccurredOn: v["occurred_on"], ProposedOn: v["proposed_on"], ReviewedOn: v["reviewed_on"],
		ApprovedOn: v["approved_on"], PublishedOn: v["published_on"], UploadedOn: v["uploaded_on"], WithdrawnOn: v["withdrawn_on"],
		Scope: v["scope"], Channel: v["channel"], URL: v["url"],
	}
	if fields.UploadedOn == "" {
		fields.UploadedOn = s.uploadDay(v["url"], v["attachment"])
	}
	fields.PublishedOn = withYear(fields.PublishedOn, fields.UploadedOn)
	return fields
}

// uploadDay reads the day of uploading in an address: the group date, or else the first group, or else groups year, month
// and day, of the first expression that matches. Of several addresses the latest day counts.
func (s *Source) uploadDay(addresses ...string) (latest string) {
	for _, address := range addresses {
		for _, pattern := range s.uploads {
			match := pattern.FindStringSubmatch(address)
			if match == nil {
				continue
			}
			day := match[0]
			if year := pattern.SubexpIndex("year"); year > 0 {
				day = match[year] + "-" + match[pattern.SubexpIndex("month")] + "-" + match[pattern.SubexpIndex("day")]
			} else if date := pattern.SubexpIndex("date"); date > 0 {
				day = match[date]
			} else if len(match) > 1 {
				day = match[1]
			}
			latest = max(latest, online.AddressDay(day))
			break
		}
	}
	return latest
}
