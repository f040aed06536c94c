import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as jose from 'jose';
import * as statusList from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import canonicalize from 'canonicalize';
import jsigs from 'jsonld-signatures';
import jsonld from 'jsonld';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalbazaar/ed25519-verification-key-2020';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {documentLoader} from './loader.mjs';

const suites = {
  'eddsa-rdfc-2022': {sign: () => eddsaRdfc, verify: () => eddsaRdfc},
  'ecdsa-rdfc-2019': {sign: () => ecdsaRdfc, verify: () => ecdsaRdfc},
  'eddsa-jcs-2022': {sign: eddsaJcs.createSignCryptosuite, verify: eddsaJcs.createVerifyCryptosuite},
  'ecdsa-jcs-2019': {sign: ecdsaJcs.createSignCryptosuite, verify: ecdsaJcs.createVerifyCryptosuite},
};
const curves = {ES256: 'P-256', ES384: 'P-384'};
const {purposes: {AssertionProofPurpose}} = jsigs;

export async function dispatch(request) {
  return operations[request.op](request);
}

async function generate(algorithm) {
  const key = algorithm === 'EdDSA' ? await Ed25519Multikey.generate() : await EcdsaMultikey.generate({curve: curves[algorithm]});
  const {publicKeyMultibase} = await key.export({publicKey: true});
  key.controller = `did:key:${publicKeyMultibase}`;
  key.id = `${key.controller}#${publicKeyMultibase}`;
  return key;
}

const operations = {
  /** A credential signed with a fresh did:key, which becomes its issuer. */
  async issue({suite, algorithm, credential}) {
    const key = await generate(algorithm);
    setIssuer(credential, key.controller);
    const proofSuite = new DataIntegrityProof({signer: key.signer(), cryptosuite: suites[suite].sign(), date: '2026-05-01T12:00:00Z'});
    return {credential: await jsigs.sign(credential, {suite: proofSuite, purpose: new AssertionProofPurpose(), documentLoader})};
  },

  async issue2020({credential}) {
    const key = await Ed25519VerificationKey2020.generate();
    const controller = `did:key:${key.publicKeyMultibase}`;
    key.controller = controller;
    key.id = `${controller}#${key.publicKeyMultibase}`;
    setIssuer(credential, controller);
    const suite = new Ed25519Signature2020({key, date: '2026-05-01T12:00:00Z'});
    return {credential: await jsigs.sign(credential, {suite, purpose: new AssertionProofPurpose(), documentLoader})};
  },

  async verify({suite, credential}) {
    const proofSuite = new DataIntegrityProof({cryptosuite: suites[suite].verify()});
    const result = await vc.verifyCredential({credential, suite: proofSuite, documentLoader, now: '2026-06-01T00:00:00Z'});
    return {verified: result.verified, error: result.error ? String(result.error.errors?.map(e => e.message) ?? result.error) : null};
  },

  /** The proof alone, without the rules of credentials and without asking whose key it is. */
  async verifyProof({suite, credential}) {
    const proofSuite = new DataIntegrityProof({cryptosuite: suites[suite].verify()});
    const {proof, ...document} = credential;
    const result = await proofSuite.verifyProof({proof, document, documentLoader});
    return {verified: result.verified, error: result.error ? String(result.error) : null};
  },

  canonicalize: ({texts}) => ({texts: texts.map(text => canonicalize(JSON.parse(text)))}),

  async canonize({document}) {
    return {nquads: await jsonld.canonize(document, {algorithm: 'RDFC-1.0', format: 'application/n-quads', base: null, safe: true, documentLoader})};
  },

  async jwtSign({algorithm, typ, kid, payload}) {
    const {privateKey, publicKey} = await jose.generateKeyPair(algorithm, {extractable: true});
    const jws = new jose.CompactSign(new TextEncoder().encode(payload)).setProtectedHeader({alg: algorithm, typ, kid});
    return {jwt: await jws.sign(privateKey), jwk: await jose.exportJWK(publicKey)};
  },

  async jwtVerify({jwt, jwk, algorithm}) {
    const {payload, protectedHeader} = await jose.compactVerify(jwt, await jose.importJWK(jwk, algorithm), {algorithms: [algorithm]});
    return {payload: new TextDecoder().decode(payload), header: protectedHeader};
  },

  async listEncode({length, set}) {
    const list = await statusList.createList({length});
    set.forEach(index => list.setStatus(index, true));
    return {encodedList: await list.encode()};
  },

  async listDecode({encodedList, indexes}) {
    const list = await statusList.decodeList({encodedList});
    return {length: list.length, statuses: indexes.map(index => list.getStatus(index))};
  },
};

function setIssuer(credential, did) {
  if(typeof credential.issuer === 'object') {
    credential.issuer.id = did;
  } else {
    credential.issuer = did;
  }
}
