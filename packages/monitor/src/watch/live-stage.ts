import type { Picture } from '@pg/core';
import { type Caption, ClipEncoder } from './clip-encoder.js';
import type { Clip, Film } from './film.js';
import { FilmRecorder } from './film-recorder.js';
import { fitPicture } from './fit-picture.js';
import { type Player, recordFilm, whyNotShown } from './record-film.js';

/** Milliseconds between two clips. */
const TICK = 200;
/** The part of the time that playing may take from training. */
const SHARE = 0.15;
/** Bytes of pictures that may wait for the next clip. */
const MOST_BYTES = 16_000_000;

/** What a stage needs of its page. */
export interface StageParts {
  /** Whether somebody is looking. */
  readonly hasAudience: () => boolean;
  readonly send: (clip: Clip) => void;
  /** Told when the agent cannot be played any more. */
  readonly fail: (message: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/**
 * Shows an agent on the open pages: plays it at the viewers' pace in the turns of the event loop that training leaves, and sends the
 * pictures of 1/5 second together. Plays only while somebody is looking, and takes no more than 15 % of the time; what is due beyond
 * that is not played.
 */
export class LiveStage {
  readonly #parts: StageParts;
  #fps = 30;
  #player: Player | undefined;
  #timer: NodeJS.Timeout | undefined;
  #open = new ClipEncoder(this.#fps);
  #sending = false;
  #tickedAt = 0;
  #due = 0;
  #shown: FilmRecorder | undefined;
  #shownEpisode = 0;

  constructor(parts: StageParts) {
    this.#parts = parts;
  }

  /** Plays from now on. */
  play(player: Player, fps: number): void {
    this.#player = player;
    this.#fps = fps;
    this.#open = new ClipEncoder(fps);
    this.#start();
  }

  /** Takes a picture of somebody else's play. Its episode is kept as a film. */
  show(picture: Picture, caption: Caption): void {
    const fitting = fitPicture(picture);
    if (this.#shown === undefined || this.#shownEpisode !== caption.episode) this.#shown = new FilmRecorder(this.#fps);
    this.#shownEpisode = caption.episode;
    this.#shown.add(fitting, caption);
    if (this.#parts.hasAudience() && this.#open.bytes < MOST_BYTES) this.#add(fitting, caption);
    this.#start();
  }

  /** Shows nothing more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#player = undefined;
  }

  /** A whole episode of the agent, played now; else the episode that was shown last. */
  async film(): Promise<Film | null> {
    const player = this.#player;
    if (player === undefined) return this.#shown?.finish() ?? null;
    this.stop();
    return recordFilm(player, { fps: this.#fps, now: this.#parts.now, fail: (error) => this.#fail(error) });
  }

  #start(): void {
    if (this.#timer !== undefined) return;
    this.#tickedAt = this.#parts.now();
    this.#timer = setInterval(() => this.#tick(), TICK).unref();
  }

  #tick(): void {
    const now = this.#parts.now();
    const elapsed = now - this.#tickedAt;
    this.#tickedAt = now;
    if (!this.#parts.hasAudience()) this.#open = new ClipEncoder(this.#fps);
    else if (!this.#sending) {
      this.#playFor(elapsed);
      void this.#sendClip();
    }
  }

  #playFor(elapsed: number): void {
    const player = this.#player;
    if (player === undefined) return;
    const end = this.#parts.now() + SHARE * elapsed;
    this.#due = Math.min(this.#fps, this.#due + (this.#fps * elapsed) / 1000);
    this.#guard(() => {
      for (; this.#due >= 1 && this.#parts.now() < end; this.#due--) this.#add(...fitted(player.next()));
    });
  }

  #add(picture: Picture, caption: Caption): void {
    if (!this.#open.fits(picture)) this.#open = new ClipEncoder(this.#fps);
    this.#open.add(picture, caption);
  }

  async #sendClip(): Promise<void> {
    if (this.#open.length === 0) return;
    this.#sending = true;
    const encoder = this.#open;
    this.#open = new ClipEncoder(this.#fps);
    try {
      this.#parts.send(await encoder.finishInBackground());
    } finally {
      this.#sending = false;
    }
  }

  /** Training goes on when the agent that is watched fails. */
  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.stop();
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const message = whyNotShown(error);
    if (message !== undefined) this.#parts.fail(message);
  }
}

function fitted({ picture, caption }: ReturnType<Player['next']>): [Picture, Caption] {
  return [fitPicture(picture), caption];
}
