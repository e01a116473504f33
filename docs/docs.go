// Package docs has the manual in the program, which shows it at /help/.
package docs

import "embed"

//go:embed alerts.md definitions.md evidence.md glossary.md meeting.md operations.md patrol.md patrol-addresses.md registry.md sources.md sources-feeds.md sources-web.md what-if.md
var Files embed.FS
