import type { Clip } from '../film.js';
import type { PageData, Progress } from '../page-data.js';

/** What the page does with what it hears. */
export interface Listener {
  run(data: PageData): void;
  progress(progress: Progress): void;
  clip(clip: Clip): void;
  /** The connection was lost, and is tried again. */
  lost(): void;
}

/**
 * Listens to the run's events until it has ended. A hidden page asks for no pictures, and gives its connection up when there are many
 * pages, because a browser has six for all of them. A page of another run than the one that is served now starts anew.
 */
export function connect(listener: Listener): void {
  let source: EventSource | undefined;
  let id: number | undefined;
  let over = false;
  const on = <TData>(name: string, action: (data: TData) => void) => {
    source?.addEventListener(name, (event) => action(JSON.parse((event as MessageEvent<string>).data) as TData));
  };
  const open = () => {
    source?.close();
    if (over) return;
    source = new EventSource(document.hidden ? 'events' : 'events?pictures');
    on<PageData>('run', (data) => {
      if (id !== undefined && id !== data.id) return location.reload();
      id = data.id;
      over = !['waiting', 'training'].includes(data.status.phase);
      if (over) source?.close();
      listener.run(data);
    });
    on<Progress>('progress', (progress) => listener.progress(progress));
    on<Clip>('clip', (clip) => listener.clip(clip));
    source.addEventListener('crowded', () => {
      if (document.hidden) source?.close();
    });
    source.addEventListener('error', () => {
      listener.lost();
      // the browser tries again by itself unless it was refused
      if (source?.readyState === EventSource.CLOSED) setTimeout(open, 2000);
    });
  };
  document.addEventListener('visibilitychange', open);
  open();
}
