// One finger or the wheel scrolls the page where the map is a part of it; two fingers, or a map that was chosen, move the map.
(function () {
  "use strict";
  const C = window.contactline;
  const { map } = C;
  const place = map.getContainer();
  const hint = C.element("p", "hint");
  hint.setAttribute("aria-hidden", "true");
  place.parentNode.append(hint);
  const coarse = window.matchMedia("(pointer: coarse)");
  let waiting = null;

  function settle() {
    const page = C.narrow() && !document.fullscreenElement;
    if (page && coarse.matches) map.dragging.disable(); else map.dragging.enable();
    if (page && !place.contains(document.activeElement)) map.scrollWheelZoom.disable(); else map.scrollWheelZoom.enable();
  }
  let began = null;
  place.addEventListener("touchstart", (event) => { began = event.touches[0]; }, { passive: true });
  // who moves a finger sideways wants the map and not the page
  place.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 1 || map.dragging.enabled()) return;
    const [now, x, y] = [event.touches[0], event.touches[0].clientX - began.clientX, event.touches[0].clientY - began.clientY];
    if (Math.abs(x) < 12 || Math.abs(x) < 2 * Math.abs(y) || now.identifier !== began.identifier) return;
    hint.textContent = C.say("two-fingers");
    hint.classList.add("on");
    clearTimeout(waiting);
    waiting = setTimeout(() => hint.classList.remove("on"), 900);
  }, { passive: true });
  place.addEventListener("focusin", settle);
  place.addEventListener("focusout", () => setTimeout(settle));
  for (const change of ["resize", "fullscreenchange"]) (change === "resize" ? window : document).addEventListener(change, settle);
  coarse.addEventListener("change", settle);
  C.on("start", settle);
})();
