/* Enhancement only: every page does its work without this file. ES2017, no globals, no inline styles. */
(function () {
  "use strict";

  // The error summary is read first, by eyes and by screen readers.
  function focusErrors() {
    const summary = document.getElementById("error-summary");
    if (summary) summary.focus();
  }

  // A second click on a form that is already under way sends nothing (the server refuses it as well).
  function guardDoubleSubmit(event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 8000);
  }

  // Leaving a long form with changes asks first; forms opt in with data-guard-changes.
  function guardChanges() {
    const forms = document.querySelectorAll("form[data-guard-changes]");
    if (!forms.length) return;
    let changed = false;
    forms.forEach(function (form) {
      form.addEventListener("input", function () { changed = true; });
      form.addEventListener("submit", function () { changed = false; });
    });
    window.addEventListener("beforeunload", function (event) {
      if (changed) event.preventDefault();
    });
  }

  // Buttons that only make sense with a script stay hidden until here.
  function printButtons() {
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
  }

  // "全选" ticks exactly the rows on this page.
  function selectAll() {
    document.querySelectorAll("input[data-select-all]").forEach(function (box) {
      box.hidden = false;
      box.addEventListener("change", function () {
        const name = box.dataset.selectAll;
        document.querySelectorAll('input[type=checkbox][name="' + name + '"]').forEach(function (one) {
          if (!one.disabled) one.checked = box.checked;
        });
      });
    });
  }

  // Work in progress: the page says after how many seconds it is worth looking again.
  function refreshLater() {
    const waiting = document.querySelector("[data-refresh-seconds]");
    if (waiting) {
      window.setTimeout(function () { window.location.reload(); }, 1000 * Number(waiting.dataset.refreshSeconds));
    }
  }

  // A score pad adds up what is typed, in hundredths as the server does; nothing is shown until all is there.
  function weightedTotal() {
    document.querySelectorAll("form[data-weighted]").forEach(function (form) {
      const fields = Array.from(form.querySelectorAll("[data-weight]"));
      const output = form.querySelector("[data-weighted-total]");
      function add() {
        const whole = fields.every(function (one) { return /^\s*(100|\d{1,2})\s*$/.test(one.value); });
        const total = fields.reduce(function (sum, one) { return sum + Number(one.dataset.weight) * Number(one.value); }, 0);
        output.value = Math.floor(total / 100) + "." + String(total % 100).padStart(2, "0");
        output.parentNode.hidden = !whole;
      }
      form.addEventListener("input", add);
      add();
    });
  }

  // Timers go on from what the server had counted; the clock of this machine is not asked.
  function countUp() {
    const read = new WeakMap();
    function two(number) { return String(number).padStart(2, "0"); }
    function show() {
      document.querySelectorAll("[data-elapsed]").forEach(function (timer) {
        if (!read.has(timer)) read.set(timer, performance.now());
        const seconds = Number(timer.dataset.elapsed) + Math.floor((performance.now() - read.get(timer)) / 1000);
        const hours = Math.floor(seconds / 3600);
        timer.textContent = (hours ? hours + ":" : "") + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
      });
    }
    show();
    window.setInterval(show, 1000);
  }

  document.addEventListener("submit", guardDoubleSubmit);
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
  focusErrors();
  guardChanges();
  printButtons();
  selectAll();
  refreshLater();
  weightedTotal();
  countUp();
})();
