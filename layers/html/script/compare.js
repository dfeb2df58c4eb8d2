// Two states side by side, two sources or two days: one shows left of a divider, the other right of it.
(function () {
  "use strict";
  const C = window.contactline;
  const { map, data, layers, element } = C;
  const box = C.byId("swipe"), at = C.byId("swipe-at"), button = C.byId("compare");
  const selects = { left: C.byId("swipe-left"), right: C.byId("swipe-right") };
  const series = data.timeline;
  const controls = data.layers.filter((row) => row.id.startsWith("control-"));
  const sources = Array.from(new Set(controls.map((row) => row.id.split("-").slice(1, -1).join("-"))));
  const states = [
    ...sources.map((source) => ({ id: "s:" + source, source })),
    ...(series ? series.days.map((_, day) => ({ id: "d:" + day, source: series.source, day })) : []),
  ];
  if (states.length < 2) return;
  const sides = {};
  let on = false;

  const stateOf = (state) => (state.day === undefined ? controls.find((row) => row.id.startsWith("control-" + state.source + "-"))?.as_of
    : series.states[state.day]);
  // the date asked for, and that of the source's state where it is another
  const title = (state) => {
    const asked = state.day === undefined ? data.as_of : series.days[state.day], of = stateOf(state) || asked;
    return C.given(state.source) + " · " + C.date(asked) + (of === asked ? "" : " (" + C.say("state-of") + " " + C.date(of) + ")");
  };

  function shapes(state) {
    if (state.day !== undefined && state.day !== series.now) {
      return series.parts.map((part, n) => ({ classes: layers.get(part.layer).features[part.feature].classes,
        latlngs: C.ringsOn(n, state.day) })).filter((shape) => shape.latlngs.length);
    }
    const mine = controls.filter((row) => row.id.startsWith("control-" + state.source + "-"));
    return mine.flatMap((row) => row.features.filter((one) => one.geometry).map((one) => ({ classes: one.classes,
      geometry: C.geometry(one.geometry) })));
  }
  function pane(side) {
    if (sides[side]) return sides[side];
    const name = "side-" + side;
    map.createPane(name).style.zIndex = 410;
    map.getPane(name).style.pointerEvents = "none";
    sides[side] = { pane: map.getPane(name), name, group: L.layerGroup(), renderer: L.svg({ pane: name }) };
    return sides[side];
  }
  function fill(side) {
    const { group, name, renderer } = pane(side);
    group.clearLayers();
    const state = states.find((one) => one.id === selects[side].value);
    for (const shape of shapes(state)) {
      const options = { pane: name, renderer, className: shape.classes, interactive: false, smoothFactor: 0.6 };
      if (shape.latlngs) group.addLayer(L.polygon(shape.latlngs, options));
      else L.geoJSON(shape.geometry, { ...options, style: () => options }).addTo(group);
    }
    group.addTo(map);
  }
  function divide() {
    if (!on) return;
    const size = map.getSize();
    const x = size.x * Number(at.value) / 1000;
    const [nw, se] = [map.containerPointToLayerPoint([0, 0]), map.containerPointToLayerPoint(size)];
    const middle = nw.x + x;
    const cut = (from, to) => `polygon(${from}px ${nw.y}px, ${to}px ${nw.y}px, ${to}px ${se.y}px, ${from}px ${se.y}px)`;
    pane("left").pane.style.clipPath = cut(nw.x, middle);
    pane("right").pane.style.clipPath = cut(middle, se.x);
    box.querySelector(".divider").style.left = x + "px";
  }
  function tell() {
    const words = Object.fromEntries(Object.keys(selects).map((side) =>
      [side, title(states.find((one) => one.id === selects[side].value))]));
    at.setAttribute("aria-valuetext", C.say("compare-on", words));
    C.byId("swipe-said").textContent = C.say("print-left", words);
    C.byId("swipe-said").hidden = !on;
    if (on) C.status(C.say("compare-on", words));
  }
  C.compareNow = () => (on ? [selects.left.value, selects.right.value, at.value].join("~") : "");
  C.compare = (wanted, left, right, where) => {
    on = wanted;
    if (on) C.measuring(false);
    const known = (id) => states.some((one) => one.id === id);
    if (known(left)) selects.left.value = left;
    if (known(right)) selects.right.value = right;
    if (where !== undefined) at.value = where;
    box.hidden = !on;
    button.setAttribute("aria-pressed", String(on));
    map.getContainer().classList.toggle("comparing", on);
    for (const side of ["left", "right"]) if (on) fill(side); else if (sides[side]) sides[side].group.remove();
    map.closePopup();
    divide();
    tell();
    C.tell("compare");
  };
  button.addEventListener("click", () => C.compare(!on));
  for (const side of ["left", "right"]) {
    selects[side].addEventListener("change", () => { fill(side); tell(); C.tell("compare"); });
  }
  at.addEventListener("input", () => { divide(); C.tell("compare"); });
  map.on("move zoom zoomend resize", divide);
  C.on("language", () => {
    const defaults = sources.length > 1 ? ["s:" + sources[0], "s:" + sources[1]]
      : ["d:0", "d:" + (series ? series.now : 0)];
    ["left", "right"].forEach((side, n) => {
      const kept = selects[side].value || defaults[n];
      selects[side].replaceChildren(...states.map((state) =>
        Object.assign(element("option", "", title(state)), { value: state.id })));
      selects[side].value = kept;
    });
    tell();
  });
  C.comparable = true;
})();
