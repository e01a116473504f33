package registry

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

const goodCatalogue = "item_id,name,catalogue,tiers,class,cadence,due_days\nG1,党费,grassroots,town,essential,monthly,5\n"

// readFiles reads a registry of these files; problems and remarks are written without the folder.
func readFiles(t *testing.T, folder string, files Files) (aliases [][]string, members []uint32, problems, remarks []string) {
	t.Helper()
	registry, notes, err := Read(t.Context(), files, time.UTC)
	var mistakes Problems
	if err != nil && !errors.As(err, &mistakes) {
		t.Fatal(err)
	}
	for _, mistake := range mistakes {
		problems = append(problems, strings.TrimPrefix(mistake.Error(), folder+"/"))
	}
	for _, note := range notes {
		remarks = append(remarks, strings.TrimPrefix(note.String(), folder+"/"))
	}
	for _, unit := range registry.Units {
		aliases, members = append(aliases, unit.Aliases), append(members, unit.Members)
	}
	return aliases, members, problems, remarks
}

func TestWhatOfARegistryIsNotRead(t *testing.T) {
	for _, test := range []struct {
		name, units, catalogue string
		aliases                [][]string
		members                []uint32
		problems, remarks      []string
	}{
		{"lists", "unit_id,name,tier,members,aliases\nT1,东镇,town,\"1,200\",东、东乡|e；東\nT2,西镇,town,25人,西,\n", "", [][]string{{"东", "东乡", "e", "東"}, {"西"}}, []uint32{1200, 25}, []string{
			"units.csv:3: the row has 6 cells, the header 5: one cell too many; quote a cell that contains the separator, or delete the separators at the end",
		}, nil},
		{"near names", "unit_id,name,tier,上级单位编码,停用时间,党员人数（人）\nT1,东镇,town,,2027-01-01,31\n", "", [][]string{nil}, []uint32{31}, nil, []string{
			`units.csv:E: the column "停用时间" is not read (values in 1 rows); nearest: active_to (停用日期)`,
		}},
		{"no rows", "unit_id,name,tier\n", "", nil, nil, []string{"units.csv: has a header and no row below it; a registry without units is not put in force"}, nil},
		{"no rows of the catalogue", "unit_id,name,tier\nT1,东镇,town\n", goodCatalogue[:strings.Index(goodCatalogue, "\n")+1], nil, nil, []string{
			"catalogue.csv: has a header and no row below it; a registry without catalogue is not put in force",
		}, nil},
		{"rows that end with a return", "unit_id,name,tier\rT1,东镇,town\r", "", [][]string{nil}, []uint32{0}, nil, nil},
		{"shortened id", "unit_id,name,tier\n4.11103E+11,东镇,town\n", "", nil, nil, []string{
			`units.csv:2: unit_id: "4.11103E+11" in cell A2 is a number that a spreadsheet has shortened; format the column as text and write it again in full`,
		}, nil},
		{"error value", "unit_id,name,tier,parent_id\nT1,东镇,town,#N/A\n", "", nil, nil, []string{"units.csv:2: parent_id: cell D2 has the error value #N/A; correct its formula or write the value"}, nil},
		{"total", "unit_id,name,tier\nT1,东镇,town\n合计,1,\n", "", [][]string{nil}, []uint32{0}, nil, []string{"units.csv:3: totals, notes and signatures are not read, first 合计"}},
		{"commas of an item", "unit_id,name,tier\nT1,东镇,town\n", strings.Replace(goodCatalogue, "due_days\nG1", "due_days,aliases\nG1", 1)[:len(goodCatalogue)+7] + ",收缴、使用\n", [][]string{nil}, []uint32{0}, nil, []string{
			`catalogue.csv:2: aliases: "收缴、使用" is taken for one name; nearest: write | between several`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			files := Files{Units: filepath.Join(folder, "units.csv"), Catalogue: filepath.Join(folder, "catalogue.csv")}
			if test.catalogue == "" {
				test.catalogue = goodCatalogue
			}
			if err := errors.Join(os.WriteFile(files.Units, []byte(test.units), 0o600), os.WriteFile(files.Catalogue, []byte(test.catalogue), 0o600)); err != nil {
				t.Fatal(err)
			}
			aliases, members, problems, remarks := readFiles(t, folder, files)
			if len(test.problems) == 0 {
				if diff := cmp.Diff(test.aliases, aliases); diff != "" {
					t.Errorf("aliases (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(test.members, members); diff != "" {
					t.Errorf("members (-want +got):\n%s", diff)
				}
			}
			if diff := cmp.Diff(test.problems, problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.remarks, remarks); diff != "" {
				t.Errorf("remarks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestASheetThatIsMissedRefusesTheRegistry(t *testing.T) {
	folder := t.TempDir()
	files := Files{Units: filepath.Join(folder, "units.xlsx"), Catalogue: filepath.Join(folder, "catalogue.csv")}
	book := excelize.NewFile()
	if _, err := book.NewSheet("村"); err != nil {
		t.Fatal(err)
	}
	for sheet, rows := range map[string][][]any{"Sheet1": {{"单位编号", "单位名称", "层级"}, {"T1", "东镇", "镇"}}, "村": {{"编码", "单位名称", "层级"}, {"V1", "何庄村", "村"}}} {
		for i, row := range rows {
			if err := book.SetSheetRow(sheet, fmt.Sprint("A", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(book.SaveAs(files.Units), os.WriteFile(files.Catalogue, []byte(goodCatalogue), 0o600)); err != nil {
		t.Fatal(err)
	}
	_, _, problems, _ := readFiles(t, folder, files)
	if len(problems) != 1 || !strings.Contains(problems[0], "units.xlsx:村!1: the sheet is not read: its header lacks unit_id") {
		t.Errorf("problems %q", problems)
	}
}

func TestScores(t *testing.T) {
	percent := "0.0%"
	for name, test := range map[string]struct {
		value any
		style *excelize.Style
		want  uint16
		bad   bool
	}{
		"number":              {95, nil, 9500, false},
		"text":                {"95.5", nil, 9550, false},
		"with its unit":       {"95分", nil, 9500, false},
		"percent of a number": {0.95, &excelize.Style{CustomNumFmt: &percent}, 9500, false},
		"whole":               {1, &excelize.Style{NumFmt: 9}, 10000, false},
		"decimals":            {0.885, &excelize.Style{NumFmt: 10}, 8850, false},
		"percent as text":     {"88%", nil, 8800, false},
		"too great":           {1.5, &excelize.Style{NumFmt: 9}, 0, true},
		"shown as a date":     {95, &excelize.Style{NumFmt: 14}, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			files := Files{Units: filepath.Join(folder, "units.csv"), Catalogue: filepath.Join(folder, "catalogue.csv"), SiteScores: filepath.Join(folder, "s.xlsx")}
			book := excelize.NewFile()
			header := []any{"unit_id", "inspected_on", "venue", "organisation", "operation", "disclosure", "publicity"}
			row := []any{"T1", "2026-06-01", test.value, 90, 90, 90, 90}
			err := errors.Join(book.SetSheetRow("Sheet1", "A1", &header), book.SetSheetRow("Sheet1", "A2", &row))
			if test.style != nil {
				style, styleErr := book.NewStyle(test.style)
				err = errors.Join(err, styleErr, book.SetCellStyle("Sheet1", "C2", "C2", style))
			}
			err = errors.Join(err, book.SaveAs(files.SiteScores), os.WriteFile(files.Units, []byte("unit_id,name,tier,demonstration_since\nT1,东镇,town,2026-01-01\n"), 0o600),
				os.WriteFile(files.Catalogue, []byte(goodCatalogue), 0o600))
			if err != nil {
				t.Fatal(err)
			}
			registry, err := Load(t.Context(), files, time.UTC)
			if test.bad != (err != nil) {
				t.Fatalf("error %v", err)
			}
			if err == nil && registry.SiteScores[0].Venue != test.want {
				t.Errorf("%d hundredths, want %d", registry.SiteScores[0].Venue, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), "Sheet1!2: venue") {
				t.Errorf("%v does not name the cell", err)
			}
		})
	}
}
