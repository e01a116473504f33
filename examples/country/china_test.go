package country

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/record"
)

// registerOfPlaces is a register of places in which names are shared: two districts have a 城关镇 with a 新华村.
func registerOfPlaces(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"provinces.csv": "code,name\n11,\"甲省\"\n12,\"乙市\"\n",
		"cities.csv":    "code,name,provinceCode\n1101,\"子市\",11\n1201,\"市辖区\",12\n",
		"areas.csv":     "code,name,cityCode\n110101,\"东区\",1101\n110102,\"西县\",1101\n120101,\"南区\",1201\n",
		"streets.csv":   "code,name,areaCode\n110101001,\"城关镇\",110101\n110102001,\"城关镇\",110102\n110102002,\"河街道\",110102\n120101001,\"湖街道办事处\",120101\n",
		"villages.csv": "code,name,streetCode\n110101001201,\"新华村村委会\",110101001\n110102001201,\"新华村村民委员会\",110102001\n" +
			"110102002001,\"新华社区居委会\",110102002\n120101001001,\"湖社区\",120101001\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRealPlaces(t *testing.T) {
	p := year(20)
	p.Places, p.Organs = registerOfPlaces(t), 1
	c := laidOut(t, p)
	var got []string
	for at := range c.units {
		u := c.unitAt(at)
		got = append(got, strings.Join([]string{u.ID, u.Name, u.Tier, u.ParentID}, " "))
	}
	want := []string{
		"11 中共甲省委员会 committee ",
		"1101 中共子市委员会 committee 11",
		"110101 中共子市东区委员会 committee 1101",
		"110101-JW 东区纪委监委 discipline 110101",
		"110101-01 东区委办公室 organ 110101",
		"110101001 城关镇 town 110101",
		"110101001201 新华村村委会 village 110101001",
		"110102 中共子市西县委员会 committee 1101",
		"110102-JW 西县纪委监委 discipline 110102",
		"110102-01 西县委办公室 organ 110102",
		"110102001 城关镇 town 110102",
		"110102001201 新华村村民委员会 village 110102001",
		"110102002 河街道 subdistrict 110102",
		"110102002001 新华社区居委会 community 110102002",
		"12 中共乙市委员会 committee ",
		"120101 中共乙市南区委员会 committee 12",
		"120101-JW 南区纪委监委 discipline 120101",
		"120101-01 南区委办公室 organ 120101",
		"120101001 湖街道办事处 subdistrict 120101",
		"120101001001 湖社区 community 120101001",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEveryUnitIsFoundByWhatLedgersCallIt(t *testing.T) {
	real := year(20)
	real.Places, real.Organs = registerOfPlaces(t), 1
	for name, p := range map[string]Parameters{"real places": real, "invented ones": year(60_000)} {
		t.Run(name, func(t *testing.T) {
			c := laidOut(t, p)
			resolver := record.NewResolver(c.Registry())
			for n, province := range c.provinces {
				form := c.formOf(n)
				for at := province.unit; at < province.end(); at++ {
					name, parent := form.called(at)
					id, problem := resolver.Unit(name, parent, c.units[province.unit].id)
					if problem != nil || id != c.units[at].id {
						t.Fatalf("%s is called %s of %s, which is %s (%v)", c.units[at].id, name, parent, id, problem)
					}
				}
			}
		})
	}
}

func TestMoreUnitsThanTheRealCountryHas(t *testing.T) {
	p := year(21)
	p.Places, p.Organs = registerOfPlaces(t), 1
	if _, err := New(t.Context(), p); err == nil || !strings.Contains(err.Error(), "--units 21: the country has only 20 with 1 organs a district") {
		t.Errorf("error %v", err)
	}
}

func TestRegistersThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ file, content, says string }{
		"no name column":         {"areas.csv", "code,title\n110101,东区\n", "areas.csv: the header lacks code or name"},
		"a place in no other":    {"areas.csv", "code,name\n110101,东区\n990101,北区\n", "areas.csv: 990101 北区 lies in no place above it"},
		"a place without a name": {"villages.csv", "code,name\n110101001201,\n", "villages.csv:2: code and name are required"},
		"an empty file":          {"cities.csv", "", "cities.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			p := year(20)
			p.Places, p.Organs = registerOfPlaces(t), 1
			if err := os.WriteFile(filepath.Join(p.Places, c.file), []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := New(t.Context(), p)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
		})
	}
}
