// Sets the fuses of a packaged Bluelift: what the executable can no longer be talked into, whatever stands beside it.
//
//   node scripts/dev/run.mjs scripts/dev/fuses.ts PATH-OF-THE-PACKAGED-EXECUTABLE
import { flipFuses, FuseV1Options, FuseVersion, type FuseConfig } from '@electron/fuses';

/** Every fuse is named: a new Electron with one more is refused until somebody has thought about it. */
export const FUSES = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Guard pages instead of checks in WebAssembly; 7z-wasm and libsodium run in the utility process.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies FuseConfig;

if (import.meta.main) {
  const [executable] = process.argv.slice(2);
  if (executable === undefined) {
    process.stderr.write('Which executable? Name the packaged one.\n');
    process.exit(2);
  }
  await flipFuses(executable, FUSES);
  process.stdout.write(`fuses set in ${executable}\n`);
}
