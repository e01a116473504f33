// Package chain proves what was kept of pages. Every day what was kept is hashed into a tree, and the day's root is made of the tree's and of the root of the
// day before: whoever holds one root, as it is printed on a pack, can tell whether anything that was kept by that day has been changed, added or taken
// away since. What the retention policy removes leaves its hash.
package chain

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"time"
)

// Hash is a SHA-256.
type Hash = [sha256.Size]byte

// The kinds of leaves.
const (
	Content  = "content"  // raw content of a version of a record
	File     = "file"     // part of a file of a frozen pack
	Manifest = "manifest" // question and manifest of a frozen pack
	Checks   = "checks"   // of one source, what visits to addresses came upon
)

// Leaf is one thing that was kept.
type Leaf struct {
	Kind     string
	Source   string // of files and manifests the freeze's time of knowledge in milliseconds since 1970
	RecordID string // or the name of the file or the pack
	Version  uint64 // or the file's part
	Seen     time.Time
	SHA256   Hash
}

// hash is that of the leaf in its tree (RFC 6962 §2.1), of all that the leaf says.
func (l Leaf) hash() Hash {
	into := sha256.New()
	into.Write([]byte{0})
	text(into, l.Kind, l.Source, l.RecordID)
	number(into, l.Version, uint64(l.Seen.UnixMilli()))
	into.Write(l.SHA256[:])
	return Hash(into.Sum(nil))
}

// Link is one day of the chain.
type Link struct {
	Day        time.Time // civil day, midnight UTC
	Until      time.Time // instant of its end
	Previous   Hash      // root of the day before; of the first day zeros
	Leaves     uint64
	ComputedAt time.Time // instant
	Root       Hash
}

// root is what the day's root must be, with the root of the tree of its leaves.
func (l Link) root(tree Hash) Hash {
	into := sha256.New()
	text(into, "yangguang evidence 1")
	number(into, uint64(l.Day.Unix()), uint64(l.Until.UnixMilli()), l.Leaves, uint64(l.ComputedAt.UnixMilli()))
	into.Write(l.Previous[:])
	into.Write(tree[:])
	return Hash(into.Sum(nil))
}

// text writes texts so that no two lists of them are written alike.
func text(into hash.Hash, texts ...string) {
	for _, one := range texts {
		number(into, uint64(len(one)))
		into.Write([]byte(one))
	}
}

func number(into hash.Hash, numbers ...uint64) {
	for _, one := range numbers {
		var octets [8]byte
		binary.BigEndian.PutUint64(octets[:], one)
		into.Write(octets[:])
	}
}

// tree is the Merkle tree of leaves that come one after the other (RFC 6962 §2.1): of each whole subtree, the largest first, only its hash is held.
type tree struct {
	count uint64
	whole []Hash
}

func (t *tree) add(leaf Hash) {
	for size := t.count; size&1 == 1; size >>= 1 {
		leaf = node(t.whole[len(t.whole)-1], leaf)
		t.whole = t.whole[:len(t.whole)-1]
	}
	t.whole = append(t.whole, leaf)
	t.count++
}

func (t *tree) root() Hash {
	if t.count == 0 {
		return sha256.Sum256(nil)
	}
	root := t.whole[len(t.whole)-1]
	for i := len(t.whole) - 2; i >= 0; i-- {
		root = node(t.whole[i], root)
	}
	return root
}

func node(left, right Hash) Hash {
	into := sha256.New()
	into.Write([]byte{1})
	into.Write(left[:])
	into.Write(right[:])
	return Hash(into.Sum(nil))
}
