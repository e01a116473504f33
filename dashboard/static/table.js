// Tables that can be searched, sorted and paged. Rows come sorted from the server; a row's group header hides while sorted otherwise. Paper has what the
// screen lists, and of a long list the first page and how much more there is, but for lists that are of use whole.
(function () {
  'use strict';

  function folded(text) { return text.normalize('NFKC').toLowerCase(); }

  // The endings of committees and offices are written long and short, and mean the same: every way begins with what is sought (queries/names).
  function sought(text) {
    return folded(text).trim().split(/\s+/).map(function (word) {
      return word.replace(/(?:(村|社区|居)(?:村|居)?(?:民?委?|民?委员|民?委员?会)|(街道)办(?:事处?)?)$/, '$1$2');
    });
  }

  // What is sought, chosen and sorted stands in the address (view=units.find=…,units.sort=-3), so that Back and a link that is sent show it again.
  function entries() {
    return (new URL(window.location.href).searchParams.get('view') || '').split(',').map(function (entry) {
      var at = entry.indexOf('=');
      return at < 0 ? null : [entry.slice(0, at), entry.slice(at + 1)];
    }).filter(Boolean);
  }
  function kept(key) {
    var found = entries().find(function (entry) { return entry[0] === key; });
    return found ? found[1] : '';
  }
  function keep(key, value) {
    var others = entries().filter(function (entry) { return entry[0] !== key; });
    if (value) others.push([key, value.replace(/,/g, ' ')]); // words are sought one by one
    function into(href) {
      var address = new URL(href, window.location.href);
      address.searchParams.delete('view');
      if (others.length) address.searchParams.set('view', others.map(function (entry) { return entry.join('='); }).join(','));
      return address.href;
    }
    var address = into(window.location.href);
    if (address === window.location.href) return;
    window.history.replaceState(null, '', address);
    document.querySelectorAll('.tools a').forEach(function (link) { link.href = into(link.href); });
  }

  function enhance(box) {
    var table = box.querySelector('table');
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    var original = rows.slice();
    var input = box.querySelector('input[type="search"]');
    var counter = box.querySelector('.count');
    var chips = Array.prototype.slice.call(box.querySelectorAll('.chip'));
    var pager = box.querySelector('.pager');
    var size = Number(box.dataset.page) || 0;
    if (size && window.matchMedia('(max-width: 640px)').matches) size = Math.min(size, 20);
    var page = 0;
    var sorted = false;
    var texts = new Map();
    rows.forEach(function (row) {
      var words = row.cloneNode(true);
      words.querySelectorAll('.ticks').forEach(function (marks) { marks.remove(); });
      var ids = Array.prototype.map.call(row.querySelectorAll('a[href^="/unit/"], a[href^="/proof/"]'), function (link) { return decodeURIComponent(link.pathname.split('/').pop()); });
      texts.set(row, folded([words.textContent, row.dataset.ids || ''].concat(ids).join(' ')));
    });
    var name = box.dataset.table;
    var heads = Array.prototype.slice.call(table.querySelectorAll('thead th'));
    var labels = heads.map(function (head) { return head.textContent; });
    rows.forEach(function (row) { // cards on a phone need them, and links that all say the same; a long table comes without
      if (row.cells.length !== labels.length || row.cells[0].dataset.label) return;
      labels.forEach(function (label, at) {
        row.cells[at].dataset.label = label;
        var names = heads[at].dataset.names;
        var link = names && row.cells[at].querySelector('a:not([title]), input:not([aria-label])');
        if (link) link.setAttribute(link.href ? 'title' : 'aria-label', label + ' · ' + names.split(' ').map(function (of) { return row.cells[of] ? shown(row.cells[of]) : ''; }).filter(Boolean).join(' · '));
      });
    });

    function wanted(row) {
      if (row.classList.contains('group')) return !sorted && !(input && input.value.trim()) && !pressed();
      var words = input ? sought(input.value) : [];
      if (!words.every(function (word) { return texts.get(row).indexOf(word) >= 0; })) return false;
      var chip = pressed();
      return !chip || (row.dataset.tags || '').split(' ').indexOf(chip.dataset.tag) >= 0 || !!row.querySelector('.tag[class$="-' + chip.dataset.tag + '"]');
    }
    function pressed() {
      return chips.find(function (chip) { return chip.getAttribute('aria-pressed') === 'true'; });
    }
    function show() {
      var matching = rows.filter(wanted);
      var pages = size ? Math.max(1, Math.ceil(matching.length / size)) : 1;
      page = Math.min(page, pages - 1);
      var visible = new Set(size ? matching.slice(page * size, (page + 1) * size) : matching);
      rows.forEach(function (row) { row.hidden = !visible.has(row); });
      if (counter) {
        var units = matching.filter(function (row) { return !row.classList.contains('group'); }).length;
        counter.textContent = counter.dataset.text.replace('{n}', units);
      }
      if (pager) {
        pager.hidden = pages < 2;
        pager.querySelector('output').textContent = (page + 1) + ' / ' + pages;
        pager.querySelector('[data-step="-1"]').disabled = page === 0;
        pager.querySelector('[data-step="1"]').disabled = page >= pages - 1;
      }
      fit();
    }
    var room = box.querySelector('.scroll');
    function fit() { room.classList.toggle('wider', table.offsetWidth > room.clientWidth); }

    // What a cell shows, without what stands small below it: what its column sorts by, of numbers the number, unless the cell says otherwise
    // (page/table_markup.go has the same rule).
    function shown(cell) {
      var first = cell.firstChild;
      if (!first || /^small$/i.test(first.nodeName) || first.className === 'none') return '';
      return (/^state /.test(first.className) ? first.lastChild : first).textContent.trim();
    }
    function key(row, index) {
      var cell = row.cells[index];
      if (!cell) return '';
      if (cell.dataset.sort !== undefined) return cell.dataset.sort;
      var text = shown(cell);
      if (heads[index].dataset.sortable !== 'number') return text;
      var number = /^([↓−-])?[↑+]?(\d[\d,]*(?:\.\d+)?)/.exec(text);
      return number ? (number[1] ? '-' : '') + number[2].replace(/,/g, '') : text === '=' ? '0' : '';
    }
    // No value goes last, whichever way the column is sorted.
    function compare(a, b, direction, numeric) {
      if (a === '' || b === '') return a === b ? 0 : (a === '' ? 1 : -1);
      var order = numeric ? Number(a) - Number(b) : a.localeCompare(b, document.documentElement.lang);
      return order * direction;
    }
    table.querySelectorAll('thead th[data-sortable]').forEach(function (head) {
      var button = document.createElement('button');
      button.type = 'button';
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', function () {
        var numeric = head.dataset.sortable === 'number';
        var before = head.getAttribute('aria-sort');
        sort(head, before === null ? (numeric ? 'descending' : 'ascending') : (before === 'descending') === numeric ? (numeric ? 'ascending' : 'descending') : null);
        keep(name + '.sort', sorted ? (head.getAttribute('aria-sort') === 'descending' ? '-' : '') + (head.cellIndex + 1) : '');
        first();
        show();
      });
    });
    function first() { page = 0; keep(name + '.page', ''); }
    function sort(head, next) {
      heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
      sorted = next !== null;
      rows = original.slice();
      if (sorted) {
        head.setAttribute('aria-sort', next);
        var direction = next === 'ascending' ? 1 : -1;
        rows.sort(function (a, b) { return compare(key(a, head.cellIndex), key(b, head.cellIndex), direction, head.dataset.sortable === 'number'); });
      }
      rows.forEach(function (row) { body.appendChild(row); });
    }

    if (input) {
      input.addEventListener('input', function () { first(); show(); });
      input.addEventListener('change', function () { keep(name + '.find', input.value.trim()); });
    }
    chips.forEach(function (chip) {
      chip.addEventListener('click', function () {
        var on = chip.getAttribute('aria-pressed') === 'true';
        chips.forEach(function (other) { other.setAttribute('aria-pressed', 'false'); });
        chip.setAttribute('aria-pressed', String(!on));
        keep(name + '.only', on ? '' : chip.dataset.tag);
        first();
        show();
      });
    });
    if (pager) {
      pager.addEventListener('click', function (event) {
        var step = Number(event.target.dataset.step || 0);
        if (step) { page += step; keep(name + '.page', page ? String(page + 1) : ''); show(); box.scrollIntoView({ block: 'nearest' }); }
      });
    }
    box.querySelectorAll('.search').forEach(function (tools) { tools.hidden = false; });
    if (input) input.value = kept(name + '.find');
    if (input && input.value && box.closest('details')) box.closest('details').open = true; // a link leads to what is sought
    chips.forEach(function (chip) { chip.setAttribute('aria-pressed', String(chip.dataset.tag === kept(name + '.only'))); });
    var order = kept(name + '.sort');
    var column = heads[Math.abs(Number(order)) - 1];
    if (column && column.dataset.sortable) sort(column, order.charAt(0) === '-' ? 'descending' : 'ascending');
    page = Math.max(0, (Number(kept(name + '.page')) || 1) - 1);
    show();
    var left = box.querySelector('.on-paper');
    window.addEventListener('beforeprint', function () {
      var matching = rows.filter(wanted);
      var most = left ? Number(left.dataset.printed) : matching.length;
      rows.forEach(function (row) { row.hidden = true; });
      matching.slice(0, most).forEach(function (row) { row.hidden = false; });
      if (!left) return;
      left.hidden = matching.length <= most;
      left.textContent = left.dataset.text.replace('{n}', most).replace('{more}', matching.length - most);
    });
    window.addEventListener('afterprint', show);
    window.addEventListener('resize', fit);
  }

  document.querySelectorAll('[data-table]').forEach(enhance);
})();
