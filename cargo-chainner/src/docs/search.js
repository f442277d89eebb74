// Narrows the list of nodes to those that have all words of the search. Without this script, the list is whole.
(function () {
  "use strict";
  var field = document.getElementById("search");
  var found = document.getElementById("found");
  if (!field || !found) return;
  var nodes = Array.prototype.slice.call(document.querySelectorAll(".node"));
  var groups = Array.prototype.slice.call(document.querySelectorAll(".group"));
  var categories = Array.prototype.slice.call(document.querySelectorAll(".category"));
  var contents = document.querySelector(".contents");

  function hasNodes(part) {
    return part.querySelector(".node:not([hidden])") !== null;
  }

  function narrow() {
    var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    nodes.forEach(function (node) {
      var text = node.getAttribute("data-words");
      node.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
      if (!node.hidden) count += 1;
    });
    groups.concat(categories).forEach(function (part) { part.hidden = !hasNodes(part); });
    if (contents) contents.hidden = words.length > 0;
    found.hidden = words.length === 0;
    found.textContent = count === 0 ? "No node has all of these words." : count === 1 ? "1 node" : count + " nodes";
  }

  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", narrow);
  field.form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = document.querySelector(".node:not([hidden]) a");
    if (first && field.value.trim()) location.href = first.href;
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && document.activeElement !== field && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });
  narrow();
})();
