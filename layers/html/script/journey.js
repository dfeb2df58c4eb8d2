// Going to a layer: the map flies there, lights it up, and says so.
(function () {
  "use strict";
  const C = window.contactline;
  const { map, layers } = C;
  let lit = null, back = null, flight = null;

  map.on("popupclose", () => { if (back) back.focus({ preventScroll: true }); back = null; });

  function light(drawn) {
    if (lit) C.pathsOf(lit, (path) => path.getElement && path.getElement()?.classList.remove("lit"));
    C.pathsOf(drawn, (path) => path.getElement && path.getElement()?.classList.add("lit"));
    lit = drawn;
  }
  function spotOn(top) {
    if (top.getLatLng) return top.getLatLng();
    const centre = top.getBounds().getCenter();
    const points = [];
    C.pathsOf(top.eachLayer ? top : L.layerGroup([top]), (path) => {
      points.push(...(path.getLatLngs ? path.getLatLngs().flat(Infinity) : [path.getLatLng()]));
    });
    return points.reduce((best, one) => (centre.distanceTo(one) < centre.distanceTo(best) ? one : best));
  }
  function tell(layer, opener) {
    const top = layer.drawn.getLayers()[0];
    const popup = C.popup(spotOn(top), [{ layer, id: top.feature.id, feature: layer.features[top.feature.id] }]);
    popup.getElement().tabIndex = -1;
    popup.getElement().focus({ preventScroll: true });
    back = opener;
  }
  // a map that changes its size stands still: it is set down where it was flying to
  function land() {
    const { bounds, options, arrived } = flight;
    flight = null;
    map.fitBounds(bounds, { ...options, animate: false });
    arrived();
  }
  map.on("resize", () => { if (flight) land(); });
  map.on("moveend", () => {
    if (!flight || Date.now() < flight.ends) return;
    const { arrived } = flight;
    flight = null;
    arrived();
  });
  // whoever takes hold of the map has it
  for (const hold of ["pointerdown", "wheel", "keydown"]) {
    map.getContainer().addEventListener(hold, () => { flight = null; }, { capture: true, passive: true });
  }
  C.goTo = (id, opener) => {
    const layer = layers.get(id);
    const name = C.given(layer.title);
    if (!map.hasLayer(layer.drawn)) C.show(id, true);
    const bounds = layer.drawn.getBounds();
    if (!bounds.isValid()) { C.status(C.say("nothing-drawn", { name })); return; }
    map.closePopup();
    const options = { padding: [32, 32], maxZoom: 11, duration: 0.8 };
    flight = { bounds, options, ends: Date.now() + 1000 * options.duration, arrived: () => { if (opener) tell(layer, opener); } };
    if (C.calm) land(); else map.flyToBounds(bounds, options); // which ends the flight before
    light(layer.drawn);
    C.status(C.say("map-shows", { name }));
    if (C.narrow() && opener) {
      map.getContainer().scrollIntoView({ behavior: C.calm ? "auto" : "smooth", block: "start" });
    }
  };
  // an expression is a layer of its own, or one of the bands to choose from
  C.goToTerritory = (expression, id) => {
    if (C.bandOf && C.bandOf(expression)) C.chooseBand(C.bandOf(expression));
    const found = id || (Object.hasOwn(C.data.anchors, expression) ? C.data.anchors[expression] : null);
    if (found && layers.has(found)) C.goTo(found, null);
    return Boolean(found);
  };
  document.querySelectorAll("button[data-go]").forEach((button) => {
    button.addEventListener("click", () => C.goTo(button.dataset.go, button));
  });
})();
