package terminal

import (
	"net/url"
	"time"

	"yangguang/dashboard/export"
	"yangguang/queries/model"
)

// QuestionFlags are the window and the filters of SPEC §6.
type QuestionFlags struct {
	From      string `placeholder:"DATE"`
	To        string `placeholder:"DATE"`
	AsOf      string `placeholder:"DATE"`
	KnownAt   string `placeholder:"TIME"`
	Group     string
	Within    string `placeholder:"UNIT"`
	Unit      string `placeholder:"UNIT"`
	Scope     string
	Programme string
	Focus     string
	Compare   string `placeholder:"previous|year"`
}

// Question reads the flags the way the exports over HTTP read their parameters.
func (f QuestionFlags) Question(now time.Time) (model.Question, error) {
	values := url.Values{}
	for name, value := range map[string]string{
		"from": f.From, "to": f.To, "as_of": f.AsOf, "known_at": f.KnownAt, "group": f.Group, "within": f.Within, "unit": f.Unit,
		"scope": f.Scope, "programme": f.Programme, "focus": f.Focus, "compare": f.Compare,
	} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return export.ParseQuestion(values, now)
}
