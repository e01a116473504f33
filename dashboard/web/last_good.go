package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"yangguang/dashboard/page"
)

// How many pages are kept as they were last good, and how large each may be when packed.
const (
	lastGoodPages = 300
	lastGoodBytes = 1 << 20
)

// lastGood keeps pages as they were when every question was last answered, those that were asked lately.
type lastGood struct {
	society bool
	pages   *lru.Cache[string, packedPage]
}

// packedPage is a page with when it was drawn.
type packedPage struct {
	before, after []byte // gzip
	at            time.Time
}

// keptPage is a packedPage unpacked.
type keptPage struct {
	page htmlPage
	at   time.Time
}

func newLastGood(society bool) (*lastGood, error) {
	cache, err := lru.New[string, packedPage](lastGoodPages)
	if err != nil {
		return nil, fmt.Errorf("keep pages: %w", err)
	}
	return &lastGood{society, cache}, nil
}

// key is what is asked, in which language.
func (l *lastGood) key(a *page.Request) string {
	query := maps.Clone(a.Address.Query)
	query.Set("lang", a.Language())
	query.Del(page.ViewParameter)
	return page.Address{Path: a.Address.Path, Query: query}.String()
}

// keep keeps a page. At the address for everyone a page that shows what records say is not: while the database does not answer nobody knows
// whether they are still for society.
func (l *lastGood) keep(a *page.Request, one page.Page, drawn htmlPage) {
	if l.society && !one.NoRecords {
		return
	}
	packed := packedPage{packed(drawn.before), packed(drawn.after), a.Now}
	if len(packed.before)+len(packed.after) <= lastGoodBytes {
		l.pages.Add(l.key(a), packed)
	}
}

// of is the page that is asked as it was last good.
func (l *lastGood) of(a *page.Request) (keptPage, bool) {
	kept, found := l.pages.Get(l.key(a))
	if !found {
		return keptPage{}, false
	}
	before, err := unpacked(kept.before)
	if err != nil {
		return keptPage{}, false
	}
	after, err := unpacked(kept.after)
	return keptPage{htmlPage{before, after}, kept.at}, err == nil
}

func packed(content []byte) []byte {
	var to bytes.Buffer
	writer, _ := gzip.NewWriterLevel(&to, gzip.BestSpeed) // a level that exists
	_, _ = writer.Write(content)                          // to memory
	_ = writer.Close()
	return to.Bytes()
}

func unpacked(content []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}
