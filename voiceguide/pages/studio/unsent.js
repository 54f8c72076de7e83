// What is typed into a dialog that asks, until it is sent: whoever closes it by mistake, or loads the page anew, finds it again.

const KEPT = "voiceguide:unsent:";

const fieldsOf = (form) => [...form.querySelectorAll("input, select, textarea")];
const keyOf = (field) => (field.type === "checkbox" ? "checked" : "value");

// Fills a form in as it was left, and keeps what is typed into it from here on. Returns what forgets it, once it is sent.
export function keepUnsent(name, form) {
  const key = KEPT + name;
  try {
    const kept = JSON.parse(sessionStorage.getItem(key)) ?? [];
    fieldsOf(form).forEach((field, at) => { if (at in kept) field[keyOf(field)] = kept[at]; });
  } catch {
    // It begins empty.
  }
  const keep = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(fieldsOf(form).map((field) => field[keyOf(field)])));
    } catch {
      // A browser that keeps nothing still sends it.
    }
  };
  ["input", "change"].forEach((event) => form.addEventListener(event, keep));
  return () => sessionStorage.removeItem(key);
}
