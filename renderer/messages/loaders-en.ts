// What people read about a base's loaders and Secure Boot, and about what a medium is written as, in English.
import type { DriverFacts, LoaderFacts, LoaderWords } from './loader-line.ts';
import { findingLine, loaderLine, shortLoader } from './loader-line.ts';

const size = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`);

const words: LoaderWords = {
  none: 'not signed', version: (version: string) => `security version ${version}`, noVersion: 'no security version', altered: 'changed since', unknown: (signers: string) => `${signers} (not Microsoft's certificate)`,
  asked: (version: string, least: string) => `${version}, asked for is ${least}`,
  finding: {
    unsigned: 'Not signed: hosts with Secure Boot refuse it. Take a Windows ISO as Microsoft offers it.',
    altered: 'Changed since it was signed: hosts with Secure Boot refuse it. Load the ISO anew and compare its hash.',
    'signer-unknown': 'Signed, but under no authority of Microsoft: hosts with Secure Boot refuse it unless they were given its key.',
    'only-2011': 'The base has a loader of 2011 only. Hosts that have revoked the authority of 2011 refuse it: for them take an ISO serviced since April 2024, which has both.',
    'only-2023': 'The base has a loader of 2023 only. Hosts whose firmware was never given the authority of 2023 refuse it: for them make a second medium from an older ISO.',
    stale: 'Older than hosts may ask for. Such a host starts it, says “Secure boot version check failed” and turns itself off. Take the ISO of this month.',
    'no-version': 'From before security versions. A host that asks for one starts it, says “Secure boot version check failed” and turns itself off. Take the ISO of this month.',
    'cut-off': 'The ISO ends before it says it does, as after a download that broke off. What media are made from is in it whole; for anything else load it anew.',
    'both-there': 'The base has both loaders. A medium with both starts on hosts that know one authority only.',
  },
};

export const loadersEn = {
  loaders: {
    title: 'Secure Boot', line: (loader: LoaderFacts['loaders'][number]) => loaderLine(loader, words), found: (found: LoaderFacts['findings'][number]) => findingLine(found, words),
    short: (loader: Pick<LoaderFacts['loaders'][number], 'signedUnder' | 'securityVersion'>) => shortLoader(loader, words),
    drivers: 'Drivers', driversNote: 'A folder at the desk. Each folder in it with an INF is one driver; names that begin with numbers give the order, otherwise keyboards come before storage.', lookAtDrivers: 'Look at the folder',
    driver: ({ folder, className, version, sizeBytes }: DriverFacts['drivers'][number]) => `${folder}: ${[className === '' ? '' : `class ${className}`, version === '' ? '' : `version ${version}`, size(sizeBytes)].filter((part) => part !== '').join(', ')}`,
    driverLeftOut: ({ source, reason, architectures }: DriverFacts['leftOut'][number]) => `${source}: left out, ${reason === 'other-architecture' ? `it is for ${architectures.join(', ')}` : 'no INF in it is that of a driver'}`,
    two: 'Both loaders, on two partitions', twoNote: 'For hosts that know only the authority of 2011 or only that of 2023. Takes twice the room for the boot files.',
    folderPath: 'Path of the folder', format: 'Format', formats: { image: 'Disk image, for sticks and virtual machines', vhd: 'Fixed VHD, for Hyper-V', iso: 'Disc image (ISO), for remote consoles and virtual machines', pxe: 'Folder for an HTTP server, to start over the network (iPXE)' },
    takesNothing: {
      iso: 'Nothing can be written to a disc at the host: the result stays on its screen and has to be noted there.',
      pxe: 'Nothing can be written back over the network: the result stays on the host’s screen and has to be noted there. README.txt in the folder says how to serve it; wimboot is not part of it.',
    },
  },
};
