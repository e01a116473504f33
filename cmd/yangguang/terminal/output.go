package terminal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// WriteTo writes to a new file that takes its name only when it is whole, or to out without a name.
func WriteTo(name string, out io.Writer, write func(io.Writer) error) (err error) {
	if name == "" {
		buffered := bufio.NewWriter(out)
		return errors.Join(write(buffered), buffered.Flush())
	}
	file, held, err := createBeside(name)
	if err != nil {
		return Mistake(fmt.Errorf("write %s: %w", name, err))
	}
	defer func() {
		_ = os.Remove(file.Name()) // gone already when the writing succeeded
		err = errors.Join(err, held.Close())
	}()
	buffered := bufio.NewWriter(file)
	if err := errors.Join(write(buffered), buffered.Flush(), file.Chmod(0o644), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.Rename(file.Name(), name); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// createBeside makes a file beside another that is to take its name, and removes those that killed processes have left. held tells other processes
// that this one goes on; it is another handle, so that it outlives the file's own.
func createBeside(name string) (file, held *os.File, err error) {
	directory, base := filepath.Split(filepath.Clean(name))
	if directory == "" {
		directory = "."
	}
	prefix := "." + base + "-"
	if err := removeLeft(directory, prefix); err != nil {
		return nil, nil, err
	}
	for {
		if file, err = os.CreateTemp(directory, prefix+"*"); err != nil {
			return nil, nil, err
		}
		if held, err = hold(file.Name()); err == nil {
			return file, held, nil
		}
		taken := errors.Is(err, errNotHeld) // by another process, for one that was left, before it was held
		if closing := file.Close(); closing != nil || !taken {
			return nil, nil, errors.Join(err, closing, os.Remove(file.Name()))
		}
	}
}

var errNotHeld = errors.New("another process holds the file, or has removed it")

// hold opens a file for this process alone: errNotHeld if another one holds it or it is gone.
func hold(path string) (*os.File, error) {
	held, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, errNotHeld
	}
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(held.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		err = errNotHeld
	}
	if err == nil {
		if _, gone := os.Lstat(path); gone != nil {
			err = errNotHeld
		}
	}
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	return held, nil
}

// removeLeft removes the files of a kind that no process holds: named by createBeside, the prefix and a number.
func removeLeft(directory, prefix string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		number, is := strings.CutPrefix(entry.Name(), prefix)
		if !is || number == "" || strings.Trim(number, "0123456789") != "" || !entry.Type().IsRegular() {
			continue
		}
		path := filepath.Join(directory, entry.Name())
		held, err := hold(path)
		if errors.Is(err, errNotHeld) || errors.Is(err, os.ErrPermission) {
			continue // at work, or another user's
		}
		if err != nil {
			return err
		}
		if err := errors.Join(os.Remove(path), held.Close()); err != nil {
			return fmt.Errorf("remove what an interrupted export has left: %w", err)
		}
	}
	return nil
}
