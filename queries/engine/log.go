package engine

import (
	"fmt"
	"io"
	"os"
	"strings"
)

const (
	logLimit   = 16 << 20 // bytes: a longer log is set aside at the next start
	tailLength = 4 << 10
)

// logFile takes what the engine prints.
type logFile struct {
	path  string
	file  *os.File
	begun int64 // where this run's text begins
}

// openLog opens the log for appending; a long one becomes the old log first.
func openLog(path string) (*logFile, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		if err := os.Rename(path, path+".old"); err != nil {
			return nil, fmt.Errorf("set the engine's old log aside: %w", err)
		}
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
	from := max(l.begun, info.Size()-tailLength)
	text, err := io.ReadAll(io.NewSectionReader(file, from, tailLength))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}
