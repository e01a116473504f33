package engine

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// HeldError says that another process uses the data directory.
type HeldError struct {
	Directory string
	Process   int // its process id, 0 when it is not known
}

func (e *HeldError) Error() string {
	if e.Process == 0 {
		return fmt.Sprintf("the data directory %s is in use by another process: stop it first, or choose another directory", e.Directory)
	}
	return fmt.Sprintf("the data directory %s is in use by process %d: stop it first, or choose another directory", e.Directory, e.Process)
}

// hold takes the data directory for this process until the returned file is closed; the kernel lets go of it when the process ends.
func hold(directory string) (*os.File, error) {
	path := filepath.Join(directory, "engine.lock")
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		defer file.Close()
		if err == unix.EWOULDBLOCK {
			return nil, &HeldError{Directory: directory, Process: holder(file)}
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if err := file.Truncate(0); err != nil {
		return nil, closing(file, fmt.Errorf("write %s: %w", path, err))
	}
	if _, err := file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
		return nil, closing(file, fmt.Errorf("write %s: %w", path, err))
	}
	return file, nil
}

func closing(file *os.File, err error) error {
	_ = file.Close()
	return err
}

func holder(file *os.File) int {
	text, err := io.ReadAll(io.NewSectionReader(file, 0, 32))
	if err != nil {
		return 0
	}
	process, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0
	}
	return process
}
