/**
 * The clock's door: one node-cron task for each cron line of an archive, whose ticks refresh the archives that have it, and one
 * that asks every other second what else is due. When that is, the application knows; a tick that is missed loses nothing.
 */
import { type ScheduledTask, schedule } from 'node-cron';
import type { App } from '../app/app.ts';
import type { Source } from '../model/source.ts';

/** A running schedule. `restart` reads the configuration again. */
export interface Schedule {
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Lines with a step of a minute are met to the second; asking costs one look at the database. */
const EVERY_OTHER_SECOND = '*/2 * * * * *';

/** Starts ticking for all sources of the configuration in force. */
export function startSchedule(app: App): Schedule {
  let tasks: ScheduledTask[] = [];

  function start(): void {
    const { sources, server } = app.config();
    const lines = new Set(sources.filter(isArchive).map((source) => source.schedule));
    tasks = [...lines].map((line) =>
      schedule(line, () => refreshArchives(app, line), { timezone: server.timezone, noOverlap: true }),
    );
    tasks.push(schedule(EVERY_OTHER_SECOND, () => void app.refreshDue()));
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

async function refreshArchives(app: App, line: string): Promise<void> {
  const due = app.config().sources.filter((source) => isArchive(source) && source.schedule === line);
  await Array.fromAsync(app.refresh(due.map((source) => source.key)));
}

function isArchive(source: Source): boolean {
  return source.type === 'archive';
}
