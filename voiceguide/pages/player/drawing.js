// The session drawn as a band of its chapters, with a playhead. A pointer's way to a chapter; the list is everybody's.

const SVG = "http://www.w3.org/2000/svg";

export function shapeOf(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

// A rectangle over a time, in shares of the session, so that it is as wide as the page at any size.
function bar(session, start, end, look, attributes) {
  const share = (seconds) => `${((100 * seconds) / session.duration).toFixed(3)}%`;
  return shapeOf("rect", { class: look, x: share(start), width: share(end - start), ...attributes });
}

// Draws into an <svg>, over nothing; returns what moves the playhead. `jump` is called with a chapter's number.
export function draw(svg, session, jump) {
  svg.replaceChildren();
  session.chapters.forEach((chapter, index) => {
    const entry = shapeOf("g", { class: "part" });
    entry.append(bar(session, chapter.start, chapter.end, "lead", { y: "33%", height: "24%" }));
    for (const slot of chapter.slots) entry.append(bar(session, slot.start, slot.end, "slot", { y: "25%", height: "40%" }));
    entry.append(bar(session, chapter.start, chapter.end, "touch", { y: 0, height: "100%" }));
    entry.addEventListener("click", () => jump(index));
    svg.append(entry);
  });
  // Between two chapters there is a gap of the page's colour, drawn over both.
  for (const chapter of session.chapters.slice(1)) {
    svg.append(bar(session, chapter.start, chapter.start, "gap", { y: "20%", height: "50%", width: 2, transform: "translate(-1)" }));
  }
  const played = bar(session, 0, 0, "played", { y: "80%", height: 4, rx: 2 });
  const head = bar(session, 0, 0, "head", { y: "12%", height: "76%", width: 4, rx: 2, transform: "translate(-2)" });
  svg.append(played, head);
  const parts = [...svg.querySelectorAll(".part")];
  return (seconds, current) => {
    const share = `${((100 * seconds) / session.duration).toFixed(2)}%`;
    played.setAttribute("width", share);
    head.setAttribute("x", share);
    parts.forEach((part, index) => part.classList.toggle("current", index === current));
  };
}
