// The panel's tabs, by pointer and by keyboard (arrows, home, end), as the ARIA practices have them.
(function () {
  "use strict";
  const C = window.contactline;
  const tabs = Array.from(document.querySelectorAll("[role=tab]"));
  const panelOf = (tab) => C.byId(tab.getAttribute("aria-controls"));
  const nameOf = (tab) => tab.id.replace("tab-", "");

  C.openTab = (name) => {
    const chosen = tabs.find((tab) => nameOf(tab) === name);
    if (!chosen) return;
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      panelOf(tab).hidden = tab !== chosen;
    }
    chosen.parentNode.scrollTo?.({ left: chosen.offsetLeft - 40 });
    C.tell("tab", name);
  };
  C.tabNow = () => nameOf(tabs.find((tab) => tab.getAttribute("aria-selected") === "true"));
  tabs.forEach((tab, n) => {
    tab.addEventListener("click", () => C.openTab(nameOf(tab)));
    tab.addEventListener("keydown", (event) => {
      const to = { ArrowRight: n + 1, ArrowLeft: n - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = tabs[(to + tabs.length) % tabs.length];
      C.openTab(nameOf(next));
      next.focus();
    });
  });
  // links into the panel open the tab they lead to
  document.querySelector("a.skip").addEventListener("click", (event) => {
    event.preventDefault();
    C.byId("panel").focus();
  });
})();
