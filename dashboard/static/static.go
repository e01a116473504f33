// Package static holds what browsers load beside the pages.
package static

import "embed"

// Files are scripts, styles and pictures. vendor is empty until make setup has filled it.
//
//go:embed *.css *.js *.svg all:vendor
var Files embed.FS
