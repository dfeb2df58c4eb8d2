// Coordinates under the pointer, full screen, print, and the tools that only work where there is a script.
(function () {
  "use strict";
  const C = window.contactline;
  const { map } = C;
  const output = C.byId("coordinates").querySelector("output");
  const write = (at) => { output.textContent = at.lat.toFixed(5) + ", " + at.lng.toFixed(5); };
  map.on("mousemove", (event) => write(event.latlng));
  map.on("moveend mouseout", () => write(map.getCenter()));
  write(map.getCenter());

  const full = C.byId("full-screen");
  if (!document.documentElement.requestFullscreen) full.hidden = true;
  full.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
  });
  document.addEventListener("fullscreenchange", () => {
    full.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
    map.invalidateSize();
  });
  // a browser lays the page out for paper after it has told of it: the map takes the paper's size before
  C.byId("print").addEventListener("click", () => window.print());
  const frame = map.getContainer();
  let before = null;
  const sized = (width, height, bounds) => {
    frame.style.width = width;
    frame.style.height = height;
    map.invalidateSize({ animate: false });
    map.fitBounds(bounds, { animate: false });
  };
  window.addEventListener("beforeprint", () => {
    before = map.getBounds();
    sized("180mm", "115mm", before);
  });
  window.addEventListener("afterprint", () => { if (before) sized("", "", before); before = null; });

  document.querySelector(".tools").hidden = false;
  if (!C.comparable) C.byId("compare").hidden = true;
  document.querySelectorAll(".tools, .box, .coordinates, .swipe input").forEach((part) => {
    L.DomEvent.disableClickPropagation(part);
    L.DomEvent.disableScrollPropagation(part);
  });
})();
