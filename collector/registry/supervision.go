package registry

import (
	"fmt"
	"math"
	"time"

	"yangguang/collector/table"
	"yangguang/queries/model"
)

func calendarColumns() []table.Column {
	return []table.Column{
		{Key: "date", Names: []string{"日期"}, Required: true},
		{Key: "kind", Names: []string{"类别", "类型"}, Required: true},
	}
}

func (l *loader) readCalendar(path string) {
	taken := map[string]row{}
	l.read(path, "calendar", false, calendarColumns(), func(r row) {
		day := model.CalendarDay{Date: r.requiredDate("date"), Kind: r.code("kind", "", calendarKinds())}
		if !day.Date.IsZero() {
			l.claim("date", day.Date.Format(time.DateOnly), taken, r)
		}
		l.registry.Calendar = append(l.registry.Calendar, day)
	})
}

func exemptionColumns() []table.Column {
	return []table.Column{
		{Key: "unit_id", Names: []string{"单位编号", "单位编码"}, Required: true},
		{Key: "item_id", Names: []string{"事项编号", "事项编码"}, Required: true},
		{Key: "from", Names: []string{"起始日期", "开始日期"}},
		{Key: "to", Names: []string{"截止日期", "结束日期"}},
		{Key: "reason", Names: []string{"理由", "原因"}},
		{Key: "approved_by", Names: []string{"批准人", "批准单位"}},
	}
}

func (l *loader) readExemptions(path string) {
	l.read(path, "exemptions", false, exemptionColumns(), func(r row) {
		exemption := model.Exemption{UnitID: r.unit("unit_id", true), ItemID: r.item("item_id", true), Reason: r.text("reason"), ApprovedBy: r.text("approved_by")}
		if exemption.ItemID == "" {
			r.problem("item_id", "", "is required; * means every item")
		}
		exemption.From, exemption.To = r.span("from", "to")
		l.registry.Exemptions = append(l.registry.Exemptions, exemption)
	})
}

func (l *loader) readSiteScores(path string) {
	columns := []table.Column{
		{Key: "unit_id", Names: []string{"单位编号", "示范点编号"}, Required: true},
		{Key: "inspected_on", Names: []string{"检查日期", "评分日期"}, Required: true},
		{Key: "venue", Names: []string{"阵地建设"}, Required: true},
		{Key: "organisation", Names: []string{"组织领导"}, Required: true},
		{Key: "operation", Names: []string{"工作运行"}, Required: true},
		{Key: "disclosure", Names: []string{"信息公开"}, Required: true},
		{Key: "publicity", Names: []string{"宣传氛围"}, Required: true},
		{Key: "inspector", Names: []string{"检查人", "评分人"}},
	}
	taken := map[string]row{}
	l.read(path, "site_scores", false, columns, func(r row) {
		score := model.SiteScore{
			UnitID: r.unit("unit_id", false), InspectedOn: r.requiredDate("inspected_on"), Venue: r.hundredths("venue"), Organisation: r.hundredths("organisation"),
			Operation: r.hundredths("operation"), Disclosure: r.hundredths("disclosure"), Publicity: r.hundredths("publicity"), Inspector: r.text("inspector"),
		}
		if score.UnitID != "" && !score.InspectedOn.IsZero() {
			l.claim("inspected_on", fmt.Sprintf("%s of %s", score.InspectedOn.Format(time.DateOnly), score.UnitID), taken, r)
		}
		l.registry.SiteScores = append(l.registry.SiteScores, score)
	})
}

func (l *loader) readObservations(path string) {
	columns := []table.Column{
		{Key: "site_id", Names: []string{"示范点编号", "示范点"}, Required: true},
		{Key: "visited_on", Names: []string{"观摩日期"}, Required: true},
		{Key: "visitor_id", Names: []string{"观摩单位编号", "观摩单位"}},
		{Key: "attendees", Names: []string{"人数", "观摩人数"}},
	}
	l.read(path, "observations", false, columns, func(r row) {
		visit := model.Observation{SiteID: r.unit("site_id", false), VisitedOn: r.requiredDate("visited_on"), Attendees: uint32(r.number("attendees", math.MaxUint32))}
		if r.text("visitor_id") != "" {
			visit.VisitorID = r.unit("visitor_id", false)
		}
		l.registry.Observations = append(l.registry.Observations, visit)
	})
}

func (l *loader) readNotices(path string) {
	columns := []table.Column{
		{Key: "notice_id", Names: []string{"通报编号"}, Required: true},
		{Key: "issue_no", Names: []string{"期号", "期数"}},
		{Key: "issued_on", Names: []string{"印发日期", "通报日期"}, Required: true},
		{Key: "unit_id", Names: []string{"单位编号", "单位编码"}, Required: true},
		{Key: "item_id", Names: []string{"事项编号", "事项编码"}},
		{Key: "problem", Names: []string{"问题", "存在问题"}},
		{Key: "rectify_by", Names: []string{"整改期限"}},
		{Key: "rectified_on", Names: []string{"整改完成日期", "整改日期"}},
		{Key: "yellow_card", Names: []string{"黄牌"}},
	}
	taken := map[string]row{}
	l.read(path, "notices", false, columns, func(r row) {
		notice := model.Notice{
			ID: r.id("notice_id"), IssueNo: r.text("issue_no"), IssuedOn: r.requiredDate("issued_on"), UnitID: r.unit("unit_id", false), ItemID: r.item("item_id", false),
			Problem: r.text("problem"), RectifyBy: r.date("rectify_by"), RectifiedOn: r.date("rectified_on"), YellowCard: r.yes("yellow_card"),
		}
		r.notBefore("rectify_by", notice.RectifyBy, "issued_on", notice.IssuedOn)
		r.notBefore("rectified_on", notice.RectifiedOn, "issued_on", notice.IssuedOn)
		l.claim("notice_id", notice.ID, taken, r)
		l.registry.Notices = append(l.registry.Notices, notice)
	})
}

func (l *loader) readInstitutions(path string) {
	columns := []table.Column{
		{Key: "unit_id", Names: []string{"单位编号", "单位编码"}, Required: true},
		{Key: "institution", Names: []string{"制度"}, Required: true},
		{Key: "established_on", Names: []string{"建立日期", "制定日期"}, Required: true},
	}
	taken := map[string]row{}
	l.read(path, "institutions", false, columns, func(r row) {
		institution := model.Institution{UnitID: r.unit("unit_id", false), Institution: r.code("institution", "", institutions()), EstablishedOn: r.requiredDate("established_on")}
		if institution.UnitID != "" && institution.Institution != "" {
			l.claim("institution", institution.Institution+" of "+institution.UnitID, taken, r)
		}
		l.registry.Institutions = append(l.registry.Institutions, institution)
	})
}
