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
  map.options.maxZoom = 18; // a metre of ground is a pixel or two: nothing here is drawn finer
  function frameMap() {
    const least = Math.max(0, Math.min(map.getBoundsZoom(frame, true), map.getBoundsZoom(view)));
    if (map.getZoom() < least) map.setZoom(least, { animate: false }); // a zoom in motion would outlive the view set next
    map.setMinZoom(least);
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
    for (const [label, text] of pairs) made.append(element("dt", "", C.given(label)), C.put(element("dd"), label === "How it came about" ? C.lineage(text) : text));
    return made;
  }
  function entry(found) {
    const box = element("div", "entry");
    const facts = (C.factsOn && C.factsOn(found.layer, found.id)) || found.feature.facts;
    box.append(C.put(element("p", found.feature.name && C.given(found.feature.name) !== C.given(found.layer.title) ? "kicker" : "kicker title"), found.layer.title));
    const [name, title] = [C.given(found.feature.name), C.given(found.layer.title)];
    if (name && name !== title) box.append(C.put(element("h2"), found.feature.name));
    box.append(list(facts));
    const words = C.mentionsOf ? C.mentionsOf(found) : [];
    if (words.length) {
      const told = element("p", "told", C.say("in-article") + ": ");
      words.slice(0, 6).forEach((mention) => {
        const button = element("button", "", C.say("quote", { text: mention.text }));
        button.lang = "en";
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
      also.append(element("summary", "", C.say("also-here", { name: C.given(one.feature.name || one.layer.title) })), entry(one));
      box.append(also);
    });
    return box;
  }
  const stage = map.getContainer().parentNode;
  C.popup = (latlng, found) => {
    if (!found.length) return null;
    const maxHeight = Math.max(120, Math.min(340, map.getSize().y - 110));
    const taken = C.narrow() ? 0 : stage.querySelector(".sides-chosen").offsetHeight; // where two states are compared
    const popup = L.popup({ maxWidth: 320, minWidth: Math.min(220, map.getSize().x - 60), maxHeight,
      autoPanPaddingTopLeft: [16, 54 + taken], autoPanPaddingBottomRight: [16, 16] })
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
  map.on("popupopen popupclose", (event) => stage.classList.toggle("telling", event.type === "popupopen"));
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
  // whether a feature has anything to draw on the day shown
  C.hasShape = (id, number) => {
    const top = layers.get(id).drawn.getLayers().find((one) => one.feature.id === number);
    return Boolean(top && (top.getLatLng || top.getBounds().isValid()));
  };
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

  // --- the scale bar in the language's own letters
  L.Control.Scale.include({ _updateScale(scale, text, ratio) {
    C.scale = this;
    scale.style.width = Math.round(this.options.maxWidth * ratio) + "px";
    scale.textContent = C.given(text);
  } });
  map.fire("move"); // which makes the bar known
  C.on("language", () => C.scale._update());

  // --- what is drawn, in one line below the map: control first, then lines, bands, changes
  const strip = C.byId("key-strip");
  function key() {
    const drawn = data.layers.filter((row) => row.group !== "Base map" && row.group !== "Places"
      && map.hasLayer(layers.get(row.id).drawn) && row.features.some((one, id) => C.hasShape(row.id, id)));
    const order = (row) => data.groups.indexOf(row.group) * 100 + row.rank;
    const kept = drawn.sort((one, other) => order(one) - order(other)).slice(0, 9);
    // one source is named below the slider; where there are more, each says whose it is
    const of = new Set(kept.filter((row) => row.group === "Control").map((row) => row.title.match?.(/\(([^()]*)\)$/)?.[1]).filter(Boolean));
    const short = (title) => (of.size === 1 && title.replace ? title.replace(/ \([^()]*\)$/, "") : title);
    strip.replaceChildren(...kept.map((row) => {
      const one = element("span", "one");
      one.dataset.key = row.id;
      const box = boxes.get(row.id).closest(".layer");
      const sided = box.querySelector(".sides");
      if (!sided) one.append(box.querySelector(".swatch").cloneNode(true));
      one.append(C.put(element("span"), row.group === "Control" ? short(row.title) : row.title));
      if (C.away?.() && ["contact-line", "band"].includes(row.id)) one.append(` (${C.date(data.as_of)})`); // these do not move
      if (sided) one.append(sided.cloneNode(true));
      return one;
    }));
  }
  for (const change of ["layers", "language", "day", "titles"]) C.on(change, key);
  // on paper only what is drawn is told of
  C.on("layers", () => {
    const shown = new Set(C.shown());
    document.querySelectorAll("[data-about]").forEach((e) => e.toggleAttribute("data-off", !shown.has(e.dataset.about)));
    document.documentElement.classList.toggle("banded", shown.has("band"));
  });
})();
