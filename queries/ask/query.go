package ask

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Query is what can be asked of a question: Run asks it. All of them stand in queries.go.
type Query[Answer any] struct{ query }

// query is a Query whatever it answers.
type query struct {
	name      string // of the file below sql, or what is asked where there are several or none
	arguments []any  // of the SQL beside the question's, and all else that the answer depends on
	memory    memory
	about     func(model.Question) model.Question // what of a question the answer depends on; nil: all of it
	few       bool                                // of very many units it depends on all of it
	inner     bool                                // society is answered none
	none      any                                 // an answer of its type without anything
	row       reflect.Type                        // of the answer, or of each of its rows
	answer    func(s *Asker, ctx context.Context, question model.Question, arguments []any) (any, error)
}

// memory is how Cached remembers an answer.
type memory int

const (
	remembered memory = iota // while the data do not change
	bulky                    // as well, but only a few: each may have thousands of rows
	fresh                    // not at all: it changes meanwhile, or hardly anybody asks the same again
	instant                  // nor does it need an admission: it costs no more than to remember it
)

// Answerer answers what is asked: Asker from the database, Cached from memory.
type Answerer interface {
	Answer(ctx context.Context, asked Asked) (any, error)
}

// Asked is a query with its question.
type Asked struct {
	query
	Question model.Question
}

// Name says what is asked, without its arguments.
func (q query) Name() string { return q.name }

// Run asks a query of a question. Errors: *facts.NotStoredError, a *UserError about what cannot be asked.
func Run[Answer any](ctx context.Context, answers Answerer, query Query[Answer], question model.Question) (none Answer, err error) {
	answer, err := answers.Answer(ctx, Asked{query.query, question})
	if err != nil {
		return none, err
	}
	return answer.(Answer), nil
}

// From is the query as a function, which asks it.
func (q Query[Answer]) From(answers Answerer) func(context.Context, model.Question) (Answer, error) {
	return func(ctx context.Context, question model.Question) (Answer, error) {
		return Run(ctx, answers, q, question)
	}
}

// computed is a query that a function answers.
func computed[Answer any](name string, answer func(s *Asker, ctx context.Context, question model.Question, arguments []any) (Answer, error)) Query[Answer] {
	row := reflect.TypeFor[Answer]()
	if row.Kind() == reflect.Slice {
		row = row.Elem()
	}
	var none Answer
	return Query[Answer]{query{name: name, none: none, row: row, answer: func(s *Asker, ctx context.Context, question model.Question, arguments []any) (any, error) {
		return answer(s, ctx, question, arguments)
	}}}
}

// rows is a query that sql/NAME.sql answers, with rows whose fields name their column by ch.
func rows[Row any](name string) Query[[]Row] {
	return computed(name, func(s *Asker, ctx context.Context, question model.Question, arguments []any) (rows []Row, err error) {
		err = s.selectPlanned(ctx, name, &rows, question, arguments...)
		return rows, err
	})
}

// row is rows of which there is one.
func row[Row any](name string) Query[Row] {
	return computed(name, func(s *Asker, ctx context.Context, question model.Question, arguments []any) (row Row, err error) {
		rows := make([]Row, 0, 1)
		if err = s.selectPlanned(ctx, name, &rows, question, arguments...); err == nil {
			row = rows[0]
		}
		return row, err
	})
}

// report is a query for the rows of a report, details too, whose fields name their column by column.
func report[Row any](name string) Query[[]Row] { return reportPart[Row]("reports/"+name, name) }

// reportPart is report from sql/NAME.sql, which gives some of the report's rows.
func reportPart[Row any](name, report string) Query[[]Row] {
	of, _ := model.ReportNamed(report)
	columns := slices.Concat(of.Columns, of.Detail)
	return computed(name, func(s *Asker, ctx context.Context, question model.Question, arguments []any) ([]Row, error) {
		return structsOf[Row](columns, func(each func([]any) error) error { return s.ask(ctx, name, columns, question, each, arguments...) })
	})
}

// with gives a query an argument, which the answer depends on.
func (q Query[Answer]) with(name string, value any) Query[Answer] {
	switch value.(type) {
	case int, uint64:
		value = fmt.Sprint(value)
	}
	q.arguments = append(slices.Clip(q.arguments), clickhouse.Named(name, value))
	return q
}

func (q Query[Answer]) in(memory memory) Query[Answer] {
	q.memory = memory
	return q
}

func (q Query[Answer]) of(about func(model.Question) model.Question) Query[Answer] {
	q.about = about
	return q
}

// ofFew is of, unless there are very many units.
func (q Query[Answer]) ofFew(about func(model.Question) model.Question) Query[Answer] {
	q.about, q.few = about, true
	return q
}

// hidden is a query whose answer is not for society.
func (q Query[Answer]) hidden() Query[Answer] {
	q.inner = true
	return q
}

// narrowed is the question without what the answer does not depend on.
func (a Asked) narrowed(ctx context.Context, s *Asker) (model.Question, error) {
	if a.about == nil {
		return a.Question, nil
	}
	if a.few { // of very many the sums of the window are stored
		load, err := facts.LoadInForce(ctx, s.Store, a.Question)
		if err != nil {
			return a.Question, err
		}
		if _, many, err := s.Many(ctx, load); err != nil || many {
			return a.Question, err
		}
	}
	return a.about(a.Question), nil
}
