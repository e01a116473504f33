package serve

import (
	"context"
	"net/http"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/queries/model"
)

// warmPages are the pages that leadership opens first; what they ask is remembered while the data do not change.
func warmPages() []string {
	return []string{"/", "/ranking/organs", "/ranking/towns", "/ranking/villages", "/ranking/district", "/ranking/all"}
}

// lookEvery is how often is looked whether the data, or the day, have changed.
const lookEvery = 5 * time.Second

// keepWarm opens the first pages whenever the data or the day have changed and the data rest again, so that the first reader need not wait;
// until ctx ends. While sources are collected one after another what is remembered would be forgotten at once.
func keepWarm(ctx context.Context, a *application.Application, site http.Handler) {
	warmed, seen := "", ""
	timetable.Repeatedly(ctx, 0, func() time.Duration {
		version, err := a.Asker.DataVersion(ctx)
		version += model.Today(time.Now().In(a.Config.Location)).Format(time.DateOnly)
		if err == nil && version != warmed && version == seen {
			for _, page := range warmPages() {
				if request, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil); err == nil && ctx.Err() == nil {
					site.ServeHTTP(unread{http.Header{}}, request)
				}
			}
			warmed = version
		}
		seen = version
		return lookEvery
	})
}

// unread is an answer that nobody reads.
type unread struct{ header http.Header }

func (u unread) Header() http.Header               { return u.header }
func (u unread) Write(content []byte) (int, error) { return len(content), nil }
func (u unread) WriteHeader(int)                   {}
