package model

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Assessment is how measures become a score, a rating and a rank (SPEC §5): the content of assessment.yaml. Its numbers
// are exact decimals; only the ratio of weights matters.
type Assessment struct {
	Score       ScoreWeights `yaml:"score"`        // of the four measures
	Classes     ClassWeights `yaml:"classes"`      // of an item within a unit's measure
	Deductions  Deductions   `yaml:"deductions"`   // points
	Ratings     Ratings      `yaml:"ratings"`      // the score from which a rating is given
	Verified    Number       `yaml:"verified"`     // the share of verified obligations from which a unit is ranked
	MinAssessed uint32       `yaml:"min_assessed"` // the number of assessed obligations from which a unit is ranked
	Sites       SiteWeights  `yaml:"sites"`        // of the five aspects of a demonstration site
	RatingCaps  RatingCaps   `yaml:"rating_caps,omitempty"`
}

// ScoreWeights weigh the four measures.
type ScoreWeights struct {
	Coverage   Number `yaml:"coverage"`
	Timeliness Number `yaml:"timeliness"`
	Procedure  Number `yaml:"procedure"`
	Placement  Number `yaml:"placement"`
}

// ClassWeights weigh the three classes of items.
type ClassWeights struct {
	Essential   Number `yaml:"essential"`
	Obligatory  Number `yaml:"obligatory"`
	Recommended Number `yaml:"recommended"`
}

// Deductions are points taken off the score.
type Deductions struct {
	YellowCard           Number `yaml:"yellow_card"`
	OverdueRectification Number `yaml:"overdue_rectification"`
	Limit                Number `yaml:"limit"`
}

// Ratings are the scores from which a rating is given; below Pass it is fail.
type Ratings struct {
	Excellent Number `yaml:"excellent"`
	Good      Number `yaml:"good"`
	Pass      Number `yaml:"pass"`
}

// SiteWeights weigh the five aspects of a demonstration site.
type SiteWeights struct {
	Venue        Number `yaml:"venue"`
	Organisation Number `yaml:"organisation"`
	Operation    Number `yaml:"operation"`
	Disclosure   Number `yaml:"disclosure"`
	Publicity    Number `yaml:"publicity"`
}

// DefaultAssessment is the assessment of SPEC §5.
func DefaultAssessment() Assessment {
	return Assessment{
		Score:       ScoreWeights{Coverage: Hundredths(40), Timeliness: Hundredths(30), Procedure: Hundredths(15), Placement: Hundredths(15)},
		Classes:     ClassWeights{Essential: Whole(3), Obligatory: Whole(2), Recommended: Whole(1)},
		Deductions:  Deductions{YellowCard: Whole(5), OverdueRectification: Whole(2), Limit: Whole(20)},
		Ratings:     Ratings{Excellent: Whole(95), Good: Whole(85), Pass: Whole(60)},
		Verified:    Hundredths(90),
		MinAssessed: 1,
		Sites:       SiteWeights{Venue: Whole(1), Organisation: Whole(1), Operation: Whole(1), Disclosure: Whole(1), Publicity: Whole(1)},
	}
}

// AssessmentError lists what is wrong with an assessment file, one mistake a line, each with file and line.
type AssessmentError struct{ Mistakes []string }

func (e *AssessmentError) Error() string { return strings.Join(e.Mistakes, "\n") }

// LoadAssessment reads assessment.yaml. Keys that are missing keep their defaults, unknown ones are mistakes; the
// user's mistakes come as an *AssessmentError.
func LoadAssessment(path string) (Assessment, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Assessment{}, fmt.Errorf("read assessment: %w", err)
	}
	assessment := DefaultAssessment()
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&assessment); err != nil && !errors.Is(err, io.EOF) {
		return Assessment{}, &AssessmentError{Mistakes: yamlMistakes(path, err)}
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return Assessment{}, &AssessmentError{Mistakes: []string{path + ": there is more than one YAML document; leave out the line --- and what follows, or join them"}}
	}
	if mistakes := assessment.mistakes(); len(mistakes) > 0 {
		for i := range mistakes {
			mistakes[i] = path + mistakes[i]
		}
		return Assessment{}, &AssessmentError{Mistakes: mistakes}
	}
	return assessment, nil
}

