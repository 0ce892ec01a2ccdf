// One screen for one place.
import type { Place, Screen } from '../place.ts';
import { AuditScreen } from './audit/audit-screen.tsx';
import { DisclosuresScreen } from './disclosures/disclosures-screen.tsx';
import { DisksScreen } from './disks/disks-screen.tsx';
import { HostsScreen } from './hosts/hosts-screen.tsx';
import { ImportsScreen } from './imports/imports-screen.tsx';
import { LookupScreen } from './lookup/lookup-screen.tsx';
import { IncidentsScreen } from './incidents/incidents-screen.tsx';
import { MatchingScreen } from './matching/matching-screen.tsx';
import { InspectMedium } from './media/inspect-medium.tsx';
import { MakeMedium } from './media/make-medium.tsx';
import { MediaScreen } from './media/media-screen.tsx';
import { OperatorsScreen } from './operators/operators-screen.tsx';
import { Coverage } from './overview/coverage.tsx';
import { OverviewScreen } from './overview/overview-screen.tsx';
import { ReportsScreen } from './reports/reports-screen.tsx';
import { RotationScreen } from './rotation/rotation-screen.tsx';
import { SettingsScreen } from './settings/settings-screen.tsx';
import { WalkInScreen } from './walk-in/walk-in-screen.tsx';
import { WavesScreen } from './waves/waves-screen.tsx';

export function ScreenOf({ screen, place }: { readonly screen: Screen; readonly place: Place }) {
  // Another screen than the address says is shown when the operator has nothing to do there.
  const at = screen === place.screen ? place : { screen, step: null, at: {} };
  switch (screen) {
    case 'lookup': return <LookupScreen place={at} />;
    case 'overview': return at.step === 'coverage' ? <Coverage /> : <OverviewScreen place={at} />;
    case 'hosts': return <HostsScreen place={at} />;
    case 'media': return at.step === 'make' ? <MakeMedium place={at} /> : at.step === 'inspect' ? <InspectMedium /> : <MediaScreen place={at} />;
    case 'disks': return <DisksScreen place={at} />;
    case 'imports': return <ImportsScreen place={at} />;
    case 'disclosures': return <DisclosuresScreen place={at} />;
    case 'rotation': return <RotationScreen place={at} />;
    case 'audit': return <AuditScreen place={at} />;
    case 'operators': return <OperatorsScreen />;
    case 'waves': return <WavesScreen />;
    case 'incidents': return <IncidentsScreen />;
    case 'reports': return <ReportsScreen />;
    case 'matching': return <MatchingScreen place={at} />;
    case 'walk-in': return <WalkInScreen place={at} />;
    case 'settings': return <SettingsScreen />;
  }
}
