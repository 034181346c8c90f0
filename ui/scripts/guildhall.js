// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes pages nicer; nothing needs it. A long table with data-filter="label" gets a field above it that
// hides the rows without the words typed; how many are left is said aloud.
(function () {
  "use strict";

  var FEW_ROWS = 12; // below that a filter is in the way

  // "Ålesund" is found by "alesund": marks are taken off before comparing.
  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/ø/gi, "o").toLowerCase();
  }

  function addFilter(table) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    if (rows.length < FEW_ROWS) {
      return;
    }

    var texts = rows.map(function (row) {
      return fold(row.cells[0].textContent + " " + row.cells[1].textContent);
    });
    var label = document.createElement("label");
    var input = document.createElement("input");
    var count = document.createElement("span");
    label.className = "table-filter";
    label.textContent = table.getAttribute("data-filter");
    input.type = "search";
    input.className = "govuk-input";
    input.autocomplete = "off";
    count.className = "visually-hidden";
    count.setAttribute("role", "status");
    label.append(input);

    input.addEventListener("input", function () {
      var words = fold(input.value).trim();
      var left = 0;
      rows.forEach(function (row, i) {
        row.hidden = texts[i].indexOf(words) < 0;
        left += row.hidden ? 0 : 1;
      });
      count.textContent = left + " / " + rows.length;
    });

    var anchor = table.closest(".table-scroll") || table;
    anchor.before(label, count);
  }

  document.querySelectorAll("table[data-filter]").forEach(addFilter);
})();

// The citation at the foot: the full address and the day it was read.
(function () {
  "use strict";

  var address = document.querySelector("[data-cite-address]");
  var hint = document.querySelector("[data-cite-hint]");
  if (!address || !hint) {
    return;
  }
  var day = new Date().toISOString().slice(0, 10);
  address.textContent = location.origin + address.textContent.trim() + ", " + day;
  hint.hidden = true;
})();

// The wheel: the name of the segment pointed at or focused stands in a line under it. Those who hear the
// page are told the name by the focus itself.
(function () {
  "use strict";

  var wheel = document.querySelector("[data-wheel]");
  var line = wheel && wheel.querySelector("[data-wheel-name]");
  if (!line) {
    return;
  }

  function show(event) {
    var part = event.target.closest("svg [aria-label]");
    line.textContent = part ? part.getAttribute("aria-label") : "";
  }

  wheel.addEventListener("pointerover", show);
  wheel.addEventListener("focusin", show);
  wheel.addEventListener("pointerleave", function () {
    var part = document.activeElement.closest("[data-wheel] svg [aria-label]");
    line.textContent = part ? part.getAttribute("aria-label") : "";
  });
})();

// The name of a drawing's part beside it while it has the keyboard; for the pointer the browser shows the
// part's title.
(function () {
  "use strict";

  var AWAY_PX = 6;
  var tip = document.createElement("div");
  tip.className = "part-name";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the part itself is called so
  document.body.append(tip);

  document.addEventListener("focusin", function (event) {
    var part = event.target.closest("svg [aria-label]");
    if (!part || !part.matches(":focus-visible")) {
      return;
    }
    var box = part.getBoundingClientRect();
    tip.textContent = part.getAttribute("aria-label");
    tip.hidden = false;
    var most = document.documentElement.clientWidth - tip.offsetWidth - AWAY_PX;
    tip.style.top = box.bottom + scrollY + AWAY_PX + "px";
    tip.style.left = Math.max(AWAY_PX, Math.min(box.left + scrollX, most)) + "px";
  });
  document.addEventListener("focusout", function () {
    tip.hidden = true;
  });
  document.addEventListener("keydown", function (event) {
    tip.hidden = tip.hidden || event.key === "Escape";
  });
})();

// A form with data-live is sent while its fields change, and the part data-live-result of the answer takes the
// place of that on the page. Each slider goes with a field of numbers, which is what is sent.
(function () {
  "use strict";

  var WAIT_MS = 120; // a hand on a slider stops for less
  var form = document.querySelector("form[data-live]");
  if (!form || !window.fetch || !window.AbortController) {
    return;
  }
  var timer = 0;
  var running = null;

  function address() {
    return form.action + "?" + new URLSearchParams(new FormData(form)).toString();
  }

  function show(text) {
    var answer = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live-result]");
    var old = document.querySelector("[data-live-result]");
    if (answer && old) {
      old.replaceWith(document.importNode(answer, true));
    }
  }

  function ask() {
    var url = address();
    if (running) {
      running.abort();
    }
    running = new AbortController();
    fetch(url, { signal: running.signal }).then(function (reply) {
      return reply.ok ? reply.text() : Promise.reject(reply);
    }).then(function (text) {
      show(text);
      history.replaceState(null, "", url);
    }).catch(function () {
      // A number out of bounds, or the next change came first: the button still submits.
    });
  }

  form.querySelectorAll("[data-slider-of]").forEach(function (slider) {
    var field = document.getElementById(slider.getAttribute("data-slider-of"));
    slider.hidden = false;
    slider.addEventListener("input", function () {
      field.value = slider.value;
    });
    field.addEventListener("input", function () {
      slider.value = field.value;
    });
  });
  form.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
})();
