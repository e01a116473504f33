// Theme button, filter menus, and a window of one's own. Without this script every link still works.
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
      window.location.assign(address.href);
    }
    box.querySelector('button').addEventListener('click', go);
    box.addEventListener('keydown', function (event) { if (event.key === 'Enter') go(); });
  });

  // On a phone the navigation scrolls in its own row: the page's own entry is to be seen.
  var current = document.querySelector('.nav a[aria-current]');
  if (current) {
    var row = current.closest('.nav');
    row.scrollLeft += current.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - current.offsetWidth) / 2;
  }
})();
