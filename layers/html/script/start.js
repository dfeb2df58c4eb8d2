// Everything is there: the page speaks, draws, and says that it is ready.
(function () {
  "use strict";
  const C = window.contactline;
  C.speak(new URLSearchParams(window.location.hash.slice(1)).get("lang"));
  // what the page says takes room: the map is told how much is left to it, now and whenever that changes
  C.map.invalidateSize({ animate: false });
  C.map.fitBounds(C.view, C.fit);
  new ResizeObserver(() => C.map.invalidateSize({ animate: false })).observe(C.map.getContainer());
  C.tell("start");
  C.tell("layers");
  document.documentElement.dataset.ready = "true";
  performance.mark("ready");
})();
