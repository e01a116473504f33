// Draws every chart whose options the server put beside it. Colours come from the page's tokens, so that a chart follows the theme.
(function () {
  'use strict';
  if (!window.echarts) return;
  var locale = document.documentElement.lang.indexOf('zh') === 0 ? 'ZH' : 'EN';
  var motion = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  var style = getComputedStyle(document.documentElement);

  function token(name) { return style.getPropertyValue(name).trim(); }

  // Patterns say the same as the colours do, for whoever does not see them (VISUAL: hatching for unverified, …).
  function decals() {
    function lines(colour, width, gap, turn) {
      return { symbol: 'rect', color: colour, dashArrayX: [1, 0], dashArrayY: [width, gap], rotation: turn };
    }
    return {
      late: lines('rgba(255,255,255,.45)', 2, 5, Math.PI / 4),
      lapsed: { symbol: 'circle', symbolSize: .8, color: 'rgba(255,255,255,.5)', dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [4, 0] },
      unverified: lines(token('--state-unverified-line'), 1, 4, -Math.PI / 4),
      undated: { symbol: 'circle', symbolSize: .6, color: token('--state-undated-line'), dashArrayX: [4, 4], dashArrayY: [4, 4] },
      fail: lines('rgba(255,255,255,.4)', 2, 5, Math.PI / 4),
      second: lines('rgba(255,255,255,.4)', 1, 5, Math.PI / 4),
      third: { symbol: 'circle', symbolSize: .6, color: token('--accent-ink'), dashArrayX: [4, 4], dashArrayY: [4, 4] }
    };
  }

  // "var(--token)" becomes its value, "decal" the pattern of that name.
  function resolve(value, patterns) {
    if (Array.isArray(value)) return value.map(function (part) { return resolve(part, patterns); });
    if (value && typeof value === 'object') {
      var copy = {};
      Object.keys(value).forEach(function (key) {
        if (key === 'decal' && typeof value[key] === 'string') { copy[key] = patterns[value[key]]; return; }
        copy[key] = resolve(value[key], patterns);
      });
      return copy;
    }
    var found = typeof value === 'string' && /^var\((--[a-z0-9-]+)\)$/.exec(value);
    return found ? token(found[1]) : value;
  }

  function theme() {
    var text = { color: token('--muted'), fontFamily: token('--font') };
    var axis = {
      axisLine: { lineStyle: { color: token('--line-strong') } }, axisTick: { show: false },
      axisLabel: { color: token('--muted') }, splitLine: { lineStyle: { color: token('--split') } },
      nameTextStyle: { color: token('--muted') }
    };
    return {
      textStyle: text, backgroundColor: 'transparent',
      legend: { textStyle: { color: token('--muted') }, inactiveColor: token('--line-strong') },
      categoryAxis: axis, valueAxis: axis,
      tooltip: { backgroundColor: token('--tooltip'), borderWidth: 0, textStyle: { color: token('--tooltip-ink') } },
      dataZoom: {
        borderColor: 'transparent', backgroundColor: token('--sunken'), fillerColor: token('--accent-soft'), textStyle: { color: token('--muted') },
        handleStyle: { color: token('--surface'), borderColor: token('--accent') }, moveHandleStyle: { color: token('--line-strong') }
      }
    };
  }

  // Rich text takes {name|…} for a style: names of units must not.
  function plain(text) { return String(text).replace(/\{/g, '｛').replace(/\}/g, '｝'); }

  function fit(option, width) {
    var narrow = width < 560;
    [].concat(option.yAxis || []).forEach(function (axis) {
      if (axis.type !== 'category' || !axis.axisLabel) return;
      var most = Math.round(width * (narrow ? .36 : .3));
      axis.axisLabel.width = Math.min(axis.axisLabel.width || most, most);
      axis.axisLabel.overflow = 'truncate';
      axis.axisLabel.interval = 0;
    });
    [].concat(option.xAxis || []).forEach(function (axis) {
      if (axis.type === 'category' && axis.axisLabel) {
        axis.axisLabel.interval = 0;
        axis.axisLabel.width = Math.max(40, Math.floor(width * .8 / Math.max(1, (axis.data || []).length)));
        axis.axisLabel.overflow = 'break';
      }
    });
    return option;
  }

  function draw(box) {
    var source = document.getElementById(box.dataset.chart);
    var option = JSON.parse(source.textContent);
    var chart = null;
    box.style.height = box.dataset.height + 'px';

    function start() {
      if (chart) chart.dispose();
      chart = window.echarts.init(box, theme(), { locale: locale, renderer: 'canvas' });
      apply();
      chart.on('click', function (event) {
        var link = event.data && event.data.link;
        if (!link && event.componentType === 'yAxis') link = (option.links || [])[event.dataIndex];
        if (link) window.location.assign(link);
      });
    }
    function apply() {
      var full = fit(resolve(option, decals()), box.clientWidth);
      delete full.links;
      full.animation = motion && full.animation !== false;
      full.tooltip = Object.assign({}, full.tooltip, {
        renderMode: 'richText', confine: true,
        formatter: function (event) { return plain((event.data && event.data.tip ? event.data.tip : [event.name, event.value]).join('\n')); }
      });
      chart.setOption(full, true);
    }
    start();

    var frame = 0;
    var width = box.clientWidth;
    new ResizeObserver(function () {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(function () {
        if (box.clientWidth === 0 || box.clientWidth === width) return;
        width = box.clientWidth;
        chart.resize();
        apply();
      });
    }).observe(box);
    document.addEventListener('themechange', start);
    window.addEventListener('beforeprint', function () { chart.resize(); });
  }

  document.querySelectorAll('[data-chart]').forEach(draw);
})();
