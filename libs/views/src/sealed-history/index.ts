export { SealedHistoryModule } from './sealed-history.module.js';
export { streamsAbout } from './streams-about.query.js';
