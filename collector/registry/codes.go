package registry

import "yangguang/collector/record"

// The vocabularies of SPEC §2, each code with the ways people write it; the first name is the one that is suggested.

func tiers() record.Codes {
	return record.Codes{
		{Code: "committee", Names: []string{"区委", "县委", "市委", "省委", "党委"}},
		{Code: "discipline", Names: []string{"纪检机关"}},
		{Code: "organ", Names: []string{"区直单位", "县直单位", "市直单位", "省直单位"}},
		{Code: "town", Names: []string{"镇", "乡", "乡镇"}},
		{Code: "subdistrict", Names: []string{"街道"}},
		{Code: "village", Names: []string{"村"}},
		{Code: "community", Names: []string{"社区"}},
	}
}

func programmes() record.Codes {
	return record.Codes{
		{Code: "party", Names: []string{"阳光党务", "党务"}},
		{Code: "government", Names: []string{"阳光政务", "政务"}},
		{Code: "village", Names: []string{"阳光村务", "村务"}},
		{Code: "judicial", Names: []string{"阳光司法", "司法"}},
		{Code: "livelihood", Names: []string{"阳光民生", "民生"}},
	}
}

func catalogues() record.Codes {
	return record.Codes{
		{Code: "committee", Names: []string{"党委", "区委", "党委“6+1”", "党委6+1"}},
		{Code: "grassroots", Names: []string{"基层", "基层党组织", "基层“7+1”", "基层7+1"}},
		{Code: "discipline", Names: []string{"纪检", "纪检机关", "纪检7项"}},
	}
}

func focuses() record.Codes {
	return record.Codes{
		{Code: "political_life", Names: []string{"党内政治生活"}},
		{Code: "personnel", Names: []string{"干部选拔任用"}},
		{Code: "integrity", Names: []string{"党风廉政建设"}},
	}
}

func classes() record.Codes {
	return record.Codes{
		{Code: "essential", Names: []string{"重点"}},
		{Code: "obligatory", Names: []string{"必须", "应当"}},
		{Code: "recommended", Names: []string{"提倡", "鼓励"}},
	}
}

func cadences() record.Codes {
	return record.Codes{
		{Code: "standing", Names: []string{"长期"}},
		{Code: "annual", Names: []string{"每年", "年", "年度"}},
		{Code: "semiannual", Names: []string{"每半年", "半年", "半年度"}},
		{Code: "quarterly", Names: []string{"每季度", "季度", "每季", "季"}},
		{Code: "monthly", Names: []string{"每月", "月", "月度"}},
		{Code: "event", Names: []string{"随时"}},
	}
}

func dayKinds() record.Codes {
	return record.Codes{{Code: "natural", Names: []string{"自然日"}}, {Code: "working", Names: []string{"工作日"}}}
}

func notBefores() record.Codes {
	return record.Codes{
		{Code: "start", Names: []string{"期初"}},
		{Code: "end", Names: []string{"期末"}},
		{Code: "any", Names: []string{"不限"}},
	}
}

func nilReturns() record.Codes {
	return record.Codes{
		{Code: "monthly", Names: []string{"每月", "月", "月度"}},
		{Code: "quarterly", Names: []string{"每季度", "季度", "每季", "季"}},
	}
}

func calendarKinds() record.Codes {
	return record.Codes{
		{Code: "holiday", Names: []string{"节假日", "假日", "放假"}},
		{Code: "workday", Names: []string{"工作日", "上班", "调休上班"}},
	}
}

func institutions() record.Codes {
	return record.Codes{
		{Code: "study", Names: []string{"学习制度", "学习"}},
		{Code: "publicity", Names: []string{"宣传制度", "宣传"}},
		{Code: "assessment", Names: []string{"考评制度", "考核制度", "考核", "考评"}},
		{Code: "disclosure", Names: []string{"公开制度", "信息公开制度", "信息公开"}},
		{Code: "meeting", Names: []string{"例会制度", "工作例会制度", "工作例会", "例会"}},
	}
}
