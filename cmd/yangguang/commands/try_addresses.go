package commands

import (
	"context"
	"fmt"
	"io"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector"
	"yangguang/collector/api"
	"yangguang/collector/feed"
	"yangguang/collector/identity"
	"yangguang/collector/web"
)

// comparedRows are how many records of a first page are read a second time, to see whether their addresses stay.
const comparedRows = 10

// shownOf says what a record shows, its address left aside.
func shownOf(row collector.Tried) string {
	r := row.Record
	return fmt.Sprintf("%s\n%s\n%s\n%s\n%s", r.UnitID, r.ItemID, r.Title, r.PublishedOn, r.PeriodTo)
}

// tellChangingAddresses reads the beginning of an online source once more, and says which addresses of the records before are others now: where a
// site makes them again for each reader, nothing can be told by them. What is left out of an address anyhow (SPEC §3) may change.
func tellChangingAddresses(ctx context.Context, a *application.Application, source collector.Source, first []collector.Tried, out io.Writer) error {
	if kind := source.Kind(); kind != web.Kind && kind != feed.Kind && kind != api.Kind || len(first) == 0 {
		return nil
	}
	addresses := map[string]string{} // by what is shown; empty: of several
	for _, row := range first {
		shown := shownOf(row)
		if other, twice := addresses[shown]; twice && other != row.Record.URL {
			addresses[shown] = ""
			continue
		}
		addresses[shown] = row.Record.URL
	}
	normal := func(address string) string { return identity.Address(address, ignoredBy(source)) }
	changed, again := 0, 0
	var before, after string // of one
	_, err := collector.Try(ctx, tryOptions(a, a.Registry), source, func(row collector.Tried) error {
		if row.Record != nil {
			if address := addresses[shownOf(row)]; address != "" && row.Record.URL != "" && normal(address) != normal(row.Record.URL) {
				changed++
				before, after = address, row.Record.URL
			}
			again++
		}
		if again >= len(first) {
			return collector.ErrEnough
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the addresses a second time: %w", err)
	}
	if changed > 0 {
		terminal.WriteLine(out, a.Config.Lines(), "addresses_change", "Source", source.Name(), "Changed", changed, "Again", again, "Before", before, "After", after)
	}
	return nil
}

// ignoredBy are the parameters of addresses that a source ignores.
func ignoredBy(source collector.Source) []string {
	if ignoring, ok := source.(collector.Ignoring); ok {
		return ignoring.IgnoredParameters()
	}
	return nil
}
