// The state of the page in the fragment of its address: what a reader sends is what the other sees.
(function () {
  "use strict";
  const C = window.contactline;
  const { map, data } = C;
  const began = new Set(C.shown());
  let ready = false, waiting = null;

  function state() {
    const said = new URLSearchParams();
    const at = map.getCenter();
    said.set("c", [at.lat.toFixed(4), at.lng.toFixed(4), map.getZoom()].join(","));
    if (C.tabNow() !== C.firstTab) said.set("tab", C.tabNow());
    if (data.timeline && C.dayNow() !== data.timeline.now) said.set("day", data.timeline.days[C.dayNow()]);
    if (data.timeline && C.courseNow() !== data.course) said.set("of", data.timeline.courses[C.courseNow()].expression);
    const shown = new Set(C.shown());
    if (shown.has("band") && C.bandNow && C.bandNow() !== C.firstBand) said.set("band", C.bandNow());
    const on = [...shown].filter((id) => !began.has(id)), off = [...began].filter((id) => !shown.has(id));
    if (on.length) said.set("on", on.join("~"));
    if (off.length) said.set("off", off.join("~"));
    if (C.compareNow && C.compareNow()) said.set("vs", C.compareNow());
    if (C.language() !== "en") said.set("lang", C.language());
    return said.toString();
  }
  function write() {
    if (!ready) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      try { history.replaceState(null, "", "#" + state()); } catch { /* an address that may not change stays */ }
    }, 250);
  }
  // an address is text from outside: every part of it is looked up, none of it is used as it stands
  function read() {
    const said = new URLSearchParams(window.location.hash.slice(1));
    if (data.words.languages.includes(said.get("lang")) && said.get("lang") !== C.language()) C.speak(said.get("lang"));
    for (const [key, on] of [["on", true], ["off", false]]) {
      new Set((said.get(key) || "").split("~").filter((id) => C.layers.has(id))).forEach((id) => C.show(id, on));
    }
    if (data.bands.some((band) => band.id === said.get("band"))) C.chooseBand(said.get("band"));
    if (data.timeline) {
      const day = data.timeline.days.indexOf(said.get("day"));
      if (day >= 0) C.setDay(day);
      const course = data.timeline.courses.findIndex((one) => one.expression === said.get("of"));
      if (course >= 0) C.chooseCourse(course);
    }
    if (said.get("vs") && C.comparable) {
      const [left, right, at] = said.get("vs").split("~");
      C.compare(true, left, right, Math.min(1000, Math.max(0, Number(at) || 500)));
    }
    C.openTab(said.get("tab") || "");
    const [lat, lng, zoom] = (said.get("c") || "").split(",").map(Number);
    if (said.get("c") && [lat, lng, zoom].every(Number.isFinite)) {
      map.invalidateSize({ animate: false }); // what was said above may have taken room from the map
      map.setView([lat, lng], zoom, { animate: false });
    }
    const claim = window.location.hash.match(/^#claim-(\d+)$/);
    if (claim && C.byId("claim-" + claim[1])) { C.openTab("claims"); C.chooseClaim(claim[1]); }
  }
  C.byId("copy-link").addEventListener("click", async () => {
    clearTimeout(waiting);
    try { history.replaceState(null, "", "#" + state()); } catch { /* as above */ }
    try {
      await navigator.clipboard.writeText(window.location.href);
      C.status(C.say("copied"));
    } catch { C.status(C.say("copy-failed")); }
  });
  C.state = state;
  C.on("start", () => {
    C.firstTab = C.tabNow();
    C.firstBand = C.bandNow ? C.bandNow() : "";
    read();
    ready = true;
    ["layers", "band", "day", "course", "compare", "tab", "language"].forEach((name) => C.on(name, write));
    map.on("moveend", write);
    window.addEventListener("hashchange", read);
  });
})();
