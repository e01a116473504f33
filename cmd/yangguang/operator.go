package main

import (
	"fmt"
	"os"
	"os/user"
)

// operator is who runs the program, as the system knows him.
func operator() (string, error) {
	if name := os.Getenv("SUDO_USER"); name != "" {
		return name, nil
	}
	current, err := user.Current()
	if err != nil {
		return "", fmt.Errorf("find out who runs the program: %w", err)
	}
	return current.Username, nil
}
