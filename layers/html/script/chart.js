// The share of one territory through the days, with a mark that moves with the slider.
(function () {
  "use strict";
  const C = window.contactline;
  const series = C.data.timeline;
  if (!series) return;
  const chart = C.byId("chart"), select = C.byId("course");
  const [width, height, margin] = [600, 56, 4];
  let course = series.courses[0];

  const percent = (day) => 100 * course.km2[day] / course.whole;
  const x = (day) => (series.days.length > 1 ? width * day / (series.days.length - 1) : width / 2);
  C.shareText = (day) => C.say("share-now", { percent: C.number(percent(day), 1), km2: C.number(course.km2[day]),
    name: C.given(course.title), date: C.date(series.days[day]), source: C.given(series.source) });

  function draw() {
    const all = series.days.map((_, day) => percent(day));
    const low = Math.min(...all), span = Math.max(Math.max(...all) - low, 0.05);
    const y = (value) => height - margin - (height - 2 * margin) * (value - low) / span;
    const line = all.map((value, day) => `${day ? "L" : "M"}${x(day).toFixed(1)} ${y(value).toFixed(1)}`).join("");
    const day = C.dayNow();
    chart.replaceChildren(
      C.svg("path", { class: "fill", d: `${line}L${width} ${height}L0 ${height}Z` }),
      C.svg("path", { class: "line", d: line }),
      C.svg("path", { class: "own", d: `M${x(series.now)} 0V${height}` }),
      C.svg("path", { class: "mark", d: `M${x(day)} 0V${height}M${x(day) - 4} ${y(all[day])}H${x(day) + 4}` }));
    const whole = course.official ? C.say("whole-official", { km2: C.number(course.whole), source: C.given(course.official) })
      : C.say("whole-measured", { km2: C.number(course.whole) });
    C.byId("chart-from").textContent = C.number(all[0], 1) + "\u00a0% · " + series.days[0].slice(0, 4);
    C.byId("chart-to").textContent = series.days.at(-1).slice(0, 4) + " · " + C.number(all.at(-1), 1) + "\u00a0%";
    C.byId("course-now").textContent = C.say("share-short",
      { percent: C.number(percent(day), 1), km2: C.number(course.km2[day]) });
    C.byId("course-range").textContent = C.say("course-range", { begin: C.number(all[0], 1), end: C.number(all.at(-1), 1),
      first: C.date(series.days[0]), last: C.date(series.days.at(-1)) }) + ".";
    C.byId("course-note").textContent = whole.charAt(0).toUpperCase() + whole.slice(1) + ". " + C.say("series-note", { source: C.given(series.source) });
  }
  C.courseNow = () => series.courses.indexOf(course);
  C.chooseCourse = (n) => {
    course = series.courses[n] || course;
    select.value = String(C.courseNow());
    draw();
    C.tell("course");
  };
  select.addEventListener("change", () => C.chooseCourse(Number(select.value)));
  chart.addEventListener("click", (event) => {
    const box = chart.getBoundingClientRect();
    C.setDay(Math.round((series.days.length - 1) * (event.clientX - box.left) / box.width));
  });
  C.on("day", draw);
  C.on("language", draw);
})();
