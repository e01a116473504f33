package engine

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
)

const (
	logLimit   = 16 << 20 // bytes: a longer log becomes the old log
	tailLength = 4 << 10
	logCheck   = time.Minute
)

// logFile takes what the engine prints.
type logFile struct {
	path  string
	file  *os.File
	begun int64 // where this run's text begins
}

// openLog opens the log for appending; a long one becomes the old log first.
func openLog(path string) (*logFile, error) {
	if err := setAside(path, logLimit); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the engine's log: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, closing(file, fmt.Errorf("open the engine's log: %w", err))
	}
	return &logFile{path: path, file: file, begun: info.Size()}, nil
}

// setAside copies a log longer than limit to the old log and empties it: a running engine goes on writing at its new end.
func setAside(path string, limit int64) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() <= limit {
		return nil
	}
	if err != nil {
		return fmt.Errorf("set the engine's log aside: %w", err)
	}
	if err := copyFile(path, path+".old"); err != nil {
		return fmt.Errorf("set the engine's log aside: %w", err)
	}
	if err := os.Truncate(path, 0); err != nil {
		return fmt.Errorf("set the engine's log aside: %w", err)
	}
	return nil
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	_, err = io.Copy(target, source)
	return err
}

// keepShort looks at the log's length now and then until stop is closed.
func (l *logFile) keepShort(stop <-chan struct{}) {
	ticker := time.NewTicker(logCheck)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ticker.C:
			_ = setAside(l.path, logLimit) // the next check tries again
		}
	}
}

func (l *logFile) Close() error { return l.file.Close() }

// tail is the end of this run's text.
func (l *logFile) tail() string {
	file, err := os.Open(l.path)
	if err != nil {
		return ""
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return ""
	}
	from := max(min(l.begun, info.Size()), info.Size()-tailLength)
	text, err := io.ReadAll(io.NewSectionReader(file, from, tailLength))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}
