// What the page does: names on the map, popups, the layer switch, and claims that fly to their place.
// All text arrives as JSON and leaves as text nodes; nothing here writes HTML.
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("contactline-map").textContent);
  const map = window[data.map];
  const status = document.getElementById("map-status");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const layers = new Map(data.layers.map((row) => [row.id, { ...row, drawn: window[row.variable] }]));
  const boxes = new Map(
    Array.from(document.querySelectorAll("input[data-layer]"), (box) => [box.dataset.layer, box]));
  const featureOf = new WeakMap();

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // --- geometry: lists of points come as polylines, differences of lon and lat in 1e-5 degree
  function points(text) {
    const found = [], place = [0, 0];
    for (let at = 0, axis = 0; at < text.length; axis = 1 - axis) {
      let bits, value = 0, shift = 0;
      do { bits = text.charCodeAt(at++) - 63; value += (bits & 31) * 2 ** shift; shift += 5; } while (bits >= 32);
      place[axis] += value % 2 ? -(value + 1) / 2 : value / 2;
      if (axis) found.push([place[0] / 1e5, place[1] / 1e5]);
    }
    return found;
  }
  const decoded = (coordinates) => (typeof coordinates === "string" ? points(coordinates)
    : Array.isArray(coordinates) ? coordinates.map(decoded) : coordinates);
  const geometry = (given) => (given.geometries
    ? { type: given.type, geometries: given.geometries.map(geometry) }
    : { type: given.type, coordinates: decoded(given.coordinates) });
  for (const layer of layers.values()) {
    layer.drawn.options.style = (feature) => ({ className: layer.features[feature.id].classes });
    layer.features.forEach((feature, id) => {
      if (feature.geometry) {
        layer.drawn.addData({ type: "Feature", id, properties: {}, geometry: geometry(feature.geometry) });
      }
    });
  }

  // --- the map's frame
  const [west, south, east, north] = data.frame;
  const frame = L.latLngBounds([south, west], [north, east]);
  const view = L.latLngBounds([data.view[1], data.view[0]], [data.view[3], data.view[2]]);
  const fit = { padding: [24, 24], maxZoom: 11, animate: false };
  map.options.maxBoundsViscosity = 1;
  function frameMap() {
    map.setMinZoom(Math.max(0, Math.min(map.getBoundsZoom(frame, true), map.getBoundsZoom(view))));
  }
  frameMap();
  map.fitBounds(view, fit);
  map.attributionControl.setPrefix(false);
  const credit = element("a", "", "Sources and licences");
  credit.href = "#sources";
  map.attributionControl.getContainer().replaceChildren(credit);
  map.getContainer().setAttribute("aria-label", "Map: arrow keys move it, plus and minus zoom");
  map.getContainer().setAttribute("role", "region");

  // --- popups: everything that lies under the pointer, the uppermost first
  function pathsOf(drawn, visit) {
    drawn.eachLayer((part) => (part.eachLayer ? pathsOf(part, visit) : visit(part)));
  }
  function register(layer) {
    layer.drawn.eachLayer((top) => {
      const feature = layer.features[top.feature.id];
      const claim = (path) => path.getElement && path.getElement()
        && featureOf.set(path.getElement(), { layer, feature });
      if (top.eachLayer) pathsOf(top, claim); else claim(top);
    });
  }
  function entry(found) {
    const box = element("div", "entry");
    box.append(element("p", "kicker", found.layer.title));
    if (found.feature.name) box.append(element("h3", "", found.feature.name));
    const list = element("dl");
    for (const [label, text] of found.feature.facts) {
      list.append(element("dt", "", label), element("dd", "", text));
    }
    const about = element("details");
    about.append(element("summary", "", "Method and licence"));
    const more = element("dl");
    for (const [label, text] of found.layer.about) more.append(element("dt", "", label), element("dd", "", text));
    about.append(more);
    box.append(list, about);
    return box;
  }
  function content(found) {
    const box = element("div", "popup");
    found.forEach((one, number) => {
      if (number === 0) { box.append(entry(one)); return; }
      const also = element("details", "also");
      also.append(element("summary", "", "Also here: " + (one.feature.name || one.layer.title)), entry(one));
      box.append(also);
    });
    return box;
  }
  function open(latlng, found) {
    if (!found.length) return null;
    const maxHeight = Math.min(340, map.getSize().y - 110);
    return L.popup({ maxWidth: 320, minWidth: 220, maxHeight, autoPanPadding: [16, 16] })
      .setLatLng(latlng).setContent(content(found)).openOn(map);
  }
  map.on("click", (event) => {
    const point = event.originalEvent;
    const found = document.elementsFromPoint(point.clientX, point.clientY)
      .map((under) => featureOf.get(under)).filter(Boolean);
    open(event.latlng, found.filter((one, n) => found.findIndex((two) => two.feature === one.feature) === n));
  });

  let back = null;
  map.on("popupclose", () => { if (back) back.focus({ preventScroll: true }); back = null; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });

  // --- the layer switch
  function stack() {
    for (const layer of data.layers) {
      const { drawn } = layers.get(layer.id);
      if (map.hasLayer(drawn)) drawn.bringToFront();
    }
  }
  function show(id, on) {
    const layer = layers.get(id);
    if (on) { map.addLayer(layer.drawn); register(layer); } else map.removeLayer(layer.drawn);
    if (boxes.has(id)) boxes.get(id).checked = on;
    stack();
    name();
  }
  boxes.forEach((box, id) => box.addEventListener("change", () => {
    map.closePopup();
    show(id, box.checked);
  }));

  // --- going to a layer
  let lit = null;
  function light(drawn) {
    if (lit) pathsOf(lit, (path) => path.getElement && path.getElement()?.classList.remove("lit"));
    pathsOf(drawn, (path) => path.getElement && path.getElement()?.classList.add("lit"));
    lit = drawn;
  }
  function spotOn(top) {
    if (top.getLatLng) return top.getLatLng();
    const centre = top.getBounds().getCenter();
    const points = [];
    pathsOf(top.eachLayer ? top : L.layerGroup([top]), (path) => {
      points.push(...(path.getLatLngs ? path.getLatLngs().flat(Infinity) : [path.getLatLng()]));
    });
    return points.reduce((best, one) => (centre.distanceTo(one) < centre.distanceTo(best) ? one : best));
  }
  function tell(layer, opener) {
    const top = layer.drawn.getLayers()[0];
    const popup = open(spotOn(top), [{ layer, feature: layer.features[top.feature.id] }]);
    popup.getElement().tabIndex = -1;
    popup.getElement().focus({ preventScroll: true });
    back = opener;
  }
  let journeys = 0;
  function goTo(id, opener) {
    const layer = layers.get(id);
    if (!map.hasLayer(layer.drawn)) show(id, true);
    const bounds = layer.drawn.getBounds();
    if (!bounds.isValid()) { status.textContent = layer.title + " has nothing on the map"; return; }
    map.closePopup();
    const options = { padding: [32, 32], maxZoom: 11, duration: 0.8 };
    const journey = ++journeys;
    const arrived = () => { if (opener && journey === journeys) tell(layer, opener); };
    if (calm) {
      map.fitBounds(bounds, { ...options, animate: false });
      arrived();
    } else {
      map.stop();
      map.once("moveend", arrived);
      map.flyToBounds(bounds, options);
    }
    light(layer.drawn);
    status.textContent = "The map shows " + layer.title;
    if (window.matchMedia("(max-width: 59.99rem)").matches) {
      map.getContainer().scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
    }
  }
  const rows = Array.from(document.querySelectorAll("tr[data-layer]"));
  function choose(row) {
    rows.forEach((other) => other.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
    goTo(row.dataset.layer, null);
  }
  rows.forEach((row) => row.addEventListener("click", () => {
    if (window.getSelection().isCollapsed) choose(row);
  }));
  document.querySelectorAll("button[data-go]").forEach((button) => {
    button.addEventListener("click", () => goTo(button.dataset.go, button));
  });
  document.querySelectorAll("a.claimed").forEach((link) => link.addEventListener("click", () => {
    const row = document.querySelector(link.getAttribute("href"));
    if (row && row.dataset.layer) choose(row);
  }));

  // --- names: the important ones first, none over another
  map.createPane("names").style.zIndex = 450;
  map.getPane("names").style.pointerEvents = "none";
  map.getPane("names").setAttribute("aria-hidden", "true");
  const names = data.labels.map((row) => {
    const tag = element("span", "", row.name);
    const icon = L.divIcon({ className: "label label-" + row.kind, html: tag, iconSize: null });
    return { row, tag, marker: L.marker([row.lat, row.lon], { icon, pane: "names", interactive: false, keyboard: false }) };
  });
  function reach(row) {
    const [middle, top] = [[row.lat, row.lon], [row.lat + row.reach, row.lon]].map((p) => map.latLngToContainerPoint(p));
    return middle.y - top.y;
  }
  // a place is drawn where there is room for its name
  const dots = new Map(data.labels.filter((row) => row.kind === "place").map((row) => [row, layers.get(row.layer)
    .drawn.getLayers().find((top) => top.feature.id === row.feature)]));
  function dot(row, on) {
    const path = dots.get(row)?.getElement?.();
    if (path) path.classList.toggle("unnamed", !on);
  }
  function name() {
    const taken = [];
    const seen = map.getContainer().getBoundingClientRect();
    for (const { row, tag, marker } of names) {
      const wanted = map.hasLayer(layers.get(row.layer).drawn) && map.getBounds().contains([row.lat, row.lon]);
      dot(row, false);
      if (!wanted) { marker.remove(); continue; }
      marker.addTo(map);
      const box = tag.getBoundingClientRect();
      const outside = box.right > seen.right || box.left < seen.left || box.top < seen.top || box.bottom > seen.bottom;
      const clash = taken.some((t) => box.left < t.right + 4 && box.right > t.left - 4
        && box.top < t.bottom + 2 && box.bottom > t.top - 2);
      const wide = row.reach && box.width / 2 > 1.6 * reach(row);
      if (outside || clash || wide) marker.remove(); else { taken.push(box); dot(row, true); }
    }
  }
  map.on("zoomend moveend resize", name);
  map.on("resize", frameMap);

  if (window.matchMedia("(max-width: 59.99rem)").matches) document.querySelector(".legend details").open = false;
  layers.forEach((layer) => { if (map.hasLayer(layer.drawn)) register(layer); });
  stack();
  name();
  window.contactline = { map, layers, goTo };
  document.documentElement.dataset.ready = "true";
})();
