// Judges the files of `demo --once` with independent implementations alone: @digitalbazaar/vc for embedded proofs and status lists, jose for
// tokens. Issuers and lists are read from the folder; nothing is fetched. Prints for each file
// "valid", a status that is set, or what is wrong; and forged.json, a badge that was changed after it was signed.
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import * as jose from 'jose';
import * as statusList from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {documentLoader as contexts} from './loader.mjs';

const folder = process.argv[2];
const read = (...parts) => readFileSync(join(folder, ...parts), 'utf8');
const documents = new Map();
for(const part of ['dids', 'status-lists']) {
  for(const file of readdirSync(join(folder, part))) {
    const document = JSON.parse(read(part, file));
    documents.set(document.id, document);
  }
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

const suite = () => new DataIntegrityProof({cryptosuite});

async function judgeProof(credential) {
  const result = await vc.verifyCredential({
    credential, suite: suite(), documentLoader,
    checkStatus: options => statusList.checkStatus({...options, verifyStatusListCredential: true}),
  });
  if(!result.verified) {
    return String([result.error, ...(result.error?.errors ?? [])].map(error => error?.message));
  }
  const set = result.statusResult.results.filter(({status}) => status).map(({credentialStatus}) => credentialStatus.statusPurpose);
  return set.length === 0 ? 'valid' : set.join(' ');
}

async function judgeToken(text) {
  const {kid, alg} = jose.decodeProtectedHeader(text);
  const issuer = documents.get(kid.split('#')[0]);
  const method = issuer.verificationMethod.find(known => known.id === kid);
  if(!issuer.assertionMethod.includes(kid)) {
    return 'not an assertion method';
  }
  const {payload} = await jose.compactVerify(text, await jose.importJWK(method.publicKeyJwk, alg), {algorithms: [alg]});
  const {iss, issuer: named} = JSON.parse(new TextDecoder().decode(payload));
  return iss === issuer.id && (named.id ?? named) === issuer.id ? 'valid' : 'another issuer';
}

const verdicts = {};
for(const file of readdirSync(folder).filter(name => /^(maya|leo|paz)-.*\.(json|jwt)$/.test(name))) {
  try {
    verdicts[file] = file.endsWith('.json') ? await judgeProof(JSON.parse(read(file))) : await judgeToken(read(file));
  } catch(error) {
    verdicts[file] = String(error);
  }
}
const forged = JSON.parse(read('maya-welding.json'));
forged.name = 'Forged';
verdicts['forged.json'] = await judgeProof(forged);
console.log(JSON.stringify(verdicts));
