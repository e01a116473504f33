// Sets the chosen theme before anything is painted; without a choice the system's preference holds.
(function () {
  'use strict';
  var chosen = null;
  try { chosen = window.localStorage.getItem('theme'); } catch (_) { /* storage is off: the system's preference holds */ }
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
