// The sheets of calls, over the wire.
import { closeCall, listCalls, saveCall } from '../../core/calls/calls.ts';
import type { Desk } from '../../core/desk.ts';
import type { Handlers } from '../dispatch.ts';

export function callHandlers(get: () => Desk): Pick<Handlers, 'calls.save' | 'calls.close' | 'calls.list'> {
  return {
    'calls.save': ({ callId, ...entries }) => saveCall(get(), callId, entries),
    'calls.close': (request) => closeCall(get(), request),
    'calls.list': (page) => listCalls(get().db, page),
  };
}
