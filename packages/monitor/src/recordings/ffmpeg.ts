import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { UnavailableError } from '@pg/core';

/** What ffmpeg is to make of pictures. */
export interface VideoFormat {
  /** The program. */
  readonly ffmpeg: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Pixels of the video for each pixel of a picture. */
  readonly scale: number;
  /** The file that it writes. */
  readonly path: string;
}

/** An ffmpeg that is fed pictures. */
export interface Encoder {
  /** Hands over a picture's bytes; waits while there are too many on their way. */
  write(data: Uint8Array): Promise<void>;
  /** Says that this was all, and waits for the file. */
  end(): Promise<void>;
  /** Ends it at once, if it is still there. */
  kill(): void;
}

/**
 * Starts ffmpeg on raw pictures. A program that ends without `end` is not kept waiting by it.
 *
 * @throws UnavailableError, from `write` or `end`, when there is no ffmpeg, or when it refuses
 */
export function startFfmpeg(where: string, format: VideoFormat): Encoder {
  const child = spawn(format.ffmpeg, commandLine(format), { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  // What went wrong with the pipe, the program's end tells better.
  child.stdin.on('error', () => {});
  const ended = once(child, 'close').then(
    ([code]) => (code === 0 ? undefined : refused(where, format, complaint.trim() || `it ended with code ${code}`)),
    (cause: NodeJS.ErrnoException) => (cause.code === 'ENOENT' ? missing(where, format, cause) : refused(where, format, cause.message)),
  );
  holdProgram(child, false);
  return {
    async write(data) {
      if (child.stdin.destroyed) throw (await ended) ?? refused(where, format, 'it ended early');
      if (child.stdin.write(data)) return;
      holdProgram(child, true);
      await Promise.race([once(child.stdin as Writable, 'drain'), ended]).catch(() => undefined);
      holdProgram(child, false);
    },
    async end() {
      holdProgram(child, true);
      child.stdin.end();
      const error = await ended;
      if (error !== undefined) throw error;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Whether Node waits for the child before it ends. */
function holdProgram(child: ChildProcess, hold: boolean): void {
  for (const handle of [child, child.stdin as Socket | null, child.stderr as Socket | null]) handle?.[hold ? 'ref' : 'unref']();
}

/** H.264 in the colours that every player knows; its sides have to be even. */
function commandLine({ width, height, fps, scale, path }: VideoFormat): string[] {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-video_size', `${width}x${height}`, '-framerate', `${fps}`, '-i', 'pipe:0'];
  const filters = `scale=iw*${scale}:ih*${scale}:flags=neighbor,pad=ceil(iw/2)*2:ceil(ih/2)*2`;
  const output = ['-vf', filters, '-c:v', 'libx264', '-crf', '18', '-pix_fmt', 'yuv420p', '-movflags', '+faststart', '-f', 'mp4', path];
  return ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...input, ...output];
}

function missing(where: string, { ffmpeg }: VideoFormat, cause: unknown): UnavailableError {
  return new UnavailableError({
    where,
    got: `no program "${ffmpeg}"`,
    expected: 'ffmpeg, which encodes MP4',
    remedy: 'Install it (apt-get install ffmpeg, brew install ffmpeg, winget install ffmpeg), or record a GIF with gifRecorder, which needs nothing.',
    cause,
  });
}

function refused(where: string, { ffmpeg }: VideoFormat, complaint: string): UnavailableError {
  return new UnavailableError({
    where,
    got: `a complaint of ${ffmpeg}: ${complaint}`,
    expected: 'a video',
    remedy: 'Free some space, or install an ffmpeg with the encoder libx264.',
  });
}
