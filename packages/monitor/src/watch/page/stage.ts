import type { Clip, Film } from '../film.js';
import { byId } from './elements.js';
import { FilmPlayer } from './film-player.js';
import { LivePlayer } from './live-player.js';
import { Screen } from './screen.js';

/** The part of the page where the agent plays: live, and at the end a film to look at. */
export class Stage {
  readonly #screen = new Screen();
  readonly #button = byId<HTMLButtonElement>('play');
  readonly #seek = byId<HTMLInputElement>('seek');
  readonly #note = byId('stage-note');
  #player: LivePlayer | FilmPlayer;
  #shown = false;

  constructor() {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#player = new LivePlayer(this.#screen, still);
    this.#button.addEventListener('click', () => this.#pause(!this.#player.paused));
    this.#seek.addEventListener('input', () => {
      this.#pause(true);
      if (this.#player instanceof FilmPlayer) void this.#player.seek(this.#seek.valueAsNumber);
    });
    const tick = (now: number) => {
      const moved = this.#player.tick(now);
      if (moved && this.#player instanceof FilmPlayer) this.#seek.valueAsNumber = this.#player.at;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  /** Plays a clip that has come in. */
  async add(clip: Clip): Promise<void> {
    if (!(this.#player instanceof LivePlayer)) return;
    this.#open();
    await this.#player.add(clip);
  }

  /** From now on, shows a film. */
  showFilm(film: Film): void {
    const player = new FilmPlayer(this.#screen, film, this.#player.paused);
    this.#player = player;
    byId('stage-title').textContent = 'The last episode';
    this.#seek.max = String(player.length - 1);
    this.#seek.hidden = false;
    this.#note.textContent = film.stride === 1 ? '' : `every ${film.stride}th step`;
    this.#open();
  }

  #open(): void {
    if (this.#shown) return;
    this.#shown = true;
    byId('stage').hidden = false;
    document.querySelector('main')?.classList.add('with-stage');
    this.#pause(this.#player.paused);
  }

  #pause(paused: boolean): void {
    this.#player.paused = paused;
    this.#button.textContent = paused ? 'Play' : 'Pause';
  }
}
