// Runs one work of the peers for a while per line of standard input and answers how often it ran per second, of the
// clock and of processor time.
import {createInterface} from 'node:readline';
import {readFileSync} from 'node:fs';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as jose from 'jose';
import * as statusList from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import jsigs from 'jsonld-signatures';
import jsonld from 'jsonld';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {documentLoader} from './loader.mjs';

const {purposes: {AssertionProofPurpose}} = jsigs;
const now = '2026-06-01T00:00:00Z';
const checkStatus = async () => ({verified: true});
const key = await Ed25519Multikey.generate();
const {publicKeyMultibase} = await key.export({publicKey: true});
key.controller = `did:key:${publicKeyMultibase}`;
key.id = `${key.controller}#${publicKeyMultibase}`;

const works = {
  async issueRdfc(badge) {
    const text = ownBadge(badge);
    return async () => {
      const suite = new DataIntegrityProof({signer: key.signer(), cryptosuite: eddsaRdfc});
      return JSON.stringify(await vc.issue({credential: JSON.parse(text), suite, documentLoader, now}));
    };
  },
  async verifyRdfc(badge) {
    const signed = await (await works.issueRdfc(badge))();
    return async () => {
      const suite = new DataIntegrityProof({cryptosuite: eddsaRdfc});
      mustHold(await vc.verifyCredential({credential: JSON.parse(signed), suite, documentLoader, checkStatus, now}));
    };
  },
  async canonize(badge) {
    const text = ownBadge(badge);
    return () => jsonld.canonize(JSON.parse(text), {algorithm: 'RDFC-1.0', format: 'application/n-quads', base: null, safe: true, documentLoader});
  },
  async issueJcs(badge) {
    const text = ownBadge(badge);
    return async () => {
      const suite = new DataIntegrityProof({signer: key.signer(), cryptosuite: eddsaJcs.createSignCryptosuite()});
      return JSON.stringify(await jsigs.sign(JSON.parse(text), {suite, purpose: new AssertionProofPurpose(), documentLoader}));
    };
  },
  async verifyJcs(badge) {
    const signed = await (await works.issueJcs(badge))();
    return async () => {
      const suite = new DataIntegrityProof({cryptosuite: eddsaJcs.createVerifyCryptosuite()});
      mustHold(await vc.verifyCredential({credential: JSON.parse(signed), suite, documentLoader, checkStatus, now}));
    };
  },
  async issueJwt(badge) {
    const {privateKey} = await jose.generateKeyPair('ES256');
    return jwtSigner(badge, privateKey);
  },
  async verifyJwt(badge) {
    const {privateKey, publicKey} = await jose.generateKeyPair('ES256');
    const jwt = await (await jwtSigner(badge, privateKey))();
    return async () => {
      const {payload} = await jose.jwtVerify(jwt, publicKey, {algorithms: ['ES256'], currentDate: new Date(now)});
      if(payload.iss !== payload.issuer.id || payload.jti !== payload.id || payload.sub !== payload.credentialSubject.id) {
        throw new Error('claims');
      }
    };
  },
  async flipStatus() {
    const list = await statusList.createList({length: 10_000_000});
    let index = 0;
    return () => {
      index = (index + 7_654_321) % 10_000_000;
      list.setStatus(index, !list.getStatus(index));
      return list.encode();
    };
  },
};

function ownBadge(path) {
  const credential = JSON.parse(readFileSync(path, 'utf8'));
  credential.issuer.id = key.controller;
  return JSON.stringify(credential);
}

async function jwtSigner(badge, privateKey) {
  const text = readFileSync(badge, 'utf8');
  return () => {
    const credential = JSON.parse(text);
    const payload = {...credential, iss: credential.issuer.id, jti: credential.id, sub: credential.credentialSubject.id, nbf: Date.parse(credential.validFrom) / 1000};
    return new jose.SignJWT(payload).setProtectedHeader({alg: 'ES256', typ: 'JWT', kid: key.id}).sign(privateKey);
  };
}

function mustHold(result) {
  if(!result.verified) {
    throw result.error?.errors?.[0] ?? result.error;
  }
}

const prepared = new Map();
for await (const line of createInterface({input: process.stdin, crlfDelay: Infinity})) {
  const {work, badge, milliseconds} = JSON.parse(line);
  const name = `${work} ${badge}`;
  if(!prepared.has(name)) {
    prepared.set(name, await works[work](badge));
  }
  const run = prepared.get(name);
  const start = process.cpuUsage();
  const begun = performance.now();
  const end = begun + milliseconds;
  let count = 0;
  do {
    await run();
    count++;
  } while(performance.now() < end);
  const used = process.cpuUsage(start);
  const seconds = (performance.now() - begun) / 1000;
  process.stdout.write(JSON.stringify({perSecond: count / seconds, perProcessorSecond: count * 1e6 / (used.user + used.system)}) + '\n');
}
