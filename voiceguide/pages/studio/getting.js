// A voice that is not here: how large it is and under which licence, a button that brings it, and how far it is.

import { address, ask } from "./api.js";
import { button, make } from "./make.js";
import { notice, tell } from "./notices.js";
import { percent, say, size, voiceName, words } from "./words.js";

const MEGABYTE = 1e6;

// Offers a voice of the server's list; `ready` is called once it is here.
export function offer(voice, ready) {
  const path = `/api/voices/${encodeURIComponent(voice.id)}/download`;
  const name = voiceName(voice.id);
  const told = { name, size: size(voice.download_mb * MEGABYTE), licence: voice.licence };
  const news = make("span", { role: "status" });
  const bar = make("progress", { max: 1, "aria-label": say("getting_voice", told), hidden: true });
  const get = button({ class: "plain", onclick: begin }, say("get_voice", told));
  const end = button({ class: "plain", hidden: true, onclick: () => ask("DELETE", path).catch(tell) }, words.cancel);
  const shown = make("div", { class: "hint" }, make("p", {}, say("better_voice", told)), make("p", { class: "row" }, get, bar, news, end));

  function show(isComing) {
    get.hidden = isComing;
    bar.hidden = !isComing;
    end.hidden = !isComing;
    news.textContent = "";
  }

  async function begin() {
    show(true);
    try {
      follow(await ask("POST", path, { licence: voice.licence }));
    } catch (fault) {
      show(false);
      tell(fault);
    }
  }

  function follow(now) {
    const source = new EventSource(address(`${path}/events`));
    const over = () => {
      source.close();
      show(false);
    };
    function progress({ so_far: soFar, in_all: inAll }) {
      if (!shown.isConnected) source.close(); // the download goes on
      if (!inAll) return;
      bar.value = soFar / inAll;
      news.textContent = percent(soFar / inAll);
    }
    progress(now);
    source.addEventListener("progress", ({ data }) => progress(JSON.parse(data)));
    source.addEventListener("missing", over);
    source.addEventListener("failed", ({ data }) => {
      over();
      notice(JSON.parse(data).error.message, { stays: 0, isFault: true });
    });
    source.addEventListener("ready", () => {
      over();
      notice(say("got_voice", told));
      ready();
    });
    source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) over(); });
  }

  // One that is on its way already, since the page was left, is followed at once.
  ask("GET", path).then((now) => {
    if (now.state !== "getting") return;
    show(true);
    follow(now);
  }).catch(tell);
  return shown;
}
