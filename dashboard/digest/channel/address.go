package channel

import "regexp"

// Address is where a contact of units.csv can be written to; what is empty is not there.
type Address struct{ Mail, WeCom string }

// What an address looks like within a contact, which people write as they like; the rules of Prometheus read contacts by the same expressions.
var (
	mailAddress  = regexp.MustCompile(`(?:^|[^A-Za-z0-9._%+-])([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)`)
	weComAddress = regexp.MustCompile(`(?:wecom|企业微信) ?[:：] ?([A-Za-z0-9][A-Za-z0-9._-]*)`)
)

// AddressOf finds the addresses in a contact: of mail 张三 zhangsan@yangguang.example, of WeCom a user's id after wecom: or 企业微信：.
func AddressOf(contact string) (found Address) {
	if wecom := weComAddress.FindStringSubmatch(contact); wecom != nil {
		found.WeCom = wecom[1]
	}
	if mail := mailAddress.FindStringSubmatch(contact); mail != nil {
		found.Mail = mail[1]
	}
	return found
}
