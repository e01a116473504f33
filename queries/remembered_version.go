package queries

import (
	"context"
	"sync"
)

// versionKey marks a context within which the data's version is asked once.
type versionKey struct{}

type versionOnce struct {
	once    sync.Once
	version string
	err     error
}

// WithOneVersion is a context within which a Remembered looks once whether the data have changed: all parts of a page show the same data, and
// many parts cost one look.
func WithOneVersion(ctx context.Context) context.Context {
	return context.WithValue(ctx, versionKey{}, new(versionOnce))
}

// version is the data's version, looked up now or, within WithOneVersion, before.
func (r *Remembered) version(ctx context.Context) (string, error) {
	look, once := ctx.Value(versionKey{}).(*versionOnce)
	if !once {
		return r.store.DataVersion(ctx)
	}
	look.once.Do(func() { look.version, look.err = r.store.DataVersion(ctx) })
	return look.version, look.err
}
