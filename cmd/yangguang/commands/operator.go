package commands

import (
	"fmt"
	"os"
	"os/user"
)

// Operator is who runs the program, as the system knows him.
func Operator() (string, error) {
	if name := os.Getenv("SUDO_USER"); name != "" {
		return name, nil
	}
	current, err := user.Current()
	if err != nil {
		return "", fmt.Errorf("find out who runs the program: %w", err)
	}
	return current.Username, nil
}
