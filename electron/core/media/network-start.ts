// What lies beside the WIM in a folder for starting over the network: iPXE's script, and how to serve it.

import type { Architecture } from '../codes.ts';
import type { MediumOrder } from './image-order.ts';

export const SCRIPT = 'boot.ipxe';
export const NETWORK_README = 'README.txt';
/** As the releases of wimboot call it. It is not part of the folder: whoever serves it puts it there. */
export const wimbootName = (architecture: Architecture): string => (architecture === 'arm64' ? 'wimboot.arm64' : 'wimboot');

/**
 * @returns iPXE's script, ASCII. Names in it are relative to where it was fetched from. The loader, its BCD and boot.sdi are taken out of the WIM by wimboot,
 *          so that it can fall back from the loader of 2023 to that of 2011 by itself.
 * @source ipxe.org/scripting; wimboot 2.9.0 (CHANGELOG: `bootmgfw_EX.efi` is tried first).
 */
export function networkScript({ mediaId, createdAt, expiresAt }: MediumOrder, architecture: Architecture): string {
  const wimboot = wimbootName(architecture);
  return [
    '#!ipxe', `# Bluelift medium ${mediaId}, made ${createdAt}, expires ${expiresAt ?? 'never'}`,
    'iseq ${platform} efi || goto bios',
    `kernel ${wimboot} || goto missing`,
    'initrd sources/boot.wim boot.wim || goto missing',
    'boot || goto failed',
    ':bios', 'echo This medium starts with UEFI only. / Dieses Medium startet nur mit UEFI.', 'goto stay',
    ':missing', `echo ${wimboot} or sources/boot.wim did not come. / ${wimboot} oder sources/boot.wim kam nicht.`, 'goto stay',
    ':failed', 'echo The firmware refused to start it. / Die Firmware hat den Start abgelehnt.', 'goto stay',
    // Whatever happened stays on the screen: iPXE would go on to the next device, the dead disk.
    ':stay', 'prompt Press a key. / Taste druecken. && exit 1', '',
  ].join('\n');
}

/** @param isOpen The medium has no passcode. @returns The instructions for whoever serves the folder, ASCII with CRLF. */
export function networkReadme({ mediaId, expiresAt }: MediumOrder, architecture: Architecture, payload: string, isOpen: boolean): string {
  const wimboot = wimbootName(architecture);
  const lines = [
    `BLUELIFT ${mediaId}: START OVER THE NETWORK`, `Payload ${payload}   Expires ${expiresAt ?? 'never'}   ${architecture}, UEFI only`, '',
    '1  Put this folder, with nothing changed, below an HTTP server the hosts can reach. Only boot.ipxe, sources/boot.wim and wimboot are fetched.',
    `2  Put "${wimboot}" into it, from the releases of github.com/ipxe/wimboot (2.9.0 or newer). It is signed by Microsoft for Secure Boot.`,
    '3  Let hosts start iPXE with UEFI: from your DHCP/TFTP server, by HTTP boot, or from a stick. With Secure Boot it has to be a signed build of iPXE with',
    '   its shim (ipxe.org, since 2026), and the firmware has to accept Microsoft\'s UEFI authority for third parties. Otherwise switch neither off: use a stick.',
    '4  Let iPXE fetch the script: DHCP option "filename" http://SERVER/FOLDER/boot.ipxe, or "chain http://SERVER/FOLDER/boot.ipxe" at its prompt.',
    '5  A host needs 2 GB of memory. It fetches boot.wim whole: a gigabit network serves about a host in five seconds, ten at once in a minute.', '',
    'WHAT TO KNOW',
    isOpen ? '*  NO PASSCODE. Whoever can fetch boot.wim and has a list of your key IDs can read every key in it.' : '*  The key bundle is inside boot.wim, sealed. Without the passcode and the key protector ID of the locked volume nobody opens an entry.',
    '   Serve it to the network of the hosts only, and take it off when the work is done. The desk counts the folder as a medium that is out.',
    '*  Nothing can be written back. The result stays on the host\'s screen, with a code for the desk.',
    '*  Secure Boot checks the loader, not boot.wim: whoever can answer in the server\'s place can put another one there. Compare the payload on the',
    '   screen with the one above before a passcode is entered, or serve by HTTPS with an iPXE that trusts your certificate only.',
    '*  Do not change the boot order of a host for this: BitLocker may ask for the key again. Use the one-time boot menu.', '',
    `BLUELIFT ${mediaId}: START UEBER DAS NETZ`, `Nutzlast ${payload}   Laeuft ab ${expiresAt ?? 'nie'}   ${architecture}, nur UEFI`, '',
    '1  Diesen Ordner unveraendert unter einen HTTP-Server legen, den die Hosts erreichen. Geholt werden nur boot.ipxe, sources/boot.wim und wimboot.',
    `2  "${wimboot}" hineinlegen, aus den Releases von github.com/ipxe/wimboot (2.9.0 oder neuer). Es ist von Microsoft fuer Secure Boot signiert.`,
    '3  Die Hosts iPXE mit UEFI starten lassen: vom eigenen DHCP/TFTP-Server, per HTTP-Boot oder von einem Stick. Mit Secure Boot muss es ein signiertes iPXE mit',
    '   seinem Shim sein (ipxe.org, seit 2026), und die Firmware muss Microsofts UEFI-Stelle fuer Dritte annehmen. Sonst nichts abschalten, sondern einen Stick nehmen.',
    '4  iPXE das Skript holen lassen: DHCP-Option "filename" http://SERVER/ORDNER/boot.ipxe, oder "chain http://SERVER/ORDNER/boot.ipxe" an seiner Eingabe.',
    '5  Ein Host braucht 2 GB Speicher. Er holt boot.wim ganz: ein Gigabit-Netz schafft etwa einen Host in fuenf Sekunden, zehn zugleich in einer Minute.', '',
    'WAS MAN WISSEN MUSS',
    isOpen ? '*  OHNE PASSCODE. Wer boot.wim holen kann und eine Liste Ihrer Schluessel-IDs hat, kann jeden Schluessel darin lesen.' : '*  Das Schluesselbuendel liegt versiegelt in boot.wim. Ohne Passcode und Schluessel-ID des gesperrten Volumes oeffnet niemand einen Eintrag.',
    '   Nur dem Netz der Hosts anbieten und wegnehmen, wenn die Arbeit getan ist. Der Arbeitsplatz fuehrt den Ordner als Medium, das unterwegs ist.',
    '*  Zurueckgeschrieben werden kann nichts. Das Ergebnis bleibt auf dem Bildschirm des Hosts, mit einem Code fuer den Arbeitsplatz.',
    '*  Secure Boot prueft den Loader, nicht boot.wim: Wer an Stelle des Servers antworten kann, kann ein anderes unterschieben. Die Nutzlast auf dem',
    '   Bildschirm mit der obigen vergleichen, bevor ein Passcode eingegeben wird, oder per HTTPS anbieten, mit einem iPXE, das nur dem eigenen Zertifikat traut.',
    '*  Dafuer nie die Startreihenfolge eines Hosts aendern: BitLocker kann erneut nach dem Schluessel fragen. Das einmalige Startmenue benutzen.', '',
  ];
  return lines.join('\r\n');
}
