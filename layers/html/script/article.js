// The article beside the map: its mentions and figures lead to the map, and what is picked on the map to the text.
(function () {
  "use strict";
  const C = window.contactline;
  const body = document.querySelector(".article .body");
  if (!body) return;
  const first = new Map();
  body.querySelectorAll("[data-mention]").forEach((piece) => {
    const number = piece.dataset.mention;
    if (first.has(number)) first.get(number).text += piece.textContent;
    else first.set(number, { number, piece, territory: piece.dataset.territory, text: piece.textContent });
  });
  const mentions = Array.from(first.values());
  const drawer = C.byId("drawer");

  function light(pieces) {
    body.querySelectorAll(".lit").forEach((piece) => piece.classList.remove("lit"));
    pieces.forEach((piece) => piece.classList.add("lit"));
  }
  const piecesOf = (kind, number) => Array.from(body.querySelectorAll(`[data-${kind}="${number}"]`));
  function scrollTo(piece) {
    C.openTab("article");
    piece.scrollIntoView({ behavior: C.calm ? "auto" : "smooth", block: "center" });
  }
  C.toMention = (mention) => {
    light(piecesOf("mention", mention.number));
    scrollTo(mention.piece);
    C.status(C.say("in-article") + ": " + mention.text);
  };
  C.toClaim = (number) => {
    const pieces = piecesOf("claim", number);
    if (!pieces.length) return;
    light(pieces);
    scrollTo(pieces[0]);
  };
  // a layer is mentioned where the text names its expression; a unit also where it is part of what the text names
  C.mentionsOf = ({ layer, feature }) => {
    const named = mentions.filter((one) => one.territory && (one.territory === feature.expression
      || (layer.id !== "band" && C.data.anchors[one.territory] === layer.id)));
    if (named.length || layer.id !== "units") return named;
    return mentions.filter((one) => one.territory && one.territory.includes(feature.expression));
  };
  C.on("picked", (found) => {
    const told = found.map((one) => C.mentionsOf(one)).find((words) => words.length);
    if (!told) return;
    light(told.flatMap((mention) => piecesOf("mention", mention.number)));
    if (C.tabNow() === "article" && !C.narrow()) {
      told[0].piece.scrollIntoView({ behavior: C.calm ? "auto" : "smooth", block: "center" });
    }
  });

  function draw(number) {
    const row = C.byId("claim-" + number);
    if (!row) return;
    const verdict = row.querySelector(".verdict");
    drawer.querySelector(".verdict").className = verdict.className;
    drawer.querySelector(".verdict").textContent = verdict.textContent.trim().replace(/\s+/g, " ");
    const value = (name) => {
      const cell = row.querySelector("." + name).cloneNode(true);
      cell.querySelector(".head")?.remove();
      return cell.textContent.trim();
    };
    drawer.querySelector(".figures").textContent =
      `${C.say("quoted")}: ${value("quoted") || "–"} · ${C.say("measured")}: ${value("measured") || "–"}`;
    drawer.querySelector(".why").textContent = row.querySelector(".reason").textContent;
    drawer.hidden = false;
  }
  function pick(piece) {
    const claim = piece.closest("[data-claim]");
    const mention = piece.closest("[data-mention]");
    if (claim) {
      light(piecesOf("claim", claim.dataset.claim));
      draw(claim.dataset.claim);
      C.chooseClaim(claim.dataset.claim);
    } else if (mention) {
      light(piecesOf("mention", mention.dataset.mention));
      C.goToTerritory(mention.dataset.territory);
    }
  }
  body.addEventListener("click", (event) => { if (window.getSelection().isCollapsed) pick(event.target); });
  body.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("[role=button]")) {
      event.preventDefault();
      pick(event.target);
    }
  });
  drawer.querySelector(".close").addEventListener("click", () => {
    drawer.hidden = true;
    body.querySelector(".lit[tabindex]")?.focus({ preventScroll: true });
  });
  C.on("language", () => { drawer.hidden = true; });
})();
