package application

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"yangguang/dashboard/pack"
	packs "yangguang/queries/freeze"
	"yangguang/queries/registry"
	"yangguang/queries/storage"
)

// clearInterrupted clears away what killed processes have left: in the database that is migrated, in the directory for temporary files, and in that of
// the embedded ClickHouse, which is this process's alone. What is cleared is said in a line each.
func (a *Application) clearInterrupted(ctx context.Context) error {
	loads, err := registry.ClearInterrupted(ctx, a.Store)
	freezes, failed := packs.ClearInterrupted(ctx, a.Store)
	for _, line := range slices.Concat(loads, freezes) {
		a.say(line)
	}
	return errors.Join(err, failed, pack.Sweep())
}

// SettleRestore completes or removes what an interrupted restore has left, and with the embedded ClickHouse the files of interrupted backups.
func (a *Application) SettleRestore(ctx context.Context) error {
	said, err := storage.SettleRestore(ctx, a.Store)
	if err != nil {
		return err
	}
	a.say(said)
	if a.engine == nil {
		return nil
	}
	left, err := filepath.Glob(a.BackupPath("*"))
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

// FinishRestore leaves out of a restored database, which is migrated, what came in while its backup was taken.
func (a *Application) FinishRestore(ctx context.Context) error {
	said, err := storage.FinishRestore(ctx, a.Store)
	a.say(said)
	return err
}

// say tells the user what was found and done at the start.
func (a *Application) say(line string) {
	if line != "" {
		fmt.Fprintln(a.problems, "yangguang:", a.Config.Lines().Said(line))
	}
}

// BackupPath is where the embedded ClickHouse keeps a backup.
func (a *Application) BackupPath(name string) string {
	return filepath.Join(a.Config.ClickHouse.DataDir, "backups", name)
}
