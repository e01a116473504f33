// Package build holds what the build says of the program.
package build

// Version is set by the build: -ldflags "-X yangguang/cmd/yangguang/build.Version=…".
var Version = "development"
