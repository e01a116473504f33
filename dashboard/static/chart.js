// Draws every chart whose options the server put beside it. Colours come from the page's tokens, so that a chart follows the theme.
(function () {
  'use strict';
  if (!window.echarts) return;
  var locale = document.documentElement.lang.indexOf('zh') === 0 ? 'ZH' : 'EN';
  var style = getComputedStyle(document.documentElement);

  // On a wall the whole page is larger (the style sheet sets the root's size): charts grow with it.
  var scale = parseFloat(style.fontSize) / 16;
  var sizes = ['fontSize', 'itemWidth', 'itemHeight', 'barMaxWidth', 'top', 'right', 'bottom', 'left'];

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
        if (sizes.indexOf(key) >= 0 && copy[key] !== '' && isFinite(copy[key])) copy[key] = copy[key] * scale;
      });
      return copy;
    }
    var found = typeof value === 'string' && /^var\((--[a-z0-9-]+)\)$/.exec(value);
    return found ? token(found[1]) : value;
  }

  function theme() {
    var text = { color: token('--muted'), fontFamily: token('--font'), fontSize: 12 * scale };
    var axis = {
      axisLine: { lineStyle: { color: token('--line-strong') } }, axisTick: { show: false },
      axisLabel: { color: token('--muted'), fontSize: 12 * scale }, splitLine: { lineStyle: { color: token('--split') } },
      nameTextStyle: { color: token('--muted') }
    };
    return {
      textStyle: text, backgroundColor: 'transparent',
      legend: { textStyle: { color: token('--muted'), fontSize: 12 * scale }, inactiveColor: token('--line-strong') },
      categoryAxis: axis, valueAxis: axis,
      tooltip: { backgroundColor: token('--tooltip'), borderWidth: 0, textStyle: { color: token('--tooltip-ink'), fontSize: 14 * scale } },
      dataZoom: {
        borderColor: 'transparent', backgroundColor: token('--sunken'), fillerColor: token('--accent-soft'), textStyle: { color: token('--muted') },
        handleStyle: { color: token('--surface'), borderColor: token('--accent') }, moveHandleStyle: { color: token('--line-strong') }
      }
    };
  }

  // Rich text takes {name|…} for a style: names of units must not.
  function plain(text) { return String(text).replace(/\{/g, '｛').replace(/\}/g, '｝'); }

  var pen = document.createElement('canvas').getContext('2d');

  // On a phone the bars need the room: fewer ticks, no slider (a finger drags), thresholds without their names.
  function narrow(option, width) {
    [].concat(option.xAxis || []).forEach(function (axis) { if (axis.type === 'value') axis.splitNumber = 2; });
    [].concat(option.dataZoom || []).forEach(function (zoom) { if (zoom.type === 'slider') zoom.show = false; });
    [].concat(option.grid || []).forEach(function (grid) { if (Number(grid.right) > 84) grid.right = 84; });
    [].concat(option.radar || []).forEach(function (radar) { // its axes' names stand beside it
      pen.font = 12 * scale + 'px ' + token('--font');
      var name = Math.max.apply(null, (radar.indicator || []).map(function (axis) { return pen.measureText(axis.name).width; }));
      radar.radius = Math.max(40, Math.min(width * .28, width / 2 - name - 18 * scale));
    });
    [].concat(option.series || []).forEach(function (series) {
      if (series.markLine) series.markLine.label = { show: false };
    });
  }

  // A legend that takes several lines pushes the plot down.
  function belowLegend(option, width) {
    var legend = [].concat(option.legend || [])[0];
    if (!legend || legend.show === false) return;
    pen.font = 12 * scale + 'px ' + token('--font');
    var lines = 1;
    var used = 0;
    (option.series || []).forEach(function (series) {
      if (!series.name) return;
      var need = pen.measureText(series.name).width + (Number(legend.itemWidth) || 25 * scale) + 17 * scale;
      if (used && used + need > width - 10 * scale) { lines += 1; used = 0; }
      used += need;
    });
    [].concat(option.grid || []).forEach(function (grid) { grid.top = Math.max(Number(grid.top) || 0, (lines * 24 + 12) * scale); });
  }

  // A text in two lines at most, each as wide as there is room; what is left over is cut off.
  function folded(text, room) {
    var lines = [''];
    (text.match(/[A-Za-z0-9'’&-]+|[^]/gu) || []).forEach(function (part) { // letters of a word stay together
      var closes = /[”’）》」』】，。、；：！？)\]]/.test(part); // never begins a line
      if (!closes && pen.measureText((lines[lines.length - 1] + part).trim()).width > room && lines[lines.length - 1]) lines.push('');
      if (part !== ' ' || lines[lines.length - 1]) lines[lines.length - 1] += part;
    });
    if (lines.length > 2) lines[1] = lines[1].trim().slice(0, -1) + '…';
    return lines.slice(0, 2).join('\n');
  }

  // Labels on the left get the room they need, at most a third of the chart, in two lines where bars are thick; what is cut off there stands in tooltip and table.
  function fit(option, width, height) {
    var most = Math.round(width * (width < 560 ? .36 : .33));
    [].concat(option.yAxis || []).forEach(function (axis) {
      if (axis.type !== 'category') return;
      var label = axis.axisLabel || (axis.axisLabel = {});
      pen.font = (label.fontSize || 12 * scale) + 'px ' + token('--font');
      var need = Math.max.apply(null, (axis.data || []).map(function (text) { return pen.measureText(text).width; }));
      label.width = Math.ceil(Math.min(need, most)) + 2;
      label.overflow = 'truncate';
      label.interval = 0;
      var lines = height / Math.max(1, (axis.data || []).length) >= 34 * scale && !option.dataZoom;
      if (lines && need > most) {
        axis.data = axis.data.map(function (text) { return folded(text, most); });
        label.lineHeight = 15 * scale;
      }
      [].concat(option.grid || []).forEach(function (grid) {
        grid.left = label.width + 10 * scale;
        grid.containLabel = false;
        grid.bottom = 28 * scale;
      });
    });
    if (width < 560) narrow(option, width);
    belowLegend(option, width);
    [].concat(option.xAxis || []).forEach(function (axis) {
      if (axis.type !== 'category') return;
      var size = 12 * scale;
      var word = 0;
      if (width < 560) {
        var slot = width * .84 / Math.max(1, (axis.data || []).length);
        pen.font = size + 'px ' + token('--font');
        axis.data = (axis.data || []).map(function (text) { return pen.measureText(text).width > slot ? text.replace('（', '\n（') : text; });
        word = Math.max.apply(null, axis.data.join(' ').split(/[^A-Za-z]+/).map(function (text) { return pen.measureText(text).width; }));
        var smaller = Math.min(1, Math.max(.75, slot / word));
        size *= smaller;
        word = Math.ceil(word * smaller) + 2; // a word is never broken
      }
      axis.axisLabel = Object.assign(axis.axisLabel || {}, {
        fontSize: size,
        interval: (axis.data || []).length > (width < 560 ? 8 : 12) ? 'auto' : 0, overflow: 'break', // names all, of a row of moments as many as fit
        width: Math.max(40, word, Math.floor(width * (width < 560 ? .86 : .8) / Math.max(1, (axis.data || []).length)))
      });
    });
    return option;
  }

  // A long list of bars opens at its first; a button leads to its last, the other back.
  function zoomButtons(id, chart, option) {
    var box = document.querySelector('[data-zoom="' + id + '"]');
    if (!box) return;
    var count = option.yAxis[0].data.length;
    var shown = option.dataZoom[0].endValue + 1;
    box.hidden = false;
    box.addEventListener('click', function (event) {
      var end = event.target.dataset.end;
      if (!end) return;
      var first = end === 'last' ? count - shown : 0;
      chart().dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, startValue: first, endValue: first + shown - 1 });
      box.querySelectorAll('button').forEach(function (button) { button.setAttribute('aria-pressed', String(button === event.target)); });
    });
  }

  // Whoever follows a mark sees that the page is on its way; a mark without a list elsewhere leads to the table of its own panel.
  function follow(box, link) {
    if (link) {
      if (link.charAt(0) !== '#') document.dispatchEvent(new Event('leave'));
      window.location.assign(link);
      return;
    }
    var data = box.closest('.panel').querySelector('details.data');
    if (!data) return;
    data.open = true;
    data.querySelector('summary').focus();
  }

  // What is said of a whole bar: 1 stands for its name, 0 for the points that each of its parts takes away (page/chart/rows.go).
  function whole(series, lines, at, name) {
    if (!lines) return null;
    var parts = series.map(function (one) {
      var value = Number(one.data[at].value === undefined ? one.data[at] : one.data[at].value);
      return value > 0 ? one.name + '  −' + value.toFixed(2) : '';
    }).filter(Boolean);
    return lines.reduce(function (all, line) { return all.concat(line === 0 ? parts : line === 1 ? name : line); }, []);
  }

  // A legend shows the pattern that all of a series' bars have.
  function patternOfLegend(series) {
    var decals = (series.data || []).map(function (value) { return value && value.itemStyle && value.itemStyle.decal; }).filter(Boolean);
    if (series.type !== 'bar' || !decals.length || decals.some(function (decal) { return decal !== decals[0]; })) return;
    series.itemStyle = Object.assign({}, series.itemStyle, { decal: decals[0] });
  }

  // What a picture must say besides the chart: what it shows, of which days, what was chosen, and whatever puts it in doubt; below, where it comes from.
  function caption(panel) {
    var about = panel.querySelector('.about'); // where the axis begins, for one
    function texts(found) { return Array.prototype.map.call(document.querySelectorAll(found), function (one) { return one.textContent.trim().replace(/\s+/g, ' '); }); }
    return {
      title: panel.querySelector('h2').textContent,
      above: [about ? about.textContent : '', document.getElementById('main').dataset.window].concat(texts('.filters .set > summary').join(' · '), texts('.notices p')).filter(Boolean),
      below: [texts('.sample strong').concat(texts('.foot li').slice(1)).join(' · ')]
    };
  }

  // The lines of a text that fit into a width.
  function wrapped(text, room) {
    var lines = [''];
    (text.match(/[A-Za-z0-9.:-]+|[^]/gu) || []).forEach(function (part) {
      if (pen.measureText(lines[lines.length - 1] + part).width > room && lines[lines.length - 1]) lines.push('');
      lines[lines.length - 1] += part;
    });
    return lines;
  }

  function picture(box, chart) {
    var ratio = 2;
    var edge = 24;
    var drawn = chart.renderToCanvas({ pixelRatio: ratio, backgroundColor: token('--surface') });
    var width = Math.max(drawn.width / ratio, 480) + 2 * edge;
    var words = caption(box.closest('.panel'));
    var rows = [];
    function add(texts, size, weight, colour) {
      texts.forEach(function (text) {
        pen.font = weight + ' ' + size + 'px ' + token('--font');
        wrapped(text, width - 2 * edge).forEach(function (line) { rows.push({ text: line, font: pen.font, colour: token(colour), height: size * 1.5 }); });
      });
    }
    function height() { return rows.reduce(function (sum, row) { return sum + row.height; }, 0); }
    add([words.title], 20, 600, '--ink');
    add(words.above, 13, 400, '--muted');
    var above = rows.length;
    var top = edge + height() + 12;
    add(words.below, 11, 400, '--muted');
    var canvas = document.createElement('canvas');
    canvas.width = width * ratio;
    canvas.height = (height() + drawn.height / ratio + 24 + 2 * edge) * ratio;
    var ink = canvas.getContext('2d');
    ink.scale(ratio, ratio);
    ink.fillStyle = token('--surface');
    ink.fillRect(0, 0, canvas.width, canvas.height);
    ink.drawImage(drawn, edge, top, drawn.width / ratio, drawn.height / ratio);
    var at = edge;
    rows.forEach(function (row, number) {
      if (number === above) at = top + drawn.height / ratio + 12;
      ink.font = row.font;
      ink.fillStyle = row.colour;
      ink.fillText(row.text, edge, at + row.height * .7);
      at += row.height;
    });
    return canvas;
  }

  function copied(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    var input = document.createElement('input'); // without https a browser has no clipboard
    document.body.appendChild(input);
    input.value = text;
    input.select();
    var done = document.execCommand('copy');
    input.remove();
    return done ? Promise.resolve() : Promise.reject(new Error('not copied'));
  }

  // The buttons below a chart: its picture, and the link to it.
  function tools(box, chart) {
    var row = document.querySelector('[data-tools="' + box.dataset.chart + '"]');
    var panel = box.closest('.panel');
    row.hidden = false;
    row.querySelector('[data-save]').addEventListener('click', function () {
      picture(box, chart()).toBlob(function (blob) {
        var link = document.createElement('a');
        link.href = URL.createObjectURL(blob);
        link.download = panel.querySelector('h2').textContent.replace(/[\\/:*?"<>|]/g, ' ').trim() + ' ' + document.getElementById('main').dataset.asOf + '.png';
        link.click();
        window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 60e3);
      }, 'image/png');
    });
    row.querySelector('[data-copy]').addEventListener('click', function (event) {
      var button = event.currentTarget;
      copied(window.location.href.split('#')[0] + '#' + panel.querySelector('h2').id).then(function () { button.textContent = button.dataset.done; }, function () { button.textContent = button.dataset.failed; });
    });
  }

  // Paper is as wide as A4 within its margins, whatever the screen: a chart drawn for the screen would be cut off or too small to read.
  var paper = 700;

  function draw(box) {
    var source = document.getElementById(box.dataset.chart);
    var option = JSON.parse(source.textContent);
    var chart = null;
    box.style.height = Number(box.dataset.height) * scale + 'px';

    function start() {
      if (chart) chart.dispose();
      chart = window.echarts.init(box, theme(), { locale: locale, renderer: 'canvas' });
      apply();
      chart.on('click', function (event) {
        var link = event.data && event.data.link;
        if (!link && (event.componentType === 'yAxis' || event.componentType === 'series')) {
          link = (option.links || [])[event.dataIndex];
          if (link) link += option.query || ''; // which all share
        }
        if (link || event.componentType === 'series') follow(box, link);
      });
    }
    var printed = false;
    function print(on) {
      printed = on;
      var zoom = chart.getOption().dataZoom;
      chart.resize({ width: on ? paper : 'auto' });
      apply();
      if (zoom && zoom[0]) chart.dispatchAction({ type: 'dataZoom', startValue: zoom[0].startValue, endValue: zoom[0].endValue });
    }
    function apply() {
      var full = fit(resolve(option, decals()), printed ? paper : box.clientWidth, box.clientHeight);
      if (full.links) full.yAxis[0].triggerEvent = true; // go-echarts' y axis has no such option
      var tips = full.tips || [];
      var patterns = decals();
      (full.decals || []).forEach(function (name, at) {
        if (name) full.series[at].itemStyle = Object.assign({}, full.series[at].itemStyle, { decal: patterns[name] });
      });
      delete full.links;
      delete full.query;
      delete full.tips;
      delete full.decals;
      full.series.forEach(patternOfLegend);
      full.series.forEach(function (series) {
        if (series.label) series.label.formatter = function (event) { return event.data && event.data.end || ''; };
      });
      full.animation = false; // figures are read, not watched; a bar on its way says something else
      full.tooltip = Object.assign({}, full.tooltip, {
        renderMode: 'richText', confine: true,
        formatter: function (event) { return plain((event.data && event.data.tip || whole(full.series, tips[event.dataIndex], event.dataIndex, event.name) || [event.name, event.value]).join('\n')); }
      });
      chart.setOption(full, true);
    }
    start();
    zoomButtons(box.dataset.chart, function () { return chart; }, option);
    tools(box, function () { return chart; });

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
    window.addEventListener('beforeprint', function () { print(true); });
    window.addEventListener('afterprint', function () { print(false); });
  }

  document.querySelectorAll('[data-chart]').forEach(draw);
})();
