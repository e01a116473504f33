package querytest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/facts"
)

// ClusterName is the cluster that Shards are in.
const ClusterName = "district_cluster"

// shardUser is the account that the program and the shards themselves use; it has the rights that docs/operations.md names.
const shardUser = "yangguang_cluster"

// Shards are real engines, each a shard without replicas of one cluster, with native addresses that outlive their processes.
type Shards struct {
	password  string
	directory string // of those that all tests share
	shards    []*shard
}

// shard is one of them. Its address forwards to the engine's, which changes with every start.
type shard struct {
	directory, address string
	command            []string

	mutex    sync.Mutex
	running  *engine.Engine // nil: stopped
	listener net.Listener
	open     map[net.Conn]struct{}
	serving  sync.WaitGroup
}

// NewShards starts so many engines by a command (engine.Options.Command), and ends them with the test.
func NewShards(t testing.TB, count int, command []string) *Shards {
	t.Helper()
	s, err := startShards(t.TempDir(), command, count)
	t.Cleanup(func() {
		if err := s.end(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// startShards starts as many as it can; they are to be ended whatever the error.
func startShards(directory string, command []string, count int) (*Shards, error) {
	s := &Shards{password: rand.Text()}
	for i := range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return s, err
		}
		s.shards = append(s.shards, &shard{
			directory: filepath.Join(directory, fmt.Sprint("shard", i+1)), address: listener.Addr().String(), command: command,
			listener: listener, open: map[net.Conn]struct{}{},
		})
	}
	for _, shard := range s.shards {
		if err := s.configure(shard.directory); err != nil {
			return s, err
		}
		if err := shard.start(); err != nil {
			return s, err
		}
	}
	return s, nil
}

// end stops them all.
func (s *Shards) end() error {
	var problems []error
	for _, shard := range s.shards {
		problems = append(problems, shard.stop())
	}
	return errors.Join(problems...)
}

// configure writes what makes an engine know the cluster: what an administrator writes into config.d and users.d.
func (s *Shards) configure(directory string) error {
	var shards strings.Builder
	for _, shard := range s.shards {
		host, port, _ := net.SplitHostPort(shard.address)
		fmt.Fprintf(&shards, "<shard><replica><host>%s</host><port>%s</port><user>%s</user><password>%s</password></replica></shard>", host, port, shardUser, s.password)
	}
	return errors.Join(
		writeBelow(directory, "config.d/cluster.xml", "<clickhouse><remote_servers><"+ClusterName+">"+shards.String()+"</"+ClusterName+"></remote_servers></clickhouse>"),
		writeBelow(directory, "users.d/cluster.xml", `<clickhouse><users><`+shardUser+`><password>`+s.password+`</password><networks><ip>127.0.0.1</ip></networks>
			<profile>default</profile><quota>default</quota><grants>
				<query>GRANT ALL ON yangguang*.*</query>
				<query>GRANT SELECT ON system.*</query>
				<query>GRANT TABLE ENGINE ON *</query>
				<query>GRANT CREATE TEMPORARY TABLE ON *.*</query>
				<query>GRANT READ, WRITE ON REMOTE</query>
			</grants></`+shardUser+`></users></clickhouse>`))
}

func writeBelow(directory, name, content string) error {
	path := filepath.Join(directory, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(content), 0o600)
}

// Address is the DSN of the servers with these numbers, from 0, in that order.
func (s *Shards) Address(database string, servers ...int) string {
	var hosts []string
	for _, at := range servers {
		hosts = append(hosts, s.shards[at].address)
	}
	return "clickhouse://" + shardUser + ":" + s.password + "@" + strings.Join(hosts, ",") + "/" + database
}

// Open opens a database of the cluster through these servers; it is not migrated. It is closed with the test.
func (s *Shards) Open(t testing.TB, database string, options clickhouse.Options, servers ...int) *ask.Asker {
	t.Helper()
	options.DSN = s.Address(database, servers...)
	if options.Cluster == nil {
		options.Cluster = &clickhouse.Cluster{Name: ClusterName}
	}
	store, err := clickhouse.Open(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return ask.New(facts.New(store))
}

// Stop ends a shard: nobody listens at its address, and connections break.
func (s *Shards) Stop(t testing.TB, at int) {
	t.Helper()
	if err := s.shards[at].stop(); err != nil {
		t.Error(err)
	}
}

// Start starts a shard that is stopped.
func (s *Shards) Start(t testing.TB, at int) {
	t.Helper()
	if err := s.shards[at].start(); err != nil {
		t.Fatal(err)
	}
}

func (s *shard) start() (err error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.running, err = engine.Start(context.Background(), engine.Options{DataDir: s.directory, NativePort: true, Command: s.command, MemoryLimit: 4 << 30}); err != nil {
		return err
	}
	if s.listener == nil {
		if s.listener, err = net.Listen("tcp", s.address); err != nil {
			return err
		}
	}
	listener, to := s.listener, s.running.NativeOptions().Addr[0]
	s.serving.Go(func() { s.serve(listener, to) })
	return nil
}

func (s *shard) stop() error {
	s.mutex.Lock()
	if s.running == nil {
		s.mutex.Unlock()
		return nil
	}
	problem := s.listener.Close()
	for conn := range s.open {
		_ = conn.Close()
	}
	running := s.running
	s.running, s.listener = nil, nil
	s.mutex.Unlock()
	problem = errors.Join(problem, running.Close())
	s.serving.Wait()
	return problem
}

// serve forwards connections until the listener is closed.
func (s *shard) serve(listener net.Listener, to string) {
	for {
		from, err := listener.Accept()
		if err != nil {
			return
		}
		s.serving.Go(func() { s.forward(from, to) })
	}
}

func (s *shard) forward(from net.Conn, address string) {
	defer from.Close()
	to, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer to.Close()
	s.mutex.Lock()
	s.open[from], s.open[to] = struct{}{}, struct{}{}
	s.mutex.Unlock()
	back := make(chan struct{})
	go func() {
		defer close(back)
		_, _ = io.Copy(from, to) // either side may leave
		_ = from.Close()
	}()
	_, _ = io.Copy(to, from)
	_ = to.Close()
	<-back
	s.mutex.Lock()
	delete(s.open, from)
	delete(s.open, to)
	s.mutex.Unlock()
}
