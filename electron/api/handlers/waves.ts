// Waves over the wire.
import type { Desk } from '../../core/desk.ts';
import { readGate } from '../../core/waves/gate.ts';
import { assignHosts, createWave, getWave, keepOff, listKeptOff, listWaves, moveWaveUp, openWave } from '../../core/waves/waves.ts';
import type { Handlers } from '../dispatch.ts';

type Names = 'waves.list' | 'waves.create' | 'waves.moveUp' | 'waves.assign' | 'waves.gate' | 'waves.open' | 'waves.keepOff';

export function waveHandlers(get: () => Desk): Pick<Handlers, Names> {
  return {
    'waves.list': () => ({ waves: listWaves(get().db), keptOff: listKeptOff(get().db) }),
    'waves.create': (wave) => createWave(get(), wave),
    'waves.moveUp': ({ waveId }) => moveWaveUp(get(), waveId),
    'waves.assign': ({ waveId, rule }) => assignHosts(get(), waveId, rule),
    'waves.gate': ({ waveId }) => readGate(get().db, getWave(get().db, waveId).waveId),
    'waves.open': ({ waveId, override }) => openWave(get(), waveId, override),
    'waves.keepOff': ({ hostnames, reason }) => keepOff(get(), hostnames, reason),
  };
}
