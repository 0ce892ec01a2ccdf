// What is said between a host and its worker beside the port's requests and replies: start, ready or failed, stop.
import type { WireError } from '../api/contract.ts';
import type { Port, PortReply, PortRequest } from '../api/port.ts';

/** How the desk in the worker is to be made. */
export interface WorkerOptions {
  readonly folder: string;
  readonly runtime: 'electron' | 'browser';
  readonly demo: boolean;
  readonly version: string;
}

export type HostSays = { readonly says: 'start'; readonly options: WorkerOptions } | { readonly says: 'stop' };
export type WorkerSays = { readonly says: 'ready' } | { readonly says: 'failed'; readonly error: WireError };
export type WorkerMessage = PortRequest | PortReply | HostSays | WorkerSays;

/** A worker as its host sees it, whichever way it was made. */
export interface WorkerProcess {
  post(message: WorkerMessage): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the worker was asked to stop. */
  onExit(listener: (exitCode: number) => void): void;
  kill(): void;
}

export const portOf = ({ post, onMessage }: Pick<WorkerProcess, 'post' | 'onMessage'>): Port => ({ post, listen: onMessage });

/** Both ends belong to this application: a message that has `says` is one of ours. */
export const isSaid = (message: unknown): message is HostSays | WorkerSays => typeof message === 'object' && message !== null && 'says' in message;
