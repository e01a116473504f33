package web

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// dayOfYear is a day without its year as lists show it: 07-01, [7/1], 07月01日 10:30.
var dayOfYear = regexp.MustCompile(`^[\[(（【\s]*(1[0-2]|0?[1-9])\s*[-/.月]\s*([12]\d|3[01]|0?[1-9])\s*日?[\])）】\s]*(?:\d{1,2}:\d\d(?::\d\d)?)?[\])）】\s]*$`)

// scheduled is how long after its uploading a row may be dated at most.
const scheduled = 31 * 24 * time.Hour

// yearMissing is why a row with a day that has got no year is rejected; empty for all other text.
func yearMissing(published string) string {
	if !dayOfYear.MatchString(published) {
		return ""
	}
	return fmt.Sprintf("published_on: %q has no year, and upload_day finds no day of uploading in the row's address to take it from; write upload_day, or take published_on from the detail page", published)
}

// withYear gives a day without a year the year that the day of uploading tells: it is the last such day that is at most a
// month after it. Other text, and all text when the day of uploading is not known, stays as it is.
func withYear(text, uploaded string) string {
	part := dayOfYear.FindStringSubmatch(text)
	if part == nil {
		return text
	}
	known, err := time.Parse(time.DateOnly, uploaded)
	if err != nil {
		return text
	}
	month, _ := strconv.Atoi(part[1])
	day, _ := strconv.Atoi(part[2])
	for year := known.Add(scheduled).Year(); year > known.Year()-8; year-- { // 29 February comes once in eight years at least
		date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if date.Day() == day && !date.After(known.Add(scheduled)) {
			return date.Format(time.DateOnly)
		}
	}
	return fmt.Sprintf("%s-%s", uploaded[:4], text)
}
