// Theme button, filter menus, a unit of one's own, a window of one's own, and sliders beside numbers. Without this script every link still works.
(function () {
  'use strict';
  var root = document.documentElement;
  var dark = window.matchMedia('(prefers-color-scheme: dark)');

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches;
  }

  document.querySelectorAll('[data-action="theme"]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      try { window.localStorage.setItem('theme', root.dataset.theme); } catch (_) { /* lasts for this page only */ }
      document.dispatchEvent(new Event('themechange'));
    });
  });
  dark.addEventListener('change', function () { document.dispatchEvent(new Event('themechange')); });

  // Paper is light, whatever the screen is.
  var onScreen = null;
  function print(on) {
    if (on) { onScreen = root.dataset.theme; root.dataset.theme = 'light'; } else if (onScreen) root.dataset.theme = onScreen; else delete root.dataset.theme;
    document.dispatchEvent(new Event('themechange'));
  }
  window.addEventListener('beforeprint', function () { print(true); });
  window.addEventListener('afterprint', function () { print(false); });

  var menus = document.querySelectorAll('details.filter');
  menus.forEach(function (menu) {
    menu.addEventListener('toggle', function () {
      if (menu.open) menus.forEach(function (other) { if (other !== menu) other.open = false; });
    });
  });
  document.addEventListener('click', function (event) {
    menus.forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') return;
    menus.forEach(function (menu) {
      if (menu.open) { menu.open = false; menu.querySelector('summary').focus(); }
    });
  });

  // A reader's own unit is known to the browser alone; the navigation leads to it.
  function mine() {
    try { return window.localStorage.getItem('unit') || ''; } catch (_) { return ''; /* storage is off: nobody has one */ }
  }
  function showMine() {
    document.querySelectorAll('[data-mine-at]').forEach(function (entry) {
      var address = new URL(entry.dataset.mineAt, window.location.href);
      address.pathname += encodeURIComponent(mine());
      entry.hidden = !mine();
      entry.firstChild.href = address.href;
      if (mine() && address.pathname === window.location.pathname) entry.firstChild.setAttribute('aria-current', 'page');
      else entry.firstChild.removeAttribute('aria-current');
    });
    document.querySelectorAll('[data-mine]').forEach(function (box) {
      var button = box.querySelector('button');
      var is = box.dataset.mine === mine();
      box.hidden = false;
      button.setAttribute('aria-pressed', String(is));
      button.textContent = is ? button.dataset.unset : button.dataset.set;
    });
  }
  document.querySelectorAll('[data-mine] button').forEach(function (button) {
    button.addEventListener('click', function () {
      var id = button.parentElement.dataset.mine;
      try { window.localStorage.setItem('unit', id === mine() ? '' : id); } catch (_) { /* then it cannot be kept */ }
      showMine();
    });
  });
  showMine();

  // The days and words typed go into the address, where everything that chooses a view lives.
  document.querySelectorAll('[data-days], [data-words]').forEach(function (box) {
    box.hidden = false;
    function go() {
      var address = new URL(window.location.href);
      box.querySelectorAll('input').forEach(function (input) {
        if (input.value) address.searchParams.set(input.name, input.value);
        else address.searchParams.delete(input.name);
      });
      address.searchParams.delete('page');
      if (box.dataset.words) address.hash = box.dataset.words;
      if (address.href.split('#')[0] === window.location.href.split('#')[0]) return;
      leave();
      window.location.assign(address.href);
    }
    box.querySelector('button').addEventListener('click', go);
    box.addEventListener('keydown', function (event) { if (event.key === 'Enter') go(); });
  });

  // Fields of a map of units and items: each leads to its list, and says on pointing whose it is; they are too many to come with their addresses.
  document.querySelectorAll('table[data-fields]').forEach(function (table) {
    var items = table.querySelectorAll('thead th[data-of]');
    table.querySelectorAll('tbody tr').forEach(function (row) {
      row.querySelectorAll('a.marks').forEach(function (field) {
        var item = items[field.parentElement.cellIndex - 1];
        var of = { row: row.dataset.of, item: item.dataset.of };
        field.href = table.dataset.fields.replace(/%7B(row|item)%7D/g, function (_, which) { return encodeURIComponent(of[which]); });
        field.title = [row.cells[0].querySelector('a').textContent, item.textContent, field.title].join(' · ');
      });
    });
  });

  // A number can be dragged too; typed it is as exact as one likes.
  document.querySelectorAll('input[data-slider]').forEach(function (input) {
    var slider = document.createElement('input');
    slider.type = 'range';
    slider.min = input.min;
    slider.max = input.dataset.most;
    slider.step = input.dataset.slider;
    slider.value = input.value;
    slider.setAttribute('aria-label', input.labels[0].textContent.trim());
    slider.addEventListener('input', function () { input.value = slider.value; });
    input.addEventListener('input', function () { slider.value = input.value; });
    input.after(slider);
  });
  document.querySelectorAll('select[data-sets]').forEach(function (select) {
    select.addEventListener('change', function () {
      var input = select.form.elements[select.dataset.sets];
      input.value = select.selectedOptions[0].dataset.set || 0;
      input.dispatchEvent(new Event('input'));
    });
  });

  // After a click the page says that another is on its way; what is downloaded, opened beside or stands on this page is none.
  function leave() {
    root.dataset.leaving = '';
    window.setTimeout(stay, 30e3); // within which a page is answered
  }
  function stay() { delete root.dataset.leaving; }
  document.addEventListener('leave', leave);
  window.addEventListener('pageshow', stay);
  document.addEventListener('submit', leave);
  document.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('a[href]');
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute('download') || /\.\w+$/.test(link.pathname) || link.origin !== window.location.origin || link.href.split('#')[0] === window.location.href.split('#')[0]) return;
    leave();
  });

  // On a phone the navigation scrolls in its own row: the page's own entry is to be seen.
  var current = document.querySelector('.nav a[aria-current]');
  if (current) {
    var row = current.closest('.nav');
    row.scrollLeft += current.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - current.offsetWidth) / 2;
  }
})();
