// What an inspected disk turns out to be when it holds no BitLocker volume, and what to do then: window and command line.
import type { DiskContent } from '../../electron/core/codes.ts';

/** By the codes of `volumes.inspect` and of `container-declined`. */
export interface DiskWords {
  readonly container: Readonly<Record<string, string>>;
  readonly how: Readonly<Record<string, string>>;
  readonly otherHow: string;
  readonly conversion: Readonly<Record<'encrypting' | 'decrypting' | 'paused' | 'decrypted', string>>;
  readonly untested: Readonly<Record<'damaged' | 'too-old' | 'no-recovery-password' | 'no-key-record', string>>;
  readonly content: Readonly<Record<DiskContent, string>>;
}

const QEMU = 'Its blocks lie scattered. qemu-img convert -O raw makes a raw image of it.';

export const diskWordsEn: DiskWords = {
  container: {
    vhdx: 'VHDX', 'dynamic-vhd': 'Dynamic VHD', 'differencing-vhd': 'Differencing VHD', e01: 'EnCase image (E01)', aff: 'AFF image', vmdk: 'VMDK', vdi: 'VirtualBox disk (VDI)', qcow2: 'qcow2', qed: 'QED', parallels: 'Parallels disk',
    wim: 'Windows image (WIM)', ffu: 'Full flash update (FFU)', packed: 'Packed file',
  },
  how: {
    vhdx: 'Its blocks lie scattered. Under Windows: Mount-VHD -ReadOnly, then inspect the disk that appears. Elsewhere: qemu-img convert -O raw.',
    'dynamic-vhd': 'Its blocks lie scattered. Under Windows: Convert-VHD -VHDType Fixed, or Mount-VHD -ReadOnly and inspect the disk that appears. Elsewhere: qemu-img convert -O raw.',
    'differencing-vhd': 'It holds only what differs from another file. Merge the two into one first, or mount it read-only and inspect the disk that appears.',
    e01: 'It is compressed evidence. ewfexport or ewfmount makes a raw image of it.', aff: 'It is compressed evidence. affconvert or affuse makes a raw image of it.',
    vmdk: 'Its blocks may lie scattered. qemu-img convert -O raw makes a raw image of it; a flat one has its data in the file ending in -flat.vmdk.', vdi: QEMU, qcow2: QEMU, qed: QEMU, parallels: QEMU,
    wim: 'It holds files, not a disk: nothing in it is locked by BitLocker.', ffu: 'It is compressed. Mount it under Windows, or apply it to a disk, and inspect that.', packed: 'Unpack it, then inspect the image inside.',
  },
  otherHow: 'Its blocks do not lie where they belong. Convert it to a raw image or a fixed VHD first.',
  conversion: { encrypting: 'being encrypted', decrypting: 'being decrypted', paused: 'conversion paused', decrypted: 'decrypted' },
  untested: {
    damaged: 'BitLocker’s mark is there, and no copy of its metadata is whole', 'too-old': 'encrypted by Windows Vista, whose layout is not read',
    'no-recovery-password': 'it has no recovery password among its protectors', 'no-key-record': 'no key record here for its Key IDs',
  },
  content: {
    ntfs: 'NTFS, not encrypted', refs: 'ReFS, not encrypted', exfat: 'exFAT, not encrypted', fat: 'FAT, not encrypted', linux: 'Linux, not encrypted by BitLocker', luks: 'encrypted by Linux (LUKS)', lvm: 'volumes of Linux (LVM), not looked into',
    'third-party-encryption': 'encrypted by another maker’s product', 'dynamic-disk': 'a dynamic disk of Windows, which BitLocker does not protect', 'storage-spaces': 'part of a storage pool (Storage Spaces): attach all its disks to a Windows computer and inspect the disk that appears',
    disc: 'an ISO image', text: 'text, no disk. Files with keys or hosts belong into an import', nothing: 'nothing: the disk or image ends before it. Copy it whole, or join its parts, and inspect that', unreadable: 'can not be read', zeros: 'empty: begins with zeros', unknown: 'nothing known here. Another maker’s encryption looks like noise',
  },
};
