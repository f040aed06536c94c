// Judges a folder with independent implementations alone: @digitalbazaar/vc for records and for each credential inside them, jose for the manifest of
// a pack, Node for its digests. Issuers are read from dids/; nothing is fetched. Arguments: the folder and the published context of learner records.
// records/*.json are learner records; pack/ is an unpacked transfer pack, if there is one. Prints one JSON object.
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import * as jose from 'jose';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {addContext, documentLoader as contexts} from './loader.mjs';

const [, , folder, clrContext] = process.argv;
addContext('https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json', clrContext);
const documents = new Map();
for(const file of readdirSync(join(folder, 'dids'))) {
  const document = JSON.parse(readFileSync(join(folder, 'dids', file), 'utf8'));
  documents.set(document.id, document);
}

async function documentLoader(url) {
  const [did, fragment] = url.split('#');
  const found = documents.get(did);
  if(!found) {
    return contexts(url);
  }
  const method = fragment && found.verificationMethod.find(known => known.id === url);
  const document = fragment ? {'@context': 'https://w3id.org/security/multikey/v1', ...method} : found;
  return {contextUrl: null, documentUrl: url, document};
}

async function judge(credential) {
  try {
    const result = await vc.verifyCredential({
      credential, suite: new DataIntegrityProof({cryptosuite}), documentLoader,
      // Lists of what was taken back are asked over the network, which there is none of here.
      checkStatus: async () => ({verified: true}),
    });
    return result.verified ? 'valid' : String([result.error, ...(result.error?.errors ?? [])].map(error => error?.message));
  } catch(error) {
    return String(error);
  }
}

async function judgeRecord(record) {
  const inner = record.credentialSubject.verifiableCredential;
  return {outer: await judge(record), inner: await Promise.all(inner.map(judge)), issuers: inner.map(({issuer}) => issuer.id ?? issuer)};
}

async function judgeManifest() {
  const jws = readFileSync(join(folder, 'pack', 'manifest.jws'), 'utf8');
  const {kid, alg, typ} = jose.decodeProtectedHeader(jws);
  const issuer = documents.get(kid.split('#')[0]);
  const method = issuer.verificationMethod.find(known => known.id === kid);
  const {payload} = await jose.compactVerify(jws, await jose.importJWK(method.publicKeyJwk, alg), {algorithms: ['ES256']});
  return {typ, isAsserted: issuer.assertionMethod.includes(kid), isReadable: Buffer.from(payload).equals(readFileSync(join(folder, 'pack', 'manifest.json'))), manifest: JSON.parse(Buffer.from(payload).toString('utf8'))};
}

const walk = (at, under = '') => readdirSync(join(at, under)).flatMap(name => statSync(join(at, under, name)).isDirectory() ? walk(at, under + name + '/') : [under + name]);
const verdicts = {records: {}};
for(const file of readdirSync(join(folder, 'records'))) {
  const record = JSON.parse(readFileSync(join(folder, 'records', file), 'utf8'));
  verdicts.records[file] = await judgeRecord(record);
  const forged = structuredClone(record);
  forged.credentialSubject.verifiableCredential[0].credentialSubject.achievement.name = 'Forged';
  verdicts.records['forged ' + file] = await judgeRecord(forged);
}
if(existsSync(join(folder, 'pack'))) {
  const {manifest, ...judged} = await judgeManifest();
  const digest = path => createHash('sha256').update(readFileSync(join(folder, 'pack', path))).digest('hex');
  const others = walk(join(folder, 'pack')).filter(path => !path.startsWith('manifest.'));
  verdicts.manifest = {...judged, files: manifest.files.length, altered: manifest.files.filter(file => digest(file.path) !== file.sha256).map(file => file.path), unlisted: others.filter(path => !manifest.files.some(file => file.path === path))};
}
console.log(JSON.stringify(verdicts));
