// Draws growth.csv (BenchmarkGrowth) as docs/growth.svg: node deploy/benchmark/plot.mjs growth.csv docs/growth.svg
import * as echarts from 'echarts'
import { readFileSync, writeFileSync } from 'node:fs'

const [from, to] = process.argv.slice(2)
if (!from || !to) {
  console.error('usage: node deploy/benchmark/plot.mjs growth.csv docs/growth.svg')
  process.exit(2)
}
const [header, ...lines] = readFileSync(from, 'utf8').trim().split('\n').map((line) => line.split(','))
const rows = lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [header[i], Number(cell)])))

// Each panel shows one thing against the number of records: what ought to stay flat, and what ought to grow with units. One line, which lies above, has its
// numbers above it.
const panels = [
  {
    title: '入库：每行微秒\nstoring, µs a row',
    above: 1,
    lines: { 入库: (r) => (r.store_seconds / r.records) * 1e6, 入库并合并: (r) => ((r.store_seconds + r.merge_seconds) / r.records) * 1e6 },
  },
  {
    title: '一个区的排名：秒\none district’s ranking, s',
    above: 0,
    lines: { 全国之中: (r) => r.district_seconds, 单独一库: (r) => r.district_alone_seconds },
  },
  {
    title: '全国：秒\nthe country, s',
    scale: 'log',
    above: 1,
    lines: { 汇总: (r) => r.summary_seconds, 前一百名: (r) => r.top_seconds, 'GROUP BY unit': (r) => r.bare_seconds },
  },
  { title: '全国页面：秒\npages of the country, s', scale: 'log', above: 0, lines: { 总览: (r) => r.overview_seconds, 逾期: (r) => r.lapsed_seconds } },
]
const width = 1320
const panelWidth = width / panels.length
const colours = ['#9c2b23', '#2f5d8a', '#8a8378']
const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height: 340 })
chart.setOption({
  animation: false,
  backgroundColor: '#ffffff',
  textStyle: { fontFamily: "'Noto Sans CJK SC', sans-serif" },
  color: colours,
  title: panels.map((panel, i) => ({
    text: panel.title, left: i * panelWidth + 52, top: 6, textStyle: { fontSize: 13, fontWeight: 'normal', lineHeight: 18, color: '#333' },
  })),
  grid: panels.map((_, i) => ({ left: i * panelWidth + 52, width: panelWidth - 90, top: 64, bottom: 70 })),
  legend: panels.map((panel, i) => ({
    left: i * panelWidth + 44, bottom: 8, itemWidth: 16, textStyle: { fontSize: 11 },
    data: Object.keys(panel.lines),
  })),
  xAxis: panels.map((_, i) => ({
    gridIndex: i, type: 'log', name: '条记录 records', nameLocation: 'middle', nameGap: 24, min: 5e5, max: 2e8,
    axisLabel: { formatter: (value) => (value >= 1e6 ? `${value / 1e6} M` : ''), fontSize: 11 }, splitLine: { show: false },
  })),
  yAxis: panels.map((panel, i) => ({ gridIndex: i, type: panel.scale ?? 'value', min: panel.scale ? 0.01 : 0, axisLabel: { fontSize: 11 } })),
  series: panels.flatMap((panel, i) =>
    Object.entries(panel.lines).map(([name, value], n) => ({
      type: 'line', name, xAxisIndex: i, yAxisIndex: i, symbol: 'circle', symbolSize: 7, color: colours[n],
      data: rows.map((row) => [row.records, value(row)]), labelLayout: { hideOverlap: true },
      label: { show: true, fontSize: 10, position: n === panel.above ? 'top' : 'bottom', formatter: ({ value: [, y] }) => y.toPrecision(y < 1 ? 2 : 3) },
    })),
  ),
})
writeFileSync(to, chart.renderToSVGString())
chart.dispose() // whose timer would keep the program running
