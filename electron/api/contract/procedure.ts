// What a procedure of the contract is: a call with one answer, or a stream of them.
import type { z } from 'zod';

export interface Call<I extends z.ZodType, O extends z.ZodType> { readonly kind: 'call'; readonly input: I; readonly output: O }
export interface Stream<I extends z.ZodType, O extends z.ZodType> { readonly kind: 'stream'; readonly input: I; readonly output: O }

export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> => ({ kind: 'call', input, output });
export const stream = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Stream<I, O> => ({ kind: 'stream', input, output });
