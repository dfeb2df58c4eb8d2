// The table of claims: each row flies to its place; sorted as in the article, by verdict, or by how far off it is.
(function () {
  "use strict";
  const C = window.contactline;
  const rows = Array.from(document.querySelectorAll(".claims tr[data-number]"));
  C.chooseClaim = (number) => {
    const row = C.byId("claim-" + number);
    if (!row) return;
    rows.forEach((other) => other.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
    if (row.dataset.layer) C.goToTerritory(row.dataset.territory, row.dataset.layer);
  };
  rows.filter((row) => row.dataset.layer).forEach((row) => row.addEventListener("click", (event) => {
    if (event.target.closest("details, .to-text") || !window.getSelection().isCollapsed) return;
    C.chooseClaim(row.dataset.number);
  }));
  document.querySelectorAll(".to-text[data-claim]").forEach((button) => {
    button.addEventListener("click", () => C.toClaim(button.dataset.claim));
  });
  // a claim as it can be quoted: what was said, of what, the verdict, and why with date, source, whole and interval
  const words = (row) => {
    const [text, of, verdict, why] = [".text .said", ".of", ".verdict b", ".reason"].map((part) => row.querySelector(part).textContent.trim());
    return `“${text}” (${of}): ${verdict}. ${why}`;
  };
  document.querySelectorAll("[data-copy]").forEach((button) => button.addEventListener("click", async () => {
    const text = words(button.closest("tr"));
    try {
      await navigator.clipboard.writeText(text);
      C.status(C.say("copied-claim"));
    } catch { C.status(text); } // a page opened from a disk may not write there: the words are said, at least
  }));
  const sort = C.byId("sort");
  if (!sort) return;
  const orders = {
    text: (row) => Number(row.dataset.number),
    verdict: (row) => Number(row.dataset.rank),
    gap: (row) => -Number(row.dataset.gap),
  };
  C.sortClaims = (by) => {
    const order = orders[by] || orders.text;
    const sorted = rows.slice().sort((a, b) => order(a) - order(b) || orders.text(a) - orders.text(b));
    document.querySelector(".claims table > tbody").append(...sorted);
    sort.value = by in orders ? by : "text";
  };
  sort.addEventListener("change", () => C.sortClaims(sort.value));
})();
