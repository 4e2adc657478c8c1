// The sound level of the last half minute as a line. uPlot is fetched only where a page has
// a place for it; without it the meter beside it tells the same.
const SECONDS = 30;
const FLOOR = -60;

export class Trace {
  #times = [];
  #levels = [];
  #plot = null;

  constructor(place) {
    this.place = place;
  }

  add(level, at = Date.now() / 1000) {
    this.#times.push(at);
    this.#levels.push(Math.max(level, FLOOR));
    while (this.#times[0] < at - SECONDS) {
      this.#times.shift();
      this.#levels.shift();
    }
    if (!this.#plot && this.#times.length > 1) this.#plot = this.#make();
    this.#plot?.setData([this.#times, this.#levels]);
  }

  #make() {
    if (!globalThis.uPlot) return null;
    const colour = getComputedStyle(this.place).getPropertyValue("--moss").trim();
    return new globalThis.uPlot(
      {
        width: this.place.clientWidth,
        height: 48,
        padding: [2, 0, 2, 0],
        legend: { show: false },
        cursor: { show: false },
        select: { show: false },
        axes: [{ show: false }, { show: false }],
        scales: {
          x: { time: false, range: (_, __, newest) => [newest - SECONDS, newest] },
          y: { range: [FLOOR, 0] },
        },
        series: [{}, { stroke: colour, fill: `${colour}44`, width: 1.5, points: { show: false } }],
      },
      [this.#times, this.#levels],
      this.place,
    );
  }
}

export function loadPlot() {
  const link = document.querySelector("[data-plot]");
  if (!link || globalThis.uPlot) return;
  const script = document.createElement("script");
  script.src = link.dataset.plot;
  document.head.append(script);
}
