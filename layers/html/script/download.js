// Each layer as GeoJSON (RFC 7946), as it is drawn, with what is known of it.
(function () {
  "use strict";
  const C = window.contactline;

  function wound(ring, anticlockwise) {
    let twice = 0;
    for (let n = 1; n < ring.length; n++) twice += ring[n - 1][0] * ring[n][1] - ring[n][0] * ring[n - 1][1];
    return (twice > 0) === anticlockwise ? ring : ring.slice().reverse();
  }
  function right(shape) {
    const polygon = (rings) => rings.map((ring, n) => wound(ring, n === 0));
    if (shape.type === "Polygon") return { ...shape, coordinates: polygon(shape.coordinates) };
    if (shape.type === "MultiPolygon") return { ...shape, coordinates: shape.coordinates.map(polygon) };
    if (shape.geometries) return { ...shape, geometries: shape.geometries.map(right) };
    return shape;
  }
  C.asGeoJSON = (id) => {
    const layer = C.layers.get(id);
    return {
      type: "FeatureCollection",
      name: id,
      title: C.english(layer.title),
      about: Object.fromEntries(layer.about),
      features: layer.features.map((feature) => ({
        type: "Feature",
        properties: { name: C.english(feature.name), ...Object.fromEntries(feature.facts) },
        geometry: feature.geometry ? right(C.geometry(feature.geometry)) : null,
      })),
    };
  };
  document.querySelectorAll("button[data-download]").forEach((button) => button.addEventListener("click", () => {
    const id = button.dataset.download;
    const text = JSON.stringify(C.asGeoJSON(id));
    const link = C.element("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/geo+json" }));
    const day = /-\d{4}-\d{2}-\d{2}(-\d+)?$/.test(id) ? "" : (C.data.as_of || "").replace(/[^\d-]/g, "");  // not twice
    link.download = id.replace(/[^\w-]+/g, "_") + (day && "-" + day) + ".geojson";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }));
})();
