// The session drawn as a band of its chapters, with a playhead. A pointer's way to a chapter; the list is everybody's.

const SVG = "http://www.w3.org/2000/svg";

export function shapeOf(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const WIDE = 10000; // units across a band, whatever its width

// One shape for many bars, [start, end] in seconds each: a page with few elements is soon laid out.
function bars(session, spans, look, top, height) {
  const across = (seconds) => Math.round((WIDE * seconds) / session.duration);
  const rectangle = ([start, end]) => `M${across(start)} ${top}H${across(end)}V${top + height}H${across(start)}z`;
  return shapeOf("path", { class: look, d: spans.map(rectangle).join("") });
}

function leads(session, chapters, look) {
  return bars(session, chapters.map(({ start, end }) => [start, end]), look, 33, 24);
}

function slots(session, chapters, look) {
  return bars(session, chapters.flatMap((chapter) => chapter.slots.map(({ start, end }) => [start, end])), look, 25, 40);
}

// Draws into an <svg>, over nothing; returns what moves the playhead. `jump` is called with a chapter's number.
export function draw(svg, session, jump) {
  const { chapters, duration } = session;
  const band = shapeOf("svg", { viewBox: `0 0 ${WIDE} 100`, preserveAspectRatio: "none" });
  const now = shapeOf("g", {});
  band.append(leads(session, chapters, "lead"), slots(session, chapters, "slot"), now);
  // Between two chapters there is a gap of the page's colour, drawn over both.
  const gaps = chapters.slice(1).map(({ start }) => `M${Math.round((WIDE * start) / duration)} 20V70`).join("");
  band.append(shapeOf("path", { class: "gap", d: gaps, "vector-effect": "non-scaling-stroke" }));
  const played = shapeOf("rect", { class: "played", y: "80%", height: 4, rx: 2 });
  const head = shapeOf("rect", { class: "head", y: "12%", height: "76%", width: 4, rx: 2, transform: "translate(-2)" });
  svg.replaceChildren(band, played, head);
  svg.onclick = ({ clientX }) => {
    const { left, width } = svg.getBoundingClientRect();
    const seconds = ((clientX - left) / width) * duration;
    const after = chapters.findIndex(({ start }) => start > seconds);
    jump(Math.max(0, (after < 0 ? chapters.length : after) - 1));
  };
  let shown = -1;
  return (seconds, current) => {
    const share = `${((100 * seconds) / duration).toFixed(2)}%`;
    played.setAttribute("width", share);
    head.setAttribute("x", share);
    if (current === shown) return;
    shown = current;
    const chapter = chapters[current] ? [chapters[current]] : [];
    now.replaceChildren(leads(session, chapter, "lead current"), slots(session, chapter, "slot current"));
  };
}
