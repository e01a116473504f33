// Tables that can be searched, sorted and paged. Rows come sorted from the server; a row's group header hides while sorted otherwise.
(function () {
  'use strict';

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
    rows.forEach(function (row) { texts.set(row, row.textContent.normalize('NFKC').toLowerCase()); });

    function wanted(row) {
      if (row.classList.contains('group')) return !sorted && !(input && input.value.trim()) && !pressed();
      var words = input ? input.value.normalize('NFKC').toLowerCase().split(/\s+/) : [];
      if (!words.every(function (word) { return texts.get(row).indexOf(word) >= 0; })) return false;
      var chip = pressed();
      return !chip || (row.dataset.tags || '').split(' ').indexOf(chip.dataset.tag) >= 0;
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
    }

    function key(row, index) {
      var cell = row.cells[index];
      if (!cell || cell.dataset.sort === undefined) return cell ? cell.textContent.trim() : '';
      return cell.dataset.sort;
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
        var next = before === null ? (numeric ? 'descending' : 'ascending') : (before === 'descending') === numeric ? (numeric ? 'ascending' : 'descending') : null;
        table.querySelectorAll('th[aria-sort]').forEach(function (other) { other.removeAttribute('aria-sort'); });
        sorted = next !== null;
        rows = original.slice();
        if (sorted) {
          head.setAttribute('aria-sort', next);
          var direction = next === 'ascending' ? 1 : -1;
          rows.sort(function (a, b) { return compare(key(a, head.cellIndex), key(b, head.cellIndex), direction, numeric); });
        }
        rows.forEach(function (row) { body.appendChild(row); });
        page = 0;
        show();
      });
    });

    if (input) input.addEventListener('input', function () { page = 0; show(); });
    chips.forEach(function (chip) {
      chip.addEventListener('click', function () {
        var on = chip.getAttribute('aria-pressed') === 'true';
        chips.forEach(function (other) { other.setAttribute('aria-pressed', 'false'); });
        chip.setAttribute('aria-pressed', String(!on));
        page = 0;
        show();
      });
    });
    if (pager) {
      pager.addEventListener('click', function (event) {
        var step = Number(event.target.dataset.step || 0);
        if (step) { page += step; show(); box.scrollIntoView({ block: 'nearest' }); }
      });
    }
    box.querySelectorAll('.search').forEach(function (tools) { tools.hidden = false; });
    show();
    window.addEventListener('beforeprint', function () { rows.forEach(function (row) { row.hidden = false; }); });
    window.addEventListener('afterprint', show);
  }

  document.querySelectorAll('[data-table]').forEach(enhance);
})();
