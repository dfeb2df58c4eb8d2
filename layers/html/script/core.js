// What all parts of the page share: the data, the map, and a word to each other when something changes.
// All text arrives as JSON and leaves as text nodes; nothing here writes HTML.
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("contactline-map").textContent);
  const heard = {};

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }
  function svg(tag, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  // lists of points come as polylines: differences of lon and lat in 1e-5 degree
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

  window.contactline = {
    data,
    map: window[data.map],
    layers: new Map(data.layers.map((row) => [row.id, { ...row, drawn: window[row.variable] }])),
    calm: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    narrow: () => window.matchMedia("(max-width: 59.99rem)").matches,
    byId: (id) => document.getElementById(id),
    element, svg, points, geometry,
    // a part that hears of a change by name, and one that tells of it
    on(name, hear) { (heard[name] ||= []).push(hear); },
    tell(name, value) { (heard[name] || []).forEach((hear) => hear(value)); },
    status(text) { document.getElementById("map-status").textContent = text; },
  };
})();
