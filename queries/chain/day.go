package chain

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"time"
)

// Fault is the first thing that does not fit.
type Fault struct {
	Day      time.Time // civil day of the link
	Kind     string    // of the leaf; empty: it is the link itself
	Source   string
	RecordID string
	Version  uint64
	What     string // English sentence
}

func (f *Fault) Error() string {
	return fmt.Sprintf("%s: %s%s", f.Day.Format(time.DateOnly), f.subject(), f.What)
}

func (f *Fault) subject() string {
	switch f.Kind {
	case Content:
		return fmt.Sprintf("source %s, record %s, version %d: ", f.Source, f.RecordID, f.Version)
	case File:
		return fmt.Sprintf("pack of %s, file %s, part %d: ", frozenAt(f.Source), f.RecordID, f.Version+1)
	case Manifest:
		return fmt.Sprintf("pack %s of %s: ", f.RecordID, frozenAt(f.Source))
	case Checks:
		return fmt.Sprintf("visits to addresses of source %s: ", f.Source)
	case "":
		return ""
	}
	return fmt.Sprintf("%s %s %s %d: ", f.Kind, f.Source, f.RecordID, f.Version)
}

func frozenAt(milliseconds string) string {
	number, err := strconv.ParseInt(milliseconds, 10, 64)
	if err != nil {
		return milliseconds
	}
	return time.UnixMilli(number).UTC().Format(time.RFC3339)
}

// standing is a leaf and what stands behind it now.
type standing struct {
	Leaf
	now     []Hash // of every copy that there is
	removed *Hash  // of what the retention policy has removed; nil: it has not
}

// problem is what does not fit; empty: all does.
func (s standing) problem() string {
	switch {
	case len(s.now) == 0 && s.removed == nil:
		return "it is missing, and the retention policy has not removed it"
	case len(s.now) == 0 && *s.removed != s.SHA256:
		return fmt.Sprintf("what the retention policy has removed had the SHA-256 %s, and the chain has %s", hexadecimal(*s.removed), hexadecimal(s.SHA256))
	}
	for _, now := range s.now {
		if now != s.SHA256 {
			return fmt.Sprintf("its SHA-256 is %s, and the chain has %s", hexadecimal(now), hexadecimal(s.SHA256))
		}
	}
	return ""
}

// dayCheck compares one day with what stands behind it, leaf by leaf in their order.
type dayCheck struct {
	link    Link
	before  *Link // nil: there is none
	tree    tree
	found   *Fault // the first leaf that does not fit
	removed uint64 // leaves of which only the hash is there
}

func (c *dayCheck) add(leaf standing) {
	c.tree.add(leaf.hash())
	if len(leaf.now) == 0 && leaf.removed != nil {
		c.removed++
	}
	if what := leaf.problem(); what != "" && c.found == nil {
		c.found = &Fault{c.link.Day, leaf.Kind, leaf.Source, leaf.RecordID, leaf.Version, what}
	}
}

// fault is what of the day does not fit first; nil: all does.
func (c *dayCheck) fault() *Fault {
	wrong := func(what string, values ...any) *Fault {
		return &Fault{Day: c.link.Day, What: fmt.Sprintf(what, values...)}
	}
	whole := c.link.root(c.tree.root()) == c.link.Root && c.tree.count == c.link.Leaves
	switch {
	case c.before == nil && c.link.Previous != Hash{}:
		return wrong("it is the first day of the chain, and speaks of a day before")
	case c.before != nil && !c.link.Day.Equal(c.before.Day.AddDate(0, 0, 1)):
		return wrong("the day before is not in the chain; the one that is, is %s", c.before.Day.Format(time.DateOnly))
	case c.before != nil && c.link.Previous != c.before.Root:
		return wrong("it was made after the root %s, and the root of the day before is %s", hexadecimal(c.link.Previous), hexadecimal(c.before.Root))
	case c.found != nil && !whole:
		c.found.What += "; the hash in the chain itself was changed, or what else the day is made of"
		return c.found
	case c.found != nil:
		return c.found
	case c.tree.count != c.link.Leaves:
		return wrong("it was made of %d hashes, and there are %d", c.link.Leaves, c.tree.count)
	case !whole:
		return wrong("its root is %s, and what it is made of gives %s", hexadecimal(c.link.Root), hexadecimal(c.link.root(c.tree.root())))
	}
	return nil
}

func hexadecimal(hash Hash) string { return hex.EncodeToString(hash[:]) }

// String is the root in hexadecimal, as packs print it.
func (l Link) String() string { return hexadecimal(l.Root) }
