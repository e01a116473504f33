package record

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/unicode/norm"
)

// EventKey tells events of one day apart (SPEC §4): the event's id, or else the title folded by NFKC, lower case and
// without white space.
func EventKey(eventID, title string) string {
	if eventID != "" {
		return eventID
	}
	if isFolded(title) {
		return title
	}
	title = strings.ToLower(norm.NFKC.String(title))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, title)
}

// isFolded recognises titles that folding leaves alone: lower-case ASCII and common Chinese characters.
func isFolded(title string) bool {
	for _, r := range title {
		switch {
		case r < utf8.RuneSelf:
			if r <= ' ' || r == 0x7F || r >= 'A' && r <= 'Z' {
				return false
			}
		case r < 0x4E00 || r > 0x9FFF:
			return false
		}
	}
	return true
}

// Complete sets what follows from the rest of a resolved record: the event's key, the hash and, where it has none, the record's id.
func (r *Record) Complete() {
	r.EventKey = EventKey(r.EventID, r.Title)
	if r.RecordID == "" {
		r.Derived, r.RecordID = true, r.deriveID()
	}
	r.Hash = r.hash()
}

// deriveID makes the id of a record that brought none (SPEC §3).
func (r *Record) deriveID() string {
	var room [512]byte
	b := appendText(room[:0], r.UnitID)
	b = appendText(b, r.ItemID)
	switch {
	case !r.PeriodTo.IsZero():
		b = appendDay(appendDay(append(b, 'p'), r.PeriodFrom), r.PeriodTo)
	case !r.OccurredOn.IsZero():
		b = appendDay(append(b, 'o'), r.OccurredOn)
	case r.DatedBySight: // the day of seeing is no part of what was seen
		b = append(b, 's')
	default:
		b = appendDay(append(b, 'd'), r.PublishedOn)
	}
	b = appendText(b, r.Title)
	b = appendText(b, r.URL)
	sum := sha256.Sum256(b)
	return "auto-" + hex.EncodeToString(sum[:16])
}

// hash tells versions of a record apart.
func (r *Record) hash() uint64 {
	var room [1024]byte
	b := room[:0]
	for _, text := range [...]string{r.UnitID, r.ItemID, r.Title, r.EventID, r.Period, r.Scope, r.Channel, r.URL} {
		b = appendText(b, text)
	}
	published := r.PublishedOn
	if r.DatedBySight {
		published = time.Time{}
	}
	for _, day := range [...]time.Time{
		r.PeriodFrom, r.PeriodTo, r.OccurredOn, r.ProposedOn, r.ReviewedOn, r.ApprovedOn, published, r.UploadedOn, r.WithdrawnOn,
	} {
		b = appendDay(b, day)
	}
	var flags byte
	for i, flag := range [...]bool{r.Steps, r.Online, r.DatedBySight} {
		if flag {
			flags |= 1 << i
		}
	}
	return xxhash.Sum64(append(b, flags))
}

// appendText adds text behind its length, so that no two sequences of texts read alike.
func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func appendDay(b []byte, day time.Time) []byte {
	return binary.LittleEndian.AppendUint64(b, uint64(day.Unix()))
}
