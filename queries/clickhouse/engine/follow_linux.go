package engine

import "golang.org/x/sys/unix"

// followParent asks the kernel to kill this process when the parent's thread that started it ends.
func followParent() error { return unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0) }
