import { describe, expect, test } from 'vitest';
import { essence, hostnames, idOf, passwordOf, read, rejections } from './support.ts';

const line = (...cells: readonly string[]): string => cells.join(';');
const INTUNE = {
  French: line("ID de l'appareil", "Nom de l'appareil", 'Dernier enregistrement', "ID d'appareil Microsoft Entra", 'Numéro de série', "Système d'exploitation"),
  Spanish: line('Id. de dispositivo', 'Nombre del dispositivo', 'Última sincronización', 'Id. de dispositivo de Microsoft Entra', 'Número de serie', 'SO'),
  Italian: line('ID dispositivo', 'Nome dispositivo', 'Ultima sincronizzazione', 'ID dispositivo Microsoft Entra', 'Numero di serie', 'Sistema operativo'),
  Dutch: line('Apparaat-id', 'Apparaatnaam', 'Laatste check-in', 'Microsoft Entra-apparaat-id', 'Serienummer', 'Besturingssysteem'),
};
const KEYS = {
  French: line("Nom de l'ordinateur", 'ID de clé', 'Clé de récupération'), Spanish: line('Nombre de equipo', 'Identificador de clave', 'Clave de recuperación'),
  Italian: line('Nome computer', 'ID chiave', 'Chiave di ripristino'), Dutch: line('Computernaam', 'Sleutel-id', 'Herstelsleutel'), Portuguese: line('Nome do computador', 'ID da chave', 'Chave de recuperação'),
  Russian: line('Имя компьютера', 'Идентификатор ключа', 'Ключ восстановления'), Greek: line('Όνομα υπολογιστή', 'Αναγνωριστικό κλειδιού', 'Κλειδί ανάκτησης'), Polish: line('Nazwa komputera', 'Identyfikator klucza', 'Klucz odzyskiwania'),
  Czech: line('Název počítače', 'Identifikátor klíče', 'Obnovovací klíč'), Swedish: line('Datornamn', 'Nyckel-ID', 'Återställningsnyckel'), Japanese: line('コンピューター名', '回復キー ID', '回復キー'), Chinese: line('计算机名', '恢复密钥 ID', '恢复密钥'), Korean: line('컴퓨터 이름', '복구 키 ID', '복구 키'),
};

describe('headings in other languages', () => {
  test.each(Object.entries(INTUNE))('make a list of Intune what it is: %s', async (_language, header) => {
    const result = await read([header, line(idOf(1), 'LAP-1', '2024-07-18T05:00:00Z', idOf(2), 'SER99X', 'Windows'), line(idOf(3), 'PHONE-1', '2024-07-18T05:00:00Z', idOf(4), 'SER98X', 'iOS')].join('\r\n'));
    expect([result.header.intakeKind, rejections(result)]).toEqual(['intune-csv', [[3, 'other-platform']]]);
    expect(result.rows[0]).toMatchObject({ kind: 'host', host: { hostname: 'LAP-1', serialNumber: 'SER99X', entraDeviceId: idOf(2), lastSeenAt: '2024-07-18T05:00:00Z' } });
  });

  test.each(Object.entries(KEYS))('name a lost key by its ID and host: %s', async (_language, header) => {
    const result = await read([header, line('PC-1', idOf(1), passwordOf(1)), line('PC-2', idOf(2), 'NULL')].join('\r\n'));
    expect([essence(result), rejections(result)]).toEqual([[[2, idOf(1), passwordOf(1), 'PC-1']], [[3, 'exporter-found-no-key']]]);
    expect(result.rows.find(({ kind }) => kind === 'listed-key')).toMatchObject({ keyProtectorId: idOf(2), host: { hostname: 'PC-2' } });
  });

  test.each(['Num?ro de s?rie', 'Numero de serie', 'NUMÉRO_DE_SÉRIE'])('are known without their letters, or without accents: %s', async (heading) => {
    expect((await read([line('Nom', heading, "Syst?me d'exploitation"), line('PC-LYON-1', 'SER99X', 'Windows 11')].join('\r\n'))).rows[0]).toMatchObject({ host: { serialNumber: 'SER99X', operatingSystem: 'Windows 11' } });
  });

  test('stand above a plain list of names without being one', async () => {
    expect(hostnames(await read('Ordinateurs\r\nPC-LYON-1\r\nPC-LYON-2\r\n'))).toEqual(['PC-LYON-1', 'PC-LYON-2']);
  });
});
