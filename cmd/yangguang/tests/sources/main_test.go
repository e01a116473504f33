package sources

import (
	"testing"

	"yangguang/cmd/yangguang/programtest"
)

func TestMain(m *testing.M) { programtest.Main(m) }
