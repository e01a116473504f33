package commands

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/serve"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/examples/yancheng"
)

// Demo shows the sample district 郾城区: it writes it to a directory, collects its ledgers and serves its pages.
type Demo struct {
	Dir    string `placeholder:"DIR"`
	Listen string `default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Open   bool
	Once   bool
}

// Run is the command.
func (d Demo) Run(ctx context.Context, streams terminal.Streams) (err error) {
	listener, err := net.Listen("tcp", d.Listen)
	if err != nil {
		return terminal.Mistake(fmt.Errorf("listen: %w; choose another address with --listen, such as 127.0.0.1:0", err))
	}
	defer func() { _ = listener.Close() }() // closed already when it was served
	if d.Dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return terminal.Mistake(fmt.Errorf("find a directory for the sample district: %w; name one with --dir", err))
		}
		d.Dir = filepath.Join(cache, "yangguang", "demo")
	}
	written, err := yancheng.Write(ctx, d.Dir, time.Now())
	if err != nil {
		return err
	}
	terminal.WriteLine(streams.Out, streams.Words, "demo", "Rows", written.Rows, "Files", written.Files, "Dir", d.Dir)
	config, err := config.Read(filepath.Join(d.Dir, yancheng.Config))
	if err != nil {
		return err
	}
	a, err := application.Open(ctx, config, streams.Problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := application.Collect(ctx, a, a.Sources, false, streams); err != nil || d.Once {
		return err
	}
	address := fmt.Sprintf("http://%s/", listener.Addr())
	fmt.Fprintln(streams.Out)
	terminal.WriteLine(streams.Out, streams.Words, "demo_at", "Address", address)
	if d.Open {
		openBrowser(ctx, address)
	}
	return serve.On(ctx, a, listener, nil)
}

// openBrowser shows an address in the user's browser where there is one; the address has been told anyway.
func openBrowser(ctx context.Context, address string) {
	opener := "xdg-open"
	if runtime.GOOS == "darwin" {
		opener = "open"
	}
	path, err := exec.LookPath(opener)
	if err != nil {
		return
	}
	command := exec.CommandContext(ctx, path, address)
	if command.Start() == nil {
		go func() { _ = command.Wait() }()
	}
}
