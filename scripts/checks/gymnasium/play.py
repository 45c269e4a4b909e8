"""Plays episodes of a Gymnasium environment and writes what happened: play.py FILE ID EPISODES [ATTRIBUTES]

The file holds rows of float64: action, reward, terminated, truncated, state, observation. An episode begins with the row of its
first state, whose action is NaN. A tenth of the episodes are uniformly random; in the others an action follows the motion with a
probability of the episode's own, so that goals are reached and speeds meet their bounds. ATTRIBUTES is JSON: what to set on the
environment, for example '{"g": 9.81}'.
"""

import json
import sys

import gymnasium
import numpy as np

path, env_id, episodes = sys.argv[1], sys.argv[2], int(sys.argv[3])
attributes = json.loads(sys.argv[4]) if len(sys.argv) > 4 else {}

env = gymnasium.make(env_id, disable_env_checker=True)
inner = env.unwrapped
for name, value in attributes.items():
    assert hasattr(inner, name), f"{env_id} has no {name}"
    setattr(inner, name, value)
limit = env.spec.max_episode_steps
space = env.action_space
chosen = isinstance(space, gymnasium.spaces.Discrete)
rng = np.random.default_rng(20)
# which sum of the state's numbers says where it moves
followed = {"Acrobot-v1": [3], "CartPole-v1": [2, 3], "MountainCar-v0": [1], "MountainCarContinuous-v0": [1], "Pendulum-v1": [1]}[env_id]


def draw(eagerness):
    """Random actions for a whole episode, those in the direction of the motion, and when to take these."""
    if chosen:
        uniform, strength = rng.integers(space.n, size=limit).tolist(), None
    else:
        uniform = rng.uniform(space.low[0], space.high[0], size=(limit, 1)).astype(np.float32)
        strength = (space.high[0] * rng.uniform(0.5, 1, size=(limit, 1))).astype(np.float32)
    return uniform, strength, (rng.random(limit) < eagerness).tolist()


rows = []


def write(action, reward, terminated, truncated, obs):
    rows.append((action, reward, terminated, truncated, *inner.state, *obs.tolist()))


for episode in range(episodes):
    uniform, strength, follows = draw(0 if episode % 10 == 0 else rng.uniform(0.4, 1))
    obs, _ = env.reset(seed=episode)
    write(np.nan, 0, 0, 0, obs)
    for t in range(limit):
        action = uniform[t]
        if follows[t]:
            state = inner.state
            forward = sum(state[i] for i in followed) > 0
            action = (space.n - 1 if forward else 0) if chosen else (strength[t] if forward else -strength[t])
        obs, reward, terminated, truncated, _ = env.step(action)
        write(action if chosen else action[0], reward, terminated, truncated, obs)
        if terminated or truncated:
            break

np.array(rows, dtype=np.float64).tofile(path)
