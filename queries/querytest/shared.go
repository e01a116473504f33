package querytest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"yangguang/queries/clickhouse/engine"
)

// sharedEngine is the one engine of a test binary, made when the first test asks for it. Main owns it.
type sharedEngine struct {
	mutex     sync.Mutex
	allowed   bool
	directory string
	engine    *engine.Engine
	shards    *Shards // nil: the tests do not run on a cluster
	err       error
	template  template
}

var shared sharedEngine

var errNoMain = errors.New("querytest: add `func TestMain(m *testing.M) { querytest.Main(m) }` to this package's tests")

// allow says that Main runs: without it the child would run the tests again.
func (s *sharedEngine) allow() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.allowed = true
}

func (s *sharedEngine) command() ([]string, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if !s.allowed {
		return nil, errNoMain
	}
	executable, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("querytest: %w", err)
	}
	return []string{executable, childArgument}, nil
}

func (s *sharedEngine) start() (*engine.Engine, error) {
	command, err := s.command()
	if err != nil {
		return nil, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.engine != nil || s.err != nil {
		return s.engine, s.err
	}
	if s.directory, s.err = os.MkdirTemp("", "yangguang-test-"); s.err != nil {
		return nil, s.err
	}
	s.engine, s.err = engine.Start(context.Background(), engine.Options{DataDir: s.directory, NativePort: true, Command: command})
	return s.engine, s.err
}

// startShards starts the cluster that all tests run on instead, once.
func (s *sharedEngine) startShards(count int) (*Shards, error) {
	command, err := s.command()
	if err != nil {
		return nil, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.shards != nil || s.err != nil {
		return s.shards, s.err
	}
	var directory string
	if directory, s.err = os.MkdirTemp("", "yangguang-shards-"); s.err != nil {
		return nil, s.err
	}
	s.shards, s.err = startShards(directory, command, count)
	s.shards.directory = directory
	return s.shards, s.err
}

func (s *sharedEngine) end() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var problems []error
	if s.shards != nil {
		problems = append(problems, s.shards.end(), os.RemoveAll(s.shards.directory))
	}
	if s.engine != nil {
		problems = append(problems, s.engine.Close())
	}
	if s.directory != "" {
		problems = append(problems, os.RemoveAll(s.directory))
	}
	return errors.Join(problems...)
}
