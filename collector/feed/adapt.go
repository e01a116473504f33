package feed

import (
	"cmp"
	"strconv"
	"strings"

	"yangguang/collector/identity"
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
	if s.IDsWereAddresses() && identity.IsAddress(entry.Fields.RecordID) { // it changes as addresses do, and several disclosures may share it
		entry.Fields.URL = cmp.Or(entry.Fields.URL, entry.Fields.RecordID)
		entry.Fields.RecordID = ""
	}
	return entry
}

// IDsWereAddresses: an item's id that is the address of its page is no id, unless the configuration says that it is.
func (s *Source) IDsWereAddresses() bool { return s.config.Fields["record_id"] == "" }
