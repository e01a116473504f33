package digest

import (
	"testing"

	"yangguang/queries/querytest"
)

func TestMain(m *testing.M) { querytest.Main(m) }
