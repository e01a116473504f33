// What the search boxes offer while something is typed. Without this script they are forms that lead to the page of results.
(function () {
  'use strict';
  var typed = 200; // ms without another key until the server is asked

  function enhance(form) {
    var input = form.querySelector('input[type="search"]');
    var list = document.createElement('ul');
    list.id = input.id + '-list';
    list.className = 'offers';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', input.getAttribute('aria-label'));
    form.appendChild(list);
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('aria-expanded', 'false');

    var options = [];
    var chosen = -1;
    var offered = ''; // what the options are for
    var timer = 0;
    var asked = 0; // answers to earlier questions come too late

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    }
    function choose(at) {
      if (options[chosen]) options[chosen].setAttribute('aria-selected', 'false');
      chosen = at;
      if (!options[chosen]) { input.removeAttribute('aria-activedescendant'); return; }
      options[chosen].setAttribute('aria-selected', 'true');
      options[chosen].scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', options[chosen].id);
    }
    function part(name, text) {
      var span = document.createElement('span');
      span.className = name;
      span.textContent = text;
      return span;
    }
    function show(offers) {
      list.textContent = '';
      options = offers.map(function (offer, at) {
        var option = document.createElement('li');
        option.id = list.id + '-' + at;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.dataset.href = offer.href;
        option.append(part('kind', offer.kind), part('text', offer.text), part('note', offer.note || ''));
        list.appendChild(option);
        return option;
      });
      chosen = -1;
      list.hidden = options.length === 0;
      input.setAttribute('aria-expanded', String(!list.hidden));
    }
    function ask() {
      var words = input.value.trim();
      var number = asked += 1;
      if (!words) { close(); return; }
      var address = new URL(form.dataset.suggest, window.location.href);
      form.querySelectorAll('input').forEach(function (field) { if (field.value) address.searchParams.set(field.name, field.value.trim()); });
      window.fetch(address).then(function (answer) { return answer.ok ? answer.json() : []; }).catch(function () { return []; }).then(function (offers) {
        if (number === asked && document.activeElement === input) { offered = words; show(offers); }
      });
    }

    // Initials or a number that are one unit's alone lead there at once; behind it stands the page of all results.
    function alone() {
      return options.length === 2 && offered === input.value.trim() && /^[a-z0-9]+$/i.test(offered) && /\/search\?/.test(options[1].dataset.href);
    }

    input.addEventListener('input', function (event) {
      if (event.isComposing) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, typed);
    });
    input.addEventListener('compositionend', function () { timer = window.setTimeout(ask, typed); });
    input.addEventListener('blur', function () { asked += 1; close(); });
    input.addEventListener('keydown', function (event) {
      if (event.isComposing) return;
      if (event.key === 'Escape') {
        asked += 1;
        if (list.hidden) { input.value = ''; input.blur(); }
        close();
        event.preventDefault();
      } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !list.hidden) {
        event.preventDefault();
        var step = event.key === 'ArrowDown' ? 1 : -1;
        choose(chosen < 0 && step < 0 ? options.length - 1 : (chosen + step + options.length) % options.length);
      } else if (event.key === 'Enter' && !list.hidden) {
        if (chosen < 0 && alone()) chosen = 0;
        if (!options[chosen]) return;
        event.preventDefault();
        window.location.assign(options[chosen].dataset.href);
      }
    });
    list.addEventListener('mousedown', function (event) { // before the box loses the focus
      var option = event.target.closest('[role="option"]');
      event.preventDefault();
      if (option && event.button === 0) window.location.assign(option.dataset.href);
    });
  }
  var forms = Array.prototype.slice.call(document.querySelectorAll('[data-suggest]'));
  forms.forEach(enhance);

  // The key / goes to the box that is seen; on a phone, where none is, to the page that has one.
  document.addEventListener('keydown', function (event) {
    var at = event.target;
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    var seen = forms.map(function (form) { return form.querySelector('input[type="search"]'); }).filter(function (input) { return input.offsetParent; });
    if (!forms.length) return;
    event.preventDefault();
    if (seen.length) { seen[seen.length - 1].focus(); seen[seen.length - 1].select(); } else forms[0].submit();
  });
})();
