// Package month_test lets a month pass on simulated sites that are redesigned, fail, move, pin and are cut short, against a truth that knows what
// was really published.
package month_test

import (
	"testing"

	"yangguang/queries/querytest"
)

func TestMain(m *testing.M) { querytest.Main(m) }
