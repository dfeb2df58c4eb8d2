// The state of any day, put together from arcs that live from one day to another.
(function () {
  "use strict";
  const C = window.contactline;
  const series = C.data.timeline;
  if (!series) return;
  let arcs = null;

  function unpacked() {
    arcs ||= series.arcs.map((arc) => {
      const line = C.points(arc.line).map(([lon, lat]) => L.latLng(lat, lon));
      const key = (at) => at.lat + " " + at.lng;
      return { line, start: key(line[0]), end: key(line[line.length - 1]), lives: arc.lives };
    });
    return arcs;
  }
  function lives(arc, part, day) {
    return arc.lives.some(([of, ...turns]) => of === part && turns.filter((turn) => turn <= day).length % 2);
  }
  // lines end where other lines begin: followed from end to end they close to rings, which enclose by the even-odd rule
  function rings(lines) {
    const at = new Map();
    lines.forEach((line) => [line.start, line.end].forEach((key) => {
      if (!at.has(key)) at.set(key, new Set());
      at.get(key).add(line);
    }));
    const found = [], used = new Set();
    for (const first of lines) {
      if (used.has(first)) continue;
      const ring = [];
      let line = first, key = first.start;
      while (line) {
        used.add(line);
        at.get(line.start).delete(line);
        at.get(line.end).delete(line);
        const forth = line.start === key;
        const points = forth ? line.line : line.line.slice().reverse();
        for (const point of points) ring.push(point);
        key = forth ? line.end : line.start;
        line = key === first.start ? null : at.get(key).values().next().value;
      }
      if (ring.length > 3) found.push(ring);
    }
    return found;
  }
  C.ringsOn = (part, day) => rings(unpacked().filter((arc) => lives(arc, part, day)));
  C.partOf = (layer, id) => series.parts.findIndex((part) => part.layer === layer && part.feature === id);
})();
