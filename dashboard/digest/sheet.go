package digest

import (
	"bytes"
	"context"
	"errors"

	"yangguang/dashboard/digest/channel"
	"yangguang/dashboard/export"
	"yangguang/queries/model"
)

// mostSheet bounds an attached sheet; a larger one is linked only.
const mostSheet = 5 << 20

// errLarge ends a sheet that is too large.
var errLarge = errors.New("the sheet is too large to be attached")

// bounded is a buffer that takes so much.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > mostSheet {
		return 0, errLarge
	}
	return b.Buffer.Write(p)
}

// sheet is the report lapsed as CSV; nil: it is too large.
func (s *Sender) sheet(ctx context.Context, reader Reader, w writer, now channel.State) ([]byte, error) {
	report, _ := model.ReportNamed("lapsed")
	var sheet bounded
	err := export.Write(ctx, &sheet, "csv", s.Store, export.Request{Report: report, Question: now.Question(reader.Within), Printer: w.printer, Zone: s.Zone, District: s.District})
	if errors.Is(err, errLarge) {
		return nil, nil
	}
	return sheet.Bytes(), err
}
