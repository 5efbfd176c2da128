// A writing process of its own: told how to write, it answers with its rate.
import { writerTo } from './ours.mjs';

const writer = writerTo(process.argv[2]);
process.on('message', async ({ milliseconds, clients, events }) => {
  process.send(await writer.appendRate(milliseconds, clients, events));
});
process.on('disconnect', () => void writer.close());
process.send('ready');
