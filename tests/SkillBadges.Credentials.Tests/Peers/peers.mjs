// Answers one JSON request a line on standard input with one JSON line on standard output. Nothing is ever fetched.
import {createInterface} from 'node:readline';
import {dispatch} from './operations.mjs';

for await (const line of createInterface({input: process.stdin, crlfDelay: Infinity})) {
  let answer;
  try {
    answer = await dispatch(JSON.parse(line));
  } catch(error) {
    answer = {error: describe(error)};
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}

function describe(error) {
  const causes = error.errors ?? error.cause?.errors ?? [];
  return [error, ...causes].map(cause => cause?.message ?? String(cause)).join(' | ');
}
