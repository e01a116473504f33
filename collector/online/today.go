package online

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"yangguang/collector"
	"yangguang/queries/civil"
)

// Instant is when a collection began, in the zone of its civil days.
type Instant struct {
	Began time.Time      // when it began
	Zone  *time.Location // civil days are of this zone; nil means UTC
}

// InstantOf is the beginning of a sink's collection.
func InstantOf(sink collector.Sink) Instant {
	rules := sink.Rules()
	return Instant{Began: rules.Began, Zone: rules.Zone}
}

// today is {today}, {today-7} or {today+1:yyyyMMdd}, in addresses and in what is sent.
var (
	today      = regexp.MustCompile(`\{today(?:([+-]\d{1,5}))?(?::([^{}]*))?\}`)
	likeToday  = regexp.MustCompile(`(?i)\{\s*today[^{}"']*\}`)
	dayLetters = regexp.MustCompile(`yyyy|yy|MM|M|dd|d`)
	dayFormat  = regexp.MustCompile(`^(?:[^A-Za-z]|yyyy|yy|MM|M|dd|d)+$`)
)

// Fill writes days in the place of {today}, {today-7} and {today-7:yyyyMMdd}: the day on which the collection began, so many days before or
// after it. Formats are made of yyyy, yy, MM, M, dd and d (without one yyyy-MM-dd), or are s or ms: seconds or milliseconds since 1970 at the
// day's beginning.
func (i Instant) Fill(text string) string {
	if !strings.Contains(text, "{today") {
		return text
	}
	zone := cmp.Or(i.Zone, time.UTC)
	began := civil.From(i.Began, zone)
	return today.ReplaceAllStringFunc(text, func(found string) string {
		part := today.FindStringSubmatch(found)
		days, _ := strconv.Atoi(part[1])
		at := began.AddDays(days).Start(zone)
		switch part[2] {
		case "":
			return at.Format(time.DateOnly)
		case "s":
			return strconv.FormatInt(at.Unix(), 10)
		case "ms":
			return strconv.FormatInt(at.UnixMilli(), 10)
		}
		return dayLetters.ReplaceAllStringFunc(part[2], func(letters string) string { return at.Format(layoutOf(letters)) })
	})
}

// layoutOf is how package time writes a part of a day.
func layoutOf(letters string) string {
	return map[string]string{"yyyy": "2006", "yy": "06", "MM": "01", "M": "1", "dd": "02", "d": "2"}[letters]
}

// CheckDays complains about what looks like {today} in one of the texts and is not understood.
func CheckDays(texts ...string) error {
	for _, text := range texts {
		for _, found := range likeToday.FindAllString(text, -1) {
			part := today.FindStringSubmatch(found)
			if part != nil && part[0] == found && (part[2] == "" && !strings.HasSuffix(found, ":}") || part[2] == "s" || part[2] == "ms" || dayFormat.MatchString(part[2])) {
				continue
			}
			return fmt.Errorf("%q is not understood; write a day like {today}, {today-7} or {today-7:yyyyMMdd} (yyyy, yy, MM, M, dd, d; s and ms for seconds and milliseconds since 1970)", found)
		}
	}
	return nil
}

// Local is when the collection began, in the configured zone; zero if that is not known.
func (i Instant) Local() time.Time {
	if i.Began.IsZero() {
		return i.Began
	}
	return i.Began.In(cmp.Or(i.Zone, time.UTC))
}
