// What people do at the desk, procedure by procedure, in English: the table of roles and the audit trail say it in these words.
import type { ProcedureName } from '../../electron/api/contract.ts';

export type Acts = Readonly<Record<ProcedureName, string>>;

export const actsEn: Acts = {
  'desk.state': 'See whether the vault is open', 'desk.create': 'Create the desk', 'vault.open': 'Open the vault', 'vault.recover': 'Open the vault with the recovery sheet', 'vault.close': 'Close the vault', 'vault.rekey': 'Change the keys of the desk',
  'vault.touch': 'Keep the vault open', 'desk.backup': 'Write a backup', 'desk.restore': 'Restore a backup', 'desk.changes': 'Hear of changes',
  'operators.list': 'See operators', 'operators.add': 'Add an operator', 'operators.complete': 'Let an operator read recovery passwords', 'operators.disable': 'Disable an operator',
  'operators.changePassphrase': 'Change the own passphrase', 'operators.roleTable': 'See who may do what',
  'imports.run': 'Import files', 'imports.preview': 'See the first rows of a table', 'imports.list': 'See imports', 'imports.get': 'See the report of an import', 'imports.files': 'See the files of an import', 'imports.undo': 'Undo an import', 'imports.sayDown': 'Say that the hosts of a list are down', 'imports.sayInventory': 'Say that a list is an inventory only', 'imports.rejections': 'See rejected rows',
  'directories.look': 'Look at a directory’s certificate', 'directories.import': 'Import a directory', 'directories.importAsSignedIn': 'Import a directory with the Windows account', 'tenants.import': 'Import a tenant',
  'keys.lookUp': 'Look up keys and hosts', 'keys.ofHost': 'See the key records of a host', 'keys.count': 'See how many key records there are', 'keys.coverage': 'See key coverage', 'keys.conflicts': 'See conflicts between sources', 'keys.withoutHost': 'See key records without a host', 'hosts.withoutKey': 'See hosts without a key', 'hosts.questions': 'See questions about hosts', 'hosts.join': 'Join two hosts', 'hosts.keepApart': 'Keep two hosts apart', 'hosts.takeAsOne': 'Take a host with contradicting IDs as one', 'hosts.undoDecision': 'Take a decision about hosts back', 'hosts.decisions': 'See decisions about hosts',
  'calls.save': 'Keep what a caller says', 'calls.close': 'End a call', 'calls.list': 'See calls', 'calls.get': 'See a call',
  'paper.sites': 'See what can be printed', 'paper.print': 'Print recovery passwords of a site', 'instructions.get': 'Take instructions for callers',
  'disclosures.disclose': 'Disclose a recovery password', 'disclosures.discloseLaps': 'Disclose a LAPS password', 'disclosures.readOut': 'Note that it was read out', 'laps.ofHost': 'See that a host has LAPS passwords', 'laps.count': 'See how many LAPS passwords there are', 'disclosures.list': 'See disclosures', 'disclosures.unusual': 'See unusual rates',
  'rotations.list': 'See rotations', 'rotations.handOver': 'Hand rotations over', 'rotations.request': 'Have Intune rotate', 'hosts.setRoute': 'Decide how a host is reached', 'directories.ask': 'Ask a directory for one host', 'tenants.ask': 'Ask a tenant for one host', 'rotations.confirm': 'Confirm rotations',
  'hosts.list': 'See hosts', 'hosts.get': 'See a host', 'hosts.facets': 'See sites, waves and tags', 'hosts.tag': 'Tag hosts', 'hosts.assign': 'Assign hosts to a technician', 'hosts.undoMany': 'Take an act on many hosts back', 'hosts.blockMany': 'Block many hosts', 'hosts.views': 'See saved views', 'hosts.saveView': 'Save a view', 'hosts.deleteView': 'Delete a view',
  'hosts.verify': 'Set a host verified', 'hosts.block': 'Block a host', 'hosts.unblock': 'Unblock a host', 'hosts.close': 'Close a host', 'hosts.reopen': 'Open a host again',
  'hosts.lists': 'See lists of hosts', 'hosts.reconcile': 'Hold lists of hosts against each other', 'reports.make': 'Make a report', 'status.get': 'See the overview', 'status.course': 'See how fast hosts come back', 'status.watch': 'See what waits longest and what is out', 'status.eta': 'See when the last host is likely to be back',
  'media.inspectBase': 'Look at a base', 'media.inspectDrivers': 'Look at a folder of drivers', 'media.previewScope': 'See what a medium would carry', 'media.build': 'Make a medium', 'media.list': 'See media', 'media.get': 'See a medium', 'media.inspect': 'Inspect an image',
  'media.label': 'Print a label', 'media.issue': 'Issue a medium', 'media.return': 'Take a medium back', 'media.wipe': 'Set a medium wiped', 'media.lose': 'Report a medium lost', 'media.wipeDisk': 'Wipe a stick', 'media.renew': 'Renew a stick', 'hosts.driverlessModels': 'See models without a storage driver',
  'media.orderWithoutPasscode': 'Order a medium without passcode', 'media.orders': 'See orders for media', 'media.withdrawOrder': 'Withdraw an order',
  'disks.list': 'See disks media can be written onto',
  'volumes.disks': 'See attached disks', 'volumes.inspect': 'Inspect a disk', 'volumes.test': 'Test recovery passwords on a disk', 'attempts.import': 'Import attempt records', 'attempts.accept': 'Accept result codes', 'attempts.list': 'See attempts',
  'incidents.list': 'See incidents', 'incidents.create': 'Open an incident', 'incidents.close': 'Close an incident',
  'recipes.list': 'See recipes', 'recipes.add': 'Add a version of a recipe', 'recipes.approve': 'Approve a version of a recipe', 'recipes.dryRun': 'Try a recipe on a folder',
  'waves.list': 'See waves', 'waves.suggest': 'See which hosts come first', 'waves.create': 'Add a wave', 'waves.moveUp': 'Move a wave up', 'waves.remove': 'Remove an empty wave', 'waves.undoAssign': 'Take back which wave hosts are in', 'waves.assign': 'Put hosts into a wave', 'waves.gate': 'See the gate of a wave', 'waves.open': 'Open a wave', 'waves.keepOff': 'Set hosts that must not be powered on',
  'walkIns.arrive': 'Take a host in at the counter', 'walkIns.list': 'See the queue', 'walkIns.get': 'See a number of the queue', 'walkIns.call': 'Call a number', 'walkIns.putBack': 'Put a number back into the queue', 'walkIns.end': 'End a visit to the counter',
  'policies.get': 'See policies', 'policies.set': 'Set policies',
  'audit.list': 'Read the audit trail', 'audit.verify': 'Verify the audit trail',
};
