/**
 * The clock's door: one node-cron task for each cron line in use. A tick refreshes the sources that have that line;
 * ticks missed while the machine slept are not made up for, since the next one reads everything that changed.
 */
import { type ScheduledTask, schedule } from 'node-cron';
import type { App } from '../app/app.ts';

/** A running schedule. `restart` reads the configuration again. */
export interface Schedule {
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts ticking for all sources of the configuration in force. */
export function startSchedule(app: App): Schedule {
  let tasks: ScheduledTask[] = [];

  function start(): void {
    const { sources, server } = app.config();
    const lines = new Set(sources.map((source) => source.schedule));
    tasks = [...lines].map((line) =>
      schedule(line, () => refreshDue(app, line), { timezone: server.timezone, noOverlap: true }),
    );
  }

  async function stop(): Promise<void> {
    const stopped = tasks;
    tasks = [];
    for (const task of stopped) await task.destroy();
  }

  start();
  return {
    restart: async () => {
      await stop();
      start();
    },
    stop,
  };
}

async function refreshDue(app: App, line: string): Promise<void> {
  const due = app.config().sources.filter((source) => source.schedule === line);
  await Array.fromAsync(app.refresh(due.map((source) => source.key)));
}
