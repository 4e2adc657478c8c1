// A cue that comes up can be heard: a soft tone made here, or a sentence by a voice of this
// machine. The service says which; a voice that would send text to a server is never used.
const language = document.documentElement.lang;
let context = null;

function localVoice() {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

function tone(soft) {
  context ??= new AudioContext();
  const now = context.currentTime + 0.02;
  for (const [pitch, after] of [[523.25, 0], [659.25, 0.16]]) {
    const wave = context.createOscillator();
    const loudness = context.createGain();
    wave.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, now + after);
    loudness.gain.linearRampToValueAtTime(soft ? 0.05 : 0.14, now + after + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.0001, now + after + 0.6);
    wave.connect(loudness).connect(context.destination);
    wave.start(now + after);
    wave.stop(now + after + 0.65);
  }
}

function sentence(text) {
  const voice = localVoice();
  if (!voice) return tone(false);
  const said = new SpeechSynthesisUtterance(text);
  said.voice = voice;
  said.lang = voice.lang;
  speechSynthesis.cancel();
  speechSynthesis.speak(said);
}

export function play({ how, text, soft }) {
  document.dispatchEvent(new CustomEvent("companion:sound", { detail: { how, text, soft } }));
  if (how === "tone") tone(soft);
  if (how === "sentence") sentence(text);
}

// ── on the live page ──────────────────────────────────────────────────────
async function soundCue() {
  // a page that nobody touched yet may make no sound; another one that may can have it
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  const body = new URLSearchParams({ voice: localVoice() ? "yes" : "no" });
  const answer = await fetch("/leiden/geluid", { method: "POST", body });
  if (answer.ok) play(await answer.json());
}

document.getElementById("stroom")?.addEventListener("state", (event) => {
  if (String(event.detail?.data ?? "").includes('"CueRaised"')) soundCue();
});

// ── on the page of choices ────────────────────────────────────────────────
const state = document.getElementById("sound-state");
if (state) {
  const tell = () => {
    state.textContent = localVoice() ? state.dataset.voice : state.dataset.noVoice;
  };
  tell();
  globalThis.speechSynthesis?.addEventListener("voiceschanged", tell);
}
for (const button of document.querySelectorAll("[data-try]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const how = button.closest("fieldset").querySelector(":checked")?.value;
    play({ how, text: button.dataset.sentence, soft: false });
  });
}
