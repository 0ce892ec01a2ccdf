// Headings as the common tools write them in French, Spanish, Italian, Dutch, Portuguese and German, each with the English one that means the same:
// the portals of Intune and Entra, GLPI, ServiceNow, and what people write above lists of keys; hosts and keys in further languages, too.

/** English heading → the others, without case, spaces and marks. Letters of a language may be lost or written without their accents. */
const SAME: Readonly<Record<string, string>> = {
  devicename: 'nomdelappareil nomdappareil nombredeldispositivo nombrededispositivo nomedispositivo nomedeldispositivo apparaatnaam nomedodispositivo имяустройства устройство デバイス名 设备名称 裝置名稱 장치이름 nazwaurządzenia názevzařízení enhetsnamn',
  computername: 'nomdelordinateur nomordinateur nomdeposte nomduposte poste postedetravail ordinateur nombredelequipo nombredeequipo equipo nomecomputer nomedelcomputer computernaam naamcomputer nomedocomputador computador компьютер имякомпьютера υπολογιστής όνομαυπολογιστή コンピューター コンピューター名 コンピュータ名 计算机 计算机名 计算机名称 電腦名稱 컴퓨터이름 komputer nazwakomputera počítač názevpočítače dator datornamn computernavn',
  hostname: 'nomdhôte nomdelhôte hôte nombredehost nombredelhost nomehost nomedellhost hostnaam nomedohost',
  computers: 'ordinateurs postes equipos computadores apparaten appareils dispositivi dispositivos',
  name: 'nom nombre nome naam',
  deviceid: 'iddelappareil iddappareil iddedispositivo iddeldispositivo iddispositivo apparaatid iddodispositivo デバイスid 设备id 裝置識別碼 裝置id 장치id identyfikatorurządzenia idzařízení enhetsid идентификаторустройства',
  microsoftentradeviceid: 'iddappareilmicrosoftentra iddelappareilmicrosoftentra idappareilmicrosoftentra iddedispositivodemicrosoftentra iddispositivomicrosoftentra microsoftentraapparaatid iddodispositivomicrosoftentra microsoftentraデバイスid microsoftentra设备id microsoftentra裝置識別碼 microsoftentra장치id identyfikatorurządzeniausługimicrosoftentra idzařízenímicrosoftentra',
  azureaddeviceid: 'iddappareilazuread iddelappareilazuread iddedispositivodeazuread iddispositivoazuread azureadapparaatid iddodispositivodoazuread azureadデバイスid azuread设备id azuread장치id identyfikatorurządzeniausługiazuread',
  lastcheckin: 'dernierenregistrement dernièrevérification derniercheckin últimasincronización últimaprotección últimoregistro últimocheckin ultimasincronizzazione ultimocheckin ultimoarchiviazione laatstecheckin laatstesynchronisatie últimasincronização 最後のチェックイン 上次签入 上次簽入 마지막체크인 ostatniezaewidencjonowanie posledníohlášení',
  lastlogon: 'dernièreouverturedesession dernièreconnexion últimoiniciodesesión últimaconexión ultimoaccesso ultimaconnessione laatsteaanmelding laatstaangemeld últimologon últimoiníciodesessão',
  lastseen: 'vupourladernièrefois derniercontact vistoporúltimavez últimocontacto ultimocontatto laatstgezien laatstecontact últimocontato',
  lastupdate: 'dernièremodification últimaactualización últimamodificación ultimamodifica ultimoaggiornamento laatstewijziging laatsteupdate últimaatualização letzteänderung',
  serialnumber: 'numérodesérie nsérie númerodeserie nserie numerodiserie numeroseriale serienummer númerodesérie serialnumbers シリアル番号 序列号 序號 일련번호 numerseryjny sériovéčíslo серийныйномер',
  manufacturer: 'fabricant fabricants manufacturers fabricante fabricantes produttore produttori fabrikant fabrikanten',
  model: 'modèle modèles models modelo modelos modello modelli',
  operatingsystem: 'systèmedexploitation systèmedexploitationnom sistemaoperativo sistemaoperativonombre sistemaoperativonome so besturingssysteem besturingssysteemnaam sistemaoperacional オペレーティングシステム 操作系统 作業系統 운영체제 systemoperacyjny operačnísystém операционнаясистема sistemaoperacionalnome betriebssystemname',
  primaryuserupn: 'upndelutilisateurprincipal upndeusuarioprincipal upndelusuarioprincipal upnutenteprimario upnutenteprincipale upndellutenteprimario upnvanprimairegebruiker upndousuárioprincipal upndesprimärenbenutzers',
  user: 'utilisateur usager usuario utente gebruiker usuário utilizador',
  assignedto: 'assignéà affectéà attribuéà asignadoa assegnatoa toegewezenaan atribuídoa zugewiesenan',
  location: 'lieu lieux emplacement ubicación localización lugar posizione ubicazione sede luogo locatie localização',
  domain: 'domaine dominio domein domínio',
  organizationalunit: 'unitédorganisation unidadorganizativa unitàorganizzativa organisatieeenheid unidadeorganizacional',
  entity: 'entité entidad entità entiteit entidade entität',
  status: 'statut estado stato état',
  assettag: 'numérodinventaire númerodeinventario numerodinventario inventarisnummer númerodeinventário etiquetadeactivo étiquettedactif',
  description: 'descripción descrizione beschrijving omschrijving descrição',
  recoverykey: 'cléderécupération cléderécupérationbitlocker clébitlocker clavederecuperación clavederecuperacióndebitlocker clavederecuperaciónbitlocker chiavediripristino chiavediripristinobitlocker herstelsleutel bitlockerherstelsleutel chavederecuperação chavederecuperaçãodobitlocker ключвосстановления κλειδίανάκτησης 回復キー 恢复密钥 修復金鑰 복구키 kluczodzyskiwania obnovovacíklíč klíčproobnovení återställningsnyckel gendannelsesnøgle',
  recoverypassword: 'motdepassederécupération motdepassenumérique contraseñaderecuperación contraseñanumérica passworddiripristino passwordnumerica herstelwachtwoord senhaderecuperação парольвосстановления κωδικόςανάκτησης 回復パスワード 恢复密码 修復密碼 복구암호 hasłoodzyskiwania hesloproobnovení återställningslösenord',
  keyid: 'idclé iddeclé iddelaclé identifiantdeclé identifiantdelaclé identificateurdeclé idclave iddeclave iddelaclave identificadordeclave identificadordelaclave idchiave idchiavediripristino identificatorechiave identificatoredellachiave sleutelid herstelsleutelid sleutelidentificatie iddachave identificadordachave iddelacléderécupération idcléderécupération iddeclavederecuperación идентификаторключа idключа αναγνωριστικόκλειδιού キーid 回復キーid 密钥id 恢复密钥id 金鑰id 修復金鑰id 키id 복구키id idklucza identyfikatorklucza idklíče identifikátorklíče nyckelid',
  identifier: 'identificateur identifiant identificador identificatore identificatie',
  passwordid: 'iddumotdepasse iddecontraseña iddelacontraseña idpassword idwachtwoord wachtwoordid iddasenha',
  created: 'datedecréation crééle créé fechadecreación creado creadoel datadicreazione datacreazione creato creatoil aanmaakdatum gemaaktop datadecriação criado criadoem',
  drive: 'lecteur unidad schijf unidade',
};

const WITHOUT_ACCENTS = /\p{M}/gu;
/** With letters lost a shorter word may be any other. */
const SHORTEST = 4;
const OTHER_LETTERS = /[^a-z0-9]/g;

/** As it is, without its accents, with `ue` for `ü`, and with its letters lost (`Num?ro de s?rie`). */
export const spellingsOf = (heading: string): readonly string[] => {
  const plain = heading.replaceAll('ß', 'ss');
  return [heading, ...[plain.normalize('NFD').replace(WITHOUT_ACCENTS, ''), plain.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue'), heading.replace(OTHER_LETTERS, '')].filter((spelling) => spelling.length >= SHORTEST)];
};

const ENGLISH: ReadonlyMap<string, string> = new Map(Object.entries(SAME).flatMap(([english, others]) => others.split(' ').flatMap((other) => spellingsOf(other).map((spelling) => [spelling, english] as const))));

export const LONGEST_FOREIGN_HEADING = Math.max(...Array.from(ENGLISH.keys(), (heading) => heading.length));

/** @param heading Without case, spaces and marks. @returns The English heading that means the same; itself where none is known. */
export const inEnglish = (heading: string): string => ENGLISH.get(heading) ?? heading;
