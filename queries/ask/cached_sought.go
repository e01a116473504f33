package ask

import (
	"context"

	"yangguang/queries/model"
)

// FindUnits is Asker.FindUnits; hardly anybody seeks the same again.
func (r *Cached) FindUnits(ctx context.Context, question model.Question, sought string, limit int) ([]model.FoundUnit, error) {
	return admitted(ctx, func() ([]model.FoundUnit, error) { return r.store.FindUnits(ctx, question, sought, limit) })
}

// FindItems is Asker.FindItems.
func (r *Cached) FindItems(ctx context.Context, question model.Question, sought string, limit int) ([]model.FoundItem, error) {
	return admitted(ctx, func() ([]model.FoundItem, error) { return r.store.FindItems(ctx, question, sought, limit) })
}

// FindRecords is Asker.FindRecords.
func (r *Cached) FindRecords(ctx context.Context, question model.Question, sought string, limit int) (records []model.FoundRecord, more bool, err error) {
	records, err = admitted(ctx, func() (records []model.FoundRecord, err error) {
		records, more, err = r.store.FindRecords(ctx, question, sought, limit)
		return records, err
	})
	return records, more, err
}

// OtherNames is Asker.OtherNames, which costs no more than to remember it.
func (r *Cached) OtherNames(ctx context.Context, question model.Question, ids []string) (map[string]string, error) {
	return r.store.OtherNames(ctx, question, ids)
}
