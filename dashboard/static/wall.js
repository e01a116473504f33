// Shows the views of a wall in turn, asks for them again every minute, and says since when the figures stand while nothing answers.
(function () {
  'use strict';
  var refreshed = 60e3; // how often the figures are asked for
  var patience = 45e3; // how long an answer may take
  var shown = 0;
  var turned = Date.now(); // when this view came
  var answered = Date.now(); // when the figures came
  var asked = answered;
  var paused = false;

  function main() { return document.getElementById('main'); }
  function views() { return Array.prototype.slice.call(document.querySelectorAll('[data-view]')); }

  function show() {
    var all = views();
    if (!all.length) return;
    shown = (shown + all.length) % all.length;
    all.forEach(function (view, at) { view.hidden = at !== shown; });
    var turn = document.querySelector('[data-turn]');
    turn.hidden = false;
    turn.querySelector('span').hidden = !paused;
    turn.querySelector('b').textContent = (shown + 1) + ' / ' + all.length;
    fit();
  }
  // A message stands whole on one screen, with the time of the data below it: a low screen, or one with notices above, has smaller letters.
  function fit() {
    var root = document.documentElement;
    root.style.fontSize = '';
    if (window.innerWidth < 1200) return; // it is scrolled, as other pages are
    var size = parseFloat(getComputedStyle(root).fontSize);
    for (var least = size * .75; root.scrollHeight > window.innerHeight && size > least; size -= .5) root.style.fontSize = size - .5 + 'px';
  }
  function turn(by) { shown += by; turned = Date.now(); show(); }
  function lost() {
    var line = document.querySelector('[data-lost]');
    if (line) line.hidden = false;
    fit();
  }

  // Another program, or a page that says what is wrong, has no views: then what is there stands, and says since when.
  function take(text) {
    var page = new DOMParser().parseFromString(text, 'text/html');
    if (!page.querySelector('[data-view]')) { lost(); return; }
    var script = document.querySelector('script[src*="/wall."]').getAttribute('src');
    if (!page.querySelector('script[src="' + script + '"]')) { window.location.reload(); return; } // the program is another
    var name = views()[shown] && views()[shown].dataset.view;
    main().replaceWith(document.adoptNode(page.getElementById('main')));
    document.querySelector('footer').replaceWith(document.adoptNode(page.querySelector('footer')));
    answered = Date.now();
    shown = Math.max(0, views().findIndex(function (view) { return view.dataset.view === name; }));
    show();
  }
  function refresh() {
    asked = Date.now();
    window.fetch(window.location.href, { cache: 'no-store', signal: AbortSignal.timeout(patience) }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    }).then(take).catch(lost);
  }

  // Somebody walks through the links; whoever left a minute ago does not hold the wall.
  var touched = 0;
  function busy() { return main().contains(document.activeElement) && Date.now() - touched < 60e3; }
  ['keydown', 'pointerdown'].forEach(function (kind) { document.addEventListener(kind, function () { touched = Date.now(); }); });
  window.setInterval(function () {
    var now = Date.now();
    var box = document.querySelector('[data-seconds]');
    if (box && !paused && !busy() && now - turned >= Number(box.dataset.seconds) * 1000) turn(1);
    if (now - answered > 2 * refreshed + patience) lost(); // the screen slept
    if (now - asked >= refreshed && !busy()) refresh();
  }, 500);
  window.addEventListener('offline', lost);
  window.addEventListener('online', refresh);
  window.addEventListener('resize', fit);
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowRight') turn(1);
    else if (event.key === 'ArrowLeft') turn(-1);
    else if (event.key === ' ') { paused = !paused; turned = Date.now(); show(); } else return;
    event.preventDefault();
  });
  show();
})();
