package pack

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// workDirectory is where the files of a pack are made. It is held by a lock that ends with the process, so that what a killed one has left there, the
// papers of a meeting, is known to be nobody's and removed by the next.
type workDirectory struct {
	path string
	lock *os.File
}

// lockFile is in a work directory and locked as long as somebody works there.
const lockFile = ".lock"

// makeWorkDirectory removes what killed processes have left in a directory under names of the pattern, and makes a new one there.
func makeWorkDirectory(in, pattern string) (*workDirectory, error) {
	if err := sweepWorkDirectories(in, pattern); err != nil {
		return nil, err
	}
	path, err := os.MkdirTemp(in, pattern)
	if err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(path, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(path))
	}
	return &workDirectory{path, lock}, nil
}

// remove removes the directory.
func (w *workDirectory) remove() error { return errors.Join(os.RemoveAll(w.path), w.lock.Close()) }

// sweepWorkDirectories removes the work directories of processes that have ended. One without a lock file may just be begun: it is left.
func sweepWorkDirectories(in, pattern string) error {
	if in == "" {
		in = os.TempDir()
	}
	left, err := filepath.Glob(filepath.Join(in, pattern))
	if err != nil {
		return err
	}
	for _, path := range left {
		lock, err := os.OpenFile(filepath.Join(path, lockFile), os.O_RDWR, 0)
		if err != nil {
			continue // another user's, or just begun
		}
		if unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
			err = os.RemoveAll(path)
		}
		if err := errors.Join(err, lock.Close()); err != nil {
			return fmt.Errorf("remove what an interrupted freeze has left: %w", err)
		}
	}
	return nil
}

// Sweep removes what freezes have left in the directory for temporary files whose processes were killed.
func Sweep() error { return sweepWorkDirectories("", packPattern) }

const (
	packPattern = "yangguang-pack-*" // of directories in which packs are made
	outPattern  = ".yangguang-*"     // of directories in which packs are written out
)
