// What the pages do beyond HTML: tick, announce, answer keys, open dialogs.
import { followClock } from "./clock.js";
import { keepNewest } from "./newest.js";
import { announceNews } from "./announce.js";
import { answerKeys } from "./keys.js";
import { openDialogs } from "./dialogs.js";
import { scaleMinutes } from "./minutes.js";
import { followPresence } from "./presence.js";
import { offerFullScreen } from "./fullscreen.js";
import { tryMicrophones } from "./microphone.js";
import { showConnection } from "./connection.js";

keepNewest();
followClock();
announceNews();
answerKeys();
openDialogs();
scaleMinutes();
followPresence();
showConnection();
offerFullScreen();
tryMicrophones();

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
