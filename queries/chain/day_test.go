package chain

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// kept is a chain of three days with what stands behind it, as octets of which any can be changed.
type kept struct {
	links    []Link
	leaves   [][]Leaf
	contents [][][]byte
	removed  map[[2]int]Hash
}

func day(n int) time.Time { return time.Date(2026, 7, n, 0, 0, 0, 0, time.UTC) }

func newKept() *kept {
	k := &kept{removed: map[[2]int]Hash{}}
	var previous Hash
	for d := range 3 {
		link := Link{Day: day(d + 1), Until: day(d + 2), Previous: previous, ComputedAt: day(d + 2).Add(time.Hour)}
		var leaves []Leaf
		var contents [][]byte
		var of tree
		for n := range []int{5, 0, 8}[d] {
			content := fmt.Appendf(nil, "<li><a href=/art/%d.html>关于第%d号事项的公示</a></li>", n, d)
			leaf := Leaf{Content, "网站", fmt.Sprint(n), uint64(d*10 + n), link.Day.Add(time.Duration(n) * time.Hour), sha256.Sum256(content)}
			leaves, contents = append(leaves, leaf), append(contents, content)
			of.add(leaf.hash())
			if n == 3 { // the retention policy let it go
				k.removed[[2]int{d, n}] = leaf.SHA256
				contents[n] = nil
			}
		}
		link.Leaves = of.count
		link.Root = link.root(of.root())
		previous = link.Root
		k.links, k.leaves, k.contents = append(k.links, link), append(k.leaves, leaves), append(k.contents, contents)
	}
	return k
}

// fault is what does not fit first.
func (k *kept) fault() *Fault {
	var before *Link
	for d := range k.links {
		check := dayCheck{link: k.links[d], before: before}
		for n, leaf := range k.leaves[d] {
			now := standing{Leaf: leaf}
			if content := k.contents[d][n]; content != nil {
				now.now = []Hash{sha256.Sum256(content)}
			}
			if hash, is := k.removed[[2]int{d, n}]; is {
				now.removed = &hash
			}
			check.add(now)
		}
		if found := check.fault(); found != nil {
			return found
		}
		before = &k.links[d]
	}
	return nil
}

// TestEveryBitIsFound changes one bit a time of what is kept, of hashes and of roots, wherever it lies.
func TestEveryBitIsFound(t *testing.T) {
	if found := newKept().fault(); found != nil {
		t.Fatal(found)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for change := range 1000 {
		k := newKept()
		d := []int{0, 2}[random.IntN(2)]
		n := random.IntN(len(k.leaves[d]))
		bit := byte(1) << random.IntN(8)
		var where string
		named := true // whose content it is, is told
		switch kind := change % 5; {
		case kind == 0 && k.contents[d][n] != nil:
			where = "content"
			k.contents[d][n][random.IntN(len(k.contents[d][n]))] ^= bit
		case kind == 0:
			where = "hash of what was removed"
			hash := k.removed[[2]int{d, n}]
			hash[random.IntN(len(hash))] ^= bit
			k.removed[[2]int{d, n}] = hash
		case kind == 1:
			where = "hash"
			k.leaves[d][n].SHA256[random.IntN(32)] ^= bit
		case kind == 2:
			where, named, d = "root", false, random.IntN(3)
			k.links[d].Root[random.IntN(32)] ^= bit
		case kind == 3:
			where, named, d = "root of the day before", false, random.IntN(3)
			k.links[d].Previous[random.IntN(32)] ^= bit
		default:
			where, named = "what else is said", false
			switch random.IntN(4) {
			case 0:
				k.links[d].Leaves ^= 1 << random.IntN(60)
			case 1:
				k.leaves[d][n].Version ^= 1 << random.IntN(60)
			case 2:
				k.leaves[d][n].Seen = k.leaves[d][n].Seen.Add(time.Duration(1<<random.IntN(20)) * time.Millisecond)
			default:
				k.links[d].ComputedAt = k.links[d].ComputedAt.Add(time.Duration(1<<random.IntN(20)) * time.Millisecond)
			}
		}
		found := k.fault()
		if found == nil {
			t.Fatalf("change %d of a bit, of the %s, is not found", change, where)
		}
		if named && (found.Source != "网站" || found.RecordID != fmt.Sprint(n) || !found.Day.Equal(day(d+1))) {
			t.Errorf("change %d, of the %s of record %d of day %d: %v", change, where, n, d+1, found)
		}
	}
}

// What is added or taken away, and days that are, are found as well.
func TestWhatIsMissingIsFound(t *testing.T) {
	for name, change := range map[string]func(k *kept){
		"a content": func(k *kept) { k.contents[2][1] = nil },
		"a leaf":    func(k *kept) { k.leaves[2], k.contents[2] = k.leaves[2][:7], k.contents[2][:7] },
		"a day": func(k *kept) {
			k.links, k.leaves, k.contents = append(k.links[:1:1], k.links[2]), append(k.leaves[:1:1], k.leaves[2]), append(k.contents[:1:1], k.contents[2])
		},
		"the first day":     func(k *kept) { k.links, k.leaves, k.contents = k.links[1:], k.leaves[1:], k.contents[1:] },
		"two of one hash":   func(k *kept) { k.leaves[2][0], k.leaves[2][1] = k.leaves[2][1], k.leaves[2][0] },
		"a leaf that comes": func(k *kept) { k.leaves[1], k.contents[1] = k.leaves[0][:1], k.contents[0][:1] },
	} {
		k := newKept()
		if change(k); k.fault() == nil {
			t.Errorf("%s: nothing is found", name)
		}
	}
}
