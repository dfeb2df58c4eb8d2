// The map's frame, its layers with their switches, and popups: everything that lies under the pointer.
(function () {
  "use strict";
  const C = window.contactline;
  const { data, map, layers, element } = C;
  const boxes = new Map(
    Array.from(document.querySelectorAll("input[data-layer]"), (box) => [box.dataset.layer, box]));
  const featureOf = new WeakMap();

  // --- geometry
  for (const layer of layers.values()) {
    layer.drawn.options.style = (feature) => ({ className: layer.features[feature.id].classes });
    layer.features.forEach((feature, id) => {
      if (feature.geometry) {
        layer.drawn.addData({ type: "Feature", id, properties: {}, geometry: C.geometry(feature.geometry) });
      }
    });
  }
  C.topOf = (layer, id) => {
    const found = layer.drawn.getLayers().find((top) => top.feature.id === id);
    if (found) return found;
    const made = L.polygon([], { ...layer.drawn.options, className: layer.features[id].classes });
    made.feature = { type: "Feature", id, properties: {} };
    layer.drawn.addLayer(made);
    return made;
  };

  // --- the frame
  const [west, south, east, north] = data.frame;
  const frame = L.latLngBounds([south, west], [north, east]);
  const view = L.latLngBounds([data.view[1], data.view[0]], [data.view[3], data.view[2]]);
  C.view = view;
  C.fit = { padding: [24, 24], maxZoom: 11, animate: false };
  map.options.maxBoundsViscosity = 1;
  function frameMap() {
    map.setMinZoom(Math.max(0, Math.min(map.getBoundsZoom(frame, true), map.getBoundsZoom(view))));
  }
  frameMap();
  map.fitBounds(view, C.fit);
  map.on("resize", frameMap);
  map.attributionControl.setPrefix(false);
  const credit = element("a");
  credit.href = "#sources";
  credit.addEventListener("click", (event) => {
    event.preventDefault();
    C.openTab("about");
    C.byId("sources").scrollIntoView();
    C.byId("sources").focus({ preventScroll: true });
  });
  const tiled = element("span", "", data.tiles ? data.tiles.attribution + " · " : "");
  map.attributionControl.getContainer().replaceChildren(tiled, credit);
  map.getContainer().setAttribute("role", "region");
  C.on("language", () => {
    credit.textContent = C.say("sources-link");
    map.getContainer().setAttribute("aria-label", C.say("map-keys"));
    for (const [name, key] of [["in", "zoom-in"], ["out", "zoom-out"]]) {
      const button = map.getContainer().querySelector(".leaflet-control-zoom-" + name);
      button.title = C.say(key);
      button.setAttribute("aria-label", C.say(key));
    }
  });
  if (data.tiles) {
    map.createPane("tiles").style.zIndex = 150;
    L.tileLayer(data.tiles.url, { pane: "tiles", maxZoom: data.tiles.max_zoom, crossOrigin: false,
      ...(data.tiles.origins.length > 1 ? { subdomains: data.tiles.origins.map((one) => one.match(/\/\/([^.]+)/)[1]) } : {}) })
      .addTo(map);
    map.getContainer().classList.add("tiled");
  }

  // --- popups, the uppermost first
  C.pathsOf = (drawn, visit) => {
    drawn.eachLayer((part) => (part.eachLayer ? C.pathsOf(part, visit) : visit(part)));
  };
  function register(layer) {
    layer.drawn.eachLayer((top) => {
      const claim = (path) => path.getElement && path.getElement()
        && featureOf.set(path.getElement(), { layer, id: top.feature.id, feature: layer.features[top.feature.id] });
      if (top.eachLayer) C.pathsOf(top, claim); else claim(top);
    });
  }
  function list(pairs) {
    const made = element("dl");
    for (const [label, text] of pairs) made.append(element("dt", "", C.given(label)), element("dd", "", text));
    return made;
  }
  function entry(found) {
    const box = element("div", "entry");
    const facts = (C.factsOn && C.factsOn(found.layer, found.id)) || found.feature.facts;
    box.append(element("p", "kicker", C.given(found.layer.title)));
    if (found.feature.name) box.append(element("h2", "", found.feature.name));
    box.append(list(facts));
    const words = C.mentionsOf ? C.mentionsOf(found) : [];
    if (words.length) {
      const told = element("p", "told", C.say("in-article") + ": ");
      words.slice(0, 6).forEach((mention) => {
        const button = element("button", "", "“" + mention.text + "”");
        button.type = "button";
        button.addEventListener("click", () => C.toMention(mention));
        told.append(button, " ");
      });
      box.append(told);
    }
    const about = element("details");
    about.append(element("summary", "", C.say("method-licence")), list(found.layer.about));
    box.append(about);
    return box;
  }
  function content(found) {
    const box = element("div", "popup");
    found.forEach((one, number) => {
      if (number === 0) { box.append(entry(one)); return; }
      const also = element("details", "also");
      also.append(element("summary", "", C.say("also-here", { name: one.feature.name || C.given(one.layer.title) })), entry(one));
      box.append(also);
    });
    return box;
  }
  C.popup = (latlng, found) => {
    if (!found.length) return null;
    const maxHeight = Math.max(120, Math.min(340, map.getSize().y - 110));
    const popup = L.popup({ maxWidth: 320, minWidth: Math.min(220, map.getSize().x - 60), maxHeight,
      autoPanPaddingTopLeft: [16, 54], autoPanPaddingBottomRight: [16, 16] })
      .setLatLng(latlng).setContent(content(found)).openOn(map);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", C.say("close"));
    close.removeAttribute("href"); // it leads nowhere: a button, by pointer and by keyboard
    close.tabIndex = 0;
    close.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); map.closePopup(); }
    });
    return popup;
  };
  C.taken = () => false; // another tool takes the clicks
  map.on("click", (event) => {
    if (C.taken(event)) return;
    const point = event.originalEvent;
    const found = document.elementsFromPoint(point.clientX, point.clientY)
      .map((under) => featureOf.get(under)).filter(Boolean);
    const once = found.filter((one, n) => found.findIndex((two) => two.feature === one.feature) === n);
    C.popup(event.latlng, once);
    C.tell("picked", once);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });

  // --- the layer switch
  function stack() {
    for (const layer of data.layers) {
      const { drawn } = layers.get(layer.id);
      if (map.hasLayer(drawn)) drawn.bringToFront();
    }
  }
  C.shown = () => data.layers.filter((row) => map.hasLayer(layers.get(row.id).drawn)).map((row) => row.id);
  C.show = (id, on) => {
    const layer = layers.get(id);
    if (on) { map.addLayer(layer.drawn); register(layer); } else map.removeLayer(layer.drawn);
    if (boxes.has(id)) boxes.get(id).checked = on;
    stack();
    C.tell("layers");
  };
  boxes.forEach((box, id) => box.addEventListener("change", () => {
    map.closePopup();
    C.show(id, box.checked);
  }));
  C.register = register;
  C.on("start", () => {
    layers.forEach((layer) => { if (map.hasLayer(layer.drawn)) register(layer); });
    stack();
  });

  // --- what is drawn, in one line below the map
  const strip = C.byId("key-strip");
  function key() {
    const kept = data.layers.filter((row) => row.group !== "Base map" && row.id !== "places"
      && map.hasLayer(layers.get(row.id).drawn)).reverse().slice(0, 9);
    strip.replaceChildren(...kept.map((row) => {
      const one = element("span", "one");
      one.dataset.key = row.id;
      const box = boxes.get(row.id).closest(".layer");
      const sided = box.querySelector(".sides");
      if (!sided) one.append(box.querySelector(".swatch").cloneNode(true));
      one.append(element("span", "", C.given(row.title)));
      if (sided) one.append(sided.cloneNode(true));
      return one;
    }));
  }
  C.on("layers", key);
  C.on("language", key);
})();
