import { type DecodedClip, pixelsOf } from './clip-decoder.js';
import { byId } from './elements.js';
import { inDigits } from './words.js';

/** The canvas on which the agent plays, and what is said beside it. */
export class Screen {
  readonly #canvas = byId<HTMLCanvasElement>('canvas');
  readonly #caption = byId('caption');
  readonly #context = this.#canvas.getContext('2d');
  #clip: DecodedClip | undefined;
  #frame = -1;

  /** Shows a frame of a clip; those before it are painted first where they were not, because each changes a part of the one before. */
  show(clip: DecodedClip, frame: number): void {
    if (this.#clip !== clip || frame < this.#frame) {
      this.#clip = clip;
      this.#frame = -1;
      if (this.#canvas.width !== clip.width) this.#canvas.width = clip.width;
      if (this.#canvas.height !== clip.height) this.#canvas.height = clip.height;
    }
    while (this.#frame < frame) this.#paint(clip, ++this.#frame);
    const [, , , , episode, step, episodeReturn] = clip.frames[frame]!;
    const parts = [...(episode > 0 ? [`episode ${episode}`] : []), `step ${step}`, ...(episodeReturn === null ? [] : [`return ${inDigits(episodeReturn)}`])];
    this.#caption.textContent = parts.join(' · ');
  }

  #paint(clip: DecodedClip, frame: number): void {
    const [left, top, width, height] = clip.frames[frame]!;
    if (width > 0 && height > 0) this.#context?.putImageData(new ImageData(pixelsOf(clip, frame), width, height), left, top);
  }
}
