package audit

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// measureWeights are stored as the smallest whole numbers of the same ratio.
var measureWeights = []string{"coverage_weight", "timeliness_weight", "procedure_weight", "placement_weight"}

// settings are those of a registry as assessment.yaml writes them: weights of measures as shares, what is stored in hundredths as it is.
func settings(fields []field) []field {
	sum := 0.0
	for _, f := range fields {
		if slices.Contains(measureWeights, f.name) {
			sum += number(f.value)
		}
	}
	for i, f := range fields {
		switch {
		case slices.Contains(measureWeights, f.name) && sum > 0:
			fields[i].value = rounded(number(f.value) / sum)
		case f.name == "verified_from":
			fields[i].value = rounded(number(f.value) / 10000)
		case strings.HasSuffix(f.name, "_deduction"), strings.HasSuffix(f.name, "_from"), f.name == "deduction_limit":
			fields[i].value = rounded(number(f.value) / 100)
		}
	}
	return fields
}

// number is what a number says that ClickHouse has written.
func number(text string) float64 {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return value
}

func rounded(value float64) string {
	text := strconv.FormatFloat(value, 'f', 4, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
