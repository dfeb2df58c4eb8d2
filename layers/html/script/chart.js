// The share of one territory through the days, with a mark that moves with the slider.
(function () {
  "use strict";
  const C = window.contactline;
  const series = C.data.timeline;
  if (!series) return;
  const chart = C.byId("chart"), select = C.byId("course");
  const [width, height, margin] = [600, 56, 4];
  let course = series.courses[C.data.course];
  select.value = String(C.data.course);

  const ends = (day) => { const [value, low = value, high = value] = course.percent[day]; return [value, low, high]; };
  const x = (day) => (series.days.length > 1 ? width * day / (series.days.length - 1) : width / 2);
  C.shareText = (day) => C.say("share-now", { percent: C.percent(course.percent[day]), km2: C.km2(course.km2[day]),
    name: C.given(course.title), source: C.given(series.source) });

  // a figure, and its interval in a lighter hand
  function now(text) {
    const [figure, ...interval] = text.split(/(?= \()/), made = C.element("b", "", figure);
    made.append(...interval.map((one) => C.element("small", "", one)));
    return made;
  }
  function draw() {
    const all = series.days.map((_, day) => ends(day));
    const low = Math.min(...all.map((one) => one[1])), span = Math.max(Math.max(...all.map((one) => one[2])) - low, 0.05);
    const y = (value) => height - margin - (height - 2 * margin) * (value - low) / span;
    const path = (n, days) => days.map((day) => `L${x(day).toFixed(1)} ${y(all[day][n]).toFixed(1)}`).join("").replace("L", "M");
    const days = [...all.keys()], day = C.dayNow();
    chart.replaceChildren(
      C.svg("path", { class: "fill", d: path(2, days) + path(1, days.slice().reverse()).replace("M", "L") + "Z" }),
      C.svg("path", { class: "line", d: path(0, days) }),
      C.svg("path", { class: "own", d: `M${x(series.now)} 0V${height}` }),
      C.svg("path", { class: "mark", d: `M${x(day)} 0V${height}M${x(day) - 4} ${y(all[day][0])}H${x(day) + 4}` }));
    const whole = course.official ? C.say("whole-official", { km2: C.number(course.whole), source: C.given(course.official) })
      : C.say("whole-measured", { km2: C.number(course.whole) });
    C.byId("chart-from").textContent = C.percent(all[0]) + " · " + series.days[0].slice(0, 4);
    C.byId("chart-to").textContent = series.days.at(-1).slice(0, 4) + " · " + C.percent(all.at(-1));
    C.byId("course-now").replaceChildren(now(C.percent(all[day])), C.element("span", "sr-only", " · "), now(C.km2(course.km2[day])));
    C.byId("course-range").textContent = C.sentence(C.say("course-range", { begin: C.percent(all[0]), end: C.percent(all.at(-1)),
      first: C.date(series.days[0]), last: C.date(series.days.at(-1)) }));
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
