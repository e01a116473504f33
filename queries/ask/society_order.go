package ask

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
)

// ErrNotPublic says that a report is not for everyone, not even how many rows it has.
var ErrNotPublic = errors.New("the report is not public")

// orderByID ends a question whose rows stand in the order of their ids, or those of them that are alike else.
var orderByID = regexp.MustCompile(`(?s)^(.*\bORDER BY .*?)\b(r\.)?record_id(\s+LIMIT \{limit:UInt32\})?\s*$`)

// hidingOrder puts rows into an order that tells nothing of ids that are withheld: where a row stands between two ids that are shown would.
func hidingOrder(text string) string {
	first := ""
	if parts := orderByID.FindStringSubmatch(text); parts != nil && parts[2] != "" { // the report records
		first = "r.published_on, "
	}
	return orderByID.ReplaceAllString(text, fmt.Sprintf("${1}%ssipHash64Keyed((toUInt64(%d), toUInt64(%d)), ${2}record_id)${3}", first, orderKey[0], orderKey[1]))
}

// orderKey is unknown to everybody, so that nobody can try ids.
var orderKey = func() (key [2]uint64) {
	var bytes [16]byte
	_, _ = rand.Read(bytes[:]) // never fails
	return [2]uint64{binary.LittleEndian.Uint64(bytes[:8]), binary.LittleEndian.Uint64(bytes[8:])}
}()
