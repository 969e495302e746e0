/** An nginx of our own for comparing: one worker, a folder of its own, the same bytes and nearly the same headers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Rendered } from '../../src/app/app.ts';

const PROGRAMS = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'];
const START_TRIES = 100;

export interface Nginx {
  readonly url: string;
  stop(): void;
}

/** Null where nginx is not installed. */
export async function startNginx(folder: string, feed: Rendered): Promise<Nginx | null> {
  const program = PROGRAMS.find((path) => existsSync(path));
  if (program === undefined) return null;
  const root = join(folder, 'www');
  mkdirSync(root);
  writeFileSync(join(root, 'feed.xml'), feed.body);
  writeFileSync(join(root, 'feed.xml.gz'), feed.encodings.gzip);
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(folder, root, port));
  const child = spawn(program, ['-e', join(folder, 'error.log'), '-c', file], { stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}/feed.xml`;
  await untilItAnswers(url, child);
  return { url, stop: () => child.kill() };
}

/** `gzip_static` sends the file that is there already, as we send bytes that were compressed before. */
function configuration(folder: string, root: string, port: number): string {
  // Started by root it would serve as somebody who may not read our folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `daemon off;
${user}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log crit;
events { worker_connections 512; }
http {
  access_log ${folder}/access.log combined buffer=64k flush=1s;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 10000000;
  open_file_cache max=16;
  types { application/atom+xml xml; }
  charset utf-8;
  charset_types application/atom+xml;
  server {
    listen 127.0.0.1:${port};
    root ${root};
    gzip_static on;
    gzip_vary on;
    add_header Cache-Control "public, max-age=60, must-revalidate";
    add_header Access-Control-Allow-Origin "*";
    add_header Access-Control-Expose-Headers "ETag";
    add_header X-Content-Type-Options "nosniff";
    add_header Referrer-Policy "no-referrer";
  }
}
`;
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < START_TRIES; tries += 1) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill();
  throw new Error('nginx does not answer');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
