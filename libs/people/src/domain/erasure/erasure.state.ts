import type { ErasureAgreedData, ErasureRequestedData } from '../../contracts/index.js';

/** The request that waits for its answer or, once agreed to, for being carried out; and whether the person was erased. */
export interface ErasureState {
  readonly request?: { readonly data: ErasureRequestedData; readonly on: string; readonly extended?: true };
  readonly agreed?: { readonly data: ErasureAgreedData; readonly on: string };
  readonly erased?: true;
}
