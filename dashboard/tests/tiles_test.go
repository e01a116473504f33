package tests

import (
	"html"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	tilesPart = regexp.MustCompile(`(?s)<section[^>]*aria-labelledby="tiles".*?</section>`)
	tile      = regexp.MustCompile(`<a class="mark ([^"]*)" href="/unit/([^"?]+)[^"]*" data-mark="([^"]*)"><span>([^<]*)</span>`)
	tileCount = regexp.MustCompile(`<span class="mark [^"]*" aria-hidden="true">([^<]*)</span><a href="([^"]*)">[^<]*</a> <b>([0-9,]+)</b>`)
	foundRow  = regexp.MustCompile(`<tr[^>]*><td(?: class="num fit"| data-label)`)
)

// testTiles holds every unit's square to the exports: its state by the lapses of any age and by what could not be verified, its place under its town.
func testTiles(t *testing.T, handler http.Handler) {
	_, _, page := get(t, handler, "/")
	part := tilesPart.FindString(page)
	states := map[string]string{}
	ranking := csvRows(t, handler, "/export/ranking.csv?lang=en")
	for _, row := range ranking[1:] {
		state := "✓"
		switch {
		case valueIn(t, ranking[0], row, "unverified") != "0":
			state = "?"
		case valueIn(t, ranking[0], row, "assessed") == "0":
			state = "–"
		}
		states[valueIn(t, ranking[0], row, "unit_id")] = state
	}
	lapsed := csvRows(t, handler, "/export/lapsed.csv?lang=en")
	lapses := map[string]int{}
	for _, row := range lapsed[1:] {
		unit := valueIn(t, lapsed[0], row, "unit_id")
		lapses[unit]++
		if valueIn(t, lapsed[0], row, "class") == "essential" {
			states[unit] = "重"
		} else if states[unit] != "重" {
			states[unit] = "逾"
		}
	}
	shown, counts := map[string]string{}, map[string]int{}
	for _, one := range tile.FindAllStringSubmatch(part, -1) {
		unit := one[2]
		shown[unit] = one[3]
		counts[one[3]]++
		if n := lapses[unit]; n > 0 && !strings.Contains(html.UnescapeString(one[4]), "逾期未公开 "+strconv.Itoa(n)+" 项") {
			t.Errorf("%s has %d lapses, its square says %s", unit, n, one[4])
		}
	}
	if !maps.Equal(shown, states) {
		t.Errorf("the squares say %v, the exports %v", shown, states)
	}
	if len(counts) < 3 {
		t.Errorf("only the states %v are there, which proves little", counts)
	}
	told := map[string]int{}
	for _, one := range tileCount.FindAllStringSubmatch(part, -1) {
		told[one[1]], _ = strconv.Atoi(one[3])
		_, _, list := get(t, handler, strings.TrimSuffix(html.UnescapeString(one[2]), "#units"))
		if found := len(foundRow.FindAllString(list, -1)); found != told[one[1]] {
			t.Errorf("the legend counts %s units as %s, %s lists %d", one[3], one[1], one[2], found)
		}
	}
	if !maps.Equal(told, counts) {
		t.Errorf("the legend counts %v, there are %v", told, counts)
	}
	if rows := csvRows(t, handler, "/?export=tiles.csv"); len(rows)-1 != len(states) {
		t.Errorf("%d units are exported of %d", len(rows)-1, len(states))
	}
	under := regexp.MustCompile(`(?s)<a href="/ranking/villages\?within=T2">第2镇</a>.*?</ul>`).FindString(part)
	for _, want := range []string{`town" href="/unit/T2"`, `href="/unit/V21"`, `href="/unit/V22"`} {
		if !strings.Contains(under, want) || strings.Count(under, "/unit/") != 3 {
			t.Errorf("under its town %q is not among %s", want, under)
		}
	}
}

// testPlaces says that of very many units each place is one square, which leads to what is below it.
func testPlaces(t *testing.T, many http.Handler) {
	_, _, page := get(t, many, "/")
	part := tilesPart.FindString(page)
	if strings.Contains(part, "/unit/") || strings.Count(part, "<h3>") != 3 {
		t.Errorf("the places are %s", part)
	}
	_, _, summary := get(t, many, "/export/summary.json?within=T1&lang=en")
	if !strings.Contains(part, `href="/?within=T1#tiles"`) || !strings.Contains(summary, `"all"`) {
		t.Errorf("no place leads to T1: %s", part)
	}
	_, _, below := get(t, many, "/?within=T1")
	if !strings.Contains(tilesPart.FindString(below), `href="/unit/V11?within=T1"`) {
		t.Error("below the place there are no units")
	}
}
