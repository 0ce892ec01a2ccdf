#!/bin/bash
# Wine's script host in a folder of its own: the agent needs WScript.Sleep and Enumerator, which came with Wine 10, and many
# machines have an older one or none.
#
# usage: script-host.sh setup ROOT              Debian 13 with Wine into ROOT (about a minute, 1.3 GB); nothing when it is there
#        script-host.sh enter ROOT WORK         lets what is mounted under WORK later be seen inside
#        script-host.sh run ROOT WORK CMD...    `wine CMD...` with its prefix in WORK/prefix and WORK at the same path inside; TZ is handed on
#        script-host.sh stop ROOT WORK          ends what still runs in that prefix
#        script-host.sh leave ROOT WORK         undoes enter; fails while something is mounted under WORK
# needs: root, debootstrap (setup only)
#
# It deletes nothing, ever, and ROOT never holds a mount another process can see: proc and WORK are mounted in a namespace that
# ends with the run, and devices are ROOT's own few nodes. Deleting a folder with /dev bound into it empties the machine's /dev.
set -euo pipefail
act=$1 root=$(realpath -m "$2"); shift 2

is_ready() { [ -e "$root/.complete" ]; }

case $act in
setup)
  is_ready && exit 0
  if [ -e "$root" ] || [ -e "$root.making" ]; then
    echo "$root is there but was not finished by this script: look into it, move it away (and $root.making), and run this again" >&2; exit 3
  fi
  mirror=$(awk '/^URIs:/{print $2; exit}' /etc/apt/sources.list.d/debian.sources 2>/dev/null || awk '/^deb /{print $2; exit}' /etc/apt/sources.list)
  debootstrap --variant=minbase trixie "$root.making" "$mirror" >/dev/null
  cp /etc/apt/apt.conf.d/* "$root.making/etc/apt/apt.conf.d/" 2>/dev/null || true
  chroot "$root.making" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wine wine64 tzdata' >/dev/null 2>&1
  chroot "$root.making" dpkg-query -W -f '${db:Status-Status}\n' wine64 | grep -qx installed
  touch "$root.making/.complete"
  mv -T "$root.making" "$root"
  ;;
enter)
  is_ready || { echo "$root is not set up" >&2; exit 3; }
  work=$(realpath "$1")
  mountpoint -q "$work" || { mount --bind "$work" "$work"; mount --make-shared "$work"; }
  mkdir -p "$work/run"; chmod 700 "$work/run"
  ;;
run|stop)
  is_ready || { echo "$root is not set up" >&2; exit 3; }
  work=$(realpath "$1"); shift
  [ "$act" = stop ] && set -- --stop
  mkdir -p "$root$work"
  exec unshare --mount --propagation slave -- /bin/bash -c '
    set -euo pipefail
    root=$1 work=$2; shift 2
    mount --rbind "$work" "$root$work"
    mount -t proc proc "$root/proc"
    inside="env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TZ=${TZ:-UTC} XDG_RUNTIME_DIR=$work/run WINEPREFIX=$work/prefix WINEARCH=win64 WINEDEBUG=-all"
    if [ "$1" = --stop ]; then exec chroot "$root" $inside sh -c "wineserver -k; wineserver -w"; fi
    exec chroot "$root" $inside sh -c '\''cd "$1"; shift; exec wine "$@"'\'' sh "$work" "$@"
  ' bash "$root" "$work" "$@"
  ;;
leave)
  work=$(realpath "$1")
  if mountpoint -q "$work"; then umount "$work"; fi
  ;;
*) sed -n '5,10p' "$0" >&2; exit 2;;
esac
