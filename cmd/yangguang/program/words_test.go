package program

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/alecthomas/kong"

	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/queries/model"
)

// TestHelpInBothLanguages walks every command, argument and flag, hidden ones too.
func TestHelpInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"zh", "en"} {
		printer := terminal.Bundle().Printer(language)
		var line commandLine
		parser, err := kong.New(&line, kong.Vars{"version": build.Version}, describedIn(printer))
		if err != nil {
			t.Fatal(err)
		}
		check := func(what, text string) {
			han := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
			if text == "" || strings.Contains(text, "⟦") || language == "zh" && !han {
				t.Errorf("%s: %s is described as %q", language, what, text)
			}
		}
		check("the program", parser.Model.Help)
		for _, flag := range parser.Model.Flags {
			check("--"+flag.Name, flag.Help)
		}
		for _, command := range parser.Model.Children {
			check(command.Name, command.Help)
			for _, flag := range command.Flags {
				check(command.Name+" --"+flag.Name, flag.Help)
			}
			for _, argument := range command.Positional {
				check(command.Name+" <"+argument.Name+">", argument.Help)
			}
		}
		for _, report := range model.Reports() {
			check("report "+report.Name, printer.T("help.report."+report.Name))
		}
		for _, variable := range config.Variables {
			check(variable, printer.T("help.variable."+variable))
		}
	}
}

// TestMistakesInChinese makes mistakes on the command line and in the configuration. None of these needs the database.
func TestMistakesInChinese(t *testing.T) {
	directory := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(directory, name)
		filetest.Write(t, path, text)
		return path
	}
	const registry = "language: zh\nregistry: {units: units.csv, catalogue: catalogue.csv}\n"
	good := file("good.yaml", registry)
	for _, test := range []struct {
		arguments []string
		want      []string
	}{
		{[]string{"export", "ranking", "--config", good, "--nonsense"}, []string{"没有选项 --nonsense", "运行 yangguang --help 查看全部命令。"}},
		{[]string{"export", "ranking", "--config", good, "--grup", "x"}, []string{"没有选项 --grup，是否要写"}},
		{[]string{"exprot", "--config", good}, []string{`没有 exprot，是否要写 "export"？`}},
		{[]string{"export", "--config", good}, []string{`缺少参数 "<report>"`}},
		{[]string{"export", "nothing", "--config", good}, []string{`report: "nothing" 不对；应为其一：ranking、obligations、`}},
		{[]string{"export", "ranking", "--config", good, "--as-of", "2026-02-30"}, []string{`as_of: "2026-02-30" 不对；应为日期，写成 2026-07-01`}},
		{[]string{"export", "ranking", "--config", good, "--compare", "month"}, []string{`compare: "month" 不对；应为其一：previous、year`}},
		{[]string{"try", "a", "--config", good, "--limit", "viele"}, []string{"应为整数"}},
		{[]string{"try", "a", "--config", good, "--format", "xml"}, []string{"应为其一：", "xml"}},
		{[]string{"digest", "--config", good, "--dry-run", "--status"}, []string{"--dry-run 和 --status 不能同时使用"}},
		{[]string{"digest", "--config", good}, []string{"一个也没有；见 docs/operations.md"}},
		{[]string{"freeze", "--config", good}, []string{"没有写名称，例如：yangguang freeze 2026年第三季度"}},
		{[]string{"freeze", "a", "--list", "--config", good}, []string{"freeze --list 不写名称"}},
		{[]string{"freeze", "a", "--copy", "b", "--config", good}, []string{"--copy 须与 --verify 同用"}},
		{[]string{"freeze", "a", "--verify", "--from", "2026-01-01", "--config", good}, []string{"--from 只用于新的定稿；已定稿的沿用定稿时的"}},
		{[]string{"collect", "--accept", "--config", good}, []string{"应写明认可哪些数据来源"}},
		{[]string{"check", "--config", file("unknown.yaml", registry+"colour: red\n")}, []string{"unknown.yaml:3: 没有键 \"colour\"；应为其一："}},
		{[]string{"export", "ranking", "--config", file("type.yaml", registry+"limits: 3\nsample: vielleicht\n")}, []string{"type.yaml:3: !!int `3` 不是键和值", "type.yaml:4: !!str `vielleicht` 不是是否（true 或 false）"}},
		{[]string{"export", "ranking", "--config", file("broken.yaml", "language: zh\nregistry: {units: a\nlisten: b\n")}, []string{"broken.yaml: "}},
		{[]string{"export", "ranking", "--config", file("several.yaml", registry+"---\na: b\n")}, []string{"有多个 YAML 文档；请删去 --- 及其后的内容"}},
		{[]string{"export", "ranking", "--config", file("values.yaml", "language: zh\ntimezone: Asia/Nowhere\nsince: gestern\nlimits: {exports: -1}\nlog: {level: laut}\nretention: {rejects: 7d}\n")}, []string{
			`timezone：不认识 "Asia/Nowhere"；应写成如 Asia/Shanghai`, `since："gestern" 不是日期；应写成 2025-01-01`, "没有写 registry.units；应写 units.csv 的路径", `不认识 "laut"`, `"7d" 不对；应为期限`,
		}},
	} {
		var out, problems bytes.Buffer
		if status := Run(test.arguments, &out, &problems); status != 2 {
			t.Errorf("%v gave status %d", test.arguments, status)
		}
		for _, want := range test.want {
			if !strings.Contains(problems.String(), want) {
				t.Errorf("%v\ngot  %swant %s", test.arguments, problems.String(), want)
			}
		}
	}
	t.Setenv("LANG", "zh_CN.UTF-8")
	var out, problems bytes.Buffer
	Run([]string{"export", "ranking", "--config", filepath.Join(directory, "missing.yaml")}, &out, &problems)
	if want := "没有文件 "; !strings.Contains(problems.String(), want) {
		t.Errorf("a missing configuration: %s", problems.String())
	}
	if _, err := os.Stat(filepath.Join(directory, "data")); err == nil {
		t.Error("a database was made")
	}
}
