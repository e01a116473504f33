package registry

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"yangguang/queries/model"
)

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// write makes the registry files in a directory of their own, named after the keys of the configuration.
func write(t *testing.T, contents map[string]string) (files Files, folder string) {
	t.Helper()
	folder = t.TempDir()
	paths := map[string]*string{
		"units": &files.Units, "catalogue": &files.Catalogue, "calendar": &files.Calendar, "exemptions": &files.Exemptions,
		"site_scores": &files.SiteScores, "observations": &files.Observations, "notices": &files.Notices, "institutions": &files.Institutions,
	}
	for name, content := range contents {
		path := filepath.Join(folder, name+".csv")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		*paths[name] = path
	}
	return files, folder + string(filepath.Separator)
}

func sample() map[string]string {
	return map[string]string{
		"units": "unit_id,name,tier,parent_id,members,aliases,contact,demonstration_since,stars,active_from,active_to\n" +
			"C1,区委,committee,,40,,,,,,\nT1,孟庙镇,town,C1,120,孟庙|孟庙镇党委,张三,2024-05-01,3,,\nV1,张庄村委会,village,T1,30,,,,,2020-01-01,9999-12-31\n",
		"catalogue": "item_id,name,programme,catalogue,tiers,focus,class,scope,channels,cadence,due_days,day_kind,display_days,not_before,valid_from,valid_to,legal_basis,aliases,最少字数\n" +
			"G1,党费收缴,,grassroots,town|village,integrity,essential,society|party,,quarterly,10,working,,,2024-01-01,,条例,党费,60\n" +
			"G2,组织架构,government,grassroots,town,,obligatory,,website,standing,,,7,any,2024-01-01,2026-12-31,,,\n",
	}
}

