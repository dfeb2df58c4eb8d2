// The slider through time: the layers of control take the state of a day, and keep the style they have.
(function () {
  "use strict";
  const C = window.contactline;
  const series = C.data.timeline;
  if (!series) return;
  const slider = C.byId("day"), play = C.byId("play"), now = C.byId("now"), speed = C.byId("speed");
  const steps = ["step-russia", "step-ukraine"].map((id) => C.layers.get(id));
  const own = new Map();
  let day = series.now, running = null;

  function put(layer, id, latlngs, keep) {
    const top = C.topOf(layer, id);
    if (keep && !own.has(top)) own.set(top, top.getLatLngs());
    top.setLatLngs(latlngs);
    if (C.map.hasLayer(layer.drawn)) C.register(layer);
  }
  function hatch() {
    steps.forEach((layer, n) => {
      if (!layer) return;
      const given = series.steps[day][n];
      const shape = given && C.geometry(given);
      put(layer, 0, shape ? L.GeoJSON.coordsToLatLngs(shape.coordinates, shape.type === "MultiPolygon" ? 2 : 1) : []);
    });
  }
  function draw() {
    series.parts.forEach((part, n) => {
      const layer = C.layers.get(part.layer);
      if (day === series.now) {
        const top = C.topOf(layer, part.feature);
        if (own.has(top)) top.setLatLngs(own.get(top));
      } else put(layer, part.feature, C.ringsOn(n, day), true);
    });
    hatch();
    C.map.getContainer().classList.toggle("another-day", day !== series.now);
  }
  function tell() {
    const course = series.courses[C.courseNow()];
    const [russia, ukraine] = course.gains[day].map(C.km2);
    const date = C.date(series.days[day]);
    C.byId("day-shown").textContent = date;
    C.byId("days-now").textContent = days();
    const away = day !== series.now;
    const step = day === 0 ? "" : C.say("step-now",
      { russia, ukraine, name: C.given(course.title), from: C.date(series.days[day - 1]), to: date }) + ". ";
    C.byId("step-now").replaceChildren(step,
      C.element("span", "apart", away ? C.say("other-day", { date: C.date(series.days[series.now]) }) : ""));
    document.documentElement.classList.toggle("away", away);
    C.byId("print-day").textContent = C.say("shown-day") + " " + date + " · " + days();
    slider.setAttribute("aria-valuetext", C.date(series.days[day]) + ", " + C.shareText(day));
    now.disabled = day === series.now;
    now.classList.toggle("idle", now.disabled);
  }
  // the date on the map beside the one the page was asked for, and the source's own where its state is older
  function days() {
    const asked = C.date(series.days[series.now]), of = series.states[day];
    return (day === series.now ? C.say("asked-same") : C.say("asked-day", { date: asked }))
      + (of && of !== series.days[day] ? " · " + C.say("state-older", { date: C.date(of) }) : "");
  }
  C.dayNow = () => day;
  C.away = () => day !== series.now;
  C.setDay = (wanted) => {
    const next = Math.max(0, Math.min(series.days.length - 1, wanted));
    if (next === day) return;
    day = next;
    slider.value = day;
    C.map.closePopup();
    draw();
    tell();
    C.tell("day", day);
  };
  C.factsOn = (layer, id) => {
    const part = series.parts[C.partOf(layer.id, id)];
    const date = series.days[day];
    const rest = layer.features[id].facts.filter(([label]) => label !== "Area" && label !== "As of");
    const step = steps.indexOf(layer);
    if (step >= 0) return [["Area", C.km2(series.gains[day][step])], ["As of", date], ...rest];
    if (!part || day === series.now) return null;
    return [["Area", C.km2(part.km2[day])], ["As of", date], ...rest];
  };

  function stop() {
    clearTimeout(running);
    running = null;
    face();
  }
  function next() {
    if (day === series.days.length - 1) { stop(); return; }
    C.setDay(day + 1);
    running = setTimeout(next, Number(speed.value));
  }
  function face() {
    play.setAttribute("aria-pressed", String(running !== null));
    const word = C.calm ? "next-step" : running === null ? "play" : "pause";
    play.querySelector("[data-w]").dataset.w = word;
    play.querySelector("[data-w]").textContent = C.say(word);
  }
  play.addEventListener("click", () => {
    if (C.calm) { C.setDay(day === series.days.length - 1 ? 0 : day + 1); return; } // who wants no motion takes it step by step
    if (running !== null) { stop(); return; }
    if (day === series.days.length - 1) C.setDay(0);
    running = setTimeout(next, 60);
    face();
  });
  slider.addEventListener("input", () => { stop(); C.setDay(Number(slider.value)); });
  now.addEventListener("click", () => { stop(); C.setDay(series.now); slider.focus(); });
  C.on("language", tell);
  C.on("course", tell);
  C.on("start", () => { hatch(); face(); speed.parentNode.hidden = C.calm; });
})();
