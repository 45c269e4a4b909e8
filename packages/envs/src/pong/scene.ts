import type { PongGame } from './physics.js';

/** What a picture shows: top rows and left columns of its sprites, and the scores. */
export interface Scene {
  readonly ballVisible: boolean;
  readonly ballX: number;
  readonly ballY: number;
  readonly opponentTop: number;
  readonly agentTop: number;
  readonly opponentScore: number;
  readonly agentScore: number;
}

/** The picture at a reset: a parked ball, no opponent. The game itself begins with the next frame. */
export const RESET_SCENE: Scene = { ballVisible: true, ballX: 2, ballY: 45, opponentTop: 1, agentTop: 96, opponentScore: 0, agentScore: 0 };

/** What the picture of a game shows now. */
export function sceneOf(game: PongGame): Scene {
  return game.frame === 0 ? RESET_SCENE : game;
}

/** A scene to remember: copied in place. */
export class SceneMemory implements Scene {
  ballVisible = false;
  ballX = 0;
  ballY = 0;
  opponentTop = 0;
  agentTop = 0;
  opponentScore = 0;
  agentScore = 0;

  /** Becomes a copy of a scene. */
  copy(scene: Scene): void {
    this.ballVisible = scene.ballVisible;
    this.ballX = scene.ballX;
    this.ballY = scene.ballY;
    this.opponentTop = scene.opponentTop;
    this.agentTop = scene.agentTop;
    this.opponentScore = scene.opponentScore;
    this.agentScore = scene.agentScore;
  }

  /** A copy as plain data. */
  copied(): Scene {
    return { ...this };
  }
}
