package paper

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/queries/model"
)

// text writes a value as readers expect it: 96.4 %, 88.63, 1,234, and "—" where there is none.
func (s summary) text(paper *Paper, row []any, key string) string {
	column := paper.Part.Report.Columns[paper.column(key)]
	switch value := paper.value(row, key).(type) {
	case decimal.Decimal:
		switch column.Kind {
		case model.Ratio:
			return value.Shift(2).StringFixed(1) + " %"
		case model.Points:
			return value.String()
		default:
			return value.StringFixed(2)
		}
	case int64:
		return grouped(value)
	case time.Time:
		if column.Kind == model.Instant {
			return value.In(s.zone).Format("2006-01-02 15:04")
		}
		return value.Format(time.DateOnly)
	case string:
		if column.Kind == model.Code {
			value = s.printer.CodeLabel(key, value)
		}
		if value != "" {
			return value
		}
	}
	return "—"
}

func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// class aligns numbers to the right and keeps days and words of a code in one line.
func (s summary) class(paper *Paper, key string) string {
	switch paper.Part.Report.Columns[paper.column(key)].Kind {
	case model.Text:
		return "text"
	case model.Code, model.Date, model.Instant:
		return "short"
	default:
		return "number"
	}
}

// bar is the length of a score's bar in percent of its greatest.
func bar(score any) string {
	if points, scored := score.(decimal.Decimal); scored {
		return points.StringFixed(1)
	}
	return ""
}

// places is how many places a unit won or lost since the previous window.
func places(rank, previous any) string {
	now, ranked := rank.(int64)
	before, rankedBefore := previous.(int64)
	switch {
	case !ranked || !rankedBefore:
		return "—"
	case now < before:
		return "↑" + strconv.FormatInt(before-now, 10)
	case now > before:
		return "↓" + strconv.FormatInt(now-before, 10)
	default:
		return "＝"
	}
}
