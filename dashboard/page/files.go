package page

import "embed"

// Files are the layout with the parts of all pages, in templates, and the messages of all pages, in messages.
//
//go:embed templates messages
var Files embed.FS
