// The sheets of calls, over the wire.
import { closeCall, getCall, listCalls, readEndedBy, saveCall } from '../../core/calls/calls.ts';
import type { Desk } from '../../core/desk.ts';
import type { Handlers } from '../dispatch.ts';

export function callHandlers(get: () => Desk): Pick<Handlers, 'calls.save' | 'calls.close' | 'calls.get' | 'calls.list'> {
  return {
    'calls.save': ({ callId, ...entries }) => saveCall(get(), callId, entries),
    'calls.close': (request) => closeCall(get(), request),
    'calls.get': ({ callId }) => {
      const { db } = get();
      const call = getCall(db, callId);
      return { ...call, endedBy: call.closedAt === null ? null : readEndedBy(db, callId, call.closedAt) };
    },
    'calls.list': (page) => listCalls(get().db, page),
  };
}
