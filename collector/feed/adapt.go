package feed

import (
	"strconv"
	"strings"

	"yangguang/collector/online"
)

// entry makes of an item what the configuration says its elements mean. An item without a date stays without one: its
// record gets the day on which it was first seen (SPEC §3).
func (s *Source) entry(address string, number int, item item, began online.Instant) online.Entry {
	entry := online.Entry{Place: address + "#" + strconv.Itoa(number+1), Content: item.content, Attachments: item.attachments}
	for field, element := range s.config.fields() {
		value := item.elements[element]
		if strings.HasSuffix(field, "_on") {
			value = online.Moment(value, s.zone, began.Local())
		}
		online.Set(&entry.Fields, field, value)
	}
	return entry
}
