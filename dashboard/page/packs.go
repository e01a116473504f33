package page

import (
	"context"
	"io"

	"yangguang/dashboard/pack"
)

// Packs makes and hands out meeting packs; *pack.Packs does.
type Packs interface {
	List(ctx context.Context) ([]pack.Manifest, error)
	Baselines(ctx context.Context) ([]pack.Baseline, error)
	Freeze(ctx context.Context, order pack.Order) (pack.Manifest, error)
	WriteFile(ctx context.Context, name, file string, w io.Writer) error
	WriteZip(ctx context.Context, name string, w io.Writer) error
}
