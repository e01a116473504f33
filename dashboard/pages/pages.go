// Package pages lists the pages. Each is a folder with what it asks, its builder, its template and its messages.
package pages

import (
	"yangguang/dashboard/page"
	"yangguang/dashboard/pages/audit"
	"yangguang/dashboard/pages/compare"
	"yangguang/dashboard/pages/evidence"
	"yangguang/dashboard/pages/feeds"
	"yangguang/dashboard/pages/freezes"
	"yangguang/dashboard/pages/lapsed"
	"yangguang/dashboard/pages/methodology"
	"yangguang/dashboard/pages/notice"
	"yangguang/dashboard/pages/overview"
	"yangguang/dashboard/pages/patrol"
	"yangguang/dashboard/pages/placement"
	"yangguang/dashboard/pages/procedure"
	"yangguang/dashboard/pages/proof"
	"yangguang/dashboard/pages/ranking"
	"yangguang/dashboard/pages/search"
	"yangguang/dashboard/pages/sites"
	"yangguang/dashboard/pages/sources"
	"yangguang/dashboard/pages/supervision"
	"yangguang/dashboard/pages/unit"
	"yangguang/dashboard/pages/whatif"
)

// All are the pages; a new one is a folder and a line.
func All() []page.Section {
	return []page.Section{
		overview.Section(),
		ranking.Section(),
		unit.Section(),
		search.Section(),
		compare.Section(),
		lapsed.Section(),
		feeds.Section(),
		procedure.Section(),
		supervision.Section(),
		notice.Section(),
		patrol.Section(),
		evidence.Section(),
		placement.Section(),
		methodology.Section(),
		sites.Section(),
		proof.Section(),
		sources.Section(),
		freezes.Section(),
		audit.Section(),
		whatif.Section(),
	}
}
