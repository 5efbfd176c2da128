import { setTimeout as pause } from 'node:timers/promises';
import { londonDate } from '@caretrail/kernel';

/**
 * Test files work out once what day it is, before their first test: one that would begin shortly before midnight in London
 * begins after it. Whoever imports this waits, and works it out then.
 */
const LONGEST_FILE_MS = 180_000;
while (londonDate(new Date(Date.now() + LONGEST_FILE_MS)) !== londonDate(new Date())) await pause(1_000);
