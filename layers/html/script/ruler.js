// The measuring tool: points by click, or the map's centre by keyboard; the line drawn is the geodesic that is measured.
(function () {
  "use strict";
  const C = window.contactline;
  const { map } = C;
  const button = C.byId("measure"), box = C.byId("ruler"), result = C.byId("ruler-result");
  const drawn = L.layerGroup();
  let points = [], on = false;

  function said() {
    if (points.length < 2) return "";
    let metres = 0;
    for (let n = 1; n < points.length; n++) {
      const way = C.geodesic.inverse(points[n - 1], points[n]);
      if (!way) return C.say("measure-far");
      metres += way.metres;
    }
    const length = C.say("measure-length", { km: C.number(metres / 1000, 2), mi: C.number(metres / 1609.344, 2) });
    const m2 = points.length > 2 ? C.geodesic.area(points) : null;
    return length + (m2 ? ". " + C.say("measure-area", { km2: C.number(m2 / 1e6, m2 < 1e8 ? 2 : 1) }) : "");
  }
  function draw() {
    drawn.clearLayers();
    const line = points.flatMap((point, n) => (n ? C.geodesic.along(points[n - 1], point, 20000) || [point] : [point]));
    const back = points.length > 2 ? C.geodesic.along(points[points.length - 1], points[0], 20000) || [] : [];
    if (back.length) drawn.addLayer(L.polyline(back, { className: "ruler-back", interactive: false }));
    drawn.addLayer(L.polyline(line, { className: "ruler-line", interactive: false }));
    points.forEach((point) => drawn.addLayer(L.circleMarker(point, { radius: 4, className: "ruler-point", interactive: false })));
    result.textContent = said();
  }
  function add(latlng) {
    points.push([latlng.lat, latlng.lng]);
    draw();
  }
  C.measuring = (wanted) => {
    on = wanted;
    if (on && C.compareNow && C.compareNow()) C.compare(false); // one tool at a time: their boxes share the room
    box.hidden = !on;
    button.setAttribute("aria-pressed", String(on));
    map.getContainer().classList.toggle("measuring", on);
    map.closePopup();
    if (on) { map.doubleClickZoom.disable(); drawn.addTo(map); } else {
      map.doubleClickZoom.enable();
      drawn.remove();
    }
  };
  C.taken = (event) => {
    if (on) add(event.latlng);
    return on;
  };
  button.addEventListener("click", () => C.measuring(!on));
  C.byId("ruler-add").addEventListener("click", () => add(map.getCenter()));
  C.byId("ruler-undo").addEventListener("click", () => { points.pop(); draw(); });
  C.byId("ruler-clear").addEventListener("click", () => { points = []; draw(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && on) { C.measuring(false); button.focus(); } });
  C.on("language", () => { result.textContent = said(); });
})();
