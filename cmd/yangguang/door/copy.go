package door

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/prometheus/exporter-toolkit/web"
	"go.yaml.in/yaml/v3"
	"golang.org/x/sys/unix"
)

// servedCopy is the last web_config that was good, but for its users, whom the doorkeeper asks: exporter-toolkit reads its file for every request
// and answers nobody while it is broken. It is in memory only.
type servedCopy struct {
	file *os.File
}

func newServedCopy() (*servedCopy, error) {
	file, err := memoryFile(nil)
	if err != nil {
		return nil, err
	}
	return &servedCopy{file}, nil
}

// memoryFile is a file that has no place in any directory.
func memoryFile(content []byte) (*os.File, error) {
	descriptor, err := unix.MemfdCreate("web_config", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("keep web_config: %w", err)
	}
	file := os.NewFile(uintptr(descriptor), "web_config")
	if _, err := io.Copy(file, bytes.NewReader(content)); err != nil {
		return nil, fmt.Errorf("keep web_config: %w", errors.Join(err, file.Close()))
	}
	return file, nil
}

func pathOf(file *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", file.Fd()) }

// path is what exporter-toolkit reads; it stays the same.
func (c *servedCopy) path() string { return pathOf(c.file) }

// replace puts other content in force, all at once, if exporter-toolkit takes it.
func (c *servedCopy) replace(content []byte, directory string) (err error) {
	for _, users := range []bool{true, false} { // whole, to be checked; then without users, to be served
		written, err := elsewhere(content, directory, users)
		if err != nil {
			return err
		}
		next, err := memoryFile(written)
		if err != nil {
			return err
		}
		if users {
			err = web.Validate(pathOf(next))
		} else {
			err = unix.Dup3(int(next.Fd()), int(c.file.Fd()), unix.O_CLOEXEC)
		}
		if err = errors.Join(err, next.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (c *servedCopy) close() error { return c.file.Close() }

// elsewhere is a web_config as it is to be read in another directory, with or without its users.
func elsewhere(content []byte, directory string, users bool) ([]byte, error) {
	var written map[string]any
	if err := yaml.Unmarshal(content, &written); err != nil {
		return nil, err
	}
	if !users {
		delete(written, "basic_auth_users")
	}
	directory, err := filepath.Abs(directory)
	if err != nil {
		return nil, err
	}
	if tls, is := written["tls_server_config"].(map[string]any); is {
		for _, key := range []string{"cert_file", "key_file", "client_ca_file"} {
			if path, is := tls[key].(string); is && path != "" && !filepath.IsAbs(path) {
				tls[key] = filepath.Join(directory, path)
			}
		}
	}
	if len(written) == 0 {
		return nil, nil
	}
	return yaml.Marshal(written)
}
