package proof

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/retention"
)

// contentPanel is the raw content of one version of a record.
type contentPanel struct {
	About    string
	None     string // why there is no content
	Text     string // what a reader sees of an HTML part, without its marks; empty for other contents
	Raw      string // the content itself, laid out for reading
	Cut      string // says that only its beginning is shown
	Hash     string // SHA-256 of the content, in hexadecimal digits
	Download string // the content as it was kept
}

// shownContent bounds how much of a content a page shows, in bytes; the whole of it can be downloaded.
const shownContent = 64 << 10

func (a *request) contentPanel(ctx context.Context, p model.Proof, at int) (contentPanel, error) {
	v := p.Versions[at]
	panel := contentPanel{About: a.T("proof.content_about", "Number", len(p.Versions)-at, "Instant", a.Instant(v.Seen))}
	if a.Options.Society {
		panel.None = a.T("proof.content_society")
		return panel, nil
	}
	if v.ContentBytes == 0 {
		switch {
		case v.RemovedBytes > 0:
			panel.None = a.T("proof.content_removed", "Seen", v.Seen.In(a.Zone).Format(page.DayLayout), "Size", a.Bytes(v.RemovedBytes),
				"Day", v.RemovedAt.In(a.Zone).Format(page.DayLayout), "Policy", a.retention(v.RemovedPolicy), "Hash", v.RemovedSHA256)
		case !v.Online:
			panel.None = a.T("proof.content_ledger")
		case v.Gone:
			panel.None = a.T("proof.content_gone")
		default:
			panel.None = a.T("proof.content_none")
		}
		return panel, nil
	}
	contents, err := ask.Run(ctx, a.Store, ask.Content(p.Source, p.RecordID, v.Version), model.Question{})
	if err != nil {
		return panel, err
	}
	if len(contents) == 0 {
		panel.None = a.T("proof.content_none")
		return panel, nil
	}
	kept := contents[0]
	hash := sha256.Sum256([]byte(kept.Text))
	panel.Hash = hex.EncodeToString(hash[:])
	panel.Download = page.Address{Path: page.ProofPath(p.Source, p.RecordID) + "/content"}.With("version", strconv.FormatUint(v.Version, 10)).String()
	panel.Raw = figures.Readable(kept.Text)
	if figures.IsMarkup(kept.Text) {
		panel.Text, _ = figures.Beginning(figures.VisibleText(kept.Text), shownContent/4)
	}
	var cut bool
	if panel.Raw, cut = figures.Beginning(panel.Raw, shownContent); cut {
		panel.Cut = a.T("proof.cut", "Size", a.Bytes(uint64(len(kept.Text))))
	}
	return panel, nil
}

// retention says how long a policy keeps.
func (a *request) retention(policy string) string {
	period, err := retention.ParsePeriod(policy)
	switch {
	case err != nil:
		return policy
	case period.Years > 0:
		return a.T("retention.years", "Count", period.Years)
	case period.Months > 0:
		return a.T("retention.months", "Count", period.Months)
	}
	return a.T("retention.days", "Count", period.Days)
}

// sendContent sends the content of a version as it was kept, as a text file: no browser shows it as a page.
func sendContent(w http.ResponseWriter, a *page.Request) error {
	r := a.HTTP
	ctx, cancel := context.WithTimeout(r.Context(), a.Options.Timeout)
	defer cancel()
	version, err := versionAsked(r.URL.Query().Get("version"))
	if err != nil {
		return err
	}
	source, id := r.PathValue("source"), r.PathValue("record")
	contents, err := ask.Run(ctx, a.Store, ask.Content(source, id, version), model.Question{})
	if err == nil && len(contents) == 0 {
		err = &page.NotFoundError{Message: a.T("problem.no_record", "Record", id, "Source", source)}
	}
	if err != nil {
		return err
	}
	kept := contents[0]
	header := w.Header()
	header.Set("Content-Type", "text/plain; charset=utf-8")
	header.Set("Content-Disposition", `attachment; filename="content-`+strconv.FormatUint(kept.Version, 10)+`.txt"`)
	header.Set("Cache-Control", "no-cache")
	_, _ = w.Write([]byte(kept.Text)) // the reader is gone: nothing is left to tell it
	return nil
}
