// Command yangguang measures how well public organisations keep their duty to disclose.
package main

import (
	"os"

	"yangguang/cmd/yangguang/program"
)

func main() { os.Exit(program.Run(os.Args[1:], os.Stdout, os.Stderr)) }
