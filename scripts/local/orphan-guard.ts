import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

// The shell reads one line per child and sees end-of-file when this process is gone, however it went:
// by return, by Ctrl-C, by a crash or by SIGKILL. No signal handler of ours is needed, so a program that
// wants to shut down in its own order can.
const SCRIPT = `
trap '' INT TERM HUP QUIT
guarded=''
while read -r verb pid signal; do
  kept=''
  for child in $guarded; do [ "\${child%%:*}" = "$pid" ] || kept="$kept $child"; done
  guarded=$kept
  [ "$verb" = guard ] && guarded="$guarded $pid:$signal"
done
for child in $guarded; do kill -"\${child#*:}" "\${child%%:*}" 2>/dev/null; done
tries=0
while [ $tries -lt 100 ]; do
  alive=''
  for child in $guarded; do kill -0 "\${child%%:*}" 2>/dev/null && alive="$alive \${child%%:*}"; done
  [ -z "$alive" ] && exit 0
  tries=$((tries + 1))
  sleep 0.1
done
kill -KILL $alive 2>/dev/null
`;

let guard: ChildProcess | undefined;

function tell(line: string): void {
  if (!guard) {
    guard = spawn('sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    guard.unref();
    (guard.stdin as Socket).unref();
  }
  guard.stdin?.write(`${line}\n`);
}

/** From now on `pid` gets `signal` when this process ends, and SIGKILL if it is still there 10 s later. */
export function guardAgainstOrphan(pid: number, signal: NodeJS.Signals): void {
  tell(`guard ${pid} ${signal.replace(/^SIG/, '')}`);
}

/** `pid` has ended; its number may soon belong to somebody else. */
export function releaseFromGuard(pid: number): void {
  tell(`release ${pid}`);
}
