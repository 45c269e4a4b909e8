import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DisposedError, InvalidOptionsError, InvalidShapeError, type Picture, UnavailableError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { mp4Recorder } from './mp4-recorder.js';

const hasFfmpeg = (() => {
  try {
    return execFileSync('ffprobe', ['-version'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
})();

/** A picture of one colour. */
function plain(red: number, green: number, { width = 32, height = 16 } = {}): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => [red, green, 0][at % 3]!);
  return { width, height, data };
}

function probe(path: string) {
  const entries = ['-show_entries', 'stream=codec_name,width,height,r_frame_rate,nb_frames,pix_fmt'];
  return JSON.parse(execFileSync('ffprobe', ['-v', 'error', ...entries, '-of', 'json', path], { encoding: 'utf8' })).streams[0];
}

/** The middle pixel of each frame. */
function middles(path: string, { width, height }: { width: number; height: number }): number[][] {
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const size = width * height * 3;
  const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 3;
  return Array.from({ length: raw.length / size }, (_, frame) => [...raw.subarray(frame * size + middle, frame * size + middle + 3)]);
}

describe.skipIf(!hasFfmpeg)('mp4Recorder, where ffmpeg is installed', () => {
  test('writes a video that ffmpeg reads back: size, rate, frames and colours', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'videos', 'episode.mp4');
    const recorder = mp4Recorder(path, { fps: 50 });
    for (let frame = 0; frame < 25; frame++) await recorder.add(frame < 10 ? plain(200, 0) : plain(0, 200));
    expect(recorder.frames).toBe(25);
    await recorder.save();
    await recorder.save();
    expect(readdirSync(join(folder, 'videos'))).toEqual(['episode.mp4']);
    expect(probe(path)).toEqual({ codec_name: 'h264', width: 32, height: 16, r_frame_rate: '50/1', nb_frames: '25', pix_fmt: 'yuv420p' });
    const colors = middles(path, { width: 32, height: 16 });
    expect(colors).toHaveLength(25);
    for (const [frame, [red, green]] of colors.entries()) {
      expect(Math.abs(red! - (frame < 10 ? 200 : 0)), `red of frame ${frame}`).toBeLessThan(12);
      expect(Math.abs(green! - (frame < 10 ? 0 : 200)), `green of frame ${frame}`).toBeLessThan(12);
    }
  });

  test('enlarges pictures, and makes odd sides even', async () => {
    const path = join(scratchFolder(), 'episode.mp4');
    const recorder = mp4Recorder(path, { scale: 3 });
    await recorder.add(plain(9, 9, { width: 17, height: 5 }));
    await recorder.save();
    expect(probe(path)).toMatchObject({ width: 52, height: 16, nb_frames: '1' });
  });

  test('leaves nothing of a video that is never saved', async () => {
    const folder = scratchFolder();
    {
      await using dropped = mp4Recorder(join(folder, 'dropped.mp4'));
      await dropped.add(plain(1, 1));
    }
    const forgotten = mp4Recorder(join(folder, 'forgotten.mp4'));
    const before = process.listeners('exit');
    await forgotten.add(plain(1, 1));
    const [atExit] = process.listeners('exit').filter((listener) => !before.includes(listener));
    (atExit as () => void)();
    expect(readdirSync(folder)).toEqual([]);
    expect(process.listeners('exit')).toEqual(before);
  });

  test('refuses pictures of another size, none at all, and any after save', async () => {
    const recorder = mp4Recorder(join(scratchFolder(), 'episode.mp4'));
    await recorder.add(plain(1, 1));
    await expect(recorder.add(plain(1, 1, { width: 16 }))).rejects.toThrow(InvalidShapeError);
    await recorder.save();
    await expect(recorder.add(plain(1, 1))).rejects.toThrow(DisposedError);
  });
});

test('says what the program complains of, and leaves nothing behind', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'file'), '');
  await expect(mp4Recorder(join(folder, 'file', 'episode.mp4')).add(plain(1, 1))).rejects.toThrow('A part of the path is a file');
  // Node knows none of these arguments, and says so.
  const recorder = mp4Recorder(join(folder, 'episode.mp4'), { ffmpeg: process.execPath });
  await recorder.add(plain(1, 1));
  // by such a name the next save knows what a killed process has left
  expect(readdirSync(folder).sort()).toEqual([expect.stringMatching(/^episode\.mp4\.pg-\d+-[0-9a-f]{8}-[0-9a-f]{8}-0\.tmp$/), 'file']);
  await expect(recorder.save()).rejects.toThrow(UnavailableError);
  await expect(recorder.save()).rejects.toThrow(/mp4Recorder: got a complaint of .*: .*bad option: -hide_banner/s);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('without ffmpeg says how to get it, and what needs none', async () => {
  const path = join(scratchFolder(), 'episode.mp4');
  const recorder = mp4Recorder(path, { ffmpeg: 'no-such-ffmpeg' });
  await recorder.add(plain(1, 1)).catch(() => undefined);
  await expect(recorder.save()).rejects.toThrow(UnavailableError);
  await expect(recorder.save()).rejects.toThrow(
    'mp4Recorder: got no program "no-such-ffmpeg"; expected ffmpeg, which encodes MP4. Install it (apt-get install ffmpeg,',
  );
  expect(existsSync(path)).toBe(false);
});

test('refuses wrong options, and a video of nothing', async () => {
  expect(() => mp4Recorder('unused.mp4', { fps: 0 })).toThrow(InvalidOptionsError);
  expect(() => mp4Recorder('unused.mp4', { scale: 1.5 })).toThrow('mp4Recorder: got scale: 1.5;');
  await expect(mp4Recorder('unused.mp4').save()).rejects.toThrow('mp4Recorder.save: got no pictures; expected at least one.');
});
