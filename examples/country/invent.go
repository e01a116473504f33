package country

// Invented countries have the shape of China: on average 333/31 cities a province, 2,978/333 districts a city, 41,352/2,978 towns a
// district, 620,573/41,352 villages and communities a town. Codes are built like China's but begin with a letter.

// mostProvinces bounds invented countries: about 2.4 million units.
const mostProvinces = 89

// invent appends provinces until the tree is full.
func (t *tree) invent(seed uint64, organs int) {
	for p := 0; p < mostProvinces && !t.full(); p++ {
		id := "X" + twoDigits(p+11)
		c := chanceOf(seed, keyOf(id))
		name := placeName(0, p)
		at := t.addProvince(id, name+"省")
		offset := c.below(places)
		cities := c.between(6, 15)
		if p == 0 {
			cities = 11
		}
		for n := 0; n < cities && !t.full(); n++ {
			t.inventCity(seed, id, n, placeName(offset, n), at, organs)
		}
	}
}

func (t *tree) inventCity(seed uint64, province string, n int, name string, parent, organs int) {
	id := province + twoDigits(n+1)
	c := chanceOf(seed, keyOf(id))
	t.beginFile(province, id)
	at := t.add(id, "中共"+name+"市委员会", committee, parent)
	offset := c.below(places)
	for d := range c.between(6, 12) {
		t.inventDistrict(seed, id+twoDigits(d+1), name+"市", placeName(offset, d), at, organs)
	}
}

func (t *tree) inventDistrict(seed uint64, id, city, name string, parent, organs int) {
	c := chanceOf(seed, keyOf(id))
	at := t.addDistrict(id, city, name+oneOf(&c, []string{"区", "区", "县", "县", "市"}), organs, parent)
	offset := c.below(places)
	towns := c.between(8, 20)
	if id == firstDistrict {
		towns = 13
	}
	urban := c.between(1, 5)
	for n := range towns {
		if t.full() {
			return
		}
		if n < urban {
			t.inventTown(seed, id+threeDigits(n+1), placeName(offset, n)+"街道", subdistrict, at, n)
		} else {
			t.inventTown(seed, id+threeDigits(100+n-urban), placeName(offset, n)+oneOf(&c, []string{"镇", "镇", "镇", "乡"}), town, at, n)
		}
	}
}

// firstDistrict has 211 towns and villages, so that 275 units, of which 60 organs, are just one district.
const firstDistrict = "X110101"

func (t *tree) inventTown(seed uint64, id, name string, tier tier, parent, n int) {
	c := chanceOf(seed, keyOf(id))
	at := t.add(id, name, tier, parent)
	offset := c.below(villageNames)
	count := c.between(6, 24)
	if id[:len(firstDistrict)] == firstDistrict {
		count = 15
		if n < 3 {
			count++
		}
	}
	for v := range count {
		if t.full() {
			return
		}
		if c.happens(.08) || tier == subdistrict && c.happens(.8) {
			t.add(id+threeDigits(v+1), placeName(offset, v)+"社区", community, at)
		} else {
			t.add(id+threeDigits(v+200), villageName(offset, v), village, at)
		}
	}
}

// places is how many names placeName can give; n from 0 up to it gives each once.
const places = 24 * 24

func placeName(offset, n int) string {
	at := (offset + 35*n) % places
	first := []rune("云青临长永新平清金玉龙凤海东西南北中和景嘉华文广")
	second := []rune("川陵阳泉州原溪山城江湖宁安丰源泽岭台桥林康远昌浦")
	return string(first[at%24]) + string(second[at/24])
}

const villageNames = 48 * 10

func villageName(offset, n int) string {
	at := (offset + 77*n) % villageNames
	families := []rune("张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁")
	return string(families[at%48]) + string([]rune("庄家店湾营沟楼桥屯寨")[at/48]) + "村"
}

// organName names a district's n-th organ, from 0.
func organName(n int) string {
	names := [...]string{
		"委办公室", "委组织部", "委宣传部", "委统战部", "委政法委", "委网信办", "委编办", "委巡察办", "委党校", "委老干部局", "人大机关", "政府办公室", "政协机关",
		"发展和改革委员会", "教育体育局", "科技局", "工业和信息化局", "民族宗教事务局", "公安局", "民政局", "司法局", "财政局", "人力资源和社会保障局", "自然资源局",
		"生态环境分局", "住房和城乡建设局", "交通运输局", "水利局", "农业农村局", "商务局", "文化广电和旅游局", "卫生健康委员会", "退役军人事务局", "应急管理局",
		"审计局", "市场监督管理局", "统计局", "医疗保障局", "乡村振兴局", "信访局", "城市管理局", "行政审批局", "林业局", "机关事务服务中心", "档案馆", "融媒体中心",
		"供销合作社", "总工会", "团委", "妇女联合会", "工商业联合会", "残疾人联合会", "科学技术协会", "文学艺术界联合会", "红十字会", "法院", "检察院", "税务局", "气象局",
		"消防救援大队",
	}
	if n < len(names) {
		return names[n]
	}
	return "第" + threeDigits(n-len(names)+1) + "办公室"
}
