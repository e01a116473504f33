package online

import (
	"fmt"
	"regexp"
	"strconv"
)

// addressDay is a day as addresses hold it: with two digits of month and day anything may stand between them, with one
// digit something must.
var addressDay = []*regexp.Regexp{
	regexp.MustCompile(`^\D*(\d{4})\D*(\d\d)\D*(\d\d)\D*$`),
	regexp.MustCompile(`^\D*(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$`),
}

// AddressDay writes a day that an address holds, such as 20260701, 202607/01, 2026-07/01 or 2026/7/1, as 2026-07-01, so that
// days compare as text. Other text is left for the reader of dates to refuse.
func AddressDay(text string) string {
	for _, form := range addressDay {
		if part := form.FindStringSubmatch(text); part != nil {
			month, _ := strconv.Atoi(part[2])
			day, _ := strconv.Atoi(part[3])
			return fmt.Sprintf("%s-%02d-%02d", part[1], month, day)
		}
	}
	return text
}
