package patrol

import "strings"

// phrase is what a page says instead of showing what was asked for.
type phrase struct {
	text string // squeezed
	most int    // it counts on a page of at most so many runes; in a title or heading it always does
}

// gonePhrases are said of what does not exist or was deleted. The shorter ones are said in texts about other things too, and count only where hardly
// anything else is.
func gonePhrases() []phrase {
	var phrases []phrase
	for _, text := range []string{
		"该内容已被发布者删除", "此内容已被发布者删除", "此内容因违规无法查看", "此内容发送失败无法查看", "该文章已被发布者删除", "此账号已自主注销", "该公众号已注销", "此账号已被屏蔽",
		"页面不存在", "网页不存在", "页面没有找到", "页面未找到", "页面找不到", "页面无法找到", "找不到页面", "找不到网页", "找不到该页", "无法找到该页", "找不到您要的页面", "找不到您访问的页面", "未找到页面",
		"页面已删除", "页面已被删除", "页面已失效", "页面被外星人", "内容不存在", "文章不存在", "信息不存在", "稿件不存在", "文章已被删除", "文章已删除", "文章已下线", "信息已被删除", "信息已删除", "内容已被删除", "内容已删除", "内容已下线",
		"您访问的页面不存在", "您查看的内容不存在", "找不到文件或目录", "文件不存在", "附件不存在", "文件已被删除", "404错误", "错误404", "404notfound", "http404", "error404",
		"pagenotfound", "filenotfound", "notfoundonthisserver", "pagecannotbefound", "pagecan'tbefound", "pagedoesnotexist", "pagedoesn'texist", "pagenolongerexists", "nolongeravailable", "articlenotfound",
		"contenthasbeenremoved", "contentwasdeleted", "hasbeendeletedbyitsauthor",
	} {
		phrases = append(phrases, phrase{text, 400})
	}
	for _, text := range []string{"已被删除", "已删除", "已下线", "已失效", "不存在", "notfound", "doesnotexist", "hasbeenremoved", "404"} {
		phrases = append(phrases, phrase{text, 80})
	}
	return phrases
}

// signInPhrases are said where one must sign in.
func signInPhrases() []string {
	return []string{"登录", "登陆", "统一身份认证", "请先登录", "用户名", "signin", "login", "logon"}
}

// guardPhrases are said by what keeps programs out: what is behind it is not known.
func guardPhrases() []string {
	return []string{
		"环境异常", "完成验证后即可", "安全验证", "人机验证", "访问验证", "访问过于频繁", "请求过于频繁", "操作频繁", "拖动滑块", "justamoment", "checkingyourbrowser", "verifyyouarehuman", "areyouarobot",
		"enablejavascript", "开启javascript", "启用javascript",
	}
}

var (
	gone   = gonePhrases()
	signIn = signInPhrases()
	guards = guardPhrases()
)

// saysGone is what of a page says that there is nothing; empty: nothing does. anywhere: however much else it shows.
func (p *page) saysGone(anywhere bool) string {
	length := p.length()
	for _, said := range gone {
		if said.most > 100 && strings.Contains(p.title, said.text) && len([]rune(p.title)) < 60 {
			return said.text
		}
		if (length <= said.most || anywhere && said.most > 100) && strings.Contains(p.text, said.text) {
			return said.text
		}
	}
	return ""
}

// guardedBy is what of a page says that programs are kept out; empty: nothing does.
func (p *page) guardedBy() string {
	if p.length() > 300 {
		return ""
	}
	for _, said := range guards {
		if strings.Contains(p.text, said) || strings.Contains(p.title, said) {
			return said
		}
	}
	return ""
}

// fewWords is how many runes a form to sign in has around it at most.
const fewWords = 600

// signsIn reports whether a page is a form to sign in: it asks for a password, and for nothing else of weight. Sites have such a form beside what they show.
func (p *page) signsIn() bool {
	if !p.password {
		return false
	}
	for _, said := range signIn {
		if strings.Contains(p.title, said) {
			return true
		}
	}
	return p.length() <= fewWords
}