func TestLoad(t *testing.T) {
	contents := sample()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("日期,类别\n2026/10/1,节假日\n2026年10月10日,上班\n")
	if err != nil {
		t.Fatal(err)
	}
	contents["calendar"] = gb
	contents["exemptions"] = "unit_id,item_id,from,to,reason,approved_by\nV1,*,2026-01-01,,机构改革,区委办\n*,G1,,2025-12-31,,\n"
	contents["site_scores"] = "单位编号,检查日期,阵地建设,组织领导,工作运行,信息公开,宣传氛围,检查人\nT1,2026-03-20,99.5,91,100,0,62.25,督导组\n"
	contents["observations"] = "site_id,visited_on,visitor_id,attendees\nT1,2026-04-02,C1,12\n"
	contents["notices"] = "通报编号,期号,印发日期,单位编号,事项编号,问题,整改期限,整改完成日期,黄牌\nN1,1,2026-01-10,T1,G1,不及时,2026-02-10,,是\nN2,1,2026-01-10,V1,,不及时,,2026-01-11,否\n"
	contents["institutions"] = "单位编号,制度,建立日期\nT1,学习制度,2025-02-01\nT1,meeting,2025-02-01\n"
	files, _ := write(t, contents)
	got, err := Load(t.Context(), files, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	want := model.Registry{
		Units: []model.Unit{
			{ID: "C1", Name: "区委", Tier: "committee", Members: 40},
			{ID: "T1", Name: "孟庙镇", Tier: "town", ParentID: "C1", Members: 120, Aliases: []string{"孟庙", "孟庙镇党委"}, Contact: "张三", DemonstrationSince: day(2024, 5, 1), Stars: 3},
			{ID: "V1", Name: "张庄村委会", Tier: "village", ParentID: "T1", Members: 30, ActiveFrom: day(2020, 1, 1)},
		},
		Items: []model.Item{
			{
				ID: "G1", Name: "党费收缴", Programme: "party", Catalogue: "grassroots", Tiers: []string{"town", "village"}, Focus: "integrity", Class: "essential",
				Scopes: []string{"society", "party"}, Cadence: "quarterly", DueDays: 10, DayKind: "working", MinChars: 60, NotBefore: "start", ValidFrom: day(2024, 1, 1), LegalBasis: "条例", Aliases: []string{"党费"},
			},
			{
				ID: "G2", Name: "组织架构", Programme: "government", Catalogue: "grassroots", Tiers: []string{"town"}, Class: "obligatory", Channels: []string{"website"},
				Cadence: "standing", DayKind: "natural", DisplayDays: 7, NotBefore: "any", ValidFrom: day(2024, 1, 1), ValidTo: day(2026, 12, 31),
			},
		},
		Calendar:     []model.CalendarDay{{Date: day(2026, 10, 1), Kind: "holiday"}, {Date: day(2026, 10, 10), Kind: "workday"}},
		Exemptions:   []model.Exemption{{UnitID: "V1", ItemID: "*", From: day(2026, 1, 1), Reason: "机构改革", ApprovedBy: "区委办"}, {UnitID: "*", ItemID: "G1", To: day(2025, 12, 31)}},
		SiteScores:   []model.SiteScore{{UnitID: "T1", InspectedOn: day(2026, 3, 20), Venue: 9950, Organisation: 9100, Operation: 10000, Publicity: 6225, Inspector: "督导组"}},
		Observations: []model.Observation{{SiteID: "T1", VisitedOn: day(2026, 4, 2), VisitorID: "C1", Attendees: 12}},
		Notices: []model.Notice{
			{ID: "N1", IssueNo: "1", IssuedOn: day(2026, 1, 10), UnitID: "T1", ItemID: "G1", Problem: "不及时", RectifyBy: day(2026, 2, 10), YellowCard: true},
			{ID: "N2", IssueNo: "1", IssuedOn: day(2026, 1, 10), UnitID: "V1", Problem: "不及时", RectifiedOn: day(2026, 1, 11)},
		},
		Institutions: []model.Institution{{UnitID: "T1", Institution: "study", EstablishedOn: day(2025, 2, 1)}, {UnitID: "T1", Institution: "meeting", EstablishedOn: day(2025, 2, 1)}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("registry (-want +got):\n%s", diff)
	}
}

func TestProblems(t *testing.T) {
	const unitHeader = "unit_id,name,tier,parent_id,members,aliases,stars,active_from,active_to\n"
	const itemHeader = "item_id,name,catalogue,tiers,class,cadence,due_days,valid_from,aliases,scope\n"
	tests := []struct {
		name, file, content string
		want                []string
	}{
		{"unknown tier and parent", "units", unitHeader + "C1,区委,committee,,,,,,\nO1,交通局,区直,X,,,,,\n", []string{
			`units.csv:3: tier: "区直" is unknown; one of committee (区委), discipline (纪检机关), organ (区直单位), town (镇), subdistrict (街道), village (村), community (社区); the nearest is organ (区直单位)`,
			`units.csv:3: parent_id: "X" is not a unit_id of this file`,
		}},
		{"duplicate id", "units", unitHeader + "C1,区委,committee,,,,,,\nＣ1,区纪委,discipline,,,,,,\n", []string{`units.csv:3: unit_id: "C1" is there twice, first at 2`}},
		{"circle", "units", unitHeader + "A,甲,town,B,,,,,\nB,乙,town,C,,,,,\nC,丙,town,B,,,,,\n", []string{`units.csv:3: parent_id: "C" makes a circle: B → C → B`}},
		{"its own parent", "units", unitHeader + "A,甲,town,A,,,,,\n", []string{`units.csv:2: parent_id: "A" makes a circle: A → A`}},
		{"numbers and days", "units", unitHeader + "A,甲,town,,-1,,6,2026-02-01,2026-01-31\nB,乙,town,,很多,,,2026-02-30,\n", []string{
			`units.csv:2: members: "-1" is not a whole number from 0 to 4294967295`,
			`units.csv:2: stars: "6" is not a whole number from 0 to 5`,
			`units.csv:2: active_to: "2026-01-31" is before active_from, 2026-02-01`,
			`units.csv:3: members: "很多" is not a whole number from 0 to 4294967295`,
			`units.csv:3: active_from: "2026-02-30" is a day that does not exist`,
		}},
		{"nothing given", "units", unitHeader + ",,,,12,,,,\n*,全部,town,,,,,,\n", []string{
			"units.csv:2: unit_id: is required", "units.csv:2: name: is required", "units.csv:2: tier: is required",
			`units.csv:3: unit_id: "*" stands for every one; choose another id`,
		}},
		{"aliases clash", "units", unitHeader + "A,甲,town,,,同名,,,\nB,乙,town,,,同名|甲,,,\n", []string{
			`units.csv:3: aliases: "同名" also means A 甲, under the same parent`, `units.csv:3: aliases: "甲" also means A 甲, under the same parent`,
		}},
		{"shared names are fine", "units", unitHeader + "A,甲,town,,,,,,\nB,乙,town,,,,,,\nC,张庄村委会,village,A,,老庄,,,\nD,张庄村民委员会,village,B,,老庄,,,\n", nil},
		{"too many cells", "units", "unit_id,name,tier\nA,甲,town,x\n", []string{`units.csv:2: the row has 4 cells, the header only 3: cell D has "x"; quote cells that contain the separator`}},
		{"column missing", "units", "unit_id,name\nA,甲\n", []string{"units.csv:1: the header lacks tier (层级); it must have the columns unit_id (单位编号), name (单位名称), tier (层级)"}},
		{"catalogue", "catalogue", itemHeader + "G1,党费,grassroots,town|省,重要,weekly,4000,,,\nG2,架构,grassroots,,essential,standing,,,,全网\nG3,换届,grassroots,town,essential,event,,,,\n", []string{
			`catalogue.csv:2: tiers: "省" is unknown; one of committee (区委), discipline (纪检机关), organ (区直单位), town (镇), subdistrict (街道), village (村), community (社区)`,
			`catalogue.csv:2: class: "重要" is unknown; one of essential (重点), obligatory (必须), recommended (提倡); the nearest is essential (重点)`,
			`catalogue.csv:2: cadence: "weekly" is unknown; one of standing (长期), annual (每年), semiannual (每半年), quarterly (每季度), monthly (每月), event (随时)`,
			`catalogue.csv:2: due_days: "4000" is not a whole number from 0 to 3650`,
			`catalogue.csv:3: scope: "全网" is unknown; one of society (社会公开), party (党内公开), unit (单位公开), designated (特定范围)`,
			"catalogue.csv:3: tiers: is required: who owes the item",
			"catalogue.csv:3: valid_from: is required for a standing item: its due day counts from there",
			"catalogue.csv:4: due_days: is required; 0 means the day itself",
		}},
		{"nil returns", "catalogue", "item_id,name,catalogue,tiers,class,cadence,due_days,零报告\nG1,党费,grassroots,town,essential,monthly,1,每月\nG2,换届,grassroots,town,essential,event,1,每周\nG3,任免,grassroots,town,essential,event,1,季度\n", []string{
			`catalogue.csv:2: nil_return: "每月" is only for an item of cadence event (随时); an item of another cadence owes a record for each period anyway: leave it empty`,
			`catalogue.csv:3: nil_return: "每周" is unknown; one of monthly (每月), quarterly (每季度); the nearest is monthly (每月)`,
		}},
		{"item names clash", "catalogue", itemHeader + "G1,党费,grassroots,town,essential,monthly,1,,第1项,\nG2,党费,grassroots,town,essential,monthly,1,,第1项|G1,\n", []string{
			`catalogue.csv:3: name: "党费" also means G1 党费`, `catalogue.csv:3: aliases: "第1项" also means G1 党费`, `catalogue.csv:3: aliases: "G1" also means G1 党费`,
		}},
		{"calendar", "calendar", "date,kind\n2026-10-01,holiday\n2026/10/1,workday\n,holiday\n2026-10-02,\n", []string{
			`calendar.csv:3: date: "2026-10-01" is there twice, first at 2`, "calendar.csv:4: date: is required", "calendar.csv:5: kind: is required",
		}},
		{"exemptions", "exemptions", "unit_id,item_id,from,to\nX,G1,,\nT1,Y,2026-02-01,2026-01-01\n*,,,\n", []string{
			`exemptions.csv:2: unit_id: "X" is not a unit_id of the units file, nor * (every one)`,
			`exemptions.csv:3: item_id: "Y" is not an item_id of the catalogue, nor * (every one)`,
			`exemptions.csv:3: to: "2026-01-01" is before from, 2026-02-01`,
			"exemptions.csv:4: item_id: is required; * means every item",
		}},
		{"site scores", "site_scores", "unit_id,inspected_on,venue,organisation,operation,disclosure,publicity\nT1,2026-01-01,100.01,99.123,-1,1e1,\nT1,2026-01-01,1,1,1,1,1\n", []string{
			`site_scores.csv:2: venue: "100.01" is not a score from 0 to 100 with at most two decimals`,
			`site_scores.csv:2: organisation: "99.123" is not a score from 0 to 100 with at most two decimals`,
			`site_scores.csv:2: operation: "-1" is not a score from 0 to 100 with at most two decimals`,
			`site_scores.csv:2: disclosure: "1e1" is not a score from 0 to 100 with at most two decimals`,
			"site_scores.csv:2: publicity: is required",
			`site_scores.csv:3: inspected_on: "2026-01-01 of T1" is there twice, first at 2`,
		}},
		{"notices", "notices", "notice_id,issued_on,unit_id,item_id,rectify_by,rectified_on,yellow_card\nN1,2026-01-10,*,*,2026-01-09,2026-01-09,可能\nN1,2026-01-10,T1,,,,\n", []string{
			`notices.csv:2: unit_id: "*" is not a unit_id of the units file`,
			`notices.csv:2: item_id: "*" is not an item_id of the catalogue`,
			`notices.csv:2: yellow_card: "可能" is neither yes nor no; write 1, true, yes or 是, and 0, false, no, 否 or nothing`,
			`notices.csv:2: rectify_by: "2026-01-09" is before issued_on, 2026-01-10`,
			`notices.csv:2: rectified_on: "2026-01-09" is before issued_on, 2026-01-10`,
			`notices.csv:3: notice_id: "N1" is there twice, first at 2`,
		}},
		{"observations", "observations", "site_id,visited_on,visitor_id,attendees\nT9,2026-04-02,C9,1.5\n", []string{
			`observations.csv:2: site_id: "T9" is not a unit_id of the units file`,
			`observations.csv:2: attendees: "1.5" is not a whole number from 0 to 4294967295`,
			`observations.csv:2: visitor_id: "C9" is not a unit_id of the units file`,
		}},
		{"institutions", "institutions", "unit_id,institution,established_on\nT1,study,2025-02-01\nT1,学习,2025-03-01\nT1,食堂,\n", []string{
			`institutions.csv:3: institution: "study of T1" is there twice, first at 2`,
			`institutions.csv:4: institution: "食堂" is unknown; one of study (学习制度), publicity (宣传制度), assessment (考评制度), disclosure (公开制度), meeting (例会制度)`,
			"institutions.csv:4: established_on: is required",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			contents := sample()
			contents[test.file] = test.content
			files, folder := write(t, contents)
			_, err := Load(t.Context(), files, time.UTC)
			var got []string
			var problems Problems
			if errors.As(err, &problems) {
				got = strings.Split(strings.ReplaceAll(problems.Error(), folder, ""), "\n")
			} else if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProblemsOfSeveralFilesAreSorted(t *testing.T) {
	contents := sample()
	contents["units"] += "X,多,村级,,,,,,,,\n"
	contents["calendar"] = "date,kind\nx,holiday\n"
	files, folder := write(t, contents)
	files.Catalogue = ""
	files.Notices = filepath.Join(folder, "none.csv")
	_, err := Load(t.Context(), files, time.UTC)
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("%v, want Problems", err)
	}
	got := make([]string, len(problems))
	for i, problem := range problems {
		got[i] = filepath.Base(problem.File) + " " + problem.Field
	}
	if diff := cmp.Diff([]string{"catalogue ", "units.csv tier", "calendar.csv date", "none.csv "}, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}
