// The switch for two bumps on what the phone lies on. It is there where a sensor is, and nothing is felt until it is on.

import { bumps } from "./bump.js";

const FELT = "devicemotion";

// `act` is called after two bumps; `isSounding` tells whether the page itself sounds; `refused` is what the
// switch says where the phone does not allow it. Returns whether the switch is on.
export function shelfOf(label, { act, isSounding, refused, signal }) {
  const box = label.querySelector("input");
  let feel = null;

  function felt({ accelerationIncludingGravity: vector, timeStamp }) {
    if (!vector || vector.x === null) return;
    if (feel && feel(timeStamp / 1000, [vector.x, vector.y, vector.z], isSounding())) act();
  }

  // Where nobody has to be asked, a sensor shows itself; a computer has the same interface, and tells nothing by it.
  function look({ accelerationIncludingGravity: vector }) {
    label.hidden = !vector || vector.x === null;
    if (!label.hidden) window.removeEventListener(FELT, look);
  }

  async function turn() {
    feel = null;
    window.removeEventListener(FELT, felt);
    if (!box.checked) return;
    const { requestPermission } = DeviceMotionEvent;
    const answer = requestPermission ? await requestPermission.call(DeviceMotionEvent).catch(() => "denied") : "granted";
    if (answer !== "granted") {
      box.checked = false;
      label.querySelector("span").textContent = refused;
      return;
    }
    feel = bumps();
    window.addEventListener(FELT, felt, { signal });
  }

  label.hidden = true;
  box.checked = false;
  if (window.isSecureContext && "DeviceMotionEvent" in window) {
    box.addEventListener("change", turn, { signal });
    label.hidden = !(DeviceMotionEvent.requestPermission && navigator.maxTouchPoints);
    window.addEventListener(FELT, look, { signal });
  }
  return () => feel !== null;
}
