package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	packs "yangguang/queries/freeze"
	"yangguang/queries/registry"
	"yangguang/queries/storage"

	"yangguang/dashboard/pack"
)

// clearInterrupted clears away what killed processes have left: in the database that is migrated, in the directory for temporary files, and in that of
// the embedded ClickHouse, which is this process's alone. What is cleared is said in a line each.
func (a *application) clearInterrupted(ctx context.Context) error {
	loads, err := registry.ClearInterrupted(ctx, a.store)
	freezes, failed := packs.ClearInterrupted(ctx, a.store)
	for _, line := range slices.Concat(loads, freezes) {
		a.say(line)
	}
	return errors.Join(err, failed, pack.Sweep())
}

// settleRestore completes or removes what an interrupted restore has left, and with the embedded ClickHouse the files of interrupted backups.
func (a *application) settleRestore(ctx context.Context) error {
	said, err := storage.SettleRestore(ctx, a.store)
	if err != nil {
		return err
	}
	a.say(said)
	if a.engine == nil {
		return nil
	}
	left, err := filepath.Glob(a.backupPath("*"))
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("remove what an interrupted backup has left: %w", err)
		}
	}
	if len(left) > 0 {
		a.say("removed the copy that an interrupted backup or restore had left")
	}
	return nil
}

// finishRestore leaves out of a restored database, which is migrated, what came in while its backup was taken.
func (a *application) finishRestore(ctx context.Context) error {
	said, err := storage.FinishRestore(ctx, a.store)
	a.say(said)
	return err
}

// say tells the user what was found and done at the start.
func (a *application) say(line string) {
	if line != "" {
		fmt.Fprintln(a.problems, "yangguang:", a.config.Lines().Said(line))
	}
}

// backupPath is where the embedded ClickHouse keeps a backup.
func (a *application) backupPath(name string) string {
	return filepath.Join(a.config.ClickHouse.DataDir, "backups", name)
}
