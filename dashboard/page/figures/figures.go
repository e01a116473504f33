// Package figures has the questions and panels that several pages share.
package figures

import "yangguang/dashboard/page"

// Ask is a request with what pages share of questions and panels.
type Ask struct{ *page.Request }

// New is a request as the pages ask it.
func New(r *page.Request) *Ask { return &Ask{r} }