var (
	yamlPlace   = regexp.MustCompile(`^(?:yaml: )?line (\d+): `)
	yamlUnknown = regexp.MustCompile(`field (\S+) not found in type \S+`)
	yamlType    = regexp.MustCompile("cannot unmarshal !!\\w+(?: `(.*)`)? into (\\S+)")
)

// yamlMistakes puts what the YAML decoder says into the form file:line: what.
func yamlMistakes(path string, err error) []string {
	texts := []string{err.Error()}
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		texts = texts[:0]
		for _, mistake := range typed.Errors {
			texts = append(texts, fmt.Sprint(mistake))
		}
	}
	for i, text := range texts {
		text = yamlUnknown.ReplaceAllString(text, "unknown key $1")
		if typed := yamlType.FindStringSubmatch(text); typed != nil {
			right := "keys with their values are expected, one a line"
			if typed[2] == "uint32" {
				right = fmt.Sprintf("%q is not a whole number of 0 or more", typed[1])
			}
			text = strings.Replace(text, typed[0], right, 1)
		}
		if yamlPlace.MatchString(text) {
			texts[i] = path + ":" + yamlPlace.ReplaceAllString(text, "$1: ")
		} else {
			texts[i] = path + ": " + strings.TrimPrefix(text, "yaml: ")
		}
	}
	return texts
}

// Validate says what is wrong with an assessment; nil when nothing is.
func (a Assessment) Validate() error {
	if mistakes := a.mistakes(); len(mistakes) > 0 {
		for i := range mistakes {
			mistakes[i] = "assessment" + mistakes[i]
		}
		return &AssessmentError{Mistakes: mistakes}
	}
	return nil
}

// mistakes are sentences that begin with the line, ":3: …", or with ": …" when there is none.
func (a Assessment) mistakes() []string {
	var mistakes []string
	say := func(n Number, format string, values ...any) {
		line := ""
		if n.line > 0 {
			line = fmt.Sprintf(":%d", n.line)
		}
		mistakes = append(mistakes, line+": "+fmt.Sprintf(format, values...))
	}
	for _, group := range a.weights() {
		if _, err := inRatio(group.numbers); err != nil {
			say(group.numbers[0], "%s: %s", group.name, err)
		}
	}
	for _, points := range []struct {
		name   string
		number Number
		most   int64
		places int32
	}{
		{"deductions.yellow_card", a.Deductions.YellowCard, 100, 2},
		{"deductions.overdue_rectification", a.Deductions.OverdueRectification, 100, 2},
		{"deductions.limit", a.Deductions.Limit, 100, 2},
		{"ratings.excellent", a.Ratings.Excellent, 100, 2},
		{"ratings.good", a.Ratings.Good, 100, 2},
		{"ratings.pass", a.Ratings.Pass, 100, 2},
		{"verified", a.Verified, 1, 4},
	} {
		if _, err := points.number.scaled(points.most, points.places); err != nil {
			say(points.number, "%s: %s", points.name, err)
		}
	}
	if a.Ratings.Good.Cmp(a.Ratings.Excellent.Decimal) > 0 {
		say(a.Ratings.Good, "ratings.good: %s is above ratings.excellent, %s", a.Ratings.Good, a.Ratings.Excellent)
	}
	if a.Ratings.Pass.Cmp(a.Ratings.Good.Decimal) > 0 {
		say(a.Ratings.Pass, "ratings.pass: %s is above ratings.good, %s", a.Ratings.Pass, a.Ratings.Good)
	}
	for _, one := range a.RatingCaps.Named() {
		if err := one.wrong(); err != nil {
			say(Number{line: one.line()}, "rating_caps.%s: %s", one.Name, err)
		}
	}
	return mistakes
}
