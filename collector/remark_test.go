package collector

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRemarksAreAddedUp(t *testing.T) {
	var gathered remarks
	column := Remark{Place: "a.csv:B", What: "the column 备注 is not read", Kind: NotUnderstood}
	sheet := Remark{Place: "a.xlsx:表2", What: "the sheet is not read", Nearest: "单位", Kind: Unread, Count: 3}
	gathered.add(column)
	gathered.add(sheet)
	gathered.add(column)
	column.Count = 2
	if diff := cmp.Diff([]Remark{column, sheet}, gathered.all()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRemarksAreBounded(t *testing.T) {
	var gathered remarks
	for i := range mostRemarks + 5 {
		gathered.add(Remark{Place: fmt.Sprint(i), Kind: Unread})
	}
	gathered.add(Remark{Place: "0", Kind: Unread})
	all := gathered.all()
	total := uint64(0)
	for _, remark := range all {
		total += remark.Count
	}
	last := all[len(all)-1]
	if len(all) != mostRemarks+1 || total != mostRemarks+6 || last.Kind != Unread || last.Count != 5 || all[0].Count != 2 {
		t.Errorf("%d remarks of %d parts, the last one %+v", len(all), total, last)
	}
}
