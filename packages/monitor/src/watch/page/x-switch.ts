import type { Curves } from './curves.js';
import { type XAxis, type XName, xAxes } from './x-axis.js';

const MARK = '#over=';

/** Lets people choose what the curves are drawn over. The choice is a part of the address, so it outlives a reload and can be passed on. */
export class XSwitch {
  readonly #inputs = Array.from(document.querySelectorAll<HTMLInputElement>('input[name="over"]'));
  #chosen: XName = 'steps';

  /** @param changed - told when another axis was chosen */
  constructor(changed: () => void) {
    const read = () => {
      const name = location.hash.replace(MARK, '');
      this.#chosen = name in xAxes ? (name as XName) : 'steps';
      for (const input of this.#inputs) input.checked = input.value === this.#chosen;
    };
    read();
    for (const input of this.#inputs) {
      input.addEventListener('change', () => {
        this.#chosen = input.value as XName;
        history.replaceState(null, '', `${MARK}${input.value}`);
        changed();
      });
    }
    addEventListener('hashchange', () => {
      read();
      changed();
    });
  }

  get axis(): XAxis {
    return xAxes[this.#chosen];
  }

  /** Offers what the curves can be drawn over. */
  offer(curves: Curves): void {
    for (const input of this.#inputs) input.disabled = !xAxes[input.value as XName].places(curves).some(Number.isFinite);
  }
}
