package channel

import "testing"

func TestAddressOf(t *testing.T) {
	for contact, want := range map[string]Address{
		"张三 13800000000":                             {},
		"张三 zhang.san@dj.yangguang.example":          {Mail: "zhang.san@dj.yangguang.example"},
		"党建办（dangjian@yangguang.example），李四":         {Mail: "dangjian@yangguang.example"},
		"企业微信：lisi":                                  {WeCom: "lisi"},
		"李四 wecom: li-si_1；邮箱li@yangguang.example":   {WeCom: "li-si_1", Mail: "li@yangguang.example"},
		"<a@yangguang.example>, b@yangguang.example": {Mail: "a@yangguang.example"},
		"a@localhost": {},
	} {
		if got := AddressOf(contact); got != want {
			t.Errorf("%s: %+v", contact, got)
		}
	}
}
