package tests

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

var (
	aPanel   = regexp.MustCompile(`(?s)<section class="panel[^"]*" aria-labelledby="([a-z_]+)">.*?</section>`)
	heading  = regexp.MustCompile(`(?s)<h2[^>]*>.*?</h2>`)
	sentence = regexp.MustCompile(`(?s)<h1>(.*?)</h1>`)
	figure   = regexp.MustCompile(`(?s)<div class="figure">.*?</div>`)
	counted  = regexp.MustCompile(`\d|没有|无[^法]`)
	noAnswer = "数据加载失败，请稍后重试"
)

// testUnanswered takes the answer to one question after another away from every page: what is still said is what was said with it, or that it is
// not known; never a count, nor that there is nothing.
func testUnanswered(t *testing.T, store *ask.Asker, remembered *ask.Cached) {
	addresses := []string{
		"/", "/?by=town", "/ranking/organs", "/ranking/all", "/ranking/all?page=2", "/unit/O01", "/unit/V31", "/lapsed", "/lapsed?by=item", "/procedure", "/supervision", "/evidence",
		"/placement", "/methodology", "/sites", "/sites/T1", "/sources", "/sources/台账", websiteProof, "/?within=T1", "/supervision?page=9",
		"/patrol", "/compare?unit=O01&unit=V31",
	}
	var lock sync.Mutex // guards asked and down
	var asked []string
	var down string
	var log bytes.Buffer
	whole := site(t, store, flaky{remembered, func(_ context.Context, question string) error {
		lock.Lock()
		defer lock.Unlock()
		asked = append(asked, question)
		return nil
	}})
	broken := site(t, store, flaky{remembered, func(_ context.Context, question string) error { // never whole, so that it keeps no page
		lock.Lock()
		defer lock.Unlock()
		if question == down {
			return errSecret
		}
		return nil
	}}, func(o *page.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	for _, address := range addresses {
		asked = nil
		status, _, good := get(t, whole, address)
		slices.Sort(asked)
		questions := slices.Compact(asked)
		if len(questions) == 0 {
			t.Errorf("%s: status %d, and nothing was asked", address, status)
		}
		for _, question := range questions {
			t.Run(address+" without "+question, func(t *testing.T) {
				log.Reset()
				down = question
				status, header, page := get(t, broken, address)
				if lines := strings.Count(log.String(), "\n"); lines != 1 || !strings.Contains(log.String(), "level=WARN") || strings.Contains(log.String(), "http://") {
					t.Errorf("the log has not one warning, but\n%s", log.String())
				}
				if header.Get("Refresh") == "" && header.Get("Retry-After") == "" || !strings.Contains(page, noAnswer) || strings.Contains(page, "secret") {
					t.Errorf("status %d, %v: the page does not try again, or does not say why\n%.2000s", status, header, page)
				}
				if status == http.StatusServiceUnavailable {
					return
				}
				if status != http.StatusOK {
					t.Fatalf("status %d", status)
				}
				holdToGood(t, page, good)
			})
		}
	}
}

// holdToGood holds what a page says without an answer against what it says with it.
func holdToGood(t *testing.T, page, good string) {
	t.Helper()
	for _, panel := range aPanel.FindAllString(page, -1) {
		if strings.Contains(good, panel) {
			continue
		}
		rest := tagged.ReplaceAllString(heading.ReplaceAllString(panel, ""), "")
		if strings.Contains(panel, `class="failed"`) && !counted.MatchString(rest) {
			continue
		}
		if !strings.Contains(panel, `class="failed"`) && !strings.Contains(panel, `class="none"`) {
			t.Errorf("a panel does not say that something is not known: %.600s", panel)
		}
		if other := otherThan(good, panel); other != "" {
			t.Errorf("a panel says %q, which is not known: %.600s", other, panel)
		}
	}
	said := func(page string) string {
		if found := sentence.FindStringSubmatch(page); found != nil {
			return strings.TrimSuffix(found[1], "。")
		}
		return ""
	}
	if now, then := said(page), said(good); now != strings.TrimSuffix(noAnswer, "。") && !strings.HasPrefix(then, now) {
		t.Errorf("the sentence is %q, with the answer %q", now, then)
	}
	for _, number := range figure.FindAllString(page, -1) {
		if !strings.Contains(good, number) && !strings.Contains(number, `class="none"`) && !lessOf(good, number) {
			t.Errorf("a figure says what is not known: %s", number)
		}
	}
}

// plainOf is a panel's text.
func plainOf(panel string) string { return strings.TrimSpace(tagged.ReplaceAllString(panel, " ")) }

var (
	smaller = regexp.MustCompile(`(?s)<small>[^<]*</small>|<span class="none"[^>]*>—</span>|<dd class="(?:change|note)[^"]*"[^>]*>.*?</dd>`)
	title   = regexp.MustCompile(` title="[^"]*"`)
)

// otherThan is a word of a panel that the good page's panel of its name does not say; empty: none. Some of its words may be missing.
func otherThan(good, panel string) string {
	id := aPanel.FindStringSubmatch(panel)[1]
	for _, other := range aPanel.FindAllStringSubmatch(good, -1) {
		if other[1] != id {
			continue
		}
		all := strings.Fields(plainOf(title.ReplaceAllString(other[0], "")))
		for _, word := range strings.Fields(plainOf(smaller.ReplaceAllString(title.ReplaceAllString(panel, ""), ""))) {
			if !slices.Contains(all, word) && counted.MatchString(word) {
				return word
			}
		}
		return ""
	}
	return "all of it"
}

// lessOf reports whether a figure is one of the good page's without its change or note.
func lessOf(good, number string) bool {
	bare := func(number string) string { return smaller.ReplaceAllString(title.ReplaceAllString(number, ""), "") }
	for _, other := range figure.FindAllString(good, -1) {
		if bare(other) == bare(number) {
			return true
		}
	}
	return false
}

// testLastGood shows a page as it was when it was last whole, with the time, once the database gives no answer.
func testLastGood(t *testing.T, store *ask.Asker, remembered *ask.Cached) {
	var lock sync.Mutex
	down := false
	at := clock()
	set := func(isDown bool) {
		lock.Lock()
		defer lock.Unlock()
		down, at = isDown, clock().Add(46*60e9)
	}
	questions := flaky{remembered, func(ctx context.Context, _ string) error {
		lock.Lock()
		defer lock.Unlock()
		if down {
			return fmt.Errorf("ask: %w", context.DeadlineExceeded)
		}
		return nil
	}}
	all := site(t, store, questions, func(o *page.Options) {
		o.Clock = func() (now time.Time) { lock.Lock(); defer lock.Unlock(); return at }
	})
	society := site(t, store, flaky{remembered.ForSocietyAt(clock), questions.down}, func(o *page.Options) { o.Society, o.Packs, o.Metrics = true, nil, nil })
	seen := map[string]string{}
	addresses := []string{"/", "/?lang=en", "/unit/O01", "/lapsed?by=item&group=villages", "/ranking/organs", websiteProof}
	for _, address := range addresses {
		_, _, seen[address] = get(t, all, address)
		get(t, society, address)
	}
	set(true)
	for _, address := range addresses {
		status, header, page := get(t, all, address)
		said := "截至 09:00 的结果"
		if strings.Contains(address, "lang=en") {
			said = "the results as of 09:00"
		}
		if status != http.StatusOK || !strings.Contains(page, said) || header.Get("Refresh") == "" || sentence.FindString(page) != sentence.FindString(seen[address]) || strings.Contains(page, `class="failed"`) {
			t.Errorf("%s: status %d, %v\n%.1500s", address, status, header, page)
		}
		checkPolicy(t, header, page)
	}
	if status, _, page := get(t, all, "/?lang=zh&within="); status != http.StatusOK && !strings.Contains(page, noAnswer) {
		t.Errorf("another spelling of the address: status %d", status)
	}
	if status, header, page := get(t, all, "/placement"); status != http.StatusServiceUnavailable || header.Get("Refresh") == "" || strings.Contains(page, "截至") {
		t.Errorf("a page that nobody has opened: status %d, %v", status, header)
	}
	if status, _, _ := get(t, all, "/unit/O01?export=losses.csv"); status != http.StatusServiceUnavailable {
		t.Errorf("an export of what is not known: status %d", status)
	}
	for address, want := range map[string]int{"/": http.StatusOK, "/unit/O01": http.StatusServiceUnavailable, websiteProof: http.StatusServiceUnavailable} {
		if status, _, _ := get(t, society, address); status != want {
			t.Errorf("for everyone %s: status %d, want %d", address, status, want)
		}
	}
	set(false)
	if status, header, page := get(t, all, "/"); status != http.StatusOK || header.Get("Refresh") != "" || strings.Contains(page, "的结果；") {
		t.Errorf("once it answers again: status %d, %v", status, header)
	}
}
