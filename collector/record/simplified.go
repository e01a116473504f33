package record

import "strings"

// traditional are characters of names and codes in their traditional and simplified forms, pair by pair. The list has what stands in names
// of places, bodies and disclosures; a full conversion needs words and is not wanted here.
const traditional = "區区縣县鎮镇鄉乡莊庄黨党務务財财會会員员處处組组織织紀纪檢检監监壇坛門门開开關关發发佈布報报網网號号號号眾众衆众羣群訊讯" +
	"衛卫計计劃划設设農农業业經经濟济貿贸商商電电氣气環环護护資资產产國国土土規规劃划建建築筑築筑運运輸输鐵铁路路橋桥隊队團团體体育育" +
	"學学校校師师醫医療疗藥药婦妇聯联華华東东陽阳陰阴龍龙鳳凤馬马鳥鸟魚鱼龜龟樹树林林葉叶楊杨陳陈張张劉刘趙赵鄭郑許许吳吴孫孙" +
	"鄧邓馮冯蔣蒋韓韩蘇苏盧卢閻阎賈贾鄒邹嚴严賀贺龔龚譚谭鐘钟鍾钟範范萬万錢钱湯汤黃黄葛葛顧顾賴赖莊庄簡简豐丰廟庙廠厂廣广廳厅" +
	"莊庄彎弯灣湾溝沟澗涧澤泽滿满漢汉淵渊淺浅濱滨濕湿灘滩灤滦潁颍漯漯郾郾崗岗嶺岭嶽岳島岛峽峡溪溪裡里裏里後后從从復复徵征德德" +
	"總总統统級级線线給给約约續续繳缴紅红純纯終终結结絡络經经綜综綠绿維维績绩編编緊紧縣县繼继續续織织羅罗罰罚聖圣聲声職职肅肃" +
	"腦脑膠胶臨临興兴舉举舊旧舖铺艦舰藝艺薦荐藍蓝蘭兰處处蟲虫衝冲補补裝装製制複复見见觀观視视覺觉覽览記记計计訂订認认討讨訓训" +
	"託托設设許许訴诉診诊註注評评詞词試试詢询該该詳详誌志認认誠诚話话語语説说說说誰谁課课調调談谈請请論论證证識识譜谱議议護护讀读" +
	"變变讓让豬猪貝贝負负貢贡貧贫貨货責责貫贯費费貼贴買买貸贷賀贺賓宾賞赏賠赔賣卖質质贈赠贊赞車车軍军軟软輔辅輝辉輕轻輪轮轄辖辦办" +
	"農农週周進进遊游運运過过達达違违遠远適适遷迁選选遺遗還还邊边郵邮鄰邻醫医釋释針针鈴铃銀银銅铜銷销鋒锋鋼钢錄录錦锦鍋锅鎖锁鏡镜" +
	"長长閃闪閉闭間间閣阁閱阅陸陆陣阵階阶際际隨随險险隱隐雙双雜杂離离難难雲云電电靈灵靜静順顺預预領领頭头題题顏颜額额願愿類类" +
	"風风飛飞飯饭飲饮飼饲養养餘余館馆驗验驅驱髮发鬆松鬥斗麥麦點点齊齐齡龄臺台颱台個个們们倉仓備备傳传價价億亿優优儲储內内兩两冊册" +
	"凍冻則则剛刚創创劇剧劑剂勝胜勞劳勢势勳勋匯汇協协單单厲厉參参雙双吏吏員员問问啟启喪丧喬乔單单嘗尝圍围園园圓圆圖图執执場场塊块" +
	"塔塔塵尘墊垫壓压壩坝壯壮壽寿夠够夢梦夾夹奪夺奮奋姐姐娛娱婦妇孫孙寧宁實实審审寫写寬宽寶宝將将專专尋寻對对導导屆届屬属層层嶄崭" +
	"帥帅師师帳帐帶带幣币幫帮幹干幾几庫库廉廉廢废彙汇彈弹徑径徹彻恆恒態态慶庆慮虑憲宪應应懷怀戰战戲戏戶户拋抛挾挟捨舍掃扫採采換换" +
	"揚扬損损搶抢擇择擊击擔担據据擬拟擴扩擾扰攜携收收敗败敵敌數数斷断於于時时晉晋暫暂曆历書书術术機机權权條条來来極极構构標标樓楼" +
	"樣样橫横檔档檯台歡欢歲岁歷历歸归殘残殺杀殼壳氈毡沒没決决況况淨净減减測测湧涌準准溫温滅灭滯滞漁渔潔洁潤润濃浓灑洒災灾為为無无" +
	"煙烟煉炼營营爐炉爭争爾尔牆墙狀状獎奖獨独獲获獻献現现環环璽玺甦苏產产畢毕畫画異异當当疊叠療疗癥症發发皺皱盤盘盡尽盜盗監监眞真" +
	"礦矿碼码確确禮礼禍祸秘秘稅税種种稱称積积穩稳窮穷竊窃競竞筆笔節节築筑簽签籌筹籃篮糧粮糾纠"

var toSimplified = func() *strings.Replacer {
	var pairs []string
	known := map[rune]bool{}
	letters := []rune(traditional)
	for i := 0; i+1 < len(letters); i += 2 {
		if !known[letters[i]] && letters[i] != letters[i+1] {
			known[letters[i]] = true
			pairs = append(pairs, string(letters[i]), string(letters[i+1]))
		}
	}
	return strings.NewReplacer(pairs...)
}()

// Simplified writes the traditional characters that it knows in their simplified forms.
func Simplified(text string) string { return toSimplified.Replace(text) }
