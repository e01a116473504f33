package commands

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/queries/acts"
	"yangguang/queries/storage"
)

// Backup writes the whole database to a file, or to a disk of one's own ClickHouse.
type Backup struct {
	File string `arg:""`
	backupFlags
}

// Restore reads a backup into an empty database.
type Restore struct {
	File string `arg:""`
	backupFlags
}

type backupFlags struct {
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Disk   string `placeholder:"NAME"`
}

// Run is the command.
func (c Backup) Run(ctx context.Context, streams terminal.Streams) (err error) {
	if _, err := os.Stat(c.File); err == nil && c.Disk == "" {
		return terminal.Mistake(fmt.Errorf("%s exists already; name another file", c.File))
	}
	a, err := c.open(ctx, streams)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := storage.Check(ctx, a.Store, storage.CheckedBytes); err != nil {
		return err
	}
	begun := time.Now()
	place := storage.BackupPlace{Disk: c.Disk, Name: c.File}
	if c.Disk == "" {
		place.Name = rand.Text() + ".tar"
	}
	if err := storage.Backup(ctx, a.Store, place); err != nil {
		return err
	}
	if c.Disk == "" {
		if err := moveFile(a.BackupPath(place.Name), c.File); err != nil {
			return err
		}
	}
	if err := storage.NoteBackup(ctx, a.Store, c.File, time.Now()); err != nil {
		return fmt.Errorf("the backup %s is whole, but serve will not know of it: %w", c.File, err)
	}
	terminal.WriteLine(streams.Out, a.Config.Lines(), "backed_up", "File", c.File, "Seconds", terminal.Tenths(time.Since(begun)))
	return nil
}

// Run is the command.
func (c Restore) Run(ctx context.Context, streams terminal.Streams) (err error) {
	a, err := c.open(ctx, streams)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	begun := time.Now()
	place := storage.BackupPlace{Disk: c.Disk, Name: c.File}
	if c.Disk == "" {
		place.Name = rand.Text() + ".tar"
		kept := a.BackupPath(place.Name)
		if err := linkFile(c.File, kept); err != nil {
			return terminal.Mistake(fmt.Errorf("read the backup: %w", err))
		}
		defer func() { err = errors.Join(err, os.Remove(kept)) }()
	}
	switch err := storage.Restore(ctx, a.Store, place); {
	case errors.Is(err, storage.ErrNotEmpty):
		return terminal.Mistake(errors.New("the database holds data already; restore into another clickhouse.data_dir, or an empty database"))
	case err != nil:
		return err
	}
	if err := storage.Migrate(ctx, a.Store); err != nil {
		return err
	}
	if err := a.FinishRestore(ctx); err != nil {
		return err
	}
	if err := storage.Check(ctx, a.Store, -1); err != nil {
		return err
	}
	if err := acts.Note(ctx, a.Store, acts.Act{What: acts.Restore, Subject: c.File}); err != nil {
		return err
	}
	terminal.WriteLine(streams.Out, a.Config.Lines(), "restored", "File", c.File, "Seconds", terminal.Tenths(time.Since(begun)))
	return nil
}

// open connects to the database and leaves it as it is.
func (f backupFlags) open(ctx context.Context, streams terminal.Streams) (*application.Application, error) {
	config, err := config.Read(f.Config)
	if err != nil {
		return nil, err
	}
	dsn, err := config.ClickHouse.Address()
	if err != nil {
		return nil, err
	}
	switch {
	case dsn != "" && f.Disk == "":
		return nil, terminal.Mistake(errors.New("with clickhouse.dsn say --disk: a disk of that ClickHouse's configuration that backups are allowed on"))
	case dsn == "" && f.Disk != "":
		return nil, terminal.Mistake(errors.New("--disk is for clickhouse.dsn; the embedded ClickHouse writes to a file"))
	}
	a := application.New(config, streams.Problems)
	if err := a.Connect(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := a.SettleRestore(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// moveFile gives a file another name, on another file system too.
func moveFile(from, to string) error {
	if err := os.Rename(from, to); err == nil {
		return nil
	}
	beside := fmt.Sprintf("%s.%s.part", to, rand.Text()[:6]) // so that a half of it never has its name
	if err := copyFile(from, beside); err != nil {
		return errors.Join(err, os.Remove(from))
	}
	if err := os.Rename(beside, to); err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	return os.Remove(from)
}

// linkFile gives a file a second name, or copies it where that cannot be.
func linkFile(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := os.Link(from, to); err == nil {
		return nil
	}
	return copyFile(from, to)
}

// copyFile copies to a new file that only this user may read: it holds everything.
func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, target.Close()); err != nil {
			_ = os.Remove(to)
		}
	}()
	_, err = io.Copy(target, source)
	return err
}
