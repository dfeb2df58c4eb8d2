// Bands: a scenario or a width, each computed beforehand by the engine; the map and the table show the one chosen.
(function () {
  "use strict";
  const C = window.contactline;
  const { data, element } = C;
  if (!data.bands.length) return;
  const layer = C.layers.get("band");
  const given = layer.features[0].facts;
  const began = layer.features[0].expression;
  const bands = new Map(data.bands.map((band) => [band.id, band]));
  const widths = data.bands.filter((band) => !band.scenario);
  const select = C.byId("band"), slider = C.byId("band-width");
  let chosen = data.bands.find((band) => band.expression === began) || data.bands[0];

  const km = (length) => C.number(length, length % 1 ? 1 : 0);
  const reach = (band) => (band.left === band.right ? C.say("band-plain", { km: km(band.left) })
    : C.say("band-uneven", { left: km(band.left), right: km(band.right) }));
  const drawnNow = () => C.map.hasLayer(layer.drawn);
  // the interval in a line of its own: a table has no room beside the number
  function cell([value, ...ends]) {
    const made = element("td", "", C.size(value));
    const [low, high] = ends.map(C.size);
    if (ends.length && (low !== high || low !== C.size(value))) made.append(element("small", "", `${low}–${high}`));
    return made;
  }
  const title = (band) => (band.scenario ? C.given(band.scenario) + ": " : "") + reach(band);
  const shape = (band) => C.geometry((band.same ? bands.get(band.same) : band).geometry);

  C.bandOf = (expression) => data.bands.find((band) => band.expression === expression)?.id;
  C.bandNow = () => chosen.id;

  function options() {
    const groups = [["scenarios", data.bands.filter((band) => band.scenario)], ["widths", widths]];
    const none = Object.assign(element("option", "", C.say("band-none")), { value: "" });
    select.replaceChildren(none, ...groups.filter(([, some]) => some.length).map(([key, some]) => {
      const group = element("optgroup");
      group.label = C.say(key);
      group.append(...some.map((band) => Object.assign(element("option", "", title(band)), { value: band.id })));
      return group;
    }));
    select.value = drawnNow() ? chosen.id : "";
  }
  function table() {
    const body = C.byId("band-table").tBodies[0];
    const row = (tag, name, ...cells) => {
      const made = element("tr", tag);
      const head = C.put(element("th"), name);
      head.scope = "row";
      made.append(head, ...cells.map(cell));
      return made;
    };
    body.replaceChildren(...chosen.units.map((unit) => row("", ...unit)), row("total", C.say("in-all"), ...chosen.all));
    C.byId("band-km").textContent = reach(chosen);
    C.byId("band-said").replaceChildren(...[["name", chosen.scenario], ["note", chosen.note]].filter(([, text]) => text)
      .map(([kind, text]) => C.put(element("span", kind), text)),
    ...(chosen.source ? [Object.assign(element("cite", "", chosen.source), { lang: "en" })] : []));
    C.byId("band-then").replaceChildren(...chosen.then.map(([day, km2, russia, ukraine, n, people]) => element("li", "",
      C.say("band-then", { date: C.date(day), km2: C.km2(km2), russia: C.km2(russia), ukraine: C.km2(ukraine),
        n: C.number(n), people: C.number(people) }))));
    C.byId("band-people").textContent = C.say("band-people",
      { n: C.number(chosen.settlements), people: C.number(chosen.people) });
  }
  function facts() {
    if (chosen.expression === began) return given;
    const [all, russia, ukraine] = chosen.all.map(C.km2);
    return [["Area", all], ["Russian held", russia], ["Ukrainian held", ukraine],
      ...given.filter(([label]) => label === "As of" || label === "Source")];
  }
  // legend and key say which band is drawn; the layer without one keeps its general name
  const row = data.layers.find((one) => one.id === "band"), general = row.title;
  const inLegend = document.querySelector("input[data-layer='band']").closest(".layer").querySelector(".name [data-g]");
  function entitle() {
    const now = drawnNow() ? C.say("band-shown", { band: title(chosen) }) : general;
    C.put(inLegend, now);
    if (now === row.title) return;
    row.title = now;
    C.tell("titles");
  }
  C.chooseBand = (id, quiet) => {
    chosen = bands.get(id) || chosen;
    const top = C.topOf(layer, 0);
    const drawn = shape(chosen);
    top.setLatLngs(L.GeoJSON.coordsToLatLngs(drawn.coordinates, drawn.type === "MultiPolygon" ? 2 : 1));
    const feature = layer.features[0];
    feature.name = title(chosen);
    feature.facts = facts();
    feature.expression = chosen.expression;
    feature.geometry = (chosen.same ? bands.get(chosen.same) : chosen).geometry;
    select.value = drawnNow() || !quiet ? chosen.id : "";
    const like = widths.findIndex((band) => band.left === chosen.left && band.right === chosen.right);
    if (like >= 0) slider.value = like;
    slider.setAttribute("aria-valuetext", reach(chosen));
    table();
    entitle();
    if (!quiet) {
      if (!drawnNow()) C.show("band", true);
      C.status(title(chosen) + ": " + C.km2(chosen.all[0]));
      C.tell("band", chosen.id);
    }
  };
  select.addEventListener("change", () => { if (select.value) C.chooseBand(select.value); else C.show("band", false); });
  C.on("layers", () => { select.value = drawnNow() ? chosen.id : ""; entitle(); });
  slider.addEventListener("input", () => C.chooseBand(widths[Number(slider.value)].id));
  C.on("language", () => { options(); C.chooseBand(chosen.id, true); });
})();
