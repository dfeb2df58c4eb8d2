// The page in its three languages: texts by key, texts by what they are in English, numbers and dates as each writes them.
(function () {
  "use strict";
  const C = window.contactline;
  const { languages, words, given, names, patterns } = C.data.words;
  const locales = { en: "en-GB", uk: "uk-UA", ru: "ru-RU" };
  const LATIN = /[A-Za-z]{2}/;
  let at = 0;

  C.language = () => languages[at];
  C.say = (key, values = {}) => Object.entries(values)
    .reduce((text, [blank, value]) => text.replaceAll("{" + blank + "}", () => value), words[key][at]);
  C.sentence = (text) => (text.endsWith(".") ? text : text + "."); // "2025 р." has its stop already
  C.english = (text) => (Array.isArray(text) ? text[0] : text);

  // --- numbers and dates: a narrow space between thousands, which no line breaks at
  C.number = (value, places = 0) => value.toLocaleString(locales[languages[at]],
    { minimumFractionDigits: places, maximumFractionDigits: places }).replace(/\u00a0/g, "\u202f");
  // an area is known to a square kilometre at best
  C.size = (value) => C.number(value, value === 0 || value >= 10 ? 0 : 1);
  // a number of a series with its interval, which is left out where it reads the same: [value, low, high], or [0]
  C.span = ([value, low = value, high = value], form, unit) => {
    const [read, least, most] = [value, low, high].map(form);
    return read + "\u00a0" + unit + (read === least && read === most ? "" : ` (${least}–${most})`);
  };
  C.km2 = (area) => C.span([area].flat(), C.size, C.given("km²"));
  C.percent = (share) => C.span(share, (value) => C.number(value, 1), "%");
  C.date = (iso) => new Date(iso + "T00:00:00Z").toLocaleDateString(locales[languages[at]],
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).replace(/ /g, "\u00a0");
  const ISO = /(?<![\w"./-])\d{4}-\d\d-\d\d(?![\w"/-]|\.\w)/g;
  // "2025 р." at the end of a sentence has its stop already
  const dated = (text) => text.replace(ISO, (iso) => (Number.isNaN(Date.parse(iso)) ? iso : C.date(iso)))
    .replace(/([рг])\.\.(?=[\s;,]|$)/g, "$1.").replace(/(?<!\d\u00a0[рг])\.;/g, ";");
  // "111,602 (111,278–112,840) km²", "18.5 % (18.1 to 18.8)", "≥ 20 %": digits as they are, in this language's dress
  const DIGITS = "\\d[\\d,]*(?:\\.\\d+)?";
  const UNIT = "%|km² a day|km²/day|km²|km|mi|ft|m|days|people";
  const FIGURE = new RegExp(`^([≥≤] )?([-−]?${DIGITS})(?: (${UNIT}))?(?: \\(([-−]?${DIGITS})(?: to |–)([-−]?${DIGITS})\\))?(?: (${UNIT}))?$`);
  function digits(text) {
    const plain = text.replaceAll(",", "").replace("−", "-");
    if (plain === text) return text;
    return C.number(Number(plain), (plain.split(".")[1] || "").length);
  }
  const dressed = (text) => (text.includes(".") && !text.includes(",")
    ? C.number(Number(text.replace("−", "-")), text.split(".")[1].length) : digits(text));
  function figure(text) {
    const found = text.match(FIGURE);
    if (!found) return null;
    const [, bound, value, unit, low, high, last] = found;
    const of = unit || last;
    return (bound || "") + dressed(value) + (of ? "\u00a0" + said(of) : "")
      + (low ? ` (${dressed(low)}–${dressed(high)})` : "");
  }

  // --- texts that come from elsewhere: said as the words know them, or left as they are
  const forms = Object.entries(patterns).map(([english, row]) => ({
    row,
    blanks: Array.from(english.matchAll(/\{(\w+)\}/g), (found) => found[1]),
    literals: english.split(/\{\w+\}/),
    weight: english.replace(/\{\w+\}/g, "").length,
  })).sort((one, other) => other.weight - one.weight); // the one that says more is tried first
  // what stands in the blanks of a pattern, found from left to right in one pass; null where it does not fit
  function between([first, ...literals], text) {
    if (!text.startsWith(first)) return null;
    const found = [], last = literals.pop();
    let at = first.length;
    for (const literal of literals) {
      const next = text.indexOf(literal, at + 1);
      if (next < 0) return null;
      found.push(text.slice(at, next));
      at = next + literal.length;
    }
    const end = text.length - last.length;
    return end > at && text.endsWith(last) ? [...found, text.slice(at, end)] : null;
  }
  function filled({ row, blanks, literals }, text) {
    const found = between(literals, text);
    return found && blanks.reduce((made, blank, n) => made.replaceAll("{" + blank + "}", () => said(found[n])), row[at]);
  }
  const foreign = (text) => (text.match(/[A-Za-z]/g) || []).length;
  const known = (text) => said(text) !== text || !LATIN.test(text) || Object.hasOwn(given, text);
  function pieces(text, parting, joint) {
    const parts = text.split(parting);
    return parts.length > 1 && parts.length < 40 && parts.every(known) ? parts.map(said).join(joint) : null;
  }
  function looked(text) {
    if (Object.hasOwn(given, text)) return given[text][at];
    const capital = text.charAt(0).toLowerCase() + text.slice(1);
    if (Object.hasOwn(names, text)) return names[text][at];
    if (Object.hasOwn(given, capital)) return given[capital][at].charAt(0).toUpperCase() + given[capital][at].slice(1);
    return null;
  }
  // a sentence is short: what is longer is nobody's pattern, and is not tried
  const memory = new Map();
  function said(text) {
    const key = at + text;
    if (!memory.has(key)) memory.set(key, found(text));
    return memory.get(key);
  }
  function found(text) {
    const row = looked(text) ?? figure(text);
    if (row !== null || text.length > 1500) return row ?? text;
    let best = null;
    for (const form of forms) { // the one that leaves the least in English is the best
      const made = filled(form, text);
      if (made && (best === null || foreign(made) < foreign(best))) best = made;
      if (best !== null && !foreign(best)) return best;
    }
    if (best !== null) return best;
    const bracket = text.match(/^(.*) \(([^()]*)\)$/s);
    if (bracket && known(bracket[1])) return said(bracket[1]) + " (" + said(bracket[2]) + ")";
    return pieces(text, "; ", "; ") ?? pieces(text, /(?<=\.)\.? (?=[A-Za-z])/, " ") ?? pieces(text, ", ", ", ")
      ?? state(text) ?? text;
  }
  // "settlements 2025-01-20": a source and the date of its state
  function state(text) {
    const span = text.match(/^(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)$/);
    if (span) return span[1] + " – " + span[2];
    const told = text.match(/^(?:(.+?) )?(\d{4}-\d\d-\d\d)(?: to (\d{4}-\d\d-\d\d))?$/);
    if (!told || (told[1] && !known(told[1]) && !/^[\w-]+$/.test(told[1]))) return null;
    return (told[1] ? said(told[1]) + ", " : "") + told[2] + (told[3] ? " – " + told[3] : "");
  }
  // "oblast("X") by embedded boundaries; ...": expressions stay, their sources are named
  C.lineage = (text) => text.split("; ").map((step) => {
    const at = step.lastIndexOf(" by ");
    return at < 0 ? step : step.slice(0, at) + " – " + C.given(step.slice(at + 4));
  }).join("; ");
  C.given = (text) => dated(Array.isArray(text) ? text[at] : said(text));
  // a text put into an element; what stays English says so
  C.put = (place, text) => {
    const heard = C.given(text);
    place.textContent = heard;
    const stays = at > 0 && !Array.isArray(text) && LATIN.test(heard) && said(text) === text;
    if (stays) place.lang = "en"; else place.removeAttribute("lang");
    return place;
  };

  const textOf = (e) => (e.dataset.said ? JSON.parse(e.dataset.said) : e.dataset.g);
  function speak() {
    document.documentElement.lang = languages[at];
    document.querySelectorAll("[data-w]").forEach((e) => {
      const values = Object.entries(e.dataset).map(([blank, value]) => [blank, C.given(value)]);
      e.textContent = C.say(e.dataset.w, Object.fromEntries(values));
    });
    document.querySelectorAll("[data-w-title]").forEach((e) => { e.title = C.say(e.dataset.wTitle, e.dataset); });
    document.querySelectorAll("[data-w-label]").forEach((e) => {
      const name = e.dataset.name === undefined ? {} : { name: C.given(e.dataset.said ? JSON.parse(e.dataset.said) : e.dataset.name) };
      e.setAttribute("aria-label", C.say(e.dataset.wLabel, name));
    });
    document.querySelectorAll("[data-g]").forEach((e) => {
      if (!e.dataset.g) e.dataset.g = e.textContent;
      C.put(e, textOf(e));
    });
    document.querySelectorAll("[data-lineage]").forEach((e) => {
      e.textContent = C.given(C.lineage(e.dataset.lineage ||= e.textContent));
    });
    document.querySelectorAll("[data-kind]").forEach((e) => {
      const note = e.dataset.note ? C.given(e.dataset.note) : "";
      e.title = [C.given(e.dataset.kind), at === 0 || !LATIN.test(note) ? note : ""].filter(Boolean).join(" · ");
    });
    document.querySelectorAll("[data-long-date]").forEach((e) => {
      if (/^\d{4}-\d\d-\d\d$/.test(e.dateTime)) e.textContent = C.date(e.dateTime);
    });
    document.querySelectorAll(".english").forEach((e) => { e.hidden = at === 0; });
  }
  C.speak = (language) => {
    at = Math.max(0, languages.indexOf(language));
    C.byId("language").value = languages[at];
    speak();
    C.tell("language", languages[at]);
  };
  C.byId("language").addEventListener("change", (event) => C.speak(event.target.value));
  C.pageLanguages = languages;
})();
