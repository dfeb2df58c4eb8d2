// Names on the map: the important ones first, none over another; a place is drawn where there is room for its name.
(function () {
  "use strict";
  const C = window.contactline;
  const { data, map, layers, element } = C;
  map.createPane("names").style.zIndex = 450;
  map.getPane("names").style.pointerEvents = "none";
  map.getPane("names").setAttribute("aria-hidden", "true");
  // what a bracket adds to the name of an area stands on a line of its own
  const lines = (row, name) => (row.kind === "place" ? name : name.replace(/ (?=\()/, "\n"));
  const names = data.labels.map((row) => {
    const tag = element("span", "", lines(row, row.name));
    const icon = L.divIcon({ className: "label label-" + row.kind, html: tag, iconSize: null });
    return { row, tag, marker: L.marker([row.lat, row.lon], { icon, pane: "names", interactive: false, keyboard: false }) };
  });
  const dots = new Map(data.labels.filter((row) => row.kind === "place").map((row) => [row, layers.get(row.layer)
    .drawn.getLayers().find((top) => top.feature.id === row.feature)]));

  function dot(row, on) {
    const path = dots.get(row)?.getElement?.();
    if (path) path.classList.toggle("unnamed", !on);
  }
  function reach(row) {
    const [middle, top] = [[row.lat, row.lon], [row.lat + row.reach, row.lon]].map((p) => map.latLngToContainerPoint(p));
    return middle.y - top.y;
  }
  // all boxes are read at one go before any is taken away: a browser lays a page out anew for each reading after a change
  function name() {
    const seen = map.getContainer().getBoundingClientRect();
    const bounds = map.getBounds();
    const wanted = names.filter(({ row, marker }) => {
      const there = map.hasLayer(layers.get(row.layer).drawn) && bounds.contains([row.lat, row.lon]);
      if (there) marker.addTo(map); else marker.remove();
      dot(row, false);
      return there;
    });
    const boxes = wanted.map(({ tag }) => tag.getBoundingClientRect());
    const taken = Array.from(map.getContainer().parentNode.querySelectorAll(".tools, .leaflet-control, .coordinates"),
      (control) => control.getBoundingClientRect());
    wanted.forEach(({ row, marker }, n) => {
      const box = boxes[n];
      const outside = box.right > seen.right || box.left < seen.left || box.top < seen.top || box.bottom > seen.bottom;
      const clash = taken.some((t) => box.left < t.right + 4 && box.right > t.left - 4
        && box.top < t.bottom + 2 && box.bottom > t.top - 2);
      const wide = row.reach && box.width / 2 > 1.6 * reach(row);
      if (outside || clash || wide) marker.remove(); else { taken.push(box); dot(row, true); }
    });
  }
  C.on("language", (language) => {
    names.forEach(({ row, tag }) => { tag.textContent = lines(row, row["name_" + language] || row.name); });
    name();
  });
  C.on("layers", name);
  map.on("zoomend moveend resize", name);
})();
