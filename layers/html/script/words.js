// The page in its three languages: texts by key, texts by what they are in English, numbers and dates as each writes them.
(function () {
  "use strict";
  const C = window.contactline;
  const { languages, words, given } = C.data.words;
  const locales = { en: "en-GB", uk: "uk-UA", ru: "ru-RU" };
  let at = 0;

  C.language = () => languages[at];
  C.say = (key, values = {}) => Object.entries(values)
    .reduce((text, [blank, value]) => text.replaceAll("{" + blank + "}", () => value), words[key][at]);
  // "Contested (deepstate)": what stands in brackets is a source's own name
  C.given = (text) => {
    const row = Object.hasOwn(given, text) ? given[text] : null;
    if (row) return row[at];
    const split = text.match(/^(.*) (\([^()]*\))$/s);
    return split && Object.hasOwn(given, split[1]) ? given[split[1]][at] + " " + split[2] : text;
  };
  C.number = (value, places = 0) => value.toLocaleString(locales[languages[at]],
    { minimumFractionDigits: places, maximumFractionDigits: places });
  C.size = (value) => C.number(value, value === 0 ? 0 : value < 10 ? 2 : value < 1000 ? 1 : 0);
  C.date = (iso) => new Date(iso + "T00:00:00Z").toLocaleDateString(locales[languages[at]],
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  function speak() {
    document.documentElement.lang = languages[at];
    document.querySelectorAll("[data-w]").forEach((e) => { e.textContent = C.say(e.dataset.w, e.dataset); });
    document.querySelectorAll("[data-w-title]").forEach((e) => { e.title = C.say(e.dataset.wTitle, e.dataset); });
    document.querySelectorAll("[data-w-label]").forEach((e) => {
      const name = e.dataset.name === undefined ? {} : { name: C.given(e.dataset.name) };
      e.setAttribute("aria-label", C.say(e.dataset.wLabel, name));
    });
    document.querySelectorAll("[data-g]").forEach((e) => {
      if (!e.dataset.g) e.dataset.g = e.textContent;
      e.textContent = C.given(e.dataset.g);
    });
    document.querySelectorAll("[data-long-date]").forEach((e) => {
      if (/^\d{4}-\d\d-\d\d$/.test(e.dateTime)) e.textContent = C.date(e.dateTime);
    });
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
