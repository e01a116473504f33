package ledger

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector"
)

func TestFindFiles(t *testing.T) {
	for _, test := range []struct {
		name, pattern string
		files         []string
		read          []string
		remarks       []string // kind place
	}{
		{"numbers in names", "*.csv", []string{"10月.csv", "9月.csv", "1月.csv", "９月b.csv"}, []string{"1月.csv", "9月.csv", "９月b.csv", "10月.csv"}, nil},
		{"numbers of folders", "**/*.csv", []string{"10/a.csv", "9/b.csv", "9/a10.csv", "9/a2.csv"}, []string{"9/a2.csv", "9/a10.csv", "9/b.csv", "10/a.csv"}, nil},
		{"extension in capitals", "l/*.csv", []string{"l/a.csv", "l/b.CSV", "l/c.Csv"}, []string{"l/a.csv", "l/b.CSV", "l/c.Csv"}, nil},
		{"capitals in the pattern", "l/*.XLSX", []string{"l/a.xlsx"}, []string{"l/a.xlsx"}, nil},
		{"one file, extension in capitals", "l/a.csv", []string{"l/a.CSV"}, []string{"l/a.CSV"}, nil},
		{"any depth", "l/**/*.csv", []string{"l/a.csv", "l/x/b.csv", "l/x/y/z/c.csv", "l/.git/d.csv"}, []string{"l/a.csv", "l/x/b.csv", "l/x/y/z/c.csv"}, nil},
		{"any depth, all", "l/**", []string{"l/a.csv", "l/x/b.xlsx"}, []string{"l/a.csv", "l/x/b.xlsx"}, nil},
		{"any depth in the middle", "l/**/2026/*.csv", []string{"l/2026/a.csv", "l/x/2026/b.csv", "l/x/2025/c.csv"}, []string{"l/2026/a.csv", "l/x/2026/b.csv"}, []string{"1 l/x/2025/c.csv"}},
		{"brackets of a folder", "[2026]/*.csv", []string{"[2026]/a.csv"}, []string{"[2026]/a.csv"}, nil},
		{"brackets of a file", "l/台账[1].csv", []string{"l/台账[1].csv"}, []string{"l/台账[1].csv"}, nil},
		{"a class", "l/[ab].csv", []string{"l/a.csv", "l/c.csv"}, []string{"l/a.csv"}, []string{"1 l/c.csv"}},
		{"what programs put there", "l/*", []string{"l/a.csv", "l/._a.csv", "l/~$a.xlsx", "l/.~a.csv", "l/.~lock.a.csv#", "l/.DS_Store", "l/Thumbs.db", "l/a.csv~", "l/a.tmp"}, []string{"l/a.csv"}, []string{
			"0 l/._a.csv", "0 l/.~a.csv", "0 l/.~lock.a.csv#", "0 l/~$a.xlsx",
		}},
		{"files beside", "l/*.csv", []string{"l/a.csv", "l/b.xlsx", "l/c.xls", "l/说明.docx", "l/d.zip"}, []string{"l/a.csv"}, []string{"1 l/b.xlsx", "1 l/c.xls", "1 l/d.zip"}},
		{"another name beside", "l/台账*.csv", []string{"l/台账1.csv", "l/台帐2.csv"}, []string{"l/台账1.csv"}, []string{"1 l/台帐2.csv"}},
		{"beside one file", "a.csv", []string{"a.csv", "b.csv", "readme.md"}, []string{"a.csv"}, []string{"0 b.csv"}},
		{"folder beside", "l/*.csv", []string{"l/a.csv", "l/东镇/b.csv", "l/照片/c.jpg"}, []string{"l/a.csv"}, []string{"1 l/东镇"}},
		{"a folder that the pattern names", "l/*", []string{"l/a.csv", "l/9月/b.csv"}, []string{"l/a.csv"}, []string{"1 l/9月"}},
		{"a folder named like a ledger", "l/*.csv", []string{"l/a.csv", "l/b.csv/c.csv"}, []string{"l/a.csv"}, []string{"1 l/b.csv"}},
		{"files above", "l/*/*.csv", []string{"l/a.csv", "l/x/b.csv"}, []string{"l/x/b.csv"}, []string{"1 l/a.csv"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			base := t.TempDir()
			for _, name := range test.files {
				path := filepath.Join(base, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			read, remarks := findNoted(t, &Ledger{config: Config{Path: test.pattern}, base: base})
			if diff := cmp.Diff(test.read, read); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.remarks, remarks); diff != "" {
				t.Errorf("remarks (-want +got):\n%s", diff)
			}
		})
	}
}

// findNoted lists what is read and what is remarked upon, each as kind and place.
func findNoted(t *testing.T, l *Ledger) (read, remarks []string) {
	t.Helper()
	files, err := l.findFiles(func(remark collector.Remark) {
		remarks = append(remarks, string(rune('0'+remark.Kind))+" "+remark.Place)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		read = append(read, l.shown(file.path))
	}
	slices.Sort(remarks)
	return read, remarks
}

func TestPathWithBracketsAboveTheConfiguration(t *testing.T) {
	base := filepath.Join(t.TempDir(), "[甲] 台账 {1}")
	if err := os.MkdirAll(base, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(base, "a.csv"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	read, _ := findNoted(t, &Ledger{config: Config{Path: "*.csv"}, base: base})
	absolute, _ := findNoted(t, &Ledger{config: Config{Path: filepath.Join(base, "*.csv")}, base: t.TempDir()})
	if len(read) != 1 || len(absolute) != 1 {
		t.Errorf("read %q, by its whole path %q", read, absolute)
	}
}

func TestLinksThatLeadNowhere(t *testing.T) {
	base, elsewhere := t.TempDir(), t.TempDir()
	for _, err := range []error{
		os.WriteFile(filepath.Join(elsewhere, "f.csv"), nil, 0o600),
		os.WriteFile(filepath.Join(base, "a.csv"), nil, 0o600), os.Symlink(filepath.Join(base, "gone.csv"), filepath.Join(base, "b.csv")), os.Symlink(filepath.Join(base, "a.csv"), filepath.Join(base, "c.csv")),
		os.Mkdir(filepath.Join(base, "d.csv"), 0o700), syscall.Mkfifo(filepath.Join(base, "e.csv"), 0o600),
		os.Symlink(base, filepath.Join(base, "itself")), os.Symlink(elsewhere, filepath.Join(base, "东镇")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	read, remarks := findNoted(t, &Ledger{config: Config{Path: "*.csv"}, base: base})
	if diff := cmp.Diff([]string{"a.csv", "c.csv"}, read); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1 东镇", "2 b.csv", "2 e.csv"}, remarks); diff != "" {
		t.Errorf("remarks (-want +got):\n%s", diff)
	}
}

func TestWhatOthersReadIsNotRemarkedUpon(t *testing.T) {
	base := t.TempDir()
	for _, name := range []string{"东镇1.csv", "西镇1.csv", "units.csv", "其他.csv"} {
		if err := os.WriteFile(filepath.Join(base, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	east, west := &Ledger{config: Config{Path: "东镇*.csv"}, base: base}, &Ledger{config: Config{Path: "西镇*.csv"}, base: base}
	east.SetNeighbours([]*Ledger{east, west}, []string{filepath.Join(base, "units.csv"), ""})
	_, remarks := findNoted(t, east)
	if diff := cmp.Diff([]string{"1 其他.csv"}, remarks); diff != "" {
		t.Errorf("remarks (-want +got):\n%s", diff)
	}
}
